"""The XCom table of one dry run: values by task, key and index; what is not known is said so."""

RETURN = "return_value"


class Unknown(Exception):
    """A value was asked for whose producer could not be tried."""


class XComs:
    """Values that the tasks of one DAG left behind."""

    def __init__(self):
        self._values = {}
        self._unknown = set()

    def push(self, task_id, key, value, index=-1):
        self._values.setdefault((task_id, key), {})[index] = value

    def mark_unknown(self, task_id):
        """The task ran in truth, but what it left is not known."""
        self._unknown.add(task_id)

    def has(self, task_id, key):
        return (task_id, key) in self._values

    def is_unknown(self, task_id, key):
        return task_id in self._unknown and (task_id, key) not in self._values

    def get(self, task_id, key=RETURN, index=None):
        """One value; several indexes give a list. Raises Unknown."""
        if self.is_unknown(task_id, key):
            raise Unknown(task_id)
        found = self._values.get((task_id, key), {})
        if index is not None:
            return found.get(index)
        if set(found) <= {-1}:
            return found.get(-1)
        return [found[i] for i in sorted(found) if i >= 0 and found[i] is not None]

    def keys_of(self, task_id):
        return [key for task, key in self._values if task == task_id]

    def values_of(self, task_id, key):
        return self._values.get((task_id, key), {})


def resolve(value, xcoms, item):
    """A value with every XComArg, mapped argument and param in it replaced. Raises Unknown."""
    from airflow._core import mapping, params, xcom_arg

    if isinstance(value, xcom_arg.XComArg):
        return resolve_arg(value, xcoms, item)
    if isinstance(value, mapping.MappedArgument):
        return item.group_value(value)
    if isinstance(value, params.DagParam):
        return value.resolve({"params": item.params})
    if isinstance(value, dict):
        return {k: resolve(v, xcoms, item) for k, v in value.items()}
    if isinstance(value, (list, tuple)) and type(value) in (list, tuple):
        return type(value)(resolve(v, xcoms, item) for v in value)
    return value


def resolve_arg(arg, xcoms, item):
    """One XComArg of any kind."""
    from airflow._core import xcom_arg as kinds

    if isinstance(arg, kinds.PlainXComArg):
        producer = arg.operator
        shared = producer.get_closest_mapped_task_group()
        inside = shared is not None and shared is item.mapped_group
        return xcoms.get(producer.task_id, arg.key, item.index if inside else None)
    if isinstance(arg, kinds.MapXComArg):
        values = resolve_arg(arg.arg, xcoms, item)
        return [_mapped(arg.callables, v) for v in _as_list(values)]
    if isinstance(arg, kinds.ZipXComArg):
        lists = [_as_list(resolve_arg(a, xcoms, item)) for a in arg.args]
        return _zipped(lists, arg.fillvalue)
    lists = [_as_list(resolve_arg(a, xcoms, item)) for a in arg.args]
    return [value for values in lists for value in values]


#: Stands for an item whose map() function asked to skip it.
SKIPPED = object()


def _mapped(callables, value):
    try:
        for each in callables:
            value = each(value)
    except Exception as error:  # noqa: BLE001 - only a skip is looked for
        if type(error).__name__ == "AirflowSkipException":
            return SKIPPED
        raise
    return value


def _as_list(values):
    return list(values) if values is not None else []


def _zipped(lists, fill):
    import inspect
    import itertools

    if fill is inspect.Parameter.empty:
        return [tuple(row) for row in zip(*lists)]
    return [tuple(row) for row in itertools.zip_longest(*lists, fillvalue=fill)]

"""Dynamic task mapping: partial(), expand() and expand_kwargs() (specification 12)."""

from collections.abc import Mapping, Sequence

from . import dates, operator_defaults as merge
from .errors import AirflowException
from .operator import CALLBACKS, AbstractOperator, BaseOperator
from .nodes import DAGNode
from .params import ParamsDict
from .profile import PROFILE
from .rules import TriggerRule
from .scopes import DagScope, GroupScope
from .xcom_arg import XComArg, connect, need_return_keys, references


class MappedArgument:
    """Stands for an argument of a mapped task group inside its function."""

    is_resolvable = True

    def __init__(self, expand_input, key):
        if isinstance(expand_input, ExpandArguments):
            if any(isinstance(v, MappedArgument) for v in expand_input.value.values()):
                raise ValueError("Nested Mapped TaskGroups are not yet supported")
        self.input, self.key = expand_input, key

    def iter_references(self):
        return self.input.iter_references()

    def ref(self):
        return {"group_argument": self.key}


def _literal(value):
    return not getattr(value, "is_resolvable", False)


def _length(value):
    return len(value) if _literal(value) and hasattr(value, "__len__") else None


def _value_form(value):
    """The recorded form of one mapped value."""
    if isinstance(value, MappedArgument):
        return {"kind": "group_argument", "length": None}
    if not _literal(value):
        return {"kind": "xcom", "length": None, "ref": value.ref()}
    return {"kind": "literal_dict" if isinstance(value, Mapping) else "literal",
            "length": _length(value)}


class ExpandArguments:
    """expand(a=..., b=...): the cross product."""

    def __init__(self, value):
        self.value = value

    def iter_references(self):
        for each in self.value.values():
            if isinstance(each, XComArg):
                yield from each.iter_references()

    def form(self):
        items = {k: _value_form(v) for k, v in self.value.items()}
        lengths = [i["length"] for i in items.values()]
        total = None
        if None not in lengths:
            total = 1
            for length in lengths:
                total *= length
        return {"style": "expand", "items": items, "literal_total": total}


class ExpandKwargs:
    """expand_kwargs([...])."""

    def __init__(self, value):
        self.value = value

    def iter_references(self):
        if isinstance(self.value, XComArg):
            yield from self.value.iter_references()
        else:
            for each in self.value:
                if isinstance(each, XComArg):
                    yield from each.iter_references()

    def form(self):
        return {"style": "expand_kwargs", "value": _value_form(self.value)}


def is_mappable(value):
    if not _literal(value):
        return True
    return isinstance(value, (Mapping, Sequence)) and not isinstance(value, (str, bytes))


def check_values(func, kwargs):
    """Raises ValueError for a value that cannot be mapped over."""
    for name, value in kwargs.items():
        if not is_mappable(value):
            tname = type(value).__name__
            raise ValueError(f"{func}() got an unexpected type {tname!r} for keyword argument "
                             f"{name!r}")


def check_known(operator_class, func, kwargs):
    """Raises TypeError for an argument that no class of the operator takes."""
    unknown = dict(kwargs)
    for cls in operator_class.__mro__:
        init = vars(cls).get("__init__")
        if init is None or not hasattr(init, "param_names"):
            continue
        for name in init.param_names:
            value = unknown.pop(name, merge)
            if func == "expand" and value is not merge:
                check_values(f"{operator_class.__name__}.{func}", {name: value})
    for name in ("_airflow_mapped_validation_only",):
        unknown.pop(name, None)
    if len(unknown) == 1:
        raise TypeError(f"{operator_class.__name__}.{func}() got an unexpected keyword argument "
                        f"{next(iter(unknown))!r}")
    if unknown:
        names = ", ".join(repr(n) for n in unknown)
        raise TypeError(f"{operator_class.__name__}.{func}() got unexpected keyword arguments "
                        f"{names}")


def check_twice(first, second, reason):
    both = sorted(set(first) & set(second))
    if both:
        raise TypeError(f"{reason} argument{'s' if len(both) > 1 else ''}: {', '.join(both)}")


def check_kwargs_list(kwargs):
    if isinstance(kwargs, Sequence) and not isinstance(kwargs, str):
        for item in kwargs:
            if not isinstance(item, (XComArg, Mapping)):
                raise TypeError(f"expected XComArg or list[dict], not {type(kwargs).__name__}")
    elif not isinstance(kwargs, XComArg):
        raise TypeError(f"expected XComArg or list[dict], not {type(kwargs).__name__}")


def base_defaults(operator_class):
    """Defaults of BaseOperator's arguments, with those that subclasses declare anew."""
    import inspect

    base = inspect.signature(BaseOperator.__init__).parameters
    keep = ("executor_config", "inlets", "outlets", *CALLBACKS)
    found = {n: p.default for n, p in base.items() if p.default is not p.empty and n in _DEFAULTED}
    found.update({n: None for n in keep})
    classes = operator_class.__mro__
    for cls in reversed(classes[: classes.index(BaseOperator)]):
        init = vars(cls).get("__init__")
        if init is None:
            continue
        for name, param in inspect.signature(init).parameters.items():
            if name in _DEFAULTED and param.default is not param.empty and PROFILE.is3:
                found[name] = param.default
    return found


_DEFAULTED = (
    "depends_on_past", "execution_timeout", "ignore_first_depends_on_past", "owner", "pool_slots",
    "priority_weight", "queue", "retries", "retry_delay", "retry_exponential_backoff",
    "trigger_rule", "wait_for_past_depends_before_skipping", "wait_for_downstream", "weight_rule",
)


def make_partial(operator_class, *, task_id, dag=None, task_group=None, params=None, **kwargs):
    """`Operator.partial(...)`."""
    check_known(operator_class, "partial", kwargs)
    dag = dag or DagScope.current()
    group = task_group or (GroupScope.current(dag) if dag else None)
    defaults, merged = merge.merged_defaults(dag, group, params, kwargs.pop("default_args", None))
    partial = dict(kwargs)
    known = BaseOperator.__init__.param_names
    partial.update({k: v for k, v in defaults.items() if k not in partial and k in known})
    for name, value in base_defaults(operator_class).items():
        partial.setdefault(name, value)
    task_id = group.child_id(task_id) if group else task_id
    return OperatorPartial(operator_class, task_id, dag, group, tidy(partial, task_id, dag), merged)


def tidy(partial, task_id, dag):
    """The arguments in the types that the scheduler needs."""
    for name in ("start_date", "end_date"):
        partial[name] = dates.to_utc(partial.get(name))
    if partial.get("pool_slots", 1) < 1:
        where = f" in dag {dag.dag_id}" if dag else ""
        raise ValueError(f"pool slots for {task_id}{where} cannot be less than 1")
    partial["retries"] = merge.to_retries(partial.get("retries", 0))
    partial["retry_delay"] = merge.to_timedelta(partial.get("retry_delay", PROFILE.retry_delay))
    if partial.get("wait_for_downstream") and not PROFILE.is3:
        partial["depends_on_past"] = True
    partial["max_retry_delay"] = merge.to_timedelta(partial.get("max_retry_delay"))
    for name in CALLBACKS:
        partial[name] = merge.to_list(partial.get(name))
    partial["executor_config"] = partial.get("executor_config") or {}
    return partial


class OperatorPartial:
    """What partial() gives; only expand() makes a task of it."""

    def __init__(self, operator_class, task_id, dag, group, kwargs, params):
        self.operator_class, self.task_id, self.dag, self.group = operator_class, task_id, dag, group
        self.kwargs, self.params = kwargs, params

    def expand(self, **mapped_kwargs):
        if not mapped_kwargs:
            raise TypeError("no arguments to expand against")
        check_known(self.operator_class, "expand", mapped_kwargs)
        check_twice(self.kwargs, mapped_kwargs, "unmappable or already specified")
        return self._expand(ExpandArguments(mapped_kwargs))

    def expand_kwargs(self, kwargs, *, strict=True):
        check_kwargs_list(kwargs)
        return self._expand(ExpandKwargs(kwargs))

    def _expand(self, expand_input):
        if PROFILE.is3:
            need_return_keys(expand_input.value)
        return MappedOperator(self.operator_class, expand_input, self.kwargs, self.task_id,
                              self.dag, self.group, self.params)


class MappedOperator(AbstractOperator):
    """A task with an index for every item."""

    is_mapped = True

    def __init__(self, operator_class, expand_input, partial_kwargs, task_id, dag, group, params,
                 python_callable=None):
        from .operator_meta import creation_line

        self.created_at = creation_line()
        DAGNode.__init__(self)
        self._operator_class, self.expand_input = operator_class, expand_input
        self.partial_kwargs, self.task_id = partial_kwargs, task_id
        self.params = params if params is not None else ParamsDict()
        self.python_callable = python_callable
        self.is_setup = partial_kwargs.get("is_setup", False)
        self.is_teardown = partial_kwargs.get("is_teardown", False)
        self.start_date, self.end_date = partial_kwargs.get("start_date"), partial_kwargs.get("end_date")
        self._place(dag, group)
        connect(self, expand_input.value)
        for name, value in partial_kwargs.items():
            if name in self.template_fields:
                connect(self, value)

    def _place(self, dag, group):
        self.dag, self.task_group = dag, None
        probe = group
        while probe is not None:
            if probe.is_mapped:
                raise NotImplementedError(
                    "operator expansion in an expanded task group is not yet supported"
                )
            probe = probe.parent_group
        if group is not None:
            group.add(self)
        if dag is not None:
            dag.add_task(self)

    @property
    def operator_class(self):
        return self._operator_class

    @property
    def template_fields(self):
        return self._operator_class.template_fields

    @property
    def task_type(self):
        return self._operator_class.__name__

    @property
    def task_display_name(self):
        return self.partial_kwargs.get("task_display_name") or self.task_id

    @property
    def inherits_from_empty_operator(self):
        return bool(getattr(self._operator_class, "is_airflow_empty", False))

    @property
    def owner(self):
        return self.partial_kwargs.get("owner", "airflow")

    @property
    def trigger_rule(self):
        return TriggerRule(self.partial_kwargs.get("trigger_rule", "all_success"))

    @trigger_rule.setter
    def trigger_rule(self, value):
        self.partial_kwargs["trigger_rule"] = value

    def __getattr__(self, name):
        if name.startswith("__") or name == "partial_kwargs":
            raise AttributeError(name)
        if name in self.partial_kwargs:
            return self.partial_kwargs[name]
        raise AttributeError(name)

    def __repr__(self):
        return f"<Mapped({self.task_type}): {self.task_id}>"

    def __hash__(self):
        return id(self)


def validate_mapped(task):
    """2.x makes the operator once with the mapped arguments, to see whether it would work."""
    del task


Refused = PROFILE.pick(ValueError, AirflowException)
__all__ = ["MappedArgument", "MappedOperator", "OperatorPartial", "references"]

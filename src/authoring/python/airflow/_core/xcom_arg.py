"""XComArg: the value that a task will leave, as an argument of another task."""

import inspect

from .nodes import DependencyMixin
from .profile import PROFILE
from .errors import AirflowException
from .rules import TriggerRule

RETURN = "return_value"


def references(value):
    """(operator, key) of every XComArg in a value, however deep."""
    if getattr(value, "is_resolvable", False):
        yield from value.iter_references()
    elif getattr(value, "is_airflow_operator", False):
        return
    elif isinstance(value, dict):
        for each in value.values():
            yield from references(each)
    elif isinstance(value, (list, tuple, set)):
        for each in value:
            yield from references(each)


def connect(operator, value):
    """Makes every producer in `value` an upstream of `operator`."""
    for producer, _ in references(value):
        if producer is not operator:
            operator.set_upstream(producer)


class XComArg(DependencyMixin):
    """Base of all kinds; calling it with an operator gives a plain one."""

    is_resolvable = True

    def __new__(cls, *args, **kwargs):
        return object.__new__(PlainXComArg if cls is XComArg else cls)

    def __init__(self, operator=None, key=RETURN):
        """Overwritten by the kinds."""

    @property
    def roots(self):
        return [operator for operator, _ in self.iter_references()]

    leaves = roots

    def set_upstream(self, task_or_task_list, edge_modifier=None):
        for operator, _ in self.iter_references():
            operator.set_upstream(task_or_task_list, edge_modifier)

    def set_downstream(self, task_or_task_list, edge_modifier=None):
        for operator, _ in self.iter_references():
            operator.set_downstream(task_or_task_list, edge_modifier)

    @staticmethod
    def iter_xcom_references(value):
        return references(value)

    @staticmethod
    def apply_upstream_relationship(operator, value):
        connect(operator, value)

    def map(self, f):
        return MapXComArg(self, [f])

    def zip(self, *others, fillvalue=inspect.Parameter.empty):
        return ZipXComArg([self, *others], fillvalue=fillvalue)

    def concat(self, *others):
        return ConcatXComArg([self, *others])

    def __enter__(self):
        from .setup_teardown import SetupTeardownContext

        operators = [operator for operator, _ in self.iter_references()]
        for operator in operators:
            if not operator.is_setup and not operator.is_teardown:
                raise AirflowException("Only setup/teardown tasks can be used as context managers.")
        SetupTeardownContext.enter(operators[0])
        return SetupTeardownContext

    def __exit__(self, exc_type, exc_val, exc_tb):
        from .setup_teardown import SetupTeardownContext

        SetupTeardownContext.leave()


class PlainXComArg(XComArg):
    """One key of one task."""

    def __init__(self, operator, key=RETURN):
        self.operator, self.key = operator, key

    def __eq__(self, other):
        if not isinstance(other, PlainXComArg):
            return NotImplemented
        return self.operator is other.operator and self.key == other.key

    def __hash__(self):
        return hash((id(self.operator), self.key))

    def __getitem__(self, item):
        if not isinstance(item, str):
            raise ValueError(f"XComArg only supports str lookup, received {type(item).__name__}")
        return PlainXComArg(self.operator, item)

    def __iter__(self):
        raise TypeError("'XComArg' object is not iterable")

    def __repr__(self):
        if self.key == RETURN:
            return f"XComArg({self.operator!r})"
        return f"XComArg({self.operator!r}, {self.key!r})"

    def __str__(self):
        operator = self.operator
        quoted = (f"task_ids='{operator.task_id}', dag_id='{operator.dag.dag_id}', "
                  f"key='{self.key}'")
        return "{{ task_instance.xcom_pull(" + quoted + ") }}"

    @property
    def roots(self):
        return [self.operator]

    leaves = roots

    @property
    def is_setup(self):
        return self.operator.is_setup

    @is_setup.setter
    def is_setup(self, value):
        self.operator.is_setup = value

    @property
    def is_teardown(self):
        return self.operator.is_teardown

    @is_teardown.setter
    def is_teardown(self, value):
        self.operator.is_teardown = value

    @property
    def on_failure_fail_dagrun(self):
        return self.operator.on_failure_fail_dagrun

    @on_failure_fail_dagrun.setter
    def on_failure_fail_dagrun(self, value):
        self.operator.on_failure_fail_dagrun = value

    def as_setup(self):
        self.operator.is_setup = True
        return self

    def as_teardown(self, *, setups=None, on_failure_fail_dagrun=None):
        operator = self.operator
        operator.is_teardown = True
        operator.trigger_rule = TriggerRule.ALL_DONE_SETUP_SUCCESS
        if on_failure_fail_dagrun is not None:
            operator.on_failure_fail_dagrun = on_failure_fail_dagrun
        if setups is not None:
            for setup in [setups] if isinstance(setups, DependencyMixin) else setups:
                setup.is_setup = True
                setup >> operator
        return self

    def iter_references(self):
        yield self.operator, self.key

    def map(self, f):
        self._need_return("map")
        return super().map(f)

    def zip(self, *others, fillvalue=inspect.Parameter.empty):
        self._need_return("zip")
        return super().zip(*others, fillvalue=fillvalue)

    def concat(self, *others):
        self._need_return("concatenate")
        return super().concat(*others)

    def _need_return(self, word):
        if self.key != RETURN:
            raise ValueError(f"cannot {word} against non-return XCom")

    def ref(self):
        return {"xcom": {"task_id": self.operator.task_id, "key": self.key}}


class MapXComArg(XComArg):
    """`x.map(f)`."""

    def __init__(self, arg, callables):
        for f in callables:
            if getattr(f, "_airflow_is_task_decorator", False):
                raise ValueError("map() argument must be a plain function, not a @task operator")
        self.arg, self.callables = arg, list(callables)

    def iter_references(self):
        return self.arg.iter_references()

    def map(self, f):
        return MapXComArg(self.arg, [*self.callables, f])

    def ref(self):
        return {"map": {"arg": self.arg.ref(), "callables": len(self.callables)}}


class ZipXComArg(XComArg):
    """`x.zip(y)`."""

    def __init__(self, args, *, fillvalue=inspect.Parameter.empty):
        self.args, self.fillvalue = list(args), fillvalue

    def iter_references(self):
        for arg in self.args:
            yield from arg.iter_references()

    def ref(self):
        given = self.fillvalue is not inspect.Parameter.empty
        return {"zip": {"args": [a.ref() for a in self.args], "fillvalue": given}}


class ConcatXComArg(XComArg):
    """`x.concat(y)`."""

    def __init__(self, args):
        self.args = list(args)

    def iter_references(self):
        for arg in self.args:
            yield from arg.iter_references()

    def concat(self, *others):
        return ConcatXComArg([*self.args, *others])

    def ref(self):
        return {"concat": {"args": [a.ref() for a in self.args]}}


def need_return_keys(value):
    """Mapping over another key than return_value is refused when the file is read."""
    for operator, key in references(value):
        if key != RETURN:
            raise ValueError(f"cannot map over XCom with custom key {key!r} from {operator}")


Refused = PROFILE.pick(ValueError, AirflowException)

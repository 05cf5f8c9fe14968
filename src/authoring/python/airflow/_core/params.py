"""Params of DAGs and tasks, with their JSON schemas."""

import json
from collections.abc import MutableMapping

from .errors import ParamValidationError
from .profile import IS3
from .schema import check, SchemaError

NOTSET = type("NOTSET", (), {"__repr__": lambda self: "NOTSET", "__bool__": lambda self: False})()


class Param:
    """A value with a default, a description and a JSON schema."""

    def __init__(self, default=NOTSET, description=None, source=None, **kwargs):
        if default is not NOTSET:
            _check_json(default)
        self.value, self.description, self.source = default, description, source
        self.schema = kwargs.pop("schema") if "schema" in kwargs else kwargs

    @property
    def has_value(self):
        return self.value is not NOTSET and self.value is not None

    def resolve(self, value=NOTSET, suppress_exception=False):
        """The checked value; raises ParamValidationError unless suppressed."""
        if value is not NOTSET:
            _check_json(value)
        final = self.value if value is NOTSET else value
        if final is NOTSET:
            if suppress_exception:
                return None
            raise ParamValidationError("No value passed and Param has no default value")
        try:
            check(final, self.schema)
        except SchemaError as error:
            if suppress_exception:
                return None
            raise ParamValidationError(error) from None
        self.value = final
        return final

    def dump(self):
        return {"value": self.value, "description": self.description, "schema": self.schema}

    def serialize(self):
        return self.dump()


def _check_json(value):
    """3.x refuses a default that JSON cannot hold; 2.x lets it pass."""
    try:
        json.dumps(value)
    except Exception as error:
        if IS3:
            raise ParamValidationError(f"{error} is not JSON serializable") from error


class ParamsDict(MutableMapping):
    """Name -> Param; reading gives the value."""

    def __init__(self, dict_obj=None, suppress_exception=False):
        self._dict = {}
        self.suppress_exception = suppress_exception
        for name, value in _items(dict_obj):
            self._dict[name] = value if isinstance(value, Param) else Param(value)

    def __bool__(self):
        return bool(self._dict)

    def __eq__(self, other):
        return self.dump() == (other.dump() if isinstance(other, ParamsDict) else other)

    def __copy__(self):
        return ParamsDict(self._dict, self.suppress_exception)

    def __deepcopy__(self, memo):
        return ParamsDict(self._dict, self.suppress_exception)

    def __contains__(self, name):
        return name in self._dict

    def __len__(self):
        return len(self._dict)

    def __iter__(self):
        return iter(self._dict)

    def __delitem__(self, name):
        del self._dict[name]

    def __setitem__(self, name, value):
        if isinstance(value, Param):
            self._dict[name] = value
        elif name in self._dict:
            self._dict[name].resolve(value, self.suppress_exception)
        else:
            self._dict[name] = Param(value)

    def __getitem__(self, name):
        return self._dict[name].resolve(suppress_exception=self.suppress_exception)

    def get_param(self, name):
        return self._dict[name]

    def items(self):
        return self._dict.items()

    def values(self):
        return self._dict.values()

    def update(self, *args, **kwargs):
        for name, value in _items(args[0] if args else None):
            self._dict[name] = value if isinstance(value, Param) else Param(value)
        for name, value in kwargs.items():
            self[name] = value

    def dump(self):
        return {name: p.resolve(suppress_exception=self.suppress_exception)
                for name, p in self._dict.items()}

    def validate(self):
        """All values; raises ParamValidationError that names the first wrong one."""
        found = {}
        for name, param in self._dict.items():
            try:
                found[name] = param.resolve(suppress_exception=self.suppress_exception)
            except ParamValidationError as error:
                raise ParamValidationError(f"Invalid input for param {name}: {error}") from None
        return found


def _items(source):
    if source is None:
        return []
    if isinstance(source, ParamsDict):
        return list(source._dict.items())
    return list(dict(source).items())


class DagParam:
    """A param of the DAG as a value that is known at run time; `@dag` arguments become these."""

    is_resolvable = True

    def __init__(self, current_dag, name, default=NOTSET):
        if default is not NOTSET:
            current_dag.params[name] = default
        self._name, self._default, self.current_dag = name, default, current_dag

    def iter_references(self):
        return iter(())

    def resolve(self, context, **_options):
        params = context["params"]
        if self._name in params:
            return params[self._name]
        if self._default is not NOTSET:
            return self._default
        from .errors import AirflowException

        raise AirflowException(f"No value could be resolved for parameter {self._name}")

"""Classes made from recorded facts: parameters, template fields, bases."""

import datetime
import enum
import inspect

from airflow._core import errors, extras
from airflow._core.operator import BaseOperator
from airflow._core.profile import IS3
from airflow._core.sensors import BaseSensorOperator
from airflow._core.skips import BranchMixIn, SkipMixin

from . import natives, tables

_made = {}
_KINDS = {"BaseOperator": BaseOperator, "BaseSensorOperator": BaseSensorOperator,
          "BaseHook": extras.BaseHook, "BaseTrigger": extras.BaseTrigger,
          "BaseNotifier": extras.BaseNotifier}
_SUFFIXES = (("Operator", "BaseOperator"), ("SensorAsync", "BaseSensorOperator"),
             ("Sensor", "BaseSensorOperator"), ("Hook", "BaseHook"), ("Trigger", "BaseTrigger"),
             ("Notifier", "BaseNotifier"))


def resolve(path):
    """The class of that full path, made once."""
    if path not in _made:
        _made[path] = _make(path)
    return _made[path]


def _make(path):
    module, _, name = path.rpartition(".")
    known = natives.find(name, path)
    if isinstance(known, type):
        return known
    facts = tables.class_facts(path)
    if facts is None:
        return _guess(module, name)
    kind = facts["kind"]
    if kind == "Enum":
        return enum.Enum(name, facts["members"] or {"NONE": None}, module=module)
    if kind == "Exception":
        return type(name, (errors.AirflowException,), {"__module__": module})
    if kind in ("BaseOperator", "BaseSensorOperator"):
        return _operator(module, name, facts)
    return _plain(module, name, _bases(facts))


def _guess(module, name):
    """A class that was not recorded: its name says what it is."""
    from .standin import StandinBase

    if name.endswith(("Exception", "Error")):
        return errors.find(name)
    for suffix, base in (("Timetable", "Timetable"), ("Strategy", "PriorityWeightStrategy")):
        if name.endswith(suffix):
            return type(name, (natives.find(base, ""),), {"__module__": module})
    for suffix, kind in _SUFFIXES:
        if name.endswith(suffix):
            base = _KINDS[kind]
            if base is BaseOperator or base is BaseSensorOperator:
                return _open_operator(module, name, base)
            return _plain(module, name, (base,))
    return _plain(module, name, (StandinBase,))


def _bases(facts):
    found = []
    for path in facts["bases"]:
        base = resolve(path)
        if not any(issubclass(b, base) for b in found):
            found = [b for b in found if not issubclass(base, b)] + [base]
    default = _KINDS.get(facts["kind"])
    if default is not None and not any(issubclass(b, default) for b in found):
        found.append(default)
    return tuple(_ordered(found))


def _ordered(bases):
    """Operators first, mixins behind, so that a method order exists."""
    return sorted(bases, key=lambda b: (not issubclass(b, BaseOperator)))


def _plain(module, name, bases):
    """Hooks, triggers and notifiers: they keep what they are given."""

    def __init__(self, *args, **kwargs):
        bases[0].__init__(self)
        vars(self).update(kwargs)

    body = {"__init__": __init__, "__module__": module}
    if issubclass(bases[0], extras.BaseHook):
        body["__getattr__"] = _outside
    return type(bases[0])(name, bases, body)


def _outside(self, name):
    """A method of a hook: it exists, and calling it would leave this place."""
    if name.startswith("_"):
        raise AttributeError(name)

    def refused(*_args, **_kwargs):
        raise NotImplementedError(f"{type(self).__name__}.{name} needs an outside system")

    return refused


def _open_operator(module, name, base):
    """An operator without a recorded signature: it takes any argument."""
    known = set(inspect.signature(BaseOperator.__init__).parameters)
    known |= set(inspect.signature(BaseSensorOperator.__init__).parameters)

    def __init__(self, **kwargs):
        other = {k: kwargs.pop(k) for k in list(kwargs) if k not in known}
        super(made, self).__init__(**kwargs)
        for key, value in other.items():
            setattr(self, key, value)

    made = type(base)(name, (base,), {"__init__": __init__, "__module__": module})
    return made


def default_of(entry):
    """(name, default) of one recorded parameter; `empty` when it must be given."""
    if isinstance(entry, str):
        return entry, inspect.Parameter.empty
    value = entry[1] if len(entry) > 1 else None
    if isinstance(value, dict) and set(value) == {"seconds"}:
        value = datetime.timedelta(seconds=value["seconds"])
    return entry[0], value


def _operator(module, name, facts):
    from . import behaviours

    bases = _bases(facts)
    if facts.get("skip") and not any(issubclass(b, SkipMixin) for b in bases):
        bases = (*bases, SkipMixin)
    mixin = behaviours.mixin_for(name)
    if mixin is not None and not any(issubclass(b, mixin) for b in bases):
        bases = (mixin, *bases)
    body = {"__module__": module}
    if "fields" in facts or "params" in facts:
        fields = facts.get("fields", ())
        body["template_fields"] = tuple(fields if IS3 else facts.get("fields_2", fields))
    if "ext" in facts:
        body["template_ext"] = tuple(facts["ext"])
    can_skip = facts.get("can_skip") if IS3 else facts.get("can_skip_2", facts.get("can_skip"))
    if can_skip or "can_skip_2" in facts:
        body["can_skip_downstream"] = bool(can_skip)
    if "name" in facts:
        body["custom_operator_name"] = facts["name"]
    holder = []
    if "params" in facts:
        body["__init__"] = _init(facts, holder, mixin)
    made = type(BaseOperator)(name, bases, body)
    holder.append(made)
    return made


def _init(facts, holder, mixin):
    """An __init__ that keeps its own parameters and hands the others on, with the mixin's hooks."""
    hook = vars(mixin).get("_after_init") if mixin else None
    before = getattr(mixin, "_before_init", None)
    own = dict(default_of(p) for p in facts["params"])
    kept = _BASE_ATTRIBUTES | ({"deferrable"} if facts.get("hides_deferrable") else set())
    up, alias = set(facts.get("up", ())), facts.get("alias", {})

    def __init__(self, **kwargs):
        if before is not None:
            before(kwargs)
        values = {k: kwargs.pop(k, None if v is inspect.Parameter.empty else v)
                  for k, v in own.items() if k != "task_id"}
        parent = _parent_names(holder[0])
        for key in up:
            if key in values:
                kwargs.setdefault(key, values[key])
            elif key in parent:
                kwargs.setdefault(key, None if parent[key] is inspect.Parameter.empty
                                  else parent[key])
        for key in values:
            if key in parent and key not in kwargs:
                kwargs[key] = values[key]
        super(holder[0], self).__init__(**kwargs)
        for key, value in values.items():
            if key not in kept or not hasattr(self, key):
                setattr(self, key, value)
        for attribute, key in alias.items():
            setattr(self, attribute, values[key])
        if hook is not None:
            hook(self, values)

    parameters = [inspect.Parameter("self", inspect.Parameter.POSITIONAL_OR_KEYWORD)]
    parameters += [inspect.Parameter(k, inspect.Parameter.KEYWORD_ONLY, default=v)
                   for k, v in own.items()]
    parameters.append(inspect.Parameter("kwargs", inspect.Parameter.VAR_KEYWORD))
    __init__.__signature__ = inspect.Signature(parameters)
    return __init__


#: Attributes that BaseOperator and sensors set themselves, in their own form.
_BASE_ATTRIBUTES = {
    "poke_interval", "timeout", "mode", "soft_fail", "retries", "retry_delay", "params", "inlets",
    "outlets", "trigger_rule", "pool", "execution_timeout", "start_date", "end_date", "dag",
    "task_group", "default_args", "on_failure_callback", "on_success_callback",
}


def _parent_names(cls):
    """{parameter: default} that the classes below take by name."""
    found = {}
    for base in cls.__mro__[1:]:
        init = vars(base).get("__init__")
        if init is None or not hasattr(init, "param_names"):
            continue
        for name, param in inspect.signature(init).parameters.items():
            if name in init.param_names:
                found.setdefault(name, param.default)
    return found


__all__ = ["resolve", "BranchMixIn"]

"""Models as plain holders of what they were given: V1Pod, V1Container, V1ResourceRequirements ..."""

import re

_classes = {}


class Model:
    """Attributes by name, None for those that were not given."""

    def __init__(self, **given):
        vars(self).update(given)

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return None

    def __eq__(self, other):
        return type(self) is type(other) and vars(self) == vars(other)

    def __hash__(self):
        return id(self)

    def __repr__(self):
        return f"{type(self).__name__}({vars(self)})"

    def to_dict(self):
        return dict(vars(self))


def is_model(name):
    return re.match(r"V\d", name) is not None


def model(name):
    """The class of that name, always the same one."""
    if name not in _classes:
        _classes[name] = type(name, (Model,), {"__module__": __name__})
    return _classes[name]


def __getattr__(name):
    if not is_model(name):
        raise AttributeError(name)
    return model(name)

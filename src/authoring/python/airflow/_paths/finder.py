"""The import hook for `airflow.*`."""

import importlib.abc
import importlib.machinery
import sys
import types

from airflow._core.profile import PROFILE

from windtunnel import settings

from . import tables

_PACKAGES = {"airflow.providers", "airflow.providers.apache", "airflow.providers.cncf",
             "airflow.providers.common", "airflow.providers.dbt", "airflow.providers.microsoft"}


class _Module(types.ModuleType):
    """A module whose names are looked up in the tables when they are asked for."""

    def __getattr__(self, name):
        return get(self.__name__, name)

    def __dir__(self):
        return sorted({*names_of(self.__name__), *vars(self)})


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds what the tables list; unknown providers are taken on trust."""

    def find_spec(self, fullname, path=None, target=None):
        if not fullname.startswith("airflow.") or fullname.startswith(("airflow._core", "airflow._paths")):
            return None
        if not _exists(fullname):
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec):
        return _Module(spec.name)

    def exec_module(self, module):
        names = names_of(module.__name__)
        star = [n for n in names if not n.startswith("_")]
        module.__all__ = star


def _exists(fullname):
    if fullname in _PACKAGES or tables.module_names(fullname) is not None:
        return True
    if tables.has_children(fullname):
        return True
    return _unrecorded(fullname)


def _unrecorded(fullname):
    """A module of a provider that was not recorded; real Airflow needs it installed."""
    if tables.provider_key(fullname) is None or tables.known_provider(fullname):
        return False
    settings.note("provider_not_recorded", provider=tables.provider_key(fullname))
    return True


def names_of(module):
    return tables.module_names(module) or {}


def get(module, name):
    """The object of that name; raises AttributeError where the version has none."""
    if name.startswith("__") and name != "__version__":
        raise AttributeError(name)
    entry = names_of(module).get(name)
    if entry is None:
        if not _is_open(module):
            raise AttributeError(f"module {module!r} has no attribute {name!r}")
        entry = name
    from . import objects

    value = objects.build(module, name, entry)
    setattr(sys.modules[module], name, value)
    return value


def _is_open(module):
    """Whether names that were not recorded are taken on trust."""
    return tables.provider_key(module) is not None and not tables.known_provider(module)


def install():
    if not any(isinstance(f, _Finder) for f in sys.meta_path):
        sys.meta_path.insert(0, _Finder())


VERSION = PROFILE.version

"""Airflow as a DAG file sees it, for import only: the public paths of 2.11.2 and 3.3.2.

Every other module below this package is made on demand by `_paths`, from tables of the names that
the chosen version offers; how things behave is in `_core`.
"""

from airflow._core.profile import PROFILE as _profile
from airflow._paths import finder as _finder

__version__ = _profile.version
_finder.install()
_names = _finder.names_of("airflow")


def __getattr__(name):
    return _finder.get(__name__, name)


def __dir__():
    return sorted(_names)

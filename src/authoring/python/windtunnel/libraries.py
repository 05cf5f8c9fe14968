"""Stand-ins for libraries that a usual Airflow installation has and this interpreter has not.

They let a file be read. While a task is tried they refuse, so that a result is never made up.
"""

import importlib.abc
import importlib.machinery
import sys
import types

from . import settings

#: Top-level names that are taken as installed.
KNOWN = frozenset(
    """pandas numpy requests boto3 botocore kubernetes docker sqlalchemy psycopg2 pymysql MySQLdb
    google googleapiclient jinja2 markupsafe attr attrs pydantic httpx aiohttp paramiko slack_sdk
    tenacity croniter structlog packaging tabulate dotenv redis celery snowflake polars pyarrow
    sklearn matplotlib bs4 lxml openpyxl simplejson cryptography psycopg pymongo elasticsearch
    duckdb dask pyspark databricks trino mysql great_expectations dbt cosmos faker scipy urllib3
    confluent_kafka kafka fsspec s3fs gcsfs smbclient pysftp msal azure openai torch tensorflow
    transformers xgboost lightgbm seaborn plotly streamlit spotipy tweepy praw feedparser
    isodate rich typing_extensions psutil flask asgiref pluggy cachetools jsonschema
    more_itertools toolz ujson orjson humanize sqlparse wtforms flask_appbuilder""".split()
)

#: True while a task is tried: then a stand-in refuses to work.
strict = False


class MissingLibrary(RuntimeError):
    """A task wanted a library that does not exist here."""


class Anything:
    """One name of a stand-in library."""

    def __init__(self, path):
        object.__setattr__(self, "_path", path)

    def _refuse(self):
        if strict:
            raise MissingLibrary(object.__getattribute__(self, "_path"))

    def __call__(self, *args, **kwargs):
        self._refuse()
        if len(args) == 1 and not kwargs and isinstance(args[0], types.FunctionType):
            return args[0]
        return Anything(f"{self._path}()")

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        self._refuse()
        if name.endswith(("Error", "Exception")):
            return _exception(f"{self._path}.{name}")
        return Anything(f"{self._path}.{name}")

    def __getitem__(self, key):
        self._refuse()
        return Anything(f"{self._path}[...]")

    def __iter__(self):
        self._refuse()
        return iter(())

    def __len__(self):
        self._refuse()
        return 0

    def __bool__(self):
        self._refuse()
        return True

    def __enter__(self):
        self._refuse()
        return self

    def __exit__(self, *_args):
        return False

    def __mro_entries__(self, bases):
        return (_Base,)

    def __or__(self, other):
        return self

    __ror__ = __or__

    def __repr__(self):
        return f"<{self._path}>"

    def __eq__(self, other):
        self._refuse()
        return self is other

    def __hash__(self):
        return id(self)

    def _operate(self, *_other):
        self._refuse()
        return self

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = _operate
    __lt__ = __gt__ = __le__ = __ge__ = __and__ = __invert__ = __neg__ = _operate


class _Base:
    """Base of a class that derives from a stand-in."""

    def __init__(self, *args, **kwargs):
        vars(self).update(kwargs)


_exceptions = {}


def _exception(path):
    if path not in _exceptions:
        _exceptions[path] = type(path.rpartition(".")[2], (Exception,), {"__module__": path})
    return _exceptions[path]


class _Module(types.ModuleType):
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        if strict:
            raise MissingLibrary(self.__name__)
        if name.endswith(("Error", "Exception")):
            return _exception(f"{self.__name__}.{name}")
        return Anything(f"{self.__name__}.{name}")


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, fullname, path=None, target=None):
        top = fullname.partition(".")[0]
        if top not in KNOWN:
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec):
        return _Module(spec.name)

    def exec_module(self, module):
        settings.note("library_stand_in", library=module.__name__.partition(".")[0])
        module.__all__ = []


def install():
    """Stands last in line, so that whatever really exists comes first."""
    if not any(isinstance(f, _Finder) for f in sys.meta_path):
        sys.meta_path.append(_Finder())

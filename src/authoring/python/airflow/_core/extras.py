"""Hooks, triggers, notifiers, deadlines and the small helpers that DAG files import."""

import datetime as dt
import logging

from .dates import UTC
from .stores import find_connection


class LoggingMixin:
    """Gives `self.log`."""

    def __init__(self, context=None):
        pass

    @property
    def log(self):
        return logging.getLogger(f"airflow.{type(self).__name__}")

    logger = log


class BaseHook(LoggingMixin):
    """Access to an outside system; only its connection exists here."""

    conn_name_attr = "conn_id"
    default_conn_name = "default_conn_id"

    def __init__(self, *args, **kwargs):
        super().__init__()

    @classmethod
    def get_connection(cls, conn_id):
        return find_connection(conn_id)

    @classmethod
    def get_connections(cls, conn_id):
        return [find_connection(conn_id)]

    @classmethod
    def get_hook(cls, conn_id, hook_params=None):
        raise NotImplementedError("hooks cannot reach outside systems here")

    def get_conn(self):
        raise NotImplementedError("hooks cannot reach outside systems here")


class BaseTrigger(LoggingMixin):
    """What a deferred task waits for."""

    def __init__(self, **kwargs):
        super().__init__()

    def serialize(self):
        return f"{type(self).__module__}.{type(self).__qualname__}", dict(vars(self))

    async def run(self):
        yield TriggerEvent(None)


class BaseEventTrigger(BaseTrigger):
    """A trigger that can watch an asset."""


class TriggerEvent:
    def __init__(self, payload=None, **kwargs):
        self.payload = payload


class StartTriggerArgs:
    def __init__(self, **fields):
        vars(self).update(fields)


class Templater(LoggingMixin):
    """Template fields outside of operators."""

    template_fields = ()
    template_ext = ()

    def render_template(self, content, context, *args, **kwargs):
        return content


class BaseNotifier(Templater):
    """A callback object."""

    def __init__(self, **kwargs):
        self.context = {}

    def notify(self, context):
        raise NotImplementedError

    def __call__(self, *args):
        self.notify(args[0] if args else {})


class Callback:
    """A function by its path, with arguments (3.1+)."""

    def __init__(self, callback_callable=None, kwargs=None, executor=None):
        self.path = callback_callable if isinstance(callback_callable, str) else getattr(
            callback_callable, "__qualname__", None)
        self.kwargs, self.executor = kwargs or {}, executor


class AsyncCallback(Callback):
    """Run by the triggerer."""


class SyncCallback(Callback):
    """Run by an executor."""


class DeadlineAlert:
    """An alert when a run is not done in time."""

    def __init__(self, reference=None, interval=None, callback=None, **other):
        self.reference, self.interval, self.callback = reference, interval, callback
        self.name = other.get("name")


class _Reference:
    def __init__(self, name, **fields):
        self.name = name
        vars(self).update(fields)


class DeadlineReference:
    """What a deadline is measured from."""

    DAGRUN_LOGICAL_DATE = _Reference("DAGRUN_LOGICAL_DATE")
    DAGRUN_QUEUED_AT = _Reference("DAGRUN_QUEUED_AT")

    @classmethod
    def FIXED_DATETIME(cls, when):  # noqa: N802 - Airflow's name
        return _Reference("FIXED_DATETIME", datetime=when)

    @classmethod
    def AVERAGE_RUNTIME(cls, max_runs=10, min_runs=None):  # noqa: N802
        return _Reference("AVERAGE_RUNTIME", max_runs=max_runs, min_runs=min_runs)

    @staticmethod
    def register_custom_reference(*_args, **_kwargs):
        return lambda cls: cls


class PokeReturnValue:
    """Done or not, and what to hand on."""

    def __init__(self, is_done, xcom_value=None):
        self.is_done, self.xcom_value = is_done, xcom_value

    def __bool__(self):
        return self.is_done


class Conf:
    """`airflow.configuration.conf`: defaults that DAG files ask for."""

    _VALUES = {("core", "dags_folder"): "/dags", ("core", "executor"): "LocalExecutor",
               ("core", "default_timezone"): "utc", ("operators", "default_deferrable"): "False",
               ("core", "load_examples"): "False", ("webserver", "base_url"): "http://localhost:8080"}

    def get(self, section, key, fallback=None, **_options):
        return self._VALUES.get((section.lower(), key.lower()), fallback)

    get_mandatory_value = get

    def getboolean(self, section, key, fallback=False, **_options):
        return str(self.get(section, key, fallback)).lower() in ("true", "1", "t")

    def getint(self, section, key, fallback=0, **_options):
        return int(self.get(section, key, fallback) or 0)

    def getfloat(self, section, key, fallback=0.0, **_options):
        return float(self.get(section, key, fallback) or 0)

    def has_option(self, section, key):
        return (section.lower(), key.lower()) in self._VALUES

    def getsection(self, section):
        return {k: v for (s, k), v in self._VALUES.items() if s == section.lower()}

    def set(self, section, key, value):
        self._VALUES[(section.lower(), key.lower())] = value


conf = Conf()
TIMEZONE = UTC


def ds_add(ds, days):
    """A day (YYYY-MM-DD) that many days later."""
    if not days:
        return str(ds)
    return (dt.datetime.strptime(str(ds), "%Y-%m-%d") + dt.timedelta(days=days)).strftime("%Y-%m-%d")


def ds_format(ds, input_format, output_format, locale=None):
    return dt.datetime.strptime(str(ds), input_format).strftime(output_format)


def datetime_diff_for_humans(when, since=None):
    return str(when - (since or dt.datetime.now(dt.timezone.utc)))


class DagParsingContext:
    """Which DAG is asked for while a file is read: none, all are."""

    dag_id = None
    task_id = None


def get_parsing_context():
    return DagParsingContext()


def provide_session(func):
    return func


def apply_defaults(func):
    """Of 1.x; the metaclass does it now."""
    return func


class ObjectStoragePath:
    """A path in object storage, as text only."""

    def __init__(self, path, *others, conn_id=None, **_options):
        self._path = str(path)
        for other in others:
            self._path = self._path.rstrip("/") + "/" + str(other)
        self.conn_id = conn_id

    def __truediv__(self, other):
        return ObjectStoragePath(self._path, other, conn_id=self.conn_id)

    def joinpath(self, *others):
        return ObjectStoragePath(self._path, *others, conn_id=self.conn_id)

    @property
    def name(self):
        return self._path.rstrip("/").rpartition("/")[2]

    @property
    def parent(self):
        return ObjectStoragePath(self._path.rstrip("/").rpartition("/")[0], conn_id=self.conn_id)

    def as_uri(self):
        return self._path

    def __fspath__(self):
        return self._path

    def __str__(self):
        return self._path

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)

        def refused(*_args, **_kwargs):
            raise PermissionError(f"ObjectStoragePath.{name}: object storage cannot be reached here")

        return refused

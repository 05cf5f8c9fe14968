"""Variables and connections: those that the session was given, and no others."""

import json
import urllib.parse

from windtunnel import settings

from .errors import AirflowRuntimeError, find
from .params import NOTSET
from .profile import IS3


class _Variable:
    """`Variable.get` and `Variable.set`."""

    def __init__(self, key=None, val=None, description=None, **_other):
        self.key, self.val, self.description = key, val, description

    @classmethod
    def _read(cls, key, default, deserialize_json):
        if key not in settings.variables:
            if default is not NOTSET:
                return default
            if cls.sdk:
                raise AirflowRuntimeError(f"VARIABLE_NOT_FOUND: {{'key': {key!r}}}")
            raise KeyError(f"Variable {key} does not exist")
        text = settings.variables[key]
        return json.loads(text) if deserialize_json else text

    @classmethod
    def set(cls, key, value, description=None, serialize_json=False, session=None):
        settings.variables[key] = json.dumps(value) if serialize_json else str(value)

    @classmethod
    def delete(cls, key, session=None):
        return settings.variables.pop(key, None) is not None

    @classmethod
    def setdefault(cls, key, default, description=None, deserialize_json=False):
        if key not in settings.variables:
            cls.set(key, default, serialize_json=deserialize_json)
        return cls._read(key, default, deserialize_json)


class Variable(_Variable):
    """`airflow.sdk.Variable`."""

    sdk = True

    @classmethod
    def get(cls, key, default=NOTSET, deserialize_json=False):
        return cls._read(key, default, deserialize_json)


class ModelVariable(_Variable):
    """`airflow.models.Variable`."""

    sdk = IS3

    @classmethod
    def get(cls, key, default_var=NOTSET, deserialize_json=False, team_name=None):
        return cls._read(key, default_var, deserialize_json)


class Connection:
    """The parts of a connection; a URI is taken apart."""

    def __init__(self, conn_id=None, conn_type=None, description=None, host=None, login=None,
                 password=None, schema=None, port=None, extra=None, uri=None):
        self.conn_id, self.conn_type, self.description = conn_id, conn_type, description
        self.host, self.login, self.password, self.schema = host, login, password, schema
        self.port = port
        self.extra = json.dumps(extra) if isinstance(extra, dict) else extra
        if uri:
            self._take(uri)

    def _take(self, uri):
        parts = urllib.parse.urlsplit(uri)
        kind = parts.scheme.replace("-", "_")
        self.conn_type = "postgres" if kind == "postgresql" else kind
        self.host = urllib.parse.unquote(parts.hostname) if parts.hostname else parts.hostname
        self.login = urllib.parse.unquote(parts.username) if parts.username else parts.username
        self.password = urllib.parse.unquote(parts.password) if parts.password else parts.password
        self.schema, self.port = urllib.parse.unquote(parts.path.lstrip("/")), parts.port
        query = dict(urllib.parse.parse_qsl(parts.query, keep_blank_values=True))
        if query:
            self.extra = query["__extra__"] if "__extra__" in query else json.dumps(query)

    @property
    def extra_dejson(self):
        try:
            return json.loads(self.extra) if self.extra else {}
        except ValueError:
            return {}

    @classmethod
    def get(cls, conn_id):
        return find_connection(conn_id)

    @classmethod
    def get_connection_from_secrets(cls, conn_id):
        return find_connection(conn_id)

    def get_uri(self):
        login = f"{self.login}:{self.password or ''}@" if self.login else ""
        port = f":{self.port}" if self.port else ""
        return f"{self.conn_type or ''}://{login}{self.host or ''}{port}/{self.schema or ''}"

    def get_password(self):
        return self.password

    def __repr__(self):
        return self.conn_id or ""


def find_connection(conn_id):
    """The connection; raises AirflowNotFoundException when the session has none of that id."""
    if conn_id not in settings.connections:
        raise find("AirflowNotFoundException")(f"The conn_id `{conn_id}` isn't defined")
    return Connection(conn_id=conn_id, uri=settings.connections[conn_id])

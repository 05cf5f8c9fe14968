"""The part of PyYAML that DAG files use; the host reads the text (see windtunnel/bridge.py)."""

import json as _json

from windtunnel import bridge as _bridge


class YAMLError(Exception):
    """The text is no YAML."""


class _Loader:
    """Named by callers, without meaning here."""


Loader = SafeLoader = FullLoader = CLoader = CSafeLoader = UnsafeLoader = BaseLoader = _Loader
Dumper = SafeDumper = CDumper = CSafeDumper = _Loader


def safe_load_all(stream):
    text = stream.read() if hasattr(stream, "read") else stream
    if isinstance(text, bytes):
        text = text.decode()
    answer = _json.loads(_bridge.read_yaml(text))
    if "error" in answer:
        raise YAMLError(answer["error"])
    return iter(answer["documents"])


def safe_load(stream):
    return next(safe_load_all(stream), None)


def load(stream, Loader=None):  # noqa: N803 - PyYAML's name
    return safe_load(stream)


def load_all(stream, Loader=None):  # noqa: N803
    return safe_load_all(stream)


full_load = unsafe_load = safe_load


def safe_dump(data, stream=None, **_options):
    """JSON, which is YAML."""
    text = _json.dumps(data, indent=2, default=str) + "\n"
    if stream is None:
        return text
    stream.write(text)
    return None


dump = safe_dump

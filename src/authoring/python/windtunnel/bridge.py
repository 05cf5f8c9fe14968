"""What the host does for Python: reading YAML, and ending code that runs too long."""


def _host():
    try:
        import windtunnel_host
    except ImportError:
        return None
    return windtunnel_host


def read_yaml(text):
    """JSON text `{"documents": [...]}` or `{"error": ...}`."""
    host = _host()
    if host is None:
        raise RuntimeError("YAML cannot be read here: the host gave no reader")
    return host.read_yaml(text)


def start_limit(seconds, label=""):
    """From now on code is interrupted (KeyboardInterrupt) after that many real seconds."""
    host = _host()
    if host is not None:
        host.start(seconds, label)


def stop_limit():
    host = _host()
    if host is not None:
        host.stop()


def has_host():
    """Whether Python runs inside a host, with a file system of its own."""
    return _host() is not None

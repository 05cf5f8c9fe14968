"""What a tried task may not do: reach the network, start processes, write outside of /tmp."""

import builtins
import contextlib
import os

from . import libraries, where


class Refused(RuntimeError):
    """`what` is network, process or file."""

    def __init__(self, what, detail=""):
        super().__init__(f"{what}: {detail}")
        self.what = what


def _refuse(what):
    def refused(*args, **_kwargs):
        raise Refused(what, str(args[0])[:80] if args else "")

    return refused


_real_open = builtins.open
_WRITES = set("wax+")


def _open(file, mode="r", *args, **kwargs):
    if isinstance(file, (str, bytes, os.PathLike)) and _WRITES & set(mode):
        path = os.path.abspath(os.fsdecode(file))
        if not path.startswith("/tmp/"):
            raise Refused("file", path)
    return _real_open(file, mode, *args, **kwargs)


_NETWORK = ("socket.socket", "socket.create_connection", "urllib.request.urlopen",
            "http.client.HTTPConnection.request", "smtplib.SMTP.connect", "ftplib.FTP.connect")
_PROCESS = ("subprocess.Popen", "subprocess.run", "subprocess.call", "subprocess.check_call",
            "subprocess.check_output", "os.system", "os.popen", "os.execv", "os.fork", "os.kill",
            "multiprocessing.Process", "threading.Thread.start")
_FILES = ("os.remove", "os.unlink", "os.rename", "os.replace", "shutil.rmtree")


@contextlib.contextmanager
def closed():
    """Within it every way out is refused."""
    undo = []
    for paths, what in ((_NETWORK, "network"), (_PROCESS, "process")):
        for path in paths:
            _patch(path, _refuse(what), undo)
    for path in _FILES:
        _patch_files(path, undo)
    builtins.open, libraries.strict = _open, True
    try:
        yield
    finally:
        builtins.open, libraries.strict = _real_open, False
        for owner, name, old in reversed(undo):
            setattr(owner, name, old)


def _owner(path):
    import importlib
    import sys

    parts = path.split(".")
    for size in range(len(parts) - 1, 0, -1):
        name = ".".join(parts[:size])
        module = sys.modules.get(name)
        if module is None and size == 1:
            try:
                module = importlib.import_module(name)
            except ImportError:
                return None, ""
        if module is not None:
            for part in parts[size:-1]:
                module = getattr(module, part, None)
            return module, parts[-1]
    return None, ""


def _patch(path, replacement, undo):
    owner, name = _owner(path)
    old = getattr(owner, name, None) if owner is not None else None
    if old is None:
        return
    try:
        setattr(owner, name, replacement)
    except (AttributeError, TypeError):
        return
    undo.append((owner, name, old))


def _patch_files(path, undo):
    owner, name = _owner(path)
    real = getattr(owner, name, None) if owner is not None else None
    if real is None:
        return

    def checked(target, *args, **kwargs):
        full = os.path.abspath(os.fsdecode(target))
        if not full.startswith("/tmp/") or where.is_user_file(full):
            raise Refused("file", full)
        return real(target, *args, **kwargs)

    _patch(path, checked, undo)

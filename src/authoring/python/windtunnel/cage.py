"""Shuts what a file must never reach: the host behind the interpreter, and the end of it."""

import gc
import os
import sys
import types


def install():
    """Once, before the first file is read; the host has taken `pyodide_js` off its list."""
    _exits()
    _forget_host()


def _exits():
    """A file that ends its process ends its own reading, and the interpreter goes on."""
    for name in ("os", "posix"):
        module = sys.modules[name]
        module._exit = module.abort = _leave
    os.kill = _leave_other


def _leave(status=0):
    raise SystemExit(status)


def _leave_other(pid, signal):
    if pid in (0, os.getpid()):
        raise SystemExit(128 + int(signal))
    raise ProcessLookupError(3, "No such process")


def _forget_host():
    """Loaders keep the host's objects even when the names of their modules are gone."""
    for name in [n for n in sys.modules if n.partition(".")[0] == "pyodide_js"]:
        module = sys.modules.pop(name)
        if isinstance(module, types.ModuleType):
            vars(module).clear()
    for loader in [one for one in gc.get_objects() if type(one).__name__ == "JsLoader"]:
        loader.jsproxy = None

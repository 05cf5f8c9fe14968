"""What a file prints, kept up to a limit."""

import contextlib
import io
import logging
import sys

LIMIT = 1024 * 1024


class _Kept(io.TextIOBase):
    """A text stream that forgets what is beyond the limit."""

    def __init__(self):
        super().__init__()
        self._parts, self._size = [], 0

    def writable(self):
        return True

    def write(self, text):
        if self._size < LIMIT:
            part = text[: LIMIT - self._size]
            self._parts.append(part)
            self._size += len(part)
        return len(text)

    def text(self):
        return "".join(self._parts)


@contextlib.contextmanager
def captured():
    """Catches stdout, stderr and log records; gives the stream."""
    kept = _Kept()
    handler = logging.StreamHandler(kept)
    root = logging.getLogger()
    old = sys.stdout, sys.stderr, root.handlers[:]
    sys.stdout = sys.stderr = kept
    root.handlers[:] = [handler]
    try:
        yield kept
    finally:
        sys.stdout, sys.stderr, root.handlers[:] = old

"""A permissive object for a name that exists in Airflow but has no behaviour here."""


class Standin:
    """Can be called, read, subscripted and compared; never does anything."""

    def __init__(self, path):
        object.__setattr__(self, "_path", path)

    def __call__(self, *args, **kwargs):
        if len(args) == 1 and callable(args[0]) and not kwargs:
            return args[0]
        return Standin(f"{self._path}()")

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Standin(f"{self._path}.{name}")

    def __setattr__(self, name, value):
        object.__setattr__(self, name, value)

    def __getitem__(self, key):
        return Standin(f"{self._path}[{key!r}]")

    def __iter__(self):
        return iter(())

    def __len__(self):
        return 0

    def __bool__(self):
        return True

    def __mro_entries__(self, bases):
        return (StandinBase,)

    def __or__(self, other):
        return self

    __ror__ = __or__

    def __repr__(self):
        return f"<{self._path}>"

    def __fspath__(self):
        return f"/{self._path}"


class StandinBase:
    """Base for classes that derive from a stand-in."""

    def __init__(self, *args, **kwargs):
        vars(self).update(kwargs)

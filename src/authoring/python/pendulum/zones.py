"""Time zones with a `name`, as pendulum has them."""

import datetime as dt
import zoneinfo


class FixedTimezone(dt.tzinfo):
    """A constant offset in seconds; its name is `+09:00` unless another is given."""

    def __init__(self, offset, name=None):
        sign = "-" if offset < 0 else "+"
        hours, minutes = divmod(abs(int(offset)) // 60, 60)
        self._offset = int(offset)
        self._name = name or f"{sign}{hours:02d}:{minutes:02d}"

    @property
    def name(self):
        return self._name

    @property
    def offset(self):
        return self._offset

    def utcoffset(self, _when):
        return dt.timedelta(seconds=self._offset)

    def dst(self, _when):
        return dt.timedelta(0)

    def tzname(self, _when):
        return self._name

    def fromutc(self, when):
        return when + dt.timedelta(seconds=self._offset)

    def convert(self, when, raise_on_unknown_times=False):
        return _convert(self, when)

    def __repr__(self):
        return f"{type(self).__name__}({self._offset}, name={self._name!r})"

    def __eq__(self, other):
        return isinstance(other, FixedTimezone) and other._offset == self._offset

    def __hash__(self):
        return hash(self._offset)

    def __deepcopy__(self, _memo):
        return self


class Timezone(zoneinfo.ZoneInfo):
    """A named zone."""

    @property
    def name(self):
        return self.key

    def convert(self, when, raise_on_unknown_times=False):
        return _convert(self, when)

    def __repr__(self):
        return f"Timezone({self.key!r})"

    def __deepcopy__(self, _memo):
        return self

    @staticmethod
    def of(zone):
        """Any tzinfo as one with a name."""
        if zone is None or isinstance(zone, (Timezone, FixedTimezone)):
            return zone
        key = getattr(zone, "key", None) or getattr(zone, "zone", None)
        if key:
            return timezone(key)
        offset = zone.utcoffset(None)
        if offset is None:
            return UTC
        return UTC if not offset else FixedTimezone(int(offset.total_seconds()))


def _convert(zone, when):
    from .moments import DateTime

    if when.tzinfo is None:
        return DateTime.of(when, zone)
    moved = when.astimezone(zone)
    return DateTime.of(moved, zone)


class _Utc(Timezone):
    """UTC, which needs no table."""


def _make_utc():
    try:
        return Timezone("UTC")
    except zoneinfo.ZoneInfoNotFoundError:
        return FixedTimezone(0, "UTC")


UTC = _make_utc()


class InvalidTimezone(ValueError):
    """No such zone."""


def timezone(name):
    """The zone of that name or of that many seconds."""
    if isinstance(name, int):
        return fixed_timezone(name)
    if name.lower() == "utc":
        return UTC
    try:
        return Timezone(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        raise InvalidTimezone(f"Invalid timezone: {name}") from None


def fixed_timezone(offset):
    return FixedTimezone(offset)

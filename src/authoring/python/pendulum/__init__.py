"""The part of the pendulum interface that DAG files use, on top of the standard library."""

import datetime as _dt

from .moments import DateTime, Date, Duration, Interval, Time, parse_duration  # noqa: F401
from .reading import ParserError, parse
from .zones import UTC, FixedTimezone, Timezone, fixed_timezone, timezone  # noqa: F401

__version__ = "3.3.0"
Period = Interval
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)
DAYS_PER_WEEK, HOURS_PER_DAY, MINUTES_PER_HOUR, SECONDS_PER_MINUTE = 7, 24, 60, 60
SECONDS_PER_HOUR, SECONDS_PER_DAY, MONTHS_PER_YEAR = 3600, 86400, 12


from . import tz  # noqa: E402

local_timezone = tz.local_timezone


def datetime(year, month, day, hour=0, minute=0, second=0, microsecond=0, tz=UTC, fold=1,
             raise_on_unknown_times=False):
    """A moment in a zone (UTC if none is named)."""
    zone = timezone(tz) if isinstance(tz, (str, int)) else tz
    return DateTime(year, month, day, hour, minute, second, microsecond, tzinfo=zone)


def local(*args):
    return datetime(*args)


def naive(year, month, day, hour=0, minute=0, second=0, microsecond=0, fold=1):
    return DateTime(year, month, day, hour, minute, second, microsecond)


def date(year, month, day):
    return Date(year, month, day)


def time(hour, minute=0, second=0, microsecond=0):
    return Time(hour, minute, second, microsecond)


def now(tz=None):
    zone = timezone(tz) if isinstance(tz, str) else (tz or UTC)
    return instance(_dt.datetime.now(_dt.timezone.utc)).in_timezone(zone)


def today(tz=UTC):
    return now(tz).start_of("day")


def tomorrow(tz=UTC):
    return today(tz).add(days=1)


def yesterday(tz=UTC):
    return today(tz).subtract(days=1)


def instance(obj, tz=UTC):
    """The same moment as a pendulum object; naive ones get the zone `tz`."""
    if isinstance(obj, _dt.datetime):
        zone = obj.tzinfo if obj.tzinfo is not None else tz
        return DateTime.of(obj, Timezone.of(zone))
    if isinstance(obj, _dt.date):
        return Date(obj.year, obj.month, obj.day)
    return Time(obj.hour, obj.minute, obj.second, obj.microsecond)


def from_timestamp(timestamp, tz=UTC):
    moment = instance(_dt.datetime.fromtimestamp(timestamp, _dt.timezone.utc))
    return moment if tz is UTC or tz == "UTC" else moment.in_timezone(tz)


def from_format(string, fmt, tz=UTC, locale=None):
    from .reading import from_tokens

    return from_tokens(string, fmt, timezone(tz) if isinstance(tz, str) else tz)


def duration(days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0,
             years=0, months=0):
    return Duration(days=days, seconds=seconds, microseconds=microseconds,
                    milliseconds=milliseconds, minutes=minutes, hours=hours, weeks=weeks,
                    years=years, months=months)


def interval(start, end, absolute=False):
    return Interval(start, end, absolute)


period = interval


def timezones():
    from windtunnel import zones as tables

    return tuple(sorted(tables.names()))


def set_local_timezone(mock=None):
    """Accepted and ignored: the session's zone is UTC."""


def travel_to(*_args, **_kwargs):
    raise NotImplementedError("time travel belongs to the simulation, not to the DAG file")


__all__ = [name for name in globals() if not name.startswith("_")] + ["ParserError", "parse"]

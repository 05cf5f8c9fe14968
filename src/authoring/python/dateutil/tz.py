"""`dateutil.tz`."""

import datetime as dt
import zoneinfo


def tzutc():
    return dt.timezone.utc


UTC = tzutc()


def gettz(name=None):
    return zoneinfo.ZoneInfo(name) if name else UTC


def tzoffset(name, offset):
    seconds = offset.total_seconds() if isinstance(offset, dt.timedelta) else offset
    return dt.timezone(dt.timedelta(seconds=seconds), name or None) if name else dt.timezone(
        dt.timedelta(seconds=seconds))


def tzlocal():
    return UTC

"""Dates as Airflow takes them: naive ones are in the default zone (UTC)."""

import datetime as dt

import pendulum
from pendulum.zones import Timezone

UTC = pendulum.UTC


def is_localized(value):
    return value.utcoffset() is not None


def is_naive(value):
    return not is_localized(value)


def utcnow():
    return pendulum.now(UTC)


def parse(text, timezone=None, *, strict=False):
    """A moment from text; without an offset in the text it is in `timezone` (default UTC)."""
    return pendulum.instance(pendulum.parse(text, tz=timezone or UTC, strict=False), tz=UTC)


def to_utc(value):
    """The same moment in UTC, None for None; naive ones are taken as UTC."""
    if value is None:
        return None
    if isinstance(value, str):
        value = parse(value)
    if not isinstance(value, dt.datetime):
        return value
    if value.tzinfo is None:
        return pendulum.instance(value, tz=UTC)
    return pendulum.instance(value).in_timezone(UTC)


convert_to_utc = to_utc


def make_aware(value, timezone=None):
    if value is None:
        return None
    if is_localized(value):
        raise ValueError(f"make_aware expects a naive datetime, got {value}")
    return pendulum.instance(value, tz=timezone or UTC)


def make_naive(value, timezone=None):
    if is_naive(value):
        raise ValueError("make_naive() cannot be applied to a naive datetime")
    return value.astimezone(timezone or UTC).replace(tzinfo=None)


def datetime(*args, **kwargs):
    kwargs.setdefault("tzinfo", UTC)
    return pendulum.DateTime(*args, **kwargs)


def coerce_datetime(value, tz=None):
    if value is None:
        return None
    return pendulum.instance(value, tz=tz or UTC)


def parse_timezone(name):
    return pendulum.timezone(name)


def zone_of(start_date):
    """The DAG's own zone: that of its start date, else UTC. Raises on text that is no date."""
    if not start_date:
        return UTC
    if not isinstance(start_date, dt.datetime):
        start_date = parse(start_date)
    return Timezone.of(start_date.tzinfo) or UTC


def days_ago(n, hour=0, minute=0, second=0, microsecond=0):
    """Midnight (or another time) n days before today; gone in 3.x."""
    day = utcnow().replace(hour=hour, minute=minute, second=second, microsecond=microsecond)
    return day - dt.timedelta(days=n)


def iso(value):
    """ISO 8601 in UTC, null for none: the form of the recorded structures."""
    moment = to_utc(value)
    return moment.isoformat() if moment is not None else None

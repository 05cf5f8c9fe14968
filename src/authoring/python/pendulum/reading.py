"""Reading dates from text."""

import datetime as dt
import re

from .moments import Date, DateTime, Time, parse_duration
from .zones import UTC, FixedTimezone, timezone


class ParserError(ValueError):
    """The text is no date."""


_FULL = re.compile(
    r"^(\d{4})(?:-?(\d{1,2}))?(?:-?(\d{1,2}))?"
    r"(?:[T ](\d{1,2})(?::?(\d{2}))?(?::?(\d{2})(?:[.,](\d{1,9}))?)?)?"
    r"\s*(Z|[+-]\d{2}:?\d{0,2})?$"
)


def _zone(text, default):
    if text is None:
        return default
    if text == "Z":
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    seconds = (int(digits[:2]) * 60 + int(digits[2:])) * 60
    seconds = -seconds if text[0] == "-" else seconds
    return FixedTimezone(seconds) if seconds else UTC


def parse(text, tz=UTC, exact=False, strict=True, **_options):
    """A DateTime (or, with exact=True, a Date, Time or Duration) from ISO-like text."""
    zone = timezone(tz) if isinstance(tz, str) else tz
    text = text.strip()
    if text.startswith("P"):
        found = parse_duration(text)
        if found is not None:
            return found
    match = _FULL.match(text)
    if match:
        return _from_match(match, zone, exact)
    if not strict:
        from dateutil.parser import parse as free

        return DateTime.of(free(text), zone)
    clock = re.fullmatch(r"(\d{1,2}):(\d{2})(?::(\d{2}))?", text)
    if clock:
        hour, minute, second = (int(part or 0) for part in clock.groups())
        if exact:
            return Time(hour, minute, second)
        today = dt.date.today()
        return DateTime(today.year, today.month, today.day, hour, minute, second, tzinfo=zone)
    raise ParserError(f"Unable to parse string [{text}]")


def _from_match(match, zone, exact):
    year, month, day, hour, minute, second, fraction, offset = match.groups()
    try:
        if exact and hour is None:
            return Date(int(year), int(month or 1), int(day or 1))
        return DateTime(int(year), int(month or 1), int(day or 1), int(hour or 0),
                        int(minute or 0), int(second or 0), int((fraction or "0").ljust(6, "0")[:6]),
                        tzinfo=_zone(offset, zone))
    except ValueError as error:
        raise ParserError(str(error)) from None


_READ = {
    "YYYY": r"(?P<year>\d{4})", "MM": r"(?P<month>\d{2})", "M": r"(?P<month>\d{1,2})",
    "DD": r"(?P<day>\d{2})", "D": r"(?P<day>\d{1,2})", "HH": r"(?P<hour>\d{2})",
    "H": r"(?P<hour>\d{1,2})", "mm": r"(?P<minute>\d{2})", "ss": r"(?P<second>\d{2})",
    "SSSSSS": r"(?P<microsecond>\d{6})", "ZZ": r"(?P<offset>[+-]\d{4})",
    "Z": r"(?P<offset>Z|[+-]\d{2}:\d{2})",
}


def from_tokens(text, fmt, zone):
    """Reads text in pendulum's tokens."""
    pattern = re.sub(r"YYYY|MM|M|DD|D|HH|H|mm|ss|SSSSSS|ZZ|Z|[^A-Za-z]+|.",
                     lambda m: _READ.get(m.group(0), re.escape(m.group(0))), fmt)
    match = re.fullmatch(pattern, text)
    if not match:
        raise ValueError(f"String does not match format {fmt}")
    fields = {k: v for k, v in match.groupdict().items() if v is not None}
    offset = fields.pop("offset", None)
    numbers = {k: int(v) for k, v in fields.items()}
    now = dt.datetime.now(dt.timezone.utc)
    base = {"year": now.year, "month": now.month if "year" not in numbers else 1,
            "day": now.day if not {"year", "month"} & set(numbers) else 1}
    return DateTime(**{**base, **numbers}, tzinfo=_zone(offset, zone))

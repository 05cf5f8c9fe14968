"""DateTime, Date, Time, Duration and Interval."""

import calendar
import datetime as dt

from .formats import render
from .zones import UTC, Timezone, timezone

_UNITS = ("second", "minute", "hour", "day", "week", "month", "year", "decade", "century")


def _shift(moment, sign, years=0, months=0, weeks=0, days=0, hours=0, minutes=0, seconds=0,
           microseconds=0):
    """Calendar units first (day clipped to the month's end), then exact ones."""
    whole = moment.year * 12 + moment.month - 1 + sign * (years * 12 + months)
    year, month = divmod(whole, 12)
    day = min(moment.day, calendar.monthrange(year, month + 1)[1])
    moved = moment.replace(year=year, month=month + 1, day=day)
    moved = moved + sign * dt.timedelta(days=days + 7 * weeks)
    rest = sign * dt.timedelta(hours=hours, minutes=minutes, seconds=seconds,
                               microseconds=microseconds)
    return moved, rest


class _Common:
    """What dates and moments share."""

    @property
    def day_of_week(self):
        return self.weekday()

    @property
    def day_of_year(self):
        return self.timetuple().tm_yday

    @property
    def week_of_year(self):
        return self.isocalendar()[1]

    @property
    def days_in_month(self):
        return calendar.monthrange(self.year, self.month)[1]

    @property
    def quarter(self):
        return (self.month - 1) // 3 + 1

    def to_date_string(self):
        return self.strftime("%Y-%m-%d")

    def format(self, fmt, locale=None):
        return render(self, fmt)

    def is_leap_year(self):
        return calendar.isleap(self.year)


class Date(_Common, dt.date):
    """A day."""

    def add(self, **units):
        moved, _ = _shift(self, 1, **units)
        return Date(moved.year, moved.month, moved.day)

    def subtract(self, **units):
        moved, _ = _shift(self, -1, **units)
        return Date(moved.year, moved.month, moved.day)

    def diff(self, other=None, abs=True):
        return Interval(self, other or Date.today(), abs)


class Time(dt.time):
    """A time of day."""


class DateTime(_Common, dt.datetime):
    """A moment in a zone."""

    @classmethod
    def of(cls, when, zone=None):
        return cls(when.year, when.month, when.day, when.hour, when.minute, when.second,
                   when.microsecond, tzinfo=zone if zone is not None else when.tzinfo,
                   fold=when.fold)

    @property
    def timezone(self):
        return Timezone.of(self.tzinfo)

    tz = timezone

    @property
    def timezone_name(self):
        return self.timezone.name if self.tzinfo else None

    @property
    def int_timestamp(self):
        return int(self.timestamp())

    @property
    def float_timestamp(self):
        return self.timestamp()

    @property
    def offset(self):
        return int(self.utcoffset().total_seconds())

    def in_timezone(self, zone):
        zone = timezone(zone) if isinstance(zone, (str, int)) else Timezone.of(zone)
        aware = self if self.tzinfo else self.replace(tzinfo=UTC)
        return DateTime.of(aware.astimezone(zone), zone)

    in_tz = in_timezone

    def astimezone(self, tz=None):
        zone = Timezone.of(tz) or UTC
        moved = dt.datetime.astimezone(self, zone)
        return DateTime.of(moved, zone)

    def set(self, **fields):
        zone = fields.pop("tz", None)
        if zone is not None:
            fields["tzinfo"] = timezone(zone) if isinstance(zone, str) else zone
        return self.replace(**fields)

    def on(self, year, month, day):
        return self.replace(year=year, month=month, day=day)

    def at(self, hour, minute=0, second=0, microsecond=0):
        return self.replace(hour=hour, minute=minute, second=second, microsecond=microsecond)

    def naive(self):
        return self.replace(tzinfo=None)

    def add(self, **units):
        moved, rest = _shift(self, 1, **units)
        return moved._exact(rest)

    def subtract(self, **units):
        moved, rest = _shift(self, -1, **units)
        return moved._exact(rest)

    def _exact(self, delta):
        if not delta or self.tzinfo is None:
            return self + delta
        return DateTime.of(dt.datetime.astimezone(self, dt.timezone.utc) + delta,
                           dt.timezone.utc).in_timezone(self.tzinfo)

    def __add__(self, other):
        if isinstance(other, Duration) and other.calendar:
            return self.add(**other.parts())
        return DateTime.of(dt.datetime.__add__(self, other), self.tzinfo)

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, dt.datetime):
            if (self.tzinfo is None) != (other.tzinfo is None):
                raise TypeError("can't subtract offset-naive and offset-aware datetimes")
            return Interval(other, self)
        if isinstance(other, Duration) and other.calendar:
            return self.subtract(**other.parts())
        return DateTime.of(dt.datetime.__sub__(self, other), self.tzinfo)

    def diff(self, other=None, abs=True):
        import pendulum

        return Interval(self, other or pendulum.now(self.tzinfo), abs)

    def start_of(self, unit):
        return self._edge(unit, False)

    def end_of(self, unit):
        return self._edge(unit, True)

    def _edge(self, unit, end):
        if unit not in _UNITS:
            raise ValueError(f'Invalid unit "{unit}" for start_of()')
        start = self._start(unit)
        if not end:
            return start
        step = {"decade": {"years": 10}, "century": {"years": 100}}.get(unit, {unit + "s": 1})
        return start.add(**step).subtract(microseconds=1)

    def _start(self, unit):
        day = {"hour": 0, "minute": 0, "second": 0, "microsecond": 0}
        if unit == "second":
            return self.replace(microsecond=0)
        if unit == "minute":
            return self.replace(second=0, microsecond=0)
        if unit == "hour":
            return self.replace(minute=0, second=0, microsecond=0)
        if unit == "day":
            return self.replace(**day)
        if unit == "week":
            return self.subtract(days=self.weekday()).replace(**day)
        if unit == "month":
            return self.replace(day=1, **day)
        span = {"year": 1, "decade": 10, "century": 100}[unit]
        first = self.year - self.year % span if span > 1 else self.year
        return self.replace(year=first, month=1, day=1, **day)

    def next(self, day_of_week=None, keep_time=False):
        return self._weekday(day_of_week, 1, keep_time)

    def previous(self, day_of_week=None, keep_time=False):
        return self._weekday(day_of_week, -1, keep_time)

    def _weekday(self, wanted, step, keep_time):
        wanted = self.weekday() if wanted is None else int(wanted)
        moved = (self if keep_time else self.start_of("day")).add(days=step)
        while moved.weekday() != wanted:
            moved = moved.add(days=step)
        return moved

    def to_iso8601_string(self):
        text = self.isoformat()
        return text[:-6] + "Z" if text.endswith("+00:00") else text

    def to_datetime_string(self):
        return self.strftime("%Y-%m-%d %H:%M:%S")

    def to_time_string(self):
        return self.strftime("%H:%M:%S")

    def date(self):
        return Date(self.year, self.month, self.day)

    def time(self):
        return Time(self.hour, self.minute, self.second, self.microsecond)

    def is_utc(self):
        return self.utcoffset() == dt.timedelta(0)

    def __deepcopy__(self, _memo):
        return self


class Duration(dt.timedelta):
    """A span that may hold calendar months and years."""

    def __new__(cls, days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0,
                weeks=0, years=0, months=0):
        made = super().__new__(cls, days + years * 365 + months * 30, seconds, microseconds,
                               milliseconds, minutes, hours, weeks)
        made.years, made.months = years, months
        made._rest = dt.timedelta(days, seconds, microseconds, milliseconds, minutes, hours, weeks)
        return made

    @property
    def calendar(self):
        return bool(self.years or self.months)

    def parts(self):
        rest = self._rest
        return {"years": self.years, "months": self.months, "days": rest.days,
                "seconds": rest.seconds, "microseconds": rest.microseconds}

    def in_seconds(self):
        return int(self.total_seconds())

    def in_minutes(self):
        return self.in_seconds() // 60

    def in_hours(self):
        return self.in_minutes() // 60

    def in_days(self):
        return self.in_hours() // 24

    def total_minutes(self):
        return self.total_seconds() / 60

    def total_hours(self):
        return self.total_seconds() / 3600

    def total_days(self):
        return self.total_seconds() / 86400

    def as_timedelta(self):
        return dt.timedelta(seconds=self.total_seconds())

    def in_words(self, locale=None, separator=" "):
        return str(self.as_timedelta())


class Interval(Duration):
    """The span between two moments."""

    def __new__(cls, start, end, absolute=False):
        if absolute and end < start:
            start, end = end, start
        if isinstance(start, dt.datetime) and start.tzinfo is not None:
            span = dt.datetime.__sub__(end, start)
        elif isinstance(start, dt.datetime):
            span = dt.datetime.__sub__(end, start)
        else:
            span = dt.timedelta(days=end.toordinal() - start.toordinal())
        made = super().__new__(cls, days=span.days, seconds=span.seconds,
                               microseconds=span.microseconds)
        made._start, made._end = start, end
        return made

    @property
    def start(self):
        return self._start

    @property
    def end(self):
        return self._end

    def range(self, unit, amount=1):
        at = self._start
        while at <= self._end:
            yield at
            at = at.add(**{unit: amount})


def parse_duration(text):
    """An ISO 8601 duration such as P1DT2H."""
    import re

    match = re.fullmatch(
        r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?"
        r"(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?", text)
    if not match:
        return None
    keys = ("years", "months", "weeks", "days", "hours", "minutes", "seconds")
    return Duration(**{k: float(v) if "." in v else int(v)
                       for k, v in zip(keys, match.groups()) if v})

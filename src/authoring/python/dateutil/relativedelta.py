"""Calendar-aware spans."""

import calendar
import datetime as dt


class weekday:  # noqa: N801 - dateutil's name
    """A day of the week, optionally the n-th one."""

    def __init__(self, day, n=None):
        self.weekday, self.n = day, n

    def __call__(self, n):
        return weekday(self.weekday, n)

    def __repr__(self):
        name = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")[self.weekday]
        return f"{name}({self.n:+d})" if self.n else name


MO, TU, WE, TH, FR, SA, SU = (weekday(day) for day in range(7))
_RELATIVE = ("years", "months", "days", "hours", "minutes", "seconds", "microseconds")
_FIXED = ("year", "month", "day", "weekday", "hour", "minute", "second", "microsecond")


class relativedelta:  # noqa: N801 - dateutil's name
    """Adds years, months ... (plural) or sets fields (singular)."""

    def __init__(self, dt1=None, dt2=None, years=0, months=0, days=0, leapdays=0, weeks=0,
                 hours=0, minutes=0, seconds=0, microseconds=0, year=None, month=None, day=None,
                 weekday=None, yearday=None, nlyearday=None, hour=None, minute=None, second=None,
                 microsecond=None):
        if dt1 is not None and dt2 is not None:
            span = dt1 - dt2
            days, seconds, microseconds = span.days, span.seconds, span.microseconds
        self.years, self.months, self.leapdays = years, months, leapdays
        self.days = days + weeks * 7
        self.hours, self.minutes, self.seconds = hours, minutes, seconds
        self.microseconds = microseconds
        self.year, self.month, self.day = year, month, day
        self.hour, self.minute, self.second = hour, minute, second
        self.microsecond = microsecond
        self.weekday = globals()["weekday"](weekday) if isinstance(weekday, int) else weekday
        self._normalise()

    def _normalise(self):
        for small, big, size in (("microseconds", "seconds", 1_000_000), ("seconds", "minutes", 60),
                                 ("minutes", "hours", 60), ("hours", "days", 24),
                                 ("months", "years", 12)):
            value = getattr(self, small)
            if abs(value) >= size:
                sign = -1 if value < 0 else 1
                more, rest = divmod(abs(value), size)
                setattr(self, small, sign * rest)
                setattr(self, big, getattr(self, big) + sign * more)

    @property
    def weeks(self):
        return int(self.days / 7)

    def __radd__(self, other):
        return self.__add__(other)

    def __add__(self, other):
        if isinstance(other, relativedelta):
            return self._combined(other, 1)
        if isinstance(other, dt.timedelta):
            return self._combined(relativedelta(days=other.days, seconds=other.seconds,
                                                microseconds=other.microseconds), 1)
        return self._apply(other)

    def _combined(self, other, sign):
        fields = {f: getattr(self, f) + sign * getattr(other, f) for f in _RELATIVE}
        for name in _FIXED:
            mine, theirs = getattr(self, name), getattr(other, name)
            fields[name] = mine if mine is not None else theirs
        return relativedelta(**fields)

    def _apply(self, when):
        year = (self.year or when.year) + self.years
        whole = year * 12 + (self.month or when.month) - 1 + self.months
        year, month = divmod(int(whole), 12)
        day = min(self.day or when.day, calendar.monthrange(year, month + 1)[1])
        fields = {"year": year, "month": month + 1, "day": day}
        for name in ("hour", "minute", "second", "microsecond"):
            if getattr(self, name) is not None:
                fields[name] = getattr(self, name)
        moved = when.replace(**fields) + dt.timedelta(
            days=self.days, hours=self.hours, minutes=self.minutes, seconds=self.seconds,
            microseconds=self.microseconds)
        return self._to_weekday(moved) if self.weekday else moved

    def _to_weekday(self, when):
        number = self.weekday.n or 1
        jump = (abs(number) - 1) * 7
        if number > 0:
            jump += (7 - when.weekday() + self.weekday.weekday) % 7
        else:
            jump = -(jump + (when.weekday() - self.weekday.weekday) % 7)
        return when + dt.timedelta(days=jump)

    def __rsub__(self, other):
        return (-self).__add__(other)

    def __sub__(self, other):
        return self._combined(other, -1)

    def __neg__(self):
        fields = {f: -getattr(self, f) for f in _RELATIVE}
        return relativedelta(**fields, **{f: getattr(self, f) for f in _FIXED})

    def __mul__(self, factor):
        fields = {f: int(getattr(self, f) * factor) for f in _RELATIVE}
        return relativedelta(**fields, **{f: getattr(self, f) for f in _FIXED})

    __rmul__ = __mul__

    def __bool__(self):
        return any(getattr(self, f) for f in _RELATIVE) or any(
            getattr(self, f) is not None for f in _FIXED)

    def __eq__(self, other):
        return isinstance(other, relativedelta) and vars(self).items() == vars(other).items()

    def __hash__(self):
        return hash(tuple(getattr(self, f) for f in _RELATIVE))

    def __repr__(self):
        parts = [f"{f}={getattr(self, f):+g}" for f in ("years", "months", "days", "leapdays",
                 "hours", "minutes", "seconds", "microseconds") if getattr(self, f)]
        parts += [f"{f}={getattr(self, f)!r}" for f in _FIXED if getattr(self, f) is not None]
        return f"relativedelta({', '.join(parts)})"

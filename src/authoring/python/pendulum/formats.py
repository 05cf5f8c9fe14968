"""Formatting with pendulum's tokens (YYYY-MM-DD HH:mm:ss)."""

import re

_TOKENS = re.compile(
    r"\[([^\]]*)\]|YYYY|YY|Q|MMMM|MMM|MM|M|DDDD|DDD|DD|Do|D|dddd|ddd|dd|d|E|HH|H|hh|h|mm|m|"
    r"ss|s|SSSSSS|SSSSS|SSSS|SSS|SS|S|A|a|ZZ|Z|zz|z|X|x"
)


def render(moment, fmt):
    """`moment` in the given format; text in square brackets stays as it is."""
    return _TOKENS.sub(lambda match: _token(moment, match), fmt)


def _token(moment, match):
    if match.group(1) is not None:
        return match.group(1)
    token = match.group(0)
    simple = {
        "YYYY": "%Y", "YY": "%y", "MMMM": "%B", "MMM": "%b", "MM": "%m", "DD": "%d",
        "dddd": "%A", "ddd": "%a", "HH": "%H", "hh": "%I", "mm": "%M", "ss": "%S",
        "A": "%p", "SSSSSS": "%f", "DDDD": "%j",
    }
    if token in simple:
        return moment.strftime(simple[token])
    return _computed(moment, token)


def _computed(moment, token):
    if set(token) == {"S"}:
        return f"{moment.microsecond:06d}"[: len(token)]
    if token in ("Z", "ZZ"):
        text = moment.strftime("%z")
        return text[:3] + ":" + text[3:] if token == "Z" else text
    if token in ("z", "zz"):
        return getattr(moment, "timezone_name", None) or "" if token == "z" else moment.tzname()
    values = {
        "Q": lambda: (moment.month - 1) // 3 + 1, "M": lambda: moment.month,
        "D": lambda: moment.day, "DDD": lambda: moment.timetuple().tm_yday,
        "Do": lambda: f"{moment.day}th", "d": lambda: moment.isoweekday() % 7,
        "dd": lambda: moment.strftime("%a")[:2], "E": lambda: moment.isoweekday(),
        "H": lambda: moment.hour, "h": lambda: moment.hour % 12 or 12,
        "m": lambda: moment.minute, "s": lambda: moment.second,
        "a": lambda: moment.strftime("%p").lower(), "X": lambda: int(moment.timestamp()),
        "x": lambda: int(moment.timestamp() * 1000),
    }
    return str(values[token]())

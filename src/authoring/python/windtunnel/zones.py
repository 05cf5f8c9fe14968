"""Time zones for `zoneinfo`: the packed tables of moment-timezone turned into TZif on demand.

The interpreter that runs in a page has no zone files. `install()` gives `zoneinfo` a loader which
builds the binary file it expects, so that ZoneInfo, pendulum and dateutil all see the same zones
as the engine does.
"""

import io
import json
import pathlib
import struct

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWX"
_zones: dict[str, str] = {}
_links: dict[str, str] = {}


def base60(text):
    """A packed number: digits of base 60, a sign, a fraction after a dot."""
    sign = -1 if text.startswith("-") else 1
    whole, _, part = text.lstrip("-").partition(".")
    value = 0.0
    for char in whole:
        value = value * 60 + _DIGITS.index(char)
    scale = 1.0
    for char in part:
        scale /= 60
        value += _DIGITS.index(char) * scale
    return sign * value


def names():
    """All zone names that exist, links included."""
    return set(_zones) | set(_links)


def tzif(key):
    """Bytes of a TZif file (version 2) for the zone. Raises KeyError for an unknown name."""
    packed = _zones.get(key) or _zones[_links[key]]
    _, abbreviations, offsets, indices, diffs = packed.split("|")[:5]
    abbrs = abbreviations.split(" ")
    minutes = [base60(o) for o in offsets.split(" ")]
    order = [_DIGITS.index(i) for i in indices]
    moments, at = [], 0.0
    for index, diff in enumerate(diffs.split(" ") if diffs else []):
        at = base60(diff) if index == 0 else at + base60(diff)
        moments.append(round(at * 60))
    return _pack(abbrs, minutes, order, moments)


def _pack(abbrs, minutes, order, moments):
    chars, starts = b"", []
    for abbr in abbrs:
        starts.append(len(chars))
        chars += abbr.encode() + b"\0"
    standard = max(minutes) if minutes else 0
    types = b"".join(
        struct.pack(">iBB", round(-m * 60), int(m != standard and not a.startswith(("+", "-"))
                                                and _is_summer(m, minutes)), s)
        for m, a, s in zip(minutes, abbrs, starts)
    )
    times = moments[: len(order) - 1]
    body = b"".join(struct.pack(">q", t) for t in times) + bytes(order[1 : len(times) + 1])
    header = struct.pack(">4s1s15x6l", b"TZif", b"2", 0, 0, 0, len(times), len(abbrs), len(chars))
    empty = struct.pack(">4s1s15x6l", b"TZif", b"2", 0, 0, 0, 0, 1, 1) + b"\0" * 7
    return empty + header + body + types + chars + b"\n\n"


def _is_summer(minutes, everything):
    return minutes < sorted(everything)[len(everything) // 2]


def load(path):
    """Reads moment-timezone's packed data (zones and links)."""
    data = json.loads(pathlib.Path(path).read_text())
    for packed in data["zones"]:
        _zones[packed.split("|", 1)[0]] = packed
    for link in data["links"]:
        target, name = link.split("|")
        _links[name] = target


def install():
    """Makes zoneinfo use the tables where it finds no file of its own."""
    import zoneinfo
    from zoneinfo import _common

    def load_tzdata(key):
        try:
            return io.BytesIO(tzif(key))
        except KeyError:
            raise zoneinfo.ZoneInfoNotFoundError(f"No time zone found with key {key}") from None

    _common.load_tzdata = load_tzdata
    zoneinfo.available_timezones = names

"""Writes zones.json next to this file from the installed `tzdata` package (pip install tzdata).

Per zone a text `offsets|transitions|rule`: the offsets from UTC in seconds, the first of them in
force at the start of 1970; then for each change since 1970 the seconds since the change before it
(base 36; the first since 1970-01-01T00:00Z) and the index of the new offset (base 36), as
`seconds.index`; then the POSIX rule that holds afterwards. Zones with the same text share one entry.
"""
import json
import pathlib
import struct
from importlib import metadata, resources

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def base36(value):
    text = ""
    while True:
        value, digit = divmod(value, 36)
        text = DIGITS[digit] + text
        if value == 0:
            return text


def read(data):
    def header(at):
        assert data[at : at + 4] == b"TZif"
        return struct.unpack(">6L", data[at + 20 : at + 44])

    isut, isstd, leap, times, types, chars = header(0)
    at = 44 + times * 5 + types * 6 + chars + leap * 8 + isstd + isut
    isut, isstd, leap, times, types, chars = header(at)
    at += 44
    when = struct.unpack(f">{times}q", data[at : at + times * 8])
    at += times * 8
    which = data[at : at + times]
    at += times
    offsets = [struct.unpack(">l", data[at + i * 6 : at + i * 6 + 4])[0] for i in range(types)]
    at += types * 6 + chars + leap * 12 + isstd + isut
    rule = data[at:].decode().strip("\n")
    return list(zip(when, (offsets[i] for i in which))), offsets[0], rule


def encode(data):
    changes, offset, rule = read(data)
    for when, value in changes:
        if when <= 0:
            offset = value
    table = [offset]
    parts = []
    last = 0
    for when, value in changes:
        # The last change stays even when it changes nothing: the rule holds from there on.
        if when <= 0 or (value == offset and when != changes[-1][0]):
            continue
        if value not in table:
            table.append(value)
        parts.append(f"{base36(when - last)}.{base36(table.index(value))}")
        last, offset = when, value
    return "|".join([" ".join(map(str, table)), " ".join(parts), rule])


def main():
    root = resources.files("tzdata")
    names = (root / "zones").read_text().split()
    texts = {}
    zones = {}
    for name in sorted(names):
        data = root.joinpath("zoneinfo", *name.split("/")).read_bytes()
        zones[name] = texts.setdefault(encode(data), len(texts))
    result = {"version": metadata.version("tzdata"), "texts": list(texts), "zones": zones}
    out = pathlib.Path(__file__).with_name("zones.json")
    out.write_text(json.dumps(result, indent=0) + "\n")
    print(len(zones), "zones,", len(texts), "texts,", out.stat().st_size, "bytes")


main()

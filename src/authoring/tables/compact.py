"""Turns two recordings (3.3.2 and 2.11.2) into the tables that the `airflow` package reads.

    python compact.py RECORDING_OF_3 RECORDING_OF_2 TARGET_FOLDER
"""

import json
import pathlib
import sys

NOISE = {"TYPE_CHECKING", "annotations", "warnings", "logging", "sys", "log"}
OPERATORS = ("BaseOperator", "BaseSensorOperator")


def name_of(entry):
    text = entry[0] if isinstance(entry, list) else entry
    return text.partition("=")[0].removesuffix("()")


def names(entries):
    """Entries without noise; of constants that are addresses only the name is kept."""
    return [e[0] if isinstance(e, list) and "://" in str(e[1]) else e
            for e in entries or [] if name_of(e) not in NOISE]


def param(entry):
    """`x`: required; `["x"]`: default None or not plain; `["x", v]`: default v."""
    if len(entry) == 1:
        return entry[0]
    return [entry[0]] if entry[1] is None else entry


def facts(found):
    kind = found.get("kind")
    if not kind:
        return None
    short = {"kind": kind, "bases": found.get("bases", [])}
    if kind == "Enum":
        short["members"] = found["members"]
    if kind in OPERATORS:
        if "params" in found:
            short["params"] = [param(p) for p in found["params"]]
            if found.get("kw"):
                short["kw"] = 1
        for key in ("fields", "ext", "name", "skip", "can_skip", "up", "hides_deferrable"):
            if found.get(key):
                short[key] = found[key]
        alias = {k: v for k, v in found.get("alias", {}).items() if k in found.get("fields", ())}
        if alias:
            short["alias"] = alias
    return short


def classes(found):
    return {k: f for k, v in sorted(found.items()) if (f := facts(v))}


def write(path, data):
    path.write_text(json.dumps(data, separators=(",", ":"), sort_keys=True) + "\n")
    print(path.name, path.stat().st_size)


def main(three, two, target):
    three, two, target = map(pathlib.Path, (three, two, target))
    for version, folder in (("3", three), ("2", two)):
        core = json.loads((folder / "core.json").read_text())
        modules = {m: names(n) for m, n in sorted(core["modules"].items()) if n is not None}
        write(target / f"core{version}.json",
              {"version": core["version"], "modules": modules, "classes": classes(core["classes"])})
    for path in sorted(three.glob("provider.*.json")):
        new = json.loads(path.read_text())
        old = json.loads((two / path.name).read_text()) if (two / path.name).exists() else {
            "modules": {}, "classes": {}}
        modules = {m: names(n) for m, n in sorted(new["modules"].items()) if n is not None}
        only3 = sorted(m for m, n in new["modules"].items() if old["modules"].get(m) is None
                       and n is not None)
        found = classes(new["classes"])
        for name, short in found.items():
            other = old["classes"].get(name, {})
            if bool(short.get("can_skip")) != bool(other.get("can_skip")):
                short["can_skip_2"] = int(bool(other.get("can_skip")))
            if set(other.get("fields", ())) != set(short.get("fields", ())) and other:
                short["fields_2"] = other.get("fields", [])
        write(target / path.name, {"modules": modules, "classes": found, "only3": only3})


if __name__ == "__main__":
    main(*sys.argv[1:4])

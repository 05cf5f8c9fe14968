"""A JSON schema check, as much of draft 2020-12 as params use."""

import datetime as dt
import re


class SchemaError(ValueError):
    """The value breaks the schema."""


_TYPES = {
    "string": lambda v: isinstance(v, str),
    "integer": lambda v: isinstance(v, int) and not isinstance(v, bool)
    or isinstance(v, float) and v.is_integer(),
    "number": lambda v: isinstance(v, (int, float)) and not isinstance(v, bool),
    "boolean": lambda v: isinstance(v, bool),
    "array": lambda v: isinstance(v, list),
    "object": lambda v: isinstance(v, dict),
    "null": lambda v: v is None,
}


def check(value, schema):
    """Raises SchemaError with the reason when `value` does not fit."""
    if schema is True or not isinstance(schema, dict):
        return
    for keyword, wanted in schema.items():
        test = _TESTS.get(keyword)
        if test is not None:
            test(value, wanted, schema)


def _type(value, wanted, _schema):
    kinds = [wanted] if isinstance(wanted, str) else wanted
    if not any(kind in _TYPES and _TYPES[kind](value) for kind in kinds):
        raise SchemaError(f"{value!r} is not of type {', '.join(map(repr, kinds))}")


def _enum(value, wanted, _schema):
    if value not in wanted:
        raise SchemaError(f"{value!r} is not one of {wanted!r}")


def _const(value, wanted, _schema):
    if value != wanted:
        raise SchemaError(f"{wanted!r} was expected")


def _limit(fits, kinds, text):
    def test(value, wanted, _schema):
        if isinstance(value, kinds) and not isinstance(value, bool) and not fits(value, wanted):
            raise SchemaError(f"{value!r} {text} {wanted!r}")

    return test


_NUMBER = (int, float)


def _format(value, wanted, _schema):
    if not isinstance(value, str):
        return
    try:
        if wanted == "date":
            dt.date.fromisoformat(value)
            if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
                raise ValueError
        elif wanted == "date-time":
            if "T" not in value.upper() and " " not in value or not re.search(
                    r"(Z|[+-]\d{2}:\d{2})$", value, re.I):
                raise ValueError
            dt.datetime.fromisoformat(value)
        elif wanted == "time":
            dt.time.fromisoformat(value)
        elif wanted in ("email", "idn-email") and "@" not in value:
            raise ValueError
        elif wanted == "uri" and not re.match(r"^[A-Za-z][\w+.-]*:", value):
            raise ValueError
    except ValueError:
        raise SchemaError(f"{value!r} is not a {wanted!r}") from None


def _items(value, wanted, _schema):
    if isinstance(value, list):
        for item in value:
            check(item, wanted)


def _properties(value, wanted, _schema):
    if isinstance(value, dict):
        for name, inner in wanted.items():
            if name in value:
                check(value[name], inner)


def _required(value, wanted, _schema):
    if isinstance(value, dict) and isinstance(wanted, list):
        for name in wanted:
            if name not in value:
                raise SchemaError(f"{name!r} is a required property")


def _additional(value, wanted, schema):
    if not isinstance(value, dict):
        return
    extra = [k for k in value if k not in schema.get("properties", {})]
    if wanted is False and extra:
        raise SchemaError(f"Additional properties are not allowed ({extra[0]!r} was unexpected)")
    if isinstance(wanted, dict):
        for name in extra:
            check(value[name], wanted)


def _fits(value, schema):
    try:
        check(value, schema)
    except SchemaError:
        return False
    return True


def _any_of(value, wanted, _schema):
    if not any(_fits(value, s) for s in wanted):
        raise SchemaError(f"{value!r} is not valid under any of the given schemas")


def _one_of(value, wanted, _schema):
    if sum(_fits(value, s) for s in wanted) != 1:
        raise SchemaError(f"{value!r} is not valid under exactly one of the given schemas")


def _all_of(value, wanted, _schema):
    for inner in wanted:
        check(value, inner)


def _not(value, wanted, _schema):
    if _fits(value, wanted):
        raise SchemaError(f"{value!r} should not be valid under {wanted!r}")


def _unique(value, wanted, _schema):
    if wanted and isinstance(value, list) and any(v in value[:i] for i, v in enumerate(value)):
        raise SchemaError(f"{value!r} has non-unique elements")


_TESTS = {
    "type": _type, "enum": _enum, "const": _const, "format": _format, "items": _items,
    "properties": _properties, "required": _required, "additionalProperties": _additional,
    "anyOf": _any_of, "oneOf": _one_of, "allOf": _all_of, "not": _not, "uniqueItems": _unique,
    "minimum": _limit(lambda v, w: v >= w, _NUMBER, "is less than the minimum of"),
    "maximum": _limit(lambda v, w: v <= w, _NUMBER, "is greater than the maximum of"),
    "exclusiveMinimum": _limit(lambda v, w: v > w, _NUMBER, "is not greater than"),
    "exclusiveMaximum": _limit(lambda v, w: v < w, _NUMBER, "is not less than"),
    "multipleOf": _limit(lambda v, w: v % w == 0, _NUMBER, "is not a multiple of"),
    "minLength": _limit(lambda v, w: len(v) >= w, str, "is shorter than"),
    "maxLength": _limit(lambda v, w: len(v) <= w, str, "is longer than"),
    "pattern": _limit(lambda v, w: re.search(w, v) is not None, str, "does not match"),
    "minItems": _limit(lambda v, w: len(v) >= w, list, "has fewer items than"),
    "maxItems": _limit(lambda v, w: len(v) <= w, list, "has more items than"),
    "minProperties": _limit(lambda v, w: len(v) >= w, dict, "has fewer properties than"),
    "maxProperties": _limit(lambda v, w: len(v) <= w, dict, "has more properties than"),
}

"""Whether a cron expression is one that croniter takes; presets and their expressions."""

import re

PRESETS = {
    "@hourly": "0 * * * *", "@daily": "0 0 * * *", "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * 0", "@monthly": "0 0 1 * *", "@quarterly": "0 0 1 */3 *",
    "@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *",
}
_MONTHS = {m: i + 1 for i, m in enumerate(
    "jan feb mar apr may jun jul aug sep oct nov dec".split())}
_DAYS = {d: i for i, d in enumerate("sun mon tue wed thu fri sat".split())}
#: (lowest, highest, names) of minute, hour, day of month, month, day of week, second, year.
_FIELDS = ((0, 59, {}), (0, 23, {}), (1, 31, {}), (1, 12, _MONTHS), (0, 7, _DAYS), (0, 59, {}),
           (1970, 2099, {}))


def problem(expression):
    """Why the expression is refused, or None when it is fine."""
    fields = expression.lower().split()
    if expression.strip().lower() in PRESETS:
        return None
    if len(fields) not in (5, 6, 7):
        return "Exactly 5, 6 or 7 columns has to be specified for iterator expression."
    for index, field in enumerate(fields):
        for part in field.split(","):
            reason = _part(part, index)
            if reason:
                return f"[{expression}] is not acceptable, {reason}"
    return None


def _part(part, index):
    low, high, names = _FIELDS[index]
    if part == "l" and index in (2, 4):
        return None
    if index == 2 and part == "lw":
        return None
    if index == 4 and "#" in part:
        day, _, nth = part.partition("#")
        return None if _number(day, names, low, high) is not None and nth in "12345l" else part
    if index == 4 and re.fullmatch(r"l\w+", part):
        return None if _number(part[1:], names, low, high) is not None else part
    span, slash, step = part.partition("/")
    if slash and (not step.isdigit() or int(step) == 0):
        return f"out of range: {part}"
    if span in ("*", "?"):
        return None
    ends = span.split("-")
    if len(ends) > 2:
        return f"out of range: {part}"
    numbers = [_number(end, names, low, high) for end in ends]
    return f"out of range: {part}" if None in numbers else None


def _number(text, names, low, high):
    value = names.get(text, int(text) if text.isdigit() else None)
    return value if value is not None and low <= value <= high else None

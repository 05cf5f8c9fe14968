"""The part of Jinja that templates in DAG files use: expressions, filters, if, for, set, comments.

Expressions are Python syntax plus `|` filters and `is` tests; they are evaluated over the syntax
tree, so that a template reaches only the values it is given.
"""

import ast
import json
import operator
import re

_TAG = re.compile(r"(\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\})", re.S)


class TemplateError(ValueError):
    """The template uses something that is not understood here."""


class Undefined(TemplateError):
    """A name that does not exist."""


def render(text, names, filters=None):
    """The text with its tags filled in. Raises TemplateError."""
    if "{" not in text:
        return text
    parts = _TAG.split(text)
    out = []
    _block(parts, 0, dict(names), {**FILTERS, **(filters or {})}, out, ())
    return "".join(out)


def _block(parts, at, names, filters, out, stops):
    """Renders until one of the stop words; gives (position, word and rest of the stop tag)."""
    while at < len(parts):
        part = parts[at]
        at += 1
        if part.startswith("{{"):
            out.append(_text(evaluate(_inner(part), names, filters)))
        elif part.startswith("{%"):
            word, _, rest = _inner(part).partition(" ")
            if word in stops:
                return at, word, rest
            at = _statement(word, rest.strip(), parts, at, names, filters, out)
        elif not part.startswith("{#"):
            out.append(part)
    if stops:
        raise TemplateError(f"missing {stops[-1]}")
    return at, "", ""


def _inner(part):
    return part[2:-2].strip().strip("-").strip()


def _statement(word, rest, parts, at, names, filters, out):
    if word == "if":
        return _if(rest, parts, at, names, filters, out)
    if word == "for":
        return _for(rest, parts, at, names, filters, out)
    if word == "set" and "=" in rest:
        name, _, expression = rest.partition("=")
        names[name.strip()] = evaluate(expression.strip(), names, filters)
        return at
    if word == "raw":
        return _block(parts, at, names, filters, out, ("endraw",))[0]
    raise TemplateError(f"tag {word!r} is not understood")


def _if(condition, parts, at, names, filters, out):
    done = False
    while True:
        take = not done and bool(evaluate(condition, names, filters))
        done = done or take
        at, word, rest = _block(parts, at, names, filters, out if take else [],
                                ("elif", "else", "endif")) if take else _skip(parts, at)
        if word == "endif":
            return at
        condition = rest.strip() if word == "elif" else "True"


def _skip(parts, at):
    """Jumps over a branch that is not taken."""
    depth = 0
    while at < len(parts):
        part = parts[at]
        at += 1
        if not part.startswith("{%"):
            continue
        word, _, rest = _inner(part).partition(" ")
        if word in ("if", "for"):
            depth += 1
        elif word in ("endif", "endfor") and depth:
            depth -= 1
        elif depth == 0 and word in ("elif", "else", "endif"):
            return at, word, rest
    raise TemplateError("missing endif")


def _for(rest, parts, at, names, filters, out):
    match = re.fullmatch(r"([\w,\s]+?)\s+in\s+(.+)", rest, re.S)
    if not match:
        raise TemplateError("for without in")
    targets = [t.strip() for t in match.group(1).split(",")]
    values = list(evaluate(match.group(2), names, filters))
    end = None
    for index, value in enumerate(values[:10_000]):
        scope = {**names, "loop": {"index": index + 1, "index0": index, "first": index == 0,
                                   "last": index == len(values) - 1, "length": len(values)}}
        scope.update(zip(targets, value) if len(targets) > 1 else [(targets[0], value)])
        end = _block(parts, at, scope, filters, out, ("endfor",))[0]
    return end if end is not None else _block(parts, at, _Any(names), filters, [], ("endfor",))[0]


class _Any(dict):
    """Names for a loop body that is never run."""

    def __missing__(self, key):
        return ""


def _text(value):
    return "" if value is None and False else str(value)


def evaluate(expression, names, filters):
    """The value of a Jinja expression."""
    pieces = _split_pipes(expression)
    value = _python(pieces[0], names, filters, len(pieces) > 1)
    for piece in pieces[1:]:
        name, _, arguments = piece.strip().partition("(")
        function = filters.get(name.strip())
        if function is None:
            raise TemplateError(f"filter {name.strip()!r} is not understood")
        given = _python(f"[{arguments.rstrip()[:-1]}]", names, filters) if arguments else []
        value = function(value, *given)
    return value


def _split_pipes(text):
    parts, depth, quote, start = [], 0, "", 0
    for index, char in enumerate(text):
        if quote:
            quote = "" if char == quote else quote
        elif char in "\"'":
            quote = char
        elif char in "([{":
            depth += 1
        elif char in ")]}":
            depth -= 1
        elif char == "|" and depth == 0:
            parts.append(text[start:index])
            start = index + 1
    return [*parts, text[start:]]


def _python(text, names, filters, lenient=False):
    source = re.sub(r"\bis not defined\b", "== __undefined__", text)
    source = re.sub(r"\bis defined\b", "!= __undefined__", source)
    source = re.sub(r"\bis none\b", "is None", source).replace("~", "+")
    for word, name in (("true", "True"), ("false", "False"), ("none", "None")):
        source = re.sub(rf"(?<![\w.'\"]){word}(?![\w'\"])", name, source)
    try:
        tree = ast.parse(source.strip(), mode="eval")
    except SyntaxError:
        raise TemplateError(f"expression {text.strip()!r} is not understood") from None
    return _Walk(names, lenient or "__undefined__" in source).visit(tree.body)


_UNDEFINED = object()
_OPERATORS = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv, ast.Mod: operator.mod, ast.Pow: operator.pow,
    ast.Eq: operator.eq, ast.NotEq: operator.ne, ast.Lt: operator.lt, ast.LtE: operator.le,
    ast.Gt: operator.gt, ast.GtE: operator.ge, ast.Is: operator.is_, ast.IsNot: operator.is_not,
    ast.In: lambda a, b: a in b, ast.NotIn: lambda a, b: a not in b,
    ast.Not: operator.not_, ast.USub: operator.neg, ast.UAdd: operator.pos,
}


class _Walk(ast.NodeVisitor):
    """Evaluates a syntax tree over the given names."""

    def __init__(self, names, lenient):
        self.names, self.lenient = names, lenient

    def generic_visit(self, node):
        raise TemplateError(f"{type(node).__name__} is not understood in a template")

    def visit_Constant(self, node):
        return node.value

    def visit_Name(self, node):
        if node.id == "__undefined__":
            return _UNDEFINED
        if node.id in self.names:
            return self.names[node.id]
        if isinstance(self.names, _Any):
            return ""
        if self.lenient:
            return _UNDEFINED
        raise Undefined(f"'{node.id}' is undefined")

    def visit_Attribute(self, node):
        if node.attr.startswith("_"):
            raise TemplateError("names with a leading underscore are not readable")
        owner = self.visit(node.value)
        if isinstance(owner, dict) and node.attr in owner:
            return owner[node.attr]
        try:
            return getattr(owner, node.attr)
        except AttributeError:
            try:
                return owner[node.attr]
            except (KeyError, TypeError, IndexError):
                return _UNDEFINED if self.lenient else _missing(node.attr)

    def visit_Subscript(self, node):
        owner, key = self.visit(node.value), self.visit(node.slice)
        try:
            return owner[key]
        except (KeyError, IndexError, TypeError):
            return _UNDEFINED if self.lenient else _missing(key)

    def visit_Slice(self, node):
        return slice(*(self.visit(p) if p else None for p in (node.lower, node.upper, node.step)))

    def visit_Call(self, node):
        args = [self.visit(a) for a in node.args]
        return self.visit(node.func)(*args, **{k.arg: self.visit(k.value) for k in node.keywords})

    def visit_BinOp(self, node):
        left, right = self.visit(node.left), self.visit(node.right)
        if isinstance(node.op, ast.Add) and isinstance(left, str) != isinstance(right, str):
            left, right = str(left), str(right)
        return _OPERATORS[type(node.op)](left, right)

    def visit_UnaryOp(self, node):
        return _OPERATORS[type(node.op)](self.visit(node.operand))

    def visit_BoolOp(self, node):
        value = None
        for each in node.values:
            value = self.visit(each)
            if bool(value) is isinstance(node.op, ast.Or):
                return value
        return value

    def visit_Compare(self, node):
        left = self.visit(node.left)
        for op, right in zip(node.ops, node.comparators):
            value = self.visit(right)
            if not _OPERATORS[type(op)](left, value):
                return False
            left = value
        return True

    def visit_IfExp(self, node):
        return self.visit(node.body if self.visit(node.test) else node.orelse)

    def visit_List(self, node):
        return [self.visit(e) for e in node.elts]

    def visit_Tuple(self, node):
        return tuple(self.visit(e) for e in node.elts)

    def visit_Dict(self, node):
        return {self.visit(k): self.visit(v) for k, v in zip(node.keys, node.values)}


def _missing(name):
    raise Undefined(f"{name!r} is undefined")


def _day(value):
    return value.strftime("%Y-%m-%d")


FILTERS = {
    "default": lambda v, d="", b=False: d if v is _UNDEFINED or (b and not v) else v,
    "d": lambda v, d="", b=False: d if v is _UNDEFINED or (b and not v) else v,
    "upper": lambda v: str(v).upper(), "lower": lambda v: str(v).lower(),
    "title": lambda v: str(v).title(), "trim": lambda v: str(v).strip(),
    "replace": lambda v, a, b: str(v).replace(a, b), "join": lambda v, s="": s.join(map(str, v)),
    "length": len, "count": len, "int": lambda v, d=0: int(v), "float": float, "string": str,
    "tojson": json.dumps, "list": list, "first": lambda v: next(iter(v)), "sort": sorted,
    "last": lambda v: list(v)[-1], "abs": abs, "round": round, "sum": sum, "unique": lambda v:
    list(dict.fromkeys(v)), "ds": _day, "ds_nodash": lambda v: v.strftime("%Y%m%d"),
    "ts": lambda v: v.isoformat(), "ts_nodash": lambda v: v.strftime("%Y%m%dT%H%M%S"),
    "ts_nodash_with_tz": lambda v: v.isoformat().replace("-", "").replace(":", ""),
}

"""What a simple Bash command does: how long it sleeps, how it ends, what its last line is.

Understands lists with ; && || and newlines, `sleep`, `echo`, `exit`, `true`, `false` and `for`
over words. Every other command is taken to succeed at once, which `known` says.
"""

import re
import shlex

_UNITS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}
_LIMIT = 10_000


class Shell:
    """One run of a command text."""

    def __init__(self):
        self.slept, self.exit_code, self.last_line = 0.0, 0, ""
        self.known = True
        self._steps = 0
        self._ended = False

    def run(self, text):
        """Runs the text; read the fields afterwards."""
        self._list(_tokens(text))
        return self

    def _list(self, tokens):
        position = 0
        while position < len(tokens) and not self._ended:
            position = self._statement(tokens, position)

    def _statement(self, tokens, start):
        """One command with what && and || join to it; gives the position behind it."""
        word = tokens[start]
        if word in (";", "\n", "&"):
            return start + 1
        if word == "for":
            return self._loop(tokens, start)
        if word in ("if", "while", "until", "case", "function", "{", "("):
            self.known = False
            self._sleeps_only(tokens[start:])
            return len(tokens)
        end = start
        while end < len(tokens) and tokens[end] not in (";", "\n", "&", "&&", "||", "|"):
            end += 1
        background = end < len(tokens) and tokens[end] == "&"
        self._command(tokens[start:end], background)
        if end < len(tokens) and tokens[end] in ("&&", "||"):
            skip = (self.exit_code != 0) if tokens[end] == "&&" else (self.exit_code == 0)
            return self._skipped(tokens, end + 1) if skip else end + 1
        return end + 1

    def _skipped(self, tokens, position):
        """Behind the command that && or || leaves out."""
        while position < len(tokens) and tokens[position] not in (";", "\n", "&", "&&", "||"):
            position += 1
        if position < len(tokens) and tokens[position] in ("&&", "||"):
            word = tokens[position]
            skip = (self.exit_code != 0) if word == "&&" else (self.exit_code == 0)
            return self._skipped(tokens, position + 1) if skip else position + 1
        return position

    def _loop(self, tokens, start):
        """`for x in a b c; do ...; done`."""
        try:
            do, done = tokens.index("do", start), _matching_done(tokens, start)
        except ValueError:
            self.known = False
            return len(tokens)
        words = [w for w in tokens[start + 3 : do] if w not in (";", "\n")]
        for word in _expanded(words):
            if self._ended or self._steps > _LIMIT:
                break
            body = [t.replace(f"${{{tokens[start + 1]}}}", word).replace(
                f"${tokens[start + 1]}", word) for t in tokens[do + 1 : done]]
            self._list(body)
        return done + 1

    def _command(self, words, background):
        self._steps += 1
        words = [w for w in words if not re.fullmatch(r"\w+=.*", w)] or ["true"]
        name = words[0]
        if name == "sleep":
            span = sum(_seconds(w) for w in words[1:])
            self.slept += 0 if background else span
            self.exit_code = 0
        elif name in ("echo", "printf"):
            self.last_line = " ".join(w for w in words[1:] if w not in ("-n", "-e")).split("\n")[-1]
            self.exit_code = 0
        elif name in ("exit", "return"):
            self.exit_code = int(words[1]) if len(words) > 1 and words[1].isdigit() else 0
            self._ended = True
        elif name in ("true", ":", "set", "cd", "export", "wait"):
            self.exit_code = 0
        elif name == "false":
            self.exit_code = 1
        else:
            self.known, self.exit_code, self.last_line = False, 0, ""

    def _sleeps_only(self, tokens):
        for i, word in enumerate(tokens[:-1]):
            if word == "sleep":
                self.slept += _seconds(tokens[i + 1])


def _tokens(text):
    text = re.sub(r"\\\n", " ", text)
    text = re.sub(r"(^|\s)#[^\n]*", r"\1", text)
    lexer = shlex.shlex(text, posix=True, punctuation_chars=";&|\n")
    lexer.whitespace, lexer.whitespace_split, lexer.commenters = " \t\r", True, ""
    try:
        raw = list(lexer)
    except ValueError:
        return [w for w in text.split() if w]
    found = []
    for token in raw:
        if set(token) <= set(";&|\n") and token:
            found += re.findall(r"&&|\|\||[;&|\n]", token)
        else:
            found.append(token)
    return found


def _matching_done(tokens, start):
    depth = 0
    for position in range(start, len(tokens)):
        if tokens[position] == "do":
            depth += 1
        elif tokens[position] == "done":
            depth -= 1
            if depth == 0:
                return position
    raise ValueError("no done")


def _expanded(words):
    found = []
    for word in words:
        match = re.fullmatch(r"\{(\d+)\.\.(\d+)\}", word)
        seq = re.fullmatch(r"\$\(seq", word)
        if match:
            low, high = int(match.group(1)), int(match.group(2))
            found += [str(n) for n in range(low, min(high, low + _LIMIT) + 1)]
        elif not seq:
            found.append(word.rstrip(")"))
    if words and words[0] == "$(seq" and found:
        numbers = [int(w) for w in found if w.isdigit()]
        low, high = (1, numbers[0]) if len(numbers) == 1 else (numbers[0], numbers[-1])
        return [str(n) for n in range(low, min(high, low + _LIMIT) + 1)]
    return found


def _seconds(word):
    match = re.fullmatch(r"(\d+(?:\.\d+)?)([smhd]?)", word)
    return float(match.group(1)) * _UNITS[match.group(2)] if match else 0.0

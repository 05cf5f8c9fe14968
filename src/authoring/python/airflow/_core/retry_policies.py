"""Retry policies (3.3): which exception is tried again, and after how long."""

import datetime as dt


class RetryPolicy:
    """Base of policies; one of the person's own cannot be foretold."""

    def form(self):
        return None


class RetryRule:
    """One rule; exceptions are classes or dotted paths."""

    def __init__(self, exception, action=None, retry_delay=None, reason=None,
                 match_subclasses=True):
        self.exception, self.reason = exception, reason
        self.action, self.retry_delay = action, retry_delay
        self.match_subclasses = bool(match_subclasses)
        for spec in self._specs():
            if isinstance(spec, str) and "." not in spec:
                raise ValueError("RetryRule exception string must be a dotted import path "
                                 f"(e.g. 'builtins.ValueError'), got {spec!r}")

    def _specs(self):
        return self.exception if isinstance(self.exception, list) else [self.exception]

    def form(self):
        delay = self.retry_delay
        known = isinstance(delay, dt.timedelta)
        return {"exceptions": [path_of(s) for s in self._specs()],
                "action": word_of(self.action, "retry"),
                "retry_delay_s": delay.total_seconds() if known else None,
                "match_subclasses": self.match_subclasses}


class ExceptionRetryPolicy(RetryPolicy):
    """Rules in order; the first that fits decides."""

    def __init__(self, rules, default=None):
        self.rules, self.default = list(rules), default

    def form(self):
        return {"rules": [r.form() for r in self.rules],
                "default": word_of(self.default, "default")}


def word_of(action, otherwise):
    """The word of a RetryAction."""
    return otherwise if action is None else str(getattr(action, "value", action))


def path_of(spec):
    """The dotted path of an exception class."""
    return spec if isinstance(spec, str) else f"{spec.__module__}.{spec.__qualname__}"

"""The base of sensors (specification 8)."""

import datetime as dt

from .errors import AirflowException
from .operator import BaseOperator
from .profile import PROFILE
from .skips import SkipMixin

Refused = PROFILE.pick(ValueError, AirflowException)
MODES = ("poke", "reschedule")


def _seconds(value, name):
    if isinstance(value, dt.timedelta):
        return value.total_seconds()
    return value


class BaseSensorOperator(BaseOperator, *(() if PROFILE.is3 else (SkipMixin,))):
    """Waits until poke() says yes."""

    ui_color = "#e6f1f2"
    valid_modes = MODES
    is_sensor = True

    def __init__(self, *, poke_interval=60, timeout=PROFILE.sensor_timeout, soft_fail=False,
                 mode="poke", exponential_backoff=False, max_wait=None, silent_fail=False,
                 never_fail=False, **kwargs):
        super().__init__(**kwargs)
        timeout = PROFILE.sensor_timeout if timeout is None else timeout
        self.poke_interval, self.timeout = _seconds(poke_interval, "poke_interval"), _seconds(timeout, "timeout")
        self.soft_fail, self.mode, self.exponential_backoff = soft_fail, mode, exponential_backoff
        self.max_wait = max_wait if max_wait is None else _seconds(max_wait, "max_wait")
        self.silent_fail, self.never_fail = silent_fail, never_fail
        self._check()

    def _check(self):
        for name in ("poke_interval", "timeout"):
            value = getattr(self, name)
            if not isinstance(value, (int, float)) or value < 0:
                raise Refused(
                    f"Operator arg `{name}` must be timedelta object or a non-negative number"
                )
        if self.mode not in MODES:
            raise Refused(
                f"The mode must be one of {list(MODES)},'{self._dag_id()}.{self.task_id}'; "
                f"received '{self.mode}'."
            )
        if self.max_wait is not None and not isinstance(self.max_wait, (int, float)):
            raise Refused("Operator arg `max_wait` must be timedelta object or a non-negative number")
        if self.soft_fail and self.never_fail:
            raise ValueError("soft_fail and never_fail are mutually exclusive, you can not "
                             "provide both.")

    def _dag_id(self):
        return self.dag.dag_id if self.has_dag() else ""

    def poke(self, context):
        raise AirflowException("Override me.")

    @property
    def reschedule(self):
        return self.mode == "reschedule"


def poke_mode_only(cls):
    """A sensor class that takes mode poke only."""
    def get_mode(self):
        return getattr(self, "_mode", "poke")

    def set_mode(self, value):
        if value != "poke":
            raise ValueError(f"Cannot set mode to '{value}'. Only 'poke' is acceptable")
        self._mode = value

    cls.mode = property(get_mode, set_mode)
    return cls

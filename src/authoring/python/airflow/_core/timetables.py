"""Timetables: what a schedule is turned into, with the data that gets serialised.

Source: specification 9.1 and the `schedule` fields of the recorded set dag-files.
"""

import datetime as dt

from dateutil.relativedelta import relativedelta

from . import cron
from .errors import find
from .profile import IS3

UNSET = object()


class Timetable:
    """Base, also of a person's own classes."""

    description = ""
    periodic = True
    can_be_scheduled = True
    run_ordering = ("data_interval_end", "execution_date")
    active_runs_limit = None
    asset_condition = None
    module = None

    @property
    def _interval(self):
        return None

    def validate(self):
        """Raises AirflowTimetableInvalid; called when the DAG is put into the bag."""

    @property
    def summary(self):
        return type(self).__name__

    def serialize(self):
        return {}

    @classmethod
    def deserialize(cls, data):
        return cls()

    def __repr__(self):
        return self.summary


class DataInterval:
    """A start and an end."""

    def __init__(self, start, end):
        self.start, self.end = start, end

    @classmethod
    def exact(cls, at):
        return cls(at, at)


class DagRunInfo:
    """What a timetable of one's own returns."""

    def __init__(self, run_after=None, data_interval=None, **other):
        self.run_after, self.data_interval = run_after, data_interval

    @classmethod
    def exact(cls, at):
        return cls(at, DataInterval.exact(at))

    @classmethod
    def interval(cls, start, end):
        return cls(end, DataInterval(start, end))


class TimeRestriction:
    def __init__(self, earliest, latest, catchup):
        self.earliest, self.latest, self.catchup = earliest, latest, catchup


def zone_data(zone):
    """How a zone is serialised: its name, or seconds for a bare offset."""
    import pendulum

    if isinstance(zone, pendulum.FixedTimezone):
        return zone.offset if zone.offset else "UTC"
    return getattr(zone, "name", None) or getattr(zone, "key", None) or str(zone)


def delta_data(delta):
    if isinstance(delta, dt.timedelta):
        return delta.total_seconds()
    fields = ("years", "months", "days", "leapdays", "hours", "minutes", "seconds", "microseconds",
              "year", "month", "day", "hour", "minute", "second", "microsecond")
    found = {f: v for f in fields if (v := getattr(delta, f)) is not None and v != 0}
    if delta.weekday is not None:
        day = delta.weekday
        found["weekday"] = [day.weekday] if not day.n else [day.weekday, day.n]
    return found


class _Simple(Timetable):
    """Timetables without data."""

    word = ""
    periodic = False

    @property
    def summary(self):
        return self.word


class NullTimetable(_Simple):
    word = "None"
    can_be_scheduled = False


class OnceTimetable(_Simple):
    word = "@once"


class ContinuousTimetable(_Simple):
    word = "@continuous"
    active_runs_limit = 1


class _Cron:
    """The cron half of a timetable."""

    def _cron(self, expression, timezone):
        import pendulum

        self._expression = cron.PRESETS.get(expression, expression)
        self._timezone = pendulum.timezone(timezone) if isinstance(timezone, str) else timezone

    def validate(self):
        reason = cron.problem(self._expression)
        if reason:
            raise find("AirflowTimetableInvalid")(reason)

    @property
    def expression(self):
        return self._expression

    @property
    def summary(self):
        return self._expression


class CronDataIntervalTimetable(_Cron, Timetable):
    """Runs at the end of each cron interval."""

    def __init__(self, cron, timezone):  # noqa: A002 - Airflow's names
        self._cron(cron, timezone)

    def serialize(self):
        return {"expression": self._expression, "timezone": zone_data(self._timezone)}


class CronTriggerTimetable(_Cron, Timetable):
    """Runs at each cron tick; the interval has the length `interval`."""

    def __init__(self, cron, *, timezone, interval=dt.timedelta(), run_immediately=False):
        self._cron(cron, timezone)
        self._interval_length, self._run_immediately = interval, run_immediately

    def serialize(self):
        data = {"expression": self._expression, "timezone": zone_data(self._timezone),
                "interval": delta_data(self._interval_length)}
        if IS3:
            data["run_immediately"] = immediately(self._run_immediately)
        return data


def immediately(value):
    return value.total_seconds() if isinstance(value, dt.timedelta) else value


class MultipleCronTriggerTimetable(Timetable):
    """Several crons in one."""

    def __init__(self, *crons, timezone, interval=dt.timedelta(), run_immediately=False):
        if not crons:
            raise ValueError("cron expression required")
        self._parts = [CronTriggerTimetable(c, timezone=timezone, interval=interval,
                                            run_immediately=run_immediately) for c in crons]

    def validate(self):
        for part in self._parts:
            part.validate()

    @property
    def summary(self):
        return ", ".join(p.summary for p in self._parts)

    def serialize(self):
        first = self._parts[0].serialize()
        first.pop("expression")
        return {"expressions": [p.expression for p in self._parts], **first}


class _Delta:
    """The timedelta half of a timetable."""

    def validate(self):
        now = dt.datetime(2000, 1, 1)
        if not (now + self._delta) > now:
            raise find("AirflowTimetableInvalid")(
                f"schedule interval must be positive, not {self._delta!r}"
            )

    @property
    def summary(self):
        return str(self._delta)


class DeltaDataIntervalTimetable(_Delta, Timetable):
    """Fixed steps, run at the end of each."""

    def __init__(self, delta):
        self._delta = delta

    def serialize(self):
        return {"delta": delta_data(self._delta)}


class DeltaTriggerTimetable(_Delta, Timetable):
    """Fixed steps, run at each."""

    def __init__(self, delta, *, interval=dt.timedelta()):
        self._delta, self._interval_length = delta, interval

    def serialize(self):
        return {"delta": delta_data(self._delta), "interval": delta_data(self._interval_length)}


class EventsTimetable(Timetable):
    """Runs at listed moments."""

    def __init__(self, event_dates, restrict_to_events=False, presorted=False, description=None):
        self.event_dates = list(event_dates)
        if not presorted:
            self.event_dates.sort()
        self.restrict_to_events = restrict_to_events
        self.description = description or ""
        self._summary = description or f"{len(self.event_dates)} events"

    @property
    def summary(self):
        return self._summary

    def serialize(self):
        if IS3:
            raise KeyError("event_dates")  # the recorded defect of 3.3.2
        return {"event_dates": [str(d) for d in self.event_dates],
                "restrict_to_events": self.restrict_to_events}


class AssetTriggeredTimetable(Timetable):
    """Waits for assets."""

    periodic = False

    def __init__(self, assets):
        self.asset_condition = assets

    @property
    def summary(self):
        from .assets import AssetAlias

        if IS3:
            return "Asset"
        leaves = self.asset_condition.leaves()
        if leaves and all(isinstance(leaf, AssetAlias) for leaf in leaves):
            return "Unresolved DatasetAlias"
        return "Dataset"


class DatasetTriggeredTimetable(AssetTriggeredTimetable):
    """2.x name."""


class AssetOrTimeSchedule(AssetTriggeredTimetable):
    """Waits for assets, or runs by the clock."""

    def __init__(self, *, timetable, assets):
        from .assets import AssetAll, BaseAsset

        super().__init__(assets if isinstance(assets, BaseAsset) else AssetAll(*assets))
        self.timetable = timetable
        self.periodic = timetable.periodic
        self.can_be_scheduled = timetable.can_be_scheduled
        self.active_runs_limit = timetable.active_runs_limit

    def validate(self):
        self.timetable.validate()

    @property
    def summary(self):
        return f"{'Asset' if IS3 else 'Dataset'} or {self.timetable.summary}"

    def serialize(self):
        return {"timetable": {"__type": serial_name(self.timetable),
                              "__var": self.timetable.serialize()}}


class DatasetOrTimeSchedule(AssetOrTimeSchedule):
    """2.x name."""

    def __init__(self, *, timetable, datasets):
        super().__init__(timetable=timetable, assets=datasets)


#: Modules that Airflow's own timetables are serialised under.
_SERIAL = {"CronTriggerTimetable": "trigger", "MultipleCronTriggerTimetable": "trigger",
           "DeltaTriggerTimetable": "trigger", "CronDataIntervalTimetable": "interval",
           "DeltaDataIntervalTimetable": "interval", "EventsTimetable": "events",
           "NullTimetable": "simple", "OnceTimetable": "simple", "ContinuousTimetable": "simple",
           "CronPartitionTimetable": "trigger", "PartitionedAssetTimetable": "simple",
           "PartitionedAtRuntime": "simple", "AssetTriggeredTimetable": "simple", "DatasetTriggeredTimetable": "simple",
           "AssetOrTimeSchedule": "assets", "DatasetOrTimeSchedule": "datasets"}


def serial_name(timetable):
    """Import path of the class; None for a class that is not Airflow's own."""
    name = type(timetable).__name__
    if type(timetable).__module__ not in (__name__, "airflow._core.partitions") \
            or name not in _SERIAL:
        return None
    return f"airflow.timetables.{_SERIAL[name]}.{name}"


def from_schedule(schedule, timezone):
    """The timetable of a plain schedule value; raises ValueError for a wrong type."""
    if schedule is None:
        return NullTimetable()
    if schedule == "@once":
        return OnceTimetable()
    if schedule == "@continuous":
        return ContinuousTimetable()
    if isinstance(schedule, (dt.timedelta, relativedelta)):
        return DeltaTriggerTimetable(schedule) if IS3 else DeltaDataIntervalTimetable(schedule)
    if isinstance(schedule, str):
        if IS3:
            return CronTriggerTimetable(schedule, timezone=timezone)
        return CronDataIntervalTimetable(schedule, timezone)
    raise ValueError(f"{schedule!r} is not a valid schedule.")

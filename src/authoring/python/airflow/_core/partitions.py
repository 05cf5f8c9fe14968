"""Partitioned schedules (3.2 and later): timetables, mappers, windows (specification 9.11).

Mappers, windows and wait policies are kept as data; what they compute belongs to the engine.
"""

import datetime as dt

from .assets import AssetRef
from .timetables import AssetTriggeredTimetable, CronTriggerTimetable, Timetable, immediately, zone_data


class _Part:
    """A mapper, window or policy: its arguments, and the path that it is serialised under."""

    path = ""

    def data(self):
        return {}

    def form(self):
        return {"__type": f"airflow.partition_mappers.{self.path}.{type(self).__name__}",
                "__var": self.data()}


class PartitionMapper(_Part):
    """Base of mappers: from the partition key of an asset event to that of a run."""

    def __init__(self, *, max_downstream_keys=None):
        self.max_downstream_keys = max_downstream_keys

    def form(self):
        found = super().form()
        if self.max_downstream_keys is not None:
            found["__var"]["max_downstream_keys"] = self.max_downstream_keys
        return found


class IdentityMapper(PartitionMapper):
    path = "identity"


class FixedKeyMapper(PartitionMapper):
    path = "fixed_key"

    def __init__(self, downstream_key, *, max_downstream_keys=None):
        super().__init__(max_downstream_keys=max_downstream_keys)
        self.downstream_key = downstream_key

    def data(self):
        return {"downstream_key": self.downstream_key}


class AllowedKeyMapper(PartitionMapper):
    path = "allowed_key"

    def __init__(self, allowed_keys, *, max_downstream_keys=None):
        super().__init__(max_downstream_keys=max_downstream_keys)
        self.allowed_keys = list(allowed_keys)

    def data(self):
        return {"allowed_keys": self.allowed_keys}


class ChainMapper(PartitionMapper):
    path = "chain"

    def __init__(self, mapper0, mapper1, /, *mappers, max_downstream_keys=None):
        super().__init__(max_downstream_keys=max_downstream_keys)
        self.mappers = [mapper0, mapper1, *mappers]

    def data(self):
        return {"mappers": [m.form() for m in self.mappers]}


class ProductMapper(ChainMapper):
    path = "product"

    def __init__(self, *mappers, delimiter="|", max_downstream_keys=None):
        super().__init__(*mappers, max_downstream_keys=max_downstream_keys)
        self.delimiter = delimiter

    def data(self):
        return {"delimiter": self.delimiter, **super().data()}


class RollupMapper(PartitionMapper):
    path = "base"

    def __init__(self, *, upstream_mapper, window, wait_policy=None, max_downstream_keys=None):
        super().__init__(max_downstream_keys=max_downstream_keys)
        self.upstream_mapper, self.window = upstream_mapper, window
        self.wait_policy = wait_policy or WaitForAll()

    def data(self):
        return {"upstream_mapper": self.upstream_mapper.form(), "window": self.window.form(),
                "wait_policy": self.wait_policy.form()}


class FanOutMapper(PartitionMapper):
    path = "temporal"

    def __init__(self, *, upstream_mapper, window, downstream_mapper=None,
                 max_downstream_keys=None):
        super().__init__(max_downstream_keys=max_downstream_keys)
        self.upstream_mapper, self.window = upstream_mapper, window
        self.downstream_mapper = downstream_mapper or _finer(window)

    def data(self):
        return {"upstream_mapper": self.upstream_mapper.form(), "window": self.window.form(),
                "downstream_mapper": self.downstream_mapper.form()}


class _StartOf(PartitionMapper):
    path = "temporal"
    default_output_format = ""

    def __init__(self, *, timezone="UTC", input_format="%Y-%m-%dT%H:%M:%S", output_format=None,
                 max_downstream_keys=None):
        super().__init__(max_downstream_keys=max_downstream_keys)
        self.timezone, self.input_format = timezone, input_format
        self.output_format = output_format or self.default_output_format

    def data(self):
        return {"timezone": zone_data(self.timezone), "input_format": self.input_format,
                "output_format": self.output_format}


_FORMATS = {"Hour": "%Y-%m-%dT%H", "Day": "%Y-%m-%d", "Week": "%Y-%m-%d (W%V)", "Month": "%Y-%m",
            "Quarter": "%Y-Q{quarter}", "Year": "%Y"}
for _unit, _format in _FORMATS.items():
    _name = f"StartOf{_unit}Mapper"
    globals()[_name] = type(_name, (_StartOf,), {"default_output_format": _format,
                                                 "__module__": __name__})


class Window(_Part):
    """A span of partitions."""

    path = "window"

    class Direction:
        FORWARD, BACKWARD = "forward", "backward"

    def __init__(self, *, direction="forward"):
        self.direction = str(getattr(direction, "value", direction))

    def data(self):
        return {"direction": self.direction}


for _unit in _FORMATS:
    globals()[f"{_unit}Window"] = type(f"{_unit}Window", (Window,), {"__module__": __name__})


class SegmentWindow(Window):
    def __init__(self, segments):
        keys = list(segments)
        for at, key in enumerate(keys):
            if not isinstance(key, str) or not key:
                raise ValueError(f"segment keys are texts that are not empty: {key!r} at index {at}")
        if not keys:
            raise ValueError("a SegmentWindow needs at least one segment key")
        self.segments = sorted(set(keys))

    def data(self):
        return {"segments": self.segments}


def _finer(window):
    """The mapper that a fan-out uses when none is named: one unit below its window."""
    units = list(_FORMATS)
    name = type(window).__name__.removesuffix("Window")
    if name not in units:
        return IdentityMapper()
    below = {"Week": "Day", "Month": "Day", "Quarter": "Month", "Year": "Month", "Day": "Hour"}
    return globals()[f"StartOf{below.get(name, 'Hour')}Mapper"]()


class WaitForAll(_Part):
    path = "wait_policy"


class MinimumCount(_Part):
    path = "wait_policy"

    def __init__(self, n):
        self.n = n

    def data(self):
        return {"n": self.n}


class CronPartitionTimetable(CronTriggerTimetable):
    """A cron that makes runs for partition keys."""

    def __init__(self, cron, *, timezone, run_offset=None, run_immediately=False,
                 key_format="%Y-%m-%dT%H:%M:%S"):
        if run_offset is not None and not isinstance(run_offset, int):
            raise ValueError("Run offset other than integer not supported yet.")
        super().__init__(cron, timezone=timezone, interval=dt.timedelta(),
                         run_immediately=run_immediately)
        self._run_offset, self._key_format = run_offset, key_format

    def serialize(self):
        return {"expression": self._expression, "timezone": zone_data(self._timezone),
                "run_immediately": immediately(self._run_immediately),
                "run_offset": self._run_offset, "key_format": self._key_format}


class PartitionedAssetTimetable(AssetTriggeredTimetable):
    """Waits for partitions of assets."""

    def __init__(self, assets, partition_mapper_config=None, default_partition_mapper=None):
        super().__init__(assets)
        self.partition_mapper_config = dict(partition_mapper_config or {})
        self.default_partition_mapper = default_partition_mapper or IdentityMapper()

    @property
    def summary(self):
        return "Partitioned Asset"

    def serialize(self):
        return {"default_partition_mapper": self.default_partition_mapper.form(),
                "partition_mapper_config": [[_asset_form(a), m.form()]
                                            for a, m in self.partition_mapper_config.items()]}


def _asset_form(asset):
    if isinstance(asset, AssetRef):
        return {"__type": "asset_ref", **vars(asset)}
    if not hasattr(asset, "uri"):
        return {"__type": "asset_alias", "name": asset.name, "group": asset.group}
    return {"__type": "asset", "name": asset.name, "uri": asset.uri, "group": asset.group,
            "extra": asset.extra}


class PartitionedAtRuntime(Timetable):
    """Partition keys are known at run time only."""

    can_be_scheduled = False
    periodic = False

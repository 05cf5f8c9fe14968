"""`pendulum.tz.timezone`."""

from ..zones import UTC, FixedTimezone, Timezone  # noqa: F401

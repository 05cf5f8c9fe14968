"""Differences between the two modelled versions, as data.

Source: the recorded set `configuration` and `dag-files`, specification sections 0.2 and 18.
"""

from datetime import timedelta

from windtunnel import settings


class Profile:
    """Defaults and habits of one Airflow version."""

    def __init__(self, version):
        self.version = version
        self.is3 = version.startswith("3.")
        self.catchup = not self.is3
        self.cron_intervals = not self.is3
        self.default_schedule = None if self.is3 else timedelta(days=1)
        self.ignore_first_depends_on_past = not self.is3
        self.retry_exponential_backoff = 0 if self.is3 else False
        self.max_active_tasks = 16
        self.max_active_runs = 16
        self.retry_delay = timedelta(seconds=300)
        self.sensor_timeout = timedelta(days=7).total_seconds()

    def pick(self, in3, in2):
        """`in3` under 3.x, `in2` under 2.x: for the exceptions that changed class."""
        return in3 if self.is3 else in2


PROFILE = Profile(settings.version)
IS3 = PROFILE.is3

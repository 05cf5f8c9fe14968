"""Written without naming what changed its default between 2.x and 3.x."""

from datetime import datetime

from airflow.decorators import dag, task


@dag(schedule="0 * * * *", start_date=datetime(2026, 1, 4, 20))
def hourly():
    @task
    def extract():
        return 1

    @task
    def load(value):
        return value

    load(extract())


hourly()

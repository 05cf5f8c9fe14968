"""A task that waits in the triggerer for two minutes, with a retry, and one that follows."""

from datetime import timedelta

from airflow import DAG
from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.sensors.time_delta import TimeDeltaSensor

with DAG("parked", schedule=None):
    wait = TimeDeltaSensor(
        task_id="wait",
        delta=timedelta(minutes=2),
        deferrable=True,
        retries=1,
        retry_delay=timedelta(seconds=30),
    )
    wait >> BashOperator(task_id="after", bash_command="sleep 5")

"""One night: extracts, transformations with retries, a sensor that is deferred, a report."""

from datetime import timedelta

from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.sensors.filesystem import FileSensor
from airflow.sdk import DAG

with DAG("night", schedule=None, default_args={"retries": 2, "retry_delay": timedelta(minutes=1)}):
    arrived = FileSensor(
        task_id="arrived", filepath="/data/in.csv", poke_interval=30, deferrable=True
    )
    report = BashOperator(task_id="report", bash_command="sleep 60")
    for number in range(1, 13):
        extract = BashOperator(task_id=f"extract_{number:02}", bash_command="sleep 120")
        transform = BashOperator(task_id=f"transform_{number:02}", bash_command="sleep 180")
        arrived >> extract >> transform >> report

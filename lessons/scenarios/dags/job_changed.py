"""The same job after somebody has edited it: `after` is called `report`, and `long` has a check."""

from datetime import timedelta

from airflow import DAG
from airflow.providers.standard.operators.bash import BashOperator

with DAG("job", schedule=None):
    long = BashOperator(
        task_id="long", bash_command="sleep 120", retries=1, retry_delay=timedelta(seconds=30)
    )
    check = BashOperator(task_id="check", bash_command="sleep 10")
    long >> check >> BashOperator(task_id="report", bash_command="sleep 5")
    for name in ("one", "two"):
        BashOperator(task_id=name, bash_command="sleep 20")

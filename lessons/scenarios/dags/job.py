"""One long task with a retry, one that follows, and three small ones beside them."""

from datetime import timedelta

from airflow import DAG
from airflow.providers.standard.operators.bash import BashOperator

with DAG("job", schedule=None):
    long = BashOperator(
        task_id="long", bash_command="sleep 120", retries=1, retry_delay=timedelta(seconds=30)
    )
    long >> BashOperator(task_id="after", bash_command="sleep 5")
    for name in ("one", "two", "three"):
        BashOperator(task_id=name, bash_command="sleep 20")

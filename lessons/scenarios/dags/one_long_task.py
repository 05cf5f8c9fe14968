"""One task of a minute with one retry, and a short one after it: something to break."""

from datetime import timedelta

from airflow import DAG

try:
    from airflow.providers.standard.operators.bash import BashOperator
except ImportError:
    from airflow.operators.bash import BashOperator

with DAG("night", schedule=None):
    work = BashOperator(
        task_id="work",
        bash_command="sleep 60",
        retries=1,
        retry_delay=timedelta(seconds=5),
    )
    work >> BashOperator(task_id="publish", bash_command="sleep 3")

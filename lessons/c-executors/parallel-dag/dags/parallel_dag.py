"""Two branches side by side, and a task that joins them. Every task takes a minute."""
from datetime import datetime

from airflow import DAG
from airflow.providers.standard.operators.bash import BashOperator

with DAG(
    "parallel_dag",
    start_date=datetime(2026, 1, 1),
    schedule=None,
    catchup=False,
):
    extract_a = BashOperator(task_id="extract_a", bash_command="sleep 60")
    extract_b = BashOperator(task_id="extract_b", bash_command="sleep 60")
    load_a = BashOperator(task_id="load_a", bash_command="sleep 60")
    load_b = BashOperator(task_id="load_b", bash_command="sleep 60")
    transform = BashOperator(task_id="transform", bash_command="sleep 60")

    extract_a >> load_a
    extract_b >> load_b
    [load_a, load_b] >> transform

"""Sixteen nightly DAGs of which the last four came with growth."""

from datetime import datetime

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG

for number in range(1, 21):
    name = "today" if number <= 16 else "new"
    with DAG(
        f"{name}_{number:02}",
        schedule="0 4 * * *",
        start_date=datetime(2026, 1, 5, 4),
        catchup=False,
    ):
        extract = BashOperator(task_id="extract", bash_command="sleep 600")
        for part in ("a", "b", "c"):
            extract >> BashOperator(task_id=f"build_{part}", bash_command="sleep 900")

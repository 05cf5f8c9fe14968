"""Twelve reports, all at the full hour: one query each, four parts at once, one summary."""

from datetime import datetime

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG

for number in range(1, 13):
    with DAG(
        f"report_{number:02}",
        schedule="0 * * * *",
        start_date=datetime(2026, 1, 5, 8),
        catchup=False,
    ):
        query = BashOperator(task_id="query", bash_command="sleep 60")
        summary = BashOperator(task_id="summary", bash_command="sleep 30")
        for part in range(1, 5):
            query >> BashOperator(task_id=f"part_{part}", bash_command="sleep 180") >> summary

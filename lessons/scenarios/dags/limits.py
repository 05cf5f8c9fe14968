"""Two DAGs that meet in one pool, under three limits at once."""

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG

for name in ("orders", "stock"):
    with DAG(name, schedule=None, max_active_tasks=12):
        for number in range(1, 31):
            fetch = BashOperator(
                task_id=f"fetch_{number:02}", bash_command="sleep 40", pool="api"
            )
            fetch >> BashOperator(task_id=f"store_{number:02}", bash_command="sleep 20")

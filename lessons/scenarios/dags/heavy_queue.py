"""Many short tasks and a few heavy ones, which have a queue of their own."""

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG

with DAG("training", schedule=None, max_active_tasks=64):
    start = BashOperator(task_id="start", bash_command="sleep 5")
    done = BashOperator(task_id="done", bash_command="sleep 5")
    for number in range(1, 25):
        start >> BashOperator(task_id=f"clean_{number:02}", bash_command="sleep 20") >> done
    for number in range(1, 9):
        heavy = BashOperator(
            task_id=f"train_{number}", bash_command="sleep 300", queue="heavy"
        )
        start >> heavy >> done

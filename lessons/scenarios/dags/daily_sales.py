"""A daily DAG whose past is missing, and a small production DAG that runs every ten minutes."""

from datetime import datetime

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG

with DAG("sales", schedule="@daily", start_date=datetime(2026, 1, 5), catchup=False):
    extract = BashOperator(task_id="extract", bash_command="sleep 60")
    for part in ("a", "b", "c"):
        extract >> BashOperator(task_id=f"load_{part}", bash_command="sleep 120")

with DAG("production", schedule="*/10 * * * *", start_date=datetime(2026, 1, 5, 8), catchup=False):
    BashOperator(task_id="check", bash_command="sleep 30") >> BashOperator(
        task_id="publish", bash_command="sleep 30"
    )

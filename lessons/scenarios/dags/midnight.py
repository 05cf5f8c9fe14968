"""Twenty nightly DAGs, once all at midnight and once three minutes apart."""

from datetime import datetime

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG

for number in range(20):
    for name, minute in (("aligned", 0), ("staggered", 3 * number)):
        with DAG(
            f"{name}_{number:02}",
            schedule=f"{minute} 0 * * *",
            start_date=datetime(2026, 1, 6),
            catchup=False,
        ):
            extract = BashOperator(task_id="extract", bash_command="sleep 60")
            load = BashOperator(task_id="load", bash_command="sleep 90")
            extract >> load

"""Files that arrive after ten minutes, awaited in three ways."""

from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.sensors.filesystem import FileSensor
from airflow.sdk import DAG

WAYS = {
    "poke": {"mode": "poke"},
    "reschedule": {"mode": "reschedule"},
    "deferrable": {"deferrable": True},
}

for way, arguments in WAYS.items():
    with DAG(f"files_{way}", schedule=None):
        for number in range(1, 13):
            arrived = FileSensor(
                task_id=f"wait_{number:02}",
                filepath=f"/data/{number}.csv",
                poke_interval=60,
                **arguments,
            )
            arrived >> BashOperator(task_id=f"load_{number:02}", bash_command="sleep 30")
        for number in range(1, 9):
            BashOperator(task_id=f"other_{number}", bash_command="sleep 60")

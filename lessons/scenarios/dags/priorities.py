"""A long chain among many short tasks: as written, with weights, and with the long task sped up."""

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG

SLOW = {"as_written": 600, "weighted": 600, "faster": 300}

for name, seconds in SLOW.items():
    first = 10 if name == "weighted" else 1
    with DAG(f"chain_{name}", schedule=None, max_active_tasks=64):
        end = BashOperator(task_id="end", bash_command="sleep 10")
        for number in range(1, 41):
            short = BashOperator(task_id=f"short_{number:02}", bash_command="sleep 60")
            short >> BashOperator(task_id=f"after_{number:02}", bash_command="sleep 60") >> end
        before = BashOperator(
            task_id="a_before", bash_command="sleep 60", priority_weight=first, weight_rule="absolute"
        )
        slow = BashOperator(
            task_id="a_slow",
            bash_command=f"sleep {seconds}",
            priority_weight=first,
            weight_rule="absolute",
        )
        before >> slow >> end

"""SubDagOperator (2.x): a task that runs a whole DAG of its own."""

from .errors import AirflowException
from .scopes import DagScope
from .sensors import BaseSensorOperator


class SubDagOperator(BaseSensorOperator):
    """Its subdag must be named `parent.task_id`."""

    ui_color = "#555"

    def __init__(self, *, subdag, session=None, conf=None, propagate_skipped_state=None, **kwargs):
        super().__init__(**kwargs)
        self.subdag, self.conf = subdag, conf
        self.propagate_skipped_state = propagate_skipped_state
        parent = kwargs.get("dag") or DagScope.current()
        if parent is None:
            raise AirflowException("Please pass in the `dag` param or call within a DAG context "
                                   "manager")
        wanted = f"{parent.dag_id}.{kwargs['task_id']}"
        if subdag.dag_id != wanted:
            raise AirflowException(
                f"The subdag's dag_id should have the form '{{parent_dag_id}}.{{this_task_id}}'. "
                f"Expected '{wanted}'; received '{subdag.dag_id}'."
            )
        subdag.parent_dag = parent


SubDagOperator.__module__ = "airflow.operators.subdag"

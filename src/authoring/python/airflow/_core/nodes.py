"""What `>>` and `<<` work on: the base of operators, mapped operators and task groups."""

from collections.abc import Sequence

from .errors import AirflowException
from .profile import PROFILE


class DependencyMixin:
    """`a >> b`, `a << b`, also with lists on either side."""

    @property
    def roots(self):
        raise NotImplementedError

    @property
    def leaves(self):
        raise NotImplementedError

    def set_upstream(self, other, edge_modifier=None):
        raise NotImplementedError

    def set_downstream(self, other, edge_modifier=None):
        raise NotImplementedError

    def update_relative(self, other, upstream=True, edge_modifier=None):
        """Told to the far side of an edge; groups and labels note it, others need not."""

    def __lshift__(self, other):
        self.set_upstream(other)
        return other

    def __rshift__(self, other):
        self.set_downstream(other)
        return other

    def __rrshift__(self, other):
        self.__lshift__(other)
        return self

    def __rlshift__(self, other):
        self.__rshift__(other)
        return self


def as_list(one_or_many):
    """A sequence as it is, anything else as a list of one."""
    return one_or_many if isinstance(one_or_many, Sequence) else [one_or_many]


class DAGNode(DependencyMixin):
    """A task or a task group: it has an id, edges by id, and belongs to a DAG."""

    dag = None
    task_group = None

    def __init__(self):
        self.upstream_task_ids = set()
        self.downstream_task_ids = set()

    @property
    def node_id(self):
        raise NotImplementedError

    @property
    def dag_id(self):
        return self.dag.dag_id if self.has_dag() else "_in_memory_dag_"

    @property
    def log(self):
        import logging

        return logging.getLogger(f"airflow.task.operators.{type(self).__name__}")

    logger = log

    def has_dag(self):
        return self.dag is not None

    def get_dag(self):
        return self.dag if self.has_dag() else None

    @property
    def label(self):
        group = self.task_group
        if group is not None and group.node_id and group.prefix_group_id:
            return self.node_id[len(group.node_id) + 1 :]
        return self.node_id

    @property
    def upstream_list(self):
        return [self._need_dag().get_task(i) for i in sorted(self.upstream_task_ids)]

    @property
    def downstream_list(self):
        return [self._need_dag().get_task(i) for i in sorted(self.downstream_task_ids)]

    def _need_dag(self):
        if not self.has_dag():
            raise PROFILE.pick(RuntimeError, AirflowException)(
                f"Operator {self} has not been assigned to a DAG yet"
            )
        return self.dag

    def get_direct_relative_ids(self, upstream=False):
        return self.upstream_task_ids if upstream else self.downstream_task_ids

    def get_direct_relatives(self, upstream=False):
        return self.upstream_list if upstream else self.downstream_list

    def get_flat_relative_ids(self, *, upstream=False):
        """All ids before (or behind) this node, however far."""
        found, open_ids = set(), [self.node_id]
        while open_ids:
            node = self._need_dag().get_task(open_ids.pop())
            for each in node.get_direct_relative_ids(upstream):
                if each not in found:
                    found.add(each)
                    open_ids.append(each)
        return found

    def get_flat_relatives(self, upstream=False):
        return [self.dag.get_task(i) for i in sorted(self.get_flat_relative_ids(upstream=upstream))]

    def get_upstreams_follow_setups(self):
        return iter(self.get_flat_relatives(upstream=True))

    def set_upstream(self, task_or_task_list, edge_modifier=None):
        self._set_relatives(task_or_task_list, True, edge_modifier)

    def set_downstream(self, task_or_task_list, edge_modifier=None):
        self._set_relatives(task_or_task_list, False, edge_modifier)

    def _set_relatives(self, others, upstream, edge_modifier):
        tasks = []
        for other in as_list(others):
            other.update_relative(self, not upstream, edge_modifier=edge_modifier)
            for task in other.leaves if upstream else other.roots:
                if not getattr(task, "is_airflow_operator", False):
                    raise PROFILE.pick(TypeError, AirflowException)(
                        "Relationships can only be set between Operators; received "
                        f"{type(task).__name__}"
                    )
                tasks.append(task)
        dag = self._common_dag(tasks)
        for task in tasks:
            if not task.has_dag():
                dag.add_task(task)
            first, second = (task, self) if upstream else (self, task)
            first.downstream_task_ids.add(second.node_id)
            second.upstream_task_ids.add(first.node_id)
            if edge_modifier:
                edge_modifier.add_edge_info(dag, first.node_id, second.node_id)

    def _common_dag(self, tasks):
        """The one DAG of all of them; a task without a DAG joins it."""
        dags = []
        for task in [*self.roots, *tasks]:
            if task.has_dag() and not any(task.dag is d for d in dags):
                dags.append(task.dag)
        if len(dags) > 1:
            raise PROFILE.pick(RuntimeError, AirflowException)(
                f"Tried to set relationships between tasks in more than one DAG: {dags}"
            )
        if not dags:
            raise PROFILE.pick(ValueError, AirflowException)(
                "Tried to create relationships between tasks that don't have DAGs yet. Set the DAG "
                f"for at least one task and try again: {[self, *tasks]}"
            )
        if not self.has_dag():
            self.dag = dags[0]
        return dags[0]

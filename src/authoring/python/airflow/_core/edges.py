"""Labels on edges and the helpers that make many edges at once (specification 13.2)."""

from collections.abc import Sequence

from .errors import AirflowException
from .nodes import DAGNode, DependencyMixin, as_list
from .profile import PROFILE


class EdgeModifier(DependencyMixin):
    """A label between two sides; it makes the edges once both sides are known."""

    def __init__(self, label=None):
        self.label = label
        self._before = []
        self._behind = []

    @property
    def roots(self):
        return self._behind

    @property
    def leaves(self):
        return self._before

    def _keep(self, nodes, side):
        from .xcom_arg import XComArg

        for node in as_list(nodes):
            if not isinstance(node, (DAGNode, XComArg)):
                raise TypeError(
                    f"Cannot use edge labels with {type(node).__name__}, only tasks, XComArg or "
                    "TaskGroups"
                )
            side.append(node)

    def _lift(self):
        """Tasks of different groups stand for their groups, so that the label sits on the join."""
        if not (self._before and self._behind):
            return
        homes = {home for node in [*self._before, *self._behind]
                 if (home := _home_of(node)) is not None}
        if len(homes) != 1:
            self._before = [_lifted(node) for node in self._before]
            self._behind = [_lifted(node) for node in self._behind]

    def set_upstream(self, other, edge_modifier=None):
        self._keep(other, self._before)
        self._lift()
        for node in self._behind:
            node.set_upstream(other, edge_modifier=self)

    def set_downstream(self, other, edge_modifier=None):
        self._keep(other, self._behind)
        self._lift()
        for node in self._before:
            node.set_downstream(other, edge_modifier=self)

    def update_relative(self, other, upstream=True, edge_modifier=None):
        if upstream:
            self.set_upstream(other)
        else:
            self.set_downstream(other)

    def add_edge_info(self, dag, upstream_id, downstream_id):
        dag.set_edge_info(upstream_id, downstream_id, {"label": self.label})


def _home_of(node):
    """Id of the group that a node lives in (`root` at the top), None if it has none."""
    from .groups import TaskGroup
    from .xcom_arg import XComArg

    if isinstance(node, XComArg):
        node = node.operator
    group = node.task_group
    if group is not None:
        return "root" if group.is_root else group.group_id
    return node.group_id if isinstance(node, TaskGroup) else None


def _lifted(node):
    group = getattr(node, "task_group", None) if isinstance(node, DAGNode) else None
    return group if group is not None and not group.is_root else node


def Label(label):  # noqa: N802 - Airflow's name
    """A text on an edge; it has no meaning for the run."""
    return EdgeModifier(label=label)


def chain(*tasks):
    """Each element before the next; two lists of equal length are paired one to one."""
    for before, behind in zip(tasks, tasks[1:]):
        if isinstance(before, DependencyMixin):
            before.set_downstream(behind)
        elif isinstance(behind, DependencyMixin):
            behind.set_upstream(before)
        elif isinstance(before, Sequence) and isinstance(behind, Sequence):
            _pair(before, behind)
        else:
            raise TypeError(
                "Chain not supported between instances of "
                f"{type(before).__name__} and {type(behind).__name__}"
            )


def _pair(before, behind):
    if len(before) != len(behind):
        raise PROFILE.pick(ValueError, AirflowException)(
            "Chain not supported for different length Iterables. "
            f"Got {len(before)} and {len(behind)}."
        )
    for up, down in zip(before, behind):
        up.set_downstream(down)


def cross_downstream(from_tasks, to_tasks):
    """Every task of the first list before every task of the second."""
    for task in from_tasks:
        task.set_downstream(to_tasks)


def chain_linear(*elements):
    """Every task of one level before every task of the next."""
    if not elements:
        raise ValueError("No tasks provided; nothing to do.")
    previous, made = None, False
    for element in elements:
        level = [element] if isinstance(element, DependencyMixin) else element
        for task in level:
            if not isinstance(task, DependencyMixin):
                raise TypeError(f"Cannot chain {type(task).__name__}")
        if not level:
            continue
        for up in previous or []:
            made = True
            up.set_downstream(level)
        previous = level
    if not made:
        raise ValueError("No dependencies were set. Did you forget to expand with `*`?")

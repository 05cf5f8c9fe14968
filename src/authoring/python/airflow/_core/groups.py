"""Task groups (specification 13.1)."""

import copy
import re

from .errors import AirflowException, find
from .ids import check_group_key
from .nodes import DAGNode, as_list
from .profile import IS3, PROFILE
from .scopes import DagScope, GroupScope

_ASK = object()


class TaskGroup(DAGNode):
    """A named part of a DAG; `>>` on it connects its roots or leaves."""

    is_mapped = False

    def __init__(self, group_id, prefix_group_id=True, parent_group=_ASK, dag=None,
                 default_args=None, tooltip="", doc_md=None, ui_color="CornflowerBlue",
                 ui_fgcolor="#000", add_suffix_on_collision=False, group_display_name="", **options):
        from .operator_meta import creation_line

        super().__init__()
        self.created_at = creation_line()
        self._root_of = options.pop("_root_of", None)
        self._refuse(options, doc_md, group_display_name)
        self._group_id, self.prefix_group_id = group_id, prefix_group_id
        self.tooltip, self.doc_md, self.ui_color, self.ui_fgcolor = tooltip, doc_md, ui_color, ui_fgcolor
        self.group_display_name = group_display_name
        self.default_args = copy.deepcopy(default_args or {})
        self.children = {}
        self.upstream_group_ids, self.downstream_group_ids = set(), set()
        self.parent_group = None
        if self._root_of is not None:
            self.dag, self.used_group_ids = self._root_of, set()
            return
        self._enter(parent_group, dag, add_suffix_on_collision)

    def _refuse(self, options, doc_md, display_name):
        unknown = [*options, *([] if IS3 else ["doc_md"] if doc_md else [])]
        if not IS3 and display_name:
            unknown.append("group_display_name")
        if unknown:
            raise TypeError(f"__init__() got an unexpected keyword argument {unknown[0]!r}")

    def _enter(self, parent, dag, add_suffix):
        """Finds its parent and its DAG, takes a free id and becomes a child."""
        if self._group_id is not None:
            check_group_key(self._group_id)
        if parent is _ASK or (parent is None and not IS3):
            parent = GroupScope.current(dag)
        self.dag = dag or (parent.dag if parent is not None else DagScope.current())
        if not self.dag:
            raise RuntimeError("TaskGroup can only be used inside a dag")
        if not self._group_id:
            raise ValueError("TaskGroup must have a group_id")
        parent = parent if parent is not None else self.dag.task_group
        self.parent_group, self.used_group_ids = parent, parent.used_group_ids
        self._free_id(add_suffix)
        self.parent_group = None
        parent.add(self)
        if parent.default_args:
            self.default_args = {**parent.default_args, **self.default_args}
        self.used_group_ids |= {self.group_id, self.upstream_join_id, self.downstream_join_id}

    def _free_id(self, add_suffix):
        if self.group_id not in self.used_group_ids:
            return
        if not add_suffix:
            raise find("DuplicateTaskIdFound")(
                f"group_id '{self._group_id}' has already been added to the DAG"
            )
        base = re.split(r"__\d+$", self._group_id)[0]
        numbers = [int(i.rsplit("__", 1)[1]) for i in self.used_group_ids
                   if i and re.match(rf"^{base}__\d+$", i)]
        self._group_id = f"{base}__{max(numbers) + 1}" if numbers else self._group_id + "__1"

    @classmethod
    def create_root(cls, dag):
        return TaskGroup(None, _root_of=dag)

    @property
    def is_root(self):
        return not self._group_id

    @property
    def task_group(self):
        return self.parent_group

    @task_group.setter
    def task_group(self, value):
        self.parent_group = value

    @property
    def node_id(self):
        return self.group_id

    @property
    def group_id(self):
        parent = self.parent_group
        if self._group_id and parent is not None and parent.prefix_group_id and parent._group_id:
            return parent.child_id(self._group_id)
        return self._group_id

    @property
    def label(self):
        return self.group_display_name or self._group_id

    @property
    def upstream_join_id(self):
        return f"{self.group_id}.upstream_join_id"

    @property
    def downstream_join_id(self):
        return f"{self.group_id}.downstream_join_id"

    def child_id(self, label):
        if self.prefix_group_id and self.group_id:
            return f"{self.group_id}.{label}"
        return label

    def add(self, node):
        """Takes a task or group in. Raises DuplicateTaskIdFound or TaskAlreadyInTaskGroup."""
        old = node.task_group
        if old is not None and old is not self and GroupScope.stack:
            old.children.pop(node.node_id, None)
            node.task_group = self
        elif old is not None and old is not self and not isinstance(node, TaskGroup):
            raise find("TaskAlreadyInTaskGroup")(node.node_id, old.node_id, self.node_id)
        node.task_group = self
        key = node.node_id
        if key in self.children:
            kind = "Task" if hasattr(node, "task_id") else "Task Group"
            raise find("DuplicateTaskIdFound")(f"{kind} id '{key}' has already been added to the DAG")
        if isinstance(node, TaskGroup):
            self._check_group(node)
        self.children[key] = node
        return node

    def _check_group(self, group):
        if group.dag is not None and group.dag is not self.dag:
            raise PROFILE.pick(ValueError, RuntimeError)(
                f"Cannot mix TaskGroups from different DAGs: {self.dag} and {group.dag}"
            )
        if group.children:
            raise PROFILE.pick(ValueError, AirflowException)("Cannot add a non-empty TaskGroup")

    def __iter__(self):
        for child in self.children.values():
            if isinstance(child, TaskGroup):
                yield from child
            else:
                yield child

    def has_task(self, task):
        return any(t is task for t in self)

    @property
    def roots(self):
        return list(self.get_roots())

    @property
    def leaves(self):
        return list(self.get_leaves())

    def get_roots(self):
        ids = {t.task_id for t in self}
        return (t for t in list(self) if t.upstream_task_ids.isdisjoint(ids))

    def get_leaves(self):
        """Last tasks; a teardown gives its place to the nearest work before it."""
        ids = {t.task_id for t in self}
        for task in list(self):
            if task.downstream_task_ids.isdisjoint(ids):
                if task.is_teardown:
                    yield from _before_teardown(task, ids)
                else:
                    yield task

    def update_relative(self, other, upstream=True, edge_modifier=None):
        """Notes the edge on the group itself, where the graph joins many edges into one."""
        if isinstance(other, TaskGroup):
            before, behind = (other, self) if upstream else (self, other)
            behind.upstream_group_ids.add(before.group_id)
            before.downstream_group_ids.add(behind.group_id)
            if edge_modifier:
                edge_modifier.add_edge_info(self.dag, before.downstream_join_id,
                                            behind.upstream_join_id)
            return
        for task in other.roots:
            if not isinstance(task, DAGNode):
                raise PROFILE.pick(RuntimeError, AirflowException)(
                    "Relationships can only be set between TaskGroup or operators; received "
                    f"{type(task).__name__}"
                )
            if task is self:
                continue
            if upstream:
                self.upstream_task_ids.add(task.node_id)
                ends = (task.node_id, self.upstream_join_id)
            else:
                self.downstream_task_ids.add(task.node_id)
                ends = (self.downstream_join_id, task.node_id)
            if edge_modifier:
                edge_modifier.add_edge_info(self.dag, *ends)

    def _set_relatives(self, others, upstream, edge_modifier):
        leaves = self._leaves_or_before() if IS3 else self.leaves
        for other in as_list(others):
            self.update_relative(other, upstream, edge_modifier=edge_modifier)
        if upstream:
            for task in self.get_roots():
                task.set_upstream(others)
        else:
            for task in leaves:
                task.set_downstream(others)

    def _leaves_or_before(self):
        """3.x: an empty group hands on what stands before it (or before its parents)."""
        group = self
        while group is not None:
            leaves = list(group.get_leaves())
            if leaves:
                return leaves
            if group.upstream_task_ids:
                return [self.dag.get_task(i) for i in sorted(group.upstream_task_ids)]
            group = group.parent_group
        return []

    def __enter__(self):
        GroupScope.push(self)
        return self

    def __exit__(self, _type, _value, _tb):
        GroupScope.pop()

    def get_task_group_dict(self):
        found = {self.group_id: self}
        for child in self.children.values():
            if isinstance(child, TaskGroup):
                found.update(child.get_task_group_dict())
        return found

    def get_child_by_label(self, label):
        return self.children[self.child_id(label)]

    def __getitem__(self, label):
        return self.get_child_by_label(label)

    def iter_mapped_task_groups(self):
        group = self
        while group is not None:
            if group.is_mapped:
                yield group
            group = group.parent_group

    def __repr__(self):
        return f"<TaskGroup: {self.group_id}>"


def _before_teardown(task, ids):
    for up in task.upstream_list:
        if up.task_id not in ids:
            continue
        if up.is_teardown:
            yield from _before_teardown(up, ids)
        elif not (task.is_teardown and up.is_setup) and not _goes_on(up, task.task_id, ids):
            yield up


def _goes_on(task, except_id, ids):
    return any(d.task_id != except_id and d.task_id in ids and not d.is_teardown
               for d in task.downstream_list)


class MappedTaskGroup(TaskGroup):
    """A group that is expanded: every task in it has an index per item."""

    is_mapped = True

    def __init__(self, *args, expand_input, **kwargs):
        self.expand_input = expand_input
        super().__init__(*args, **kwargs)

    def __exit__(self, exc_type, exc_val, exc_tb):
        if exc_type is None:
            for operator, _ in self.expand_input.iter_references():
                self.set_upstream(operator)
        GroupScope.pop()

    def __iter__(self):
        if any(getattr(c, "trigger_rule", None) == "always" for c in self.children.values()):
            raise ValueError(
                "Task-generated mapping within a mapped task group is not allowed with trigger "
                "rule 'always'"
            )
        return super().__iter__()


class TaskGroupContextShim:
    """`airflow.utils.task_group.TaskGroupContext`, as some files use it."""

    push_context_managed_task_group = staticmethod(GroupScope.push)
    pop_context_managed_task_group = staticmethod(GroupScope.pop)
    get_current_task_group = staticmethod(GroupScope.current)


"""Setup and teardown tasks, and the `with` block between them (specification 13.3)."""

from .errors import AirflowException
from .profile import PROFILE
from .rules import TriggerRule

Refused = PROFILE.pick(ValueError, AirflowException)


class TaskRoles:
    """A task may be a setup or a teardown, not both."""

    is_setup = False
    is_teardown = False
    _on_failure_fail_dagrun = False

    @property
    def on_failure_fail_dagrun(self):
        return self._on_failure_fail_dagrun

    @on_failure_fail_dagrun.setter
    def on_failure_fail_dagrun(self, value):
        if value is True and self.is_teardown is not True:
            raise ValueError(
                "Cannot set task on_failure_fail_dagrun for "
                f"'{self.task_id}' because it is not a teardown task."
            )
        self._on_failure_fail_dagrun = value

    def as_setup(self):
        self.is_setup = True
        return self

    def as_teardown(self, *, setups=None, on_failure_fail_dagrun=None):
        self.is_teardown = True
        self.trigger_rule = TriggerRule.ALL_DONE_SETUP_SUCCESS
        if on_failure_fail_dagrun is not None:
            self.on_failure_fail_dagrun = on_failure_fail_dagrun
        if setups is not None:
            for setup in setups if isinstance(setups, (list, tuple, set)) else [setups]:
                setup.is_setup = True
                setup >> self
        return self

    def __enter__(self):
        if not self.is_setup and not self.is_teardown:
            raise PROFILE.pick(RuntimeError, AirflowException)(
                "Only setup/teardown tasks can be used as context managers."
            )
        SetupTeardownContext.enter(self)
        return SetupTeardownContext

    def __exit__(self, exc_type, exc_val, exc_tb):
        SetupTeardownContext.leave()


def _flat(value):
    return list(value) if isinstance(value, (list, tuple)) else [value]


class _Block:
    """One open `with`: its setups, its teardowns and what was made inside."""

    def __init__(self, setups, teardowns, far):
        self.setups, self.teardowns, self.far = setups, teardowns, far
        self.works = []


class SetupTeardownContext:
    """The open blocks, innermost last."""

    active = False
    blocks: list[_Block] = []

    @classmethod
    def reset(cls):
        cls.active = False
        cls.blocks.clear()

    @classmethod
    def enter(cls, tasks):
        tasks = _flat(tasks)
        if len({t.is_setup for t in tasks}) > 1:
            cls.reset()
            raise Refused("All tasks in the list must be either setup or teardown tasks")
        if tasks[0].is_teardown:
            block = _Block([], tasks, _search(tasks[0], "upstream_list", "is_setup"))
        else:
            block = _Block(tasks, [], _search(tasks[0], "downstream_list", "is_teardown"))
        cls.blocks.append(block)
        cls.active = True

    @classmethod
    def note(cls, task):
        """A task made inside the block; setups and teardowns keep out."""
        if cls.blocks and not (task.is_setup or task.is_teardown):
            cls.blocks[-1].works.append(task)

    @classmethod
    def add_task(cls, task):
        if not cls.active:
            raise AirflowException("Cannot add task to context outside the context manager.")
        cls.note(getattr(task, "operator", task))

    @classmethod
    def leave(cls):
        """Puts the setups before and the teardowns behind what was made inside."""
        block = cls.blocks.pop()
        works = [t for t in block.works if not (t.is_setup or t.is_teardown)]
        if works:
            roots = [t for t in works if not t.upstream_task_ids] or works[:1]
            leaves = [t for t in works if not t.downstream_task_ids] or works[-1:]
            for setup in block.setups or block.far:
                for root in roots:
                    root.set_upstream(setup)
            for teardown in block.teardowns or (block.far if block.setups else []):
                for leaf in leaves:
                    leaf.set_downstream(teardown)
        cls._nest(block)
        cls.active = bool(cls.blocks)

    @classmethod
    def _nest(cls, inner):
        """Outer setups come before inner ones, outer teardowns behind inner ones."""
        if not cls.blocks:
            return
        outer = cls.blocks[-1]
        for first, second in ((_setups(outer), _setups(inner)), (_downs(inner), _downs(outer))):
            for up in first:
                for down in second:
                    if up is not down:
                        up.set_downstream(down)


def _setups(block):
    return block.setups or block.far


def _downs(block):
    return block.teardowns or (block.far if block.setups else [])


def _search(start, direction, flag):
    """The nearest tasks of the other role, walking outwards from `start`."""
    level, seen = list(getattr(start, direction)), {start.task_id}
    while level:
        found = [t for t in level if getattr(t, flag)]
        if found:
            return found
        seen |= {t.task_id for t in level}
        around = [n for t in level for n in [*t.downstream_list, *t.upstream_list]]
        level = [t for t in around if t.task_id not in seen]
    return []


class ContextWrapper(list):
    """`with context_wrapper([a, b])`: several setups or several teardowns at once."""

    def __enter__(self):
        operators = [getattr(task, "operator", task) for task in self]
        for task in operators:
            if not task.is_setup and not task.is_teardown:
                raise AirflowException("Only setup/teardown tasks can be used as context managers.")
        SetupTeardownContext.enter(operators)
        return SetupTeardownContext

    def __exit__(self, exc_type, exc_val, exc_tb):
        SetupTeardownContext.leave()

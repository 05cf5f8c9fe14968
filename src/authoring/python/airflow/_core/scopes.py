"""The open `with` blocks: which DAG and which task group new tasks belong to."""


class DagScope:
    """Stack of DAGs; those used in a `with` (or by @dag) are registered for the bag."""

    stack: list = []
    registered: list = []

    @classmethod
    def push(cls, dag):
        cls.stack.insert(0, dag)

    @classmethod
    def pop(cls):
        dag = cls.stack.pop(0)
        if dag.auto_register and not any(d is dag for d in cls.registered):
            cls.registered.append(dag)
        return dag

    @classmethod
    def current(cls):
        return cls.stack[0] if cls.stack else None


class GroupScope:
    """Stack of the task groups that are open."""

    stack: list = []

    @classmethod
    def push(cls, group):
        cls.stack.insert(0, group)

    @classmethod
    def pop(cls):
        return cls.stack.pop(0) if cls.stack else None

    @classmethod
    def current(cls, dag=None):
        """Innermost open group; outside of any, the root group of `dag` or of the open DAG."""
        if cls.stack:
            return cls.stack[0]
        dag = dag or DagScope.current()
        return dag.task_group if dag is not None else None


def reset():
    """Forgets everything; called before each file."""
    DagScope.stack.clear()
    DagScope.registered.clear()
    GroupScope.stack.clear()

"""Operators that can skip what follows."""

from .operator import BaseOperator
from .profile import IS3


class SkipMixin:
    """May skip downstream tasks."""

    can_skip = True

    def skip(self, dag_run=None, execution_date=None, tasks=(), **_options):
        """Recorded by the dry run, without effect while a file is read."""

    def skip_all_except(self, ti, branch_task_ids):
        """As skip()."""


class BranchMixIn(SkipMixin):
    """Skips all but the branches it names."""

    is_branch = True

    def do_branch(self, context, branches_to_execute):
        return branches_to_execute


class BaseBranchOperator(BaseOperator, BranchMixIn):
    """Base of branch operators of one's own: choose_branch() names the ids."""

    can_skip_downstream = IS3

    def choose_branch(self, context):
        raise NotImplementedError

    def execute(self, context):
        return self.do_branch(context, self.choose_branch(context))

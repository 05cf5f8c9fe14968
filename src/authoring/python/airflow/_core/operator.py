"""BaseOperator: the arguments every task takes (recorded set dag-files, `tasks[]`)."""

import abc

from . import dates, operator_defaults as merge
from .errors import AirflowException
from .ids import check_key
from .nodes import DAGNode
from .operator_meta import OperatorMeta, creation_line
from .params import ParamsDict
from .profile import IS3, PROFILE
from .rules import trigger_rule as rule_of, weight_rule as weight_of
from .setup_teardown import SetupTeardownContext, TaskRoles

CALLBACKS = ("on_execute_callback", "on_failure_callback", "on_success_callback",
             "on_retry_callback", "on_skipped_callback")


class _AbstractMeta(OperatorMeta, abc.ABCMeta):
    """Operators may be abstract classes."""


class _Partial:
    """`Operator.partial(...)`, on the class only."""

    def __get__(self, obj, cls=None):
        if obj is not None:
            def partial(**_kwargs):
                raise TypeError("partial can only be called on Operator classes, not Tasks")

            return partial
        from .mapping import make_partial

        return lambda **kwargs: make_partial(cls, **kwargs)


class AbstractOperator(TaskRoles, DAGNode):
    """What plain and mapped operators share."""

    is_airflow_operator = True
    is_mapped = False
    trigger_rule = "all_success"
    weight_rule = "downstream"
    priority_weight = 1
    template_fields = ()
    template_ext = ()
    template_fields_renderers = {}
    operator_extra_links = ()
    ui_color = "#fff"
    ui_fgcolor = "#000"
    supports_lineage = False
    can_skip_downstream = False
    subdag = None

    @property
    def node_id(self):
        return self.task_id

    @property
    def roots(self):
        return [self]

    @property
    def leaves(self):
        return [self]

    @property
    def operator_class(self):
        return type(self)

    @property
    def operator_name(self):
        return getattr(self.operator_class, "custom_operator_name", self.task_type)

    @property
    def output(self):
        from .xcom_arg import XComArg

        return XComArg(self)

    def get_closest_mapped_task_group(self):
        """The innermost mapped group around this task, or None."""
        group = self.task_group
        while group is not None:
            if group.is_mapped:
                return group
            group = group.parent_group
        return None

    def iter_mapped_task_groups(self):
        group = self.task_group
        while group is not None:
            if group.is_mapped:
                yield group
            group = group.parent_group


class BaseOperator(AbstractOperator, metaclass=_AbstractMeta):
    """A task. Subclasses name what they copy into templates in `template_fields`."""

    partial = _Partial()
    shallow_copy_attrs = ()
    overwrite_rtif_after_execution = False
    start_trigger_args = None
    start_from_trigger = False
    _dag = None
    _instantiated = False
    _from_mapped = False

    def __init__(
        self, *, task_id, owner="airflow", email=None, email_on_retry=True, email_on_failure=True,
        retries=0, retry_delay=PROFILE.retry_delay,
        retry_exponential_backoff=PROFILE.retry_exponential_backoff, max_retry_delay=None,
        retry_policy=None, start_date=None, end_date=None, depends_on_past=False,
        ignore_first_depends_on_past=PROFILE.ignore_first_depends_on_past,
        wait_for_past_depends_before_skipping=False, wait_for_downstream=False, dag=None,
        params=None, default_args=None, priority_weight=1, weight_rule="downstream",
        queue="default", pool=None, pool_slots=1, sla=None, execution_timeout=None,
        on_execute_callback=None, on_failure_callback=None, on_success_callback=None,
        on_retry_callback=None, on_skipped_callback=None, pre_execute=None, post_execute=None,
        trigger_rule="all_success", resources=None, run_as_user=None, task_concurrency=None,
        map_index_template=None, max_active_tis_per_dag=None, max_active_tis_per_dagrun=None,
        executor=None, executor_config=None, do_xcom_push=True, multiple_outputs=False,
        inlets=None, outlets=None, task_group=None, doc=None, doc_md=None, doc_json=None,
        doc_yaml=None, doc_rst=None, task_display_name=None, logger_name=None,
        allow_nested_operators=True, render_template_as_native_obj=None, **kwargs,
    ):
        object.__setattr__(self, "created_at", creation_line())
        DAGNode.__init__(self)
        given = dict(locals())
        self._refuse_unknown(kwargs, given)
        self._place(task_id, task_group)
        self._set_plain(given)
        self._set_limits(given, dag)
        self._set_times(given)
        for name in CALLBACKS:
            setattr(self, name, merge.to_list(given[name]))
        self._pre_execute_hook, self._post_execute_hook = pre_execute, post_execute
        self.trigger_rule = rule_of(trigger_rule, task_id, dag)
        self.weight_rule = weight_of(weight_rule)
        self.params = ParamsDict(params)
        self.inlets, self.outlets = merge.to_list(inlets), merge.to_list(outlets)
        if isinstance(self.template_fields, str):
            self.template_fields = [self.template_fields]
        self._join(dag)
        merge.check_types(self)

    def _refuse_unknown(self, kwargs, given):
        for name in ("_airflow_mapped_validation_only", "default_args"):
            kwargs.pop(name, None)
        for name in ("task_concurrency",) if IS3 else ("retry_policy", "render_template_as_native_obj"):
            if given[name] is not None:
                kwargs[name] = given[name]
        if kwargs:
            raise PROFILE.pick(TypeError, AirflowException)(
                f"Invalid arguments were passed to {type(self).__name__} (task_id: "
                f"{given['task_id']}). Invalid arguments were:\n**kwargs: {kwargs}"
            )

    def _place(self, task_id, group):
        """Takes the id (with the prefix of its group) and enters the group."""
        if group is not None and not self._from_mapped:
            self.task_id = group.child_id(task_id)
            if IS3:
                group.add(self)
            check_key(self.task_id)
            if not IS3:
                group.add(self)
        else:
            self.task_id = task_id
            check_key(task_id)
        self.task_group = group

    def _set_plain(self, given):
        for name in (
            "owner", "email", "email_on_retry", "email_on_failure", "queue", "executor",
            "run_as_user", "resources", "depends_on_past", "ignore_first_depends_on_past",
            "wait_for_past_depends_before_skipping", "wait_for_downstream", "priority_weight",
            "retry_exponential_backoff", "retry_policy", "max_active_tis_per_dag",
            "max_active_tis_per_dagrun", "map_index_template", "do_xcom_push", "multiple_outputs",
            "doc", "doc_md", "doc_json", "doc_yaml", "doc_rst", "sla", "allow_nested_operators",
            "render_template_as_native_obj", "logger_name",
        ):
            setattr(self, name, given[name])
        if self.max_active_tis_per_dag is None:
            self.max_active_tis_per_dag = given["task_concurrency"]
        self.retries = given["retries"]
        self.executor_config = given["executor_config"] or {}
        self._task_display_name = given["task_display_name"]
        if self.wait_for_downstream:
            self.depends_on_past = True

    def _set_limits(self, given, dag):
        self.pool = "default_pool" if given["pool"] is None else given["pool"]
        self.pool_slots = given["pool_slots"]
        if self.pool_slots < 1:
            where = f" in dag {dag.dag_id}" if dag else ""
            raise ValueError(f"pool slots for {self.task_id}{where} cannot be less than 1")
        timeout = given["execution_timeout"]
        import datetime

        if timeout is not None and not isinstance(timeout, datetime.timedelta):
            raise ValueError(
                f"execution_timeout must be timedelta object but passed as type: {type(timeout)}"
            )
        self.execution_timeout = timeout

    def _set_times(self, given):
        self.start_date = dates.to_utc(given["start_date"])
        self.end_date = dates.to_utc(given["end_date"])
        self.retry_delay = given["retry_delay"]
        self.max_retry_delay = given["max_retry_delay"]

    def _join(self, dag):
        if SetupTeardownContext.active:
            SetupTeardownContext.note(self)
        if dag is not None:
            self.dag = dag

    def __setattr__(self, name, value):
        if name == "retries":
            value = merge.to_retries(value)
        elif name in ("retry_delay", "max_retry_delay"):
            value = merge.to_timedelta(value)
        super().__setattr__(name, value)
        if self._instantiated and name in self.template_fields:
            from .xcom_arg import connect

            connect(self, value)

    @property
    def dag(self):
        if self._dag is None:
            raise PROFILE.pick(RuntimeError, AirflowException)(
                f"Operator {self} has not been assigned to a DAG yet"
            )
        return self._dag

    @dag.setter
    def dag(self, dag):
        from .dag import DAG

        if dag is None:
            object.__setattr__(self, "_dag", None)
            return
        if not isinstance(dag, DAG):
            raise TypeError(f"Expected DAG; received {type(dag).__name__}")
        if self._dag is not None and self._dag is not dag:
            raise PROFILE.pick(ValueError, AirflowException)(
                f"The DAG assigned to {self} can not be changed."
            )
        object.__setattr__(self, "_dag", dag)
        if not self._from_mapped and dag.task_dict.get(self.task_id) is not self:
            dag.add_task(self)

    def has_dag(self):
        return self._dag is not None

    def get_dag(self):
        return self._dag

    def _connect_xcom_args(self):
        from .xcom_arg import connect

        for field in self.template_fields:
            if hasattr(self, field):
                connect(self, getattr(self, field))

    @property
    def task_type(self):
        return type(self).__name__

    @property
    def task_display_name(self):
        return self._task_display_name or self.task_id

    @property
    def inherits_from_empty_operator(self):
        return bool(getattr(type(self), "is_airflow_empty", False))

    def add_inlets(self, inlets):
        self.inlets.extend(inlets)

    def add_outlets(self, outlets):
        self.outlets.extend(outlets)

    def get_inlet_defs(self):
        return self.inlets

    def get_outlet_defs(self):
        return self.outlets

    def execute(self, context):
        raise NotImplementedError

    def pre_execute(self, context):
        """Hook before execute."""

    def post_execute(self, context, result=None):
        """Hook after execute."""

    def on_kill(self):
        """Hook for an end from outside."""

    def prepare_for_execution(self):
        return self

    def defer(self, *, trigger, method_name, kwargs=None, timeout=None):
        from .errors import find

        raise find("TaskDeferred")(trigger=trigger, method_name=method_name, kwargs=kwargs,
                                   timeout=timeout)

    def xcom_push(self, context, key, value):
        context["ti"].xcom_push(key=key, value=value)

    @staticmethod
    def xcom_pull(context, task_ids=None, dag_id=None, key="return_value", **_options):
        return context["ti"].xcom_pull(key=key, task_ids=task_ids, dag_id=dag_id)

    def __hash__(self):
        return id(self)

    def __eq__(self, other):
        return self is other

    def __lt__(self, other):
        return self.task_id < other.task_id

    def __repr__(self):
        return f"<Task({self.task_type}): {self.task_id}>"


class BaseOperatorLink:
    """A link shown beside a task; only its class matters here."""

    operators = []
    name = ""

    def get_link(self, operator, *, ti_key):
        return ""

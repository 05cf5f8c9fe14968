"""`@asset` and `@asset.multi` (3.x): a function that makes its asset and a DAG of one task."""

import inspect

from .assets import Asset, AssetAll
from .dag import DAG
from .taskflow import TaskDecorator

_NOT_ASSETS = ("self", "context", "outlet_events")
_DAG_OPTIONS = ("schedule", "is_paused_upon_creation", "dag_id", "dag_display_name", "description",
                "params", "on_success_callback", "on_failure_callback", "access_control",
                "owner_links", "tags")


def _check(function):
    for name, param in inspect.signature(function).parameters.items():
        if param.kind is param.VAR_POSITIONAL:
            raise TypeError(f"wildcard '*{name}' is not supported in @asset")
        if param.kind is param.VAR_KEYWORD:
            raise TypeError(f"wildcard '**{name}' is not supported in @asset")
        if param.kind is param.POSITIONAL_ONLY and param.default is param.empty:
            raise TypeError(f"positional-only argument '{name}' without a default is not "
                            "supported in @asset")


def _operator_class():
    from airflow._paths.classes import resolve

    base = resolve("airflow.providers.standard.operators.python.PythonOperator")

    class _AssetMainOperator(base):
        """The one task of an asset's DAG."""

        def __init__(self, *, definition_name, uri=None, **kwargs):
            super().__init__(**kwargs)
            self._definition_name = definition_name

    _AssetMainOperator.__module__ = "airflow.sdk.definitions.asset.decorators"
    return _AssetMainOperator


def _make_task(function, outlets, name):
    if isinstance(function, TaskDecorator):
        if "outlets" in function.kwargs:
            raise TypeError("@task decorator with 'outlets' argument is not supported in @asset")
        function.kwargs["outlets"] = outlets
        function()
        return
    _check(function)
    inlets = [Asset.ref(name=n) for n, p in inspect.signature(function).parameters.items()
              if n not in _NOT_ASSETS and p.default is p.empty]
    _operator_class()(task_id=function.__name__, inlets=inlets, outlets=outlets,
                      python_callable=function, definition_name=name)


class _Options:
    """Arguments that go to the DAG."""

    def _take(self, options):
        self.dag_options = {k: options.pop(k) for k in _DAG_OPTIONS if k in options}
        if "schedule" not in self.dag_options:
            raise TypeError("missing a required keyword-only argument: 'schedule'")

    def _dag(self, default_id):
        options = {k: v for k, v in self.dag_options.items() if k != "dag_id"}
        dag_id = self.dag_options.get("dag_id") or default_id
        options["dag_display_name"] = options.get("dag_display_name") or dag_id
        return DAG(dag_id, catchup=False, auto_register=True, **options)


class AssetDefinition(Asset):
    """The asset that a decorated function stands for."""

    def __init__(self, function, source, **fields):
        super().__init__(**fields)
        self.function = function
        with source._dag(self.name):
            _make_task(function, [self], self.name)


class MultiAssetDefinition(AssetAll):
    """All assets of a decorated function."""

    def __init__(self, function, source):
        super().__init__(*source.outlets)
        self.name, self.function = function.__name__, function
        with source._dag(self.name):
            _make_task(function, list(self.objects), self.name)


def _flat(function):
    if function.__name__ != function.__qualname__:
        raise ValueError("nested function not supported")


class asset(_Options):  # noqa: N801 - Airflow's name
    """`@asset(schedule=...)`."""

    def __init__(self, *, name=None, uri=None, group="asset", extra=None, watchers=None, **options):
        self._take(options)
        if options:
            raise TypeError(f"got an unexpected keyword argument {next(iter(options))!r}")
        self.fields = {"group": group, "extra": extra, "watchers": watchers}
        self.name, self.uri = name, uri

    def __call__(self, function):
        _flat(function)
        name = self.name or function.__name__
        return AssetDefinition(function, self, name=name, uri=self.uri or name, **self.fields)

    class multi(_Options):  # noqa: N801 - Airflow's name
        """`@asset.multi(schedule=..., outlets=[...])`."""

        def __init__(self, *, outlets, **options):
            self._take(options)
            self.outlets = outlets

        def __call__(self, function):
            _flat(function)
            if not self.outlets:
                raise ValueError("no outlets provided")
            return MultiAssetDefinition(function, self)

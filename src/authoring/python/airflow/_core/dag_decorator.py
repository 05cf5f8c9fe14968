"""`@dag`: a function that makes a DAG each time it is called."""

import functools
import inspect

from .dag import ARGUMENTS, DAG
from .params import DagParam, NOTSET
from .profile import IS3
from .xcom_arg import XComArg  # noqa: F401 - keeps the import order of the package


def dag(dag_id_or_func=None, *args, **options):
    """`@dag` or `@dag(dag_id=..., schedule=..., ...)`."""
    if "dag_id" in options:
        dag_id_or_func = options.pop("dag_id")
    if not IS3:
        unknown = [k for k in options if k not in ARGUMENTS]
        if unknown:
            raise TypeError(f"dag() got an unexpected keyword argument {unknown[0]!r}")
    if callable(dag_id_or_func):
        return _factory(dag_id_or_func, None, (), options)
    return lambda function: _factory(function, dag_id_or_func, args, options)


def _factory(function, dag_id, args, options):
    @functools.wraps(function)
    def factory(*call_args, **call_kwargs):
        bound = inspect.signature(function).bind(*call_args, **call_kwargs)
        bound.apply_defaults()
        made = DAG(dag_id or function.__name__, *args, **options)
        with made:
            if function.__doc__ and made.doc_md is None:
                made.doc_md = function.__doc__
            values = {}
            for name, value in bound.arguments.items():
                values[name] = DagParam(made, name, value)
            _call(function, values)
        return made

    return factory


def _call(function, values):
    """Passes the params on, also those of positional-only functions."""
    params = inspect.signature(function).parameters
    positional = [values[n] for n, p in params.items() if p.kind is p.POSITIONAL_ONLY]
    rest = {n: v for n, v in values.items() if params[n].kind is not params[n].POSITIONAL_ONLY}
    function(*positional, **rest)


__all__ = ["dag", "NOTSET"]

"""How tasks behave when they run."""


def add_to(dags, results):
    """Adds `behaviour` to every task."""

"""What a DAG file may see of its surroundings. Set before `airflow` is imported."""

VERSIONS = ("3.3.2", "2.11.2")

#: Airflow version that the `airflow` package plays.
version = "3.3.2"

#: Airflow variables (text) and connections (URI) that exist; no others do.
variables: dict[str, str] = {}
connections: dict[str, str] = {}

#: Executors that a task may ask for by name.
EXECUTORS = ("LocalExecutor", "CeleryExecutor", "KubernetesExecutor")
executors = EXECUTORS

#: Recorded tables of names and signatures, by file name, once they have been read.
tables: dict = {}

#: Texts of the diagnostics gathered while a file is imported (see notices.py).
notices: list[dict] = []


def configure(airflow="3.3.2", variables_=None, connections_=None, aliases=()):
    """Chooses the version and fills the stores. Raises ValueError for an unknown version."""
    global version, variables, connections, executors
    if airflow not in VERSIONS:
        raise ValueError(f"Airflow {airflow} is not modelled; choose one of {', '.join(VERSIONS)}")
    version = airflow
    variables = dict(variables_ or {})
    connections = dict(connections_ or {})
    executors = (*EXECUTORS, *aliases)
    notices.clear()


def note(code, **params):
    """Remembers one diagnostic about the file that is being imported, each only once."""
    entry = {"code": code, "params": params}
    if entry not in notices:
        notices.append(entry)

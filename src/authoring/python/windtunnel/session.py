"""One call for the host: a request as JSON, the answer as JSON."""

import json
import os
import pathlib
import shutil

from . import advice, cage, clock, describe, importer, libraries, output, settings, where, zones

_ready = False


def start(zones_path=None):
    """Prepares the interpreter once: zones, virtual clock, stand-ins for libraries."""
    global _ready
    if _ready:
        return
    if zones_path:
        zones.load(zones_path)
        zones.install()
    clock.install()
    libraries.install()
    cage.install()
    _ready = True


def expectation(results):
    """Results of one bag in the form `{status, errors, dags}` of the recorded set."""
    errors, dags = [], []
    for result in results:
        errors += result.errors
        for dag in result.dags:
            try:
                dags.append(describe.describe(dag, result.module_name))
            except describe.SerializeError as error:
                errors.append(importer.entry("SerializationError", "serialize", dag_id=dag.dag_id,
                                             cause=error.cause_name, message=str(error)))
    status = results[0].status
    if status in ("dags", "partial", "error", "empty"):
        status = ("partial" if dags else "error") if errors else ("dags" if dags else "empty")
    return {"status": status, "errors": errors, "dags": sorted(dags, key=lambda d: d["dag_id"])}


def handle(text):
    """Imports the files of a request. The request:

    {"files": [{"name", "text"}], "entries": [name] | null, "airflow", "variables", "connections",
     "executors", "env", "now", "limit_s", "together", "behaviour"}
    """
    request = json.loads(text)
    settings.configure(request.get("airflow", "3.3.2"), request.get("variables"),
                       request.get("connections"), request.get("executors") or ())
    clock.set_now(request.get("now"))
    _write(request["files"])
    importer.forget_modules()
    old = dict(os.environ)
    os.environ.update(request.get("env") or {})
    try:
        with output.captured() as printed:
            answer = [_answer(r, request) for r in _results(request)]
        return json.dumps({"files": answer, "output": printed.text()}, default=repr)
    finally:
        os.environ.clear()
        os.environ.update(old)


def _write(files):
    shutil.rmtree(where.root, ignore_errors=True)
    for file in files:
        path = pathlib.Path(where.root, file["name"])
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file["text"])


def _results(request):
    entries = request.get("entries")
    if entries is None:
        entries = [f["name"] for f in request["files"] if f["name"].endswith(".py")]
    paths = [f"{where.root}/{name}" for name in entries]
    limit = request.get("limit_s", 30.0)
    if request.get("together"):
        return [importer.run_together(paths, limit)]
    return [[importer.import_file(path, limit)] for path in paths]


def _answer(results, request):
    found = expectation(results)
    if request.get("behaviour", True):
        from . import behaviour

        behaviour.add_to(found["dags"], results)
    path = results[0].path
    for error in found["errors"]:
        error["advice"] = advice.for_error(error, path)
    name = str(pathlib.PurePosixPath(path).relative_to(where.root))
    for dag in found["dags"]:
        dag["fileloc"] = name
    return {"file": name, **found, "notices": [n for r in results for n in r.notices],
            "hints": advice.for_empty(path) if found["status"] == "empty" else []}

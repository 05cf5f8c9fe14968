"""One call for the host: files in, plain data out."""

from . import describe, importer


def expectation(results):
    """Results of one bag in the form `{status, errors, dags}` of the recorded set."""
    errors, dags = [], []
    for result in results:
        errors += result.errors
        for dag in result.dags:
            try:
                dags.append(describe.describe(dag, ""))
            except describe.SerializeError as error:
                errors.append(importer.entry("SerializationError", "serialize", dag_id=dag.dag_id,
                                             cause=error.cause_name, message=str(error)))
    status = results[0].status
    if status in ("dags", "partial", "error", "empty"):
        status = ("partial" if dags else "error") if errors else ("dags" if dags else "empty")
    return {"status": status, "errors": errors, "dags": sorted(dags, key=lambda d: d["dag_id"])}

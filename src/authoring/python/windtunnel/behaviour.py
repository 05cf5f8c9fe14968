"""`behaviour` of every task: kind, duration, outcome, branches, results (BehaviourSpec)."""

from . import dryrun, operators
from .describe_values import seconds
from .kinds import Plan, kind_of
from .xcoms import RETURN


def add_to(described, results):
    """Adds `behaviour` to the tasks of all described DAGs."""
    dags = {dag.dag_id: dag for result in results for dag in result.dags}
    for entry in described:
        dag = dags.get(entry["dag_id"])
        if dag is None:
            continue
        run = dryrun.DryRun(dag)
        trials = run.go()
        for task, form in zip(dag.tasks, entry["tasks"]):
            form["behaviour"] = _behaviour(task, trials.get(task.task_id), run.xcoms)


def _behaviour(task, trials, xcoms):
    found = {"kind": kind_of(task), "duration_s": None, "duration_source": None}
    operators.add_to(found, task)
    if trials:
        _from_trials(found, task, trials, xcoms)
    else:
        note = Plan(task).note
        if note:
            found["note"] = note
    return found


def _from_trials(found, task, trials, xcoms):
    notes = [t.note for t in trials if t.note]
    if notes:
        found["note"] = notes[0]
    slept = max(t.slept for t in trials)
    if slept > 0:
        found["duration_s"] = seconds(slept)
        bash = any(t.duration_source == "bash_sleep" for t in trials)
        found["duration_source"] = "bash_sleep" if bash else "python_sleep"
    outcomes = [t.outcome for t in trials]
    if None not in outcomes:
        _outcome(found, trials, outcomes)
    first = trials[0]
    if first.outcome == "success" and not first.pulled_unknown:
        if first.branch is not None:
            found["branch"] = first.branch
        if first.condition is not None:
            found["condition"] = first.condition
    _results(found, task, trials, xcoms)
    if first.raises and "retry_policy" in found:
        found["raises"] = first.raises
    if first.outcome == "success" and first.asset_events:
        found["asset_events"] = first.asset_events


def _outcome(found, trials, outcomes):
    """The common end of all indexes; a mixture keeps the end of most and says so."""
    if len(set(outcomes)) == 1:
        found["outcome"] = outcomes[0]
    else:
        found["outcome"] = max(set(outcomes), key=outcomes.count)
        found.setdefault("note", "mapped_outcomes_differ")
        found["outcomes_by_index"] = outcomes
    tries = max(getattr(t, "failed_tries", 0) for t in trials)
    if tries and found["outcome"] == "success":
        found["outcomes"] = ["failed"] * tries + ["success"]


def _results(found, task, trials, xcoms):
    if any(t.outcome != "success" or t.pulled_unknown for t in trials):
        return
    value = trials[0].value if len(trials) == 1 else [t.value for t in trials]
    if isinstance(value, (list, tuple, dict)):
        found["returns_length"] = len(value)
    kept = {}
    for key in xcoms.keys_of(task.task_id):
        values = xcoms.values_of(task.task_id, key)
        plain = values.get(-1) if set(values) <= {-1} else [values[i] for i in sorted(values)]
        small = dryrun.small_json(plain)
        if small is not None:
            kept[key] = small
    if kept:
        found["xcom"] = kept


__all__ = ["add_to", "RETURN"]

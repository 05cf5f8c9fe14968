"""What executor_config says of a task's worker pod, as KubernetesExecutor reads it.

PodGenerator.from_obj (cncf.kubernetes provider) takes `pod_override` when it is a V1Pod. A dict in its
place, or the old `KubernetesExecutor` dict, it refuses: the task instance fails at once.
"""

import re

from . import settings

#: Parts of a pod that decide where or when it runs, which is not modelled.
UNREAD = ("node_selector", "affinity", "tolerations", "init_containers", "priority_class_name",
          "node_name", "topology_spread_constraints", "runtime_class_name")
_MEMORY = {"": 1, "k": 1e3, "m": 1e-3, "M": 1e6, "G": 1e9, "T": 1e12, "P": 1e15,
           "Ki": 2 ** 10, "Mi": 2 ** 20, "Gi": 2 ** 30, "Ti": 2 ** 40, "Pi": 2 ** 50}
_CPU = {"": 1e3, "m": 1, "u": 1e-3, "n": 1e-6, "k": 1e6}


def pod_of(config, task_id):
    """{} when nothing is said of the pod, else {"pod": ...}."""
    if not isinstance(config, dict) or not config:
        return {}
    if config.get("pod_template_file"):
        settings.note("executor_config_not_read", task_id=task_id, what="pod_template_file")
    override = config.get("pod_override")
    legacy = config.get("KubernetesExecutor")
    if not override and not legacy:
        return {}
    if legacy or type(override).__name__ != "V1Pod":
        settings.note("executor_config_refused", task_id=task_id,
                      what="KubernetesExecutor" if legacy else type(override).__name__)
        return {"pod": {"invalid": True}}
    pod = _from_spec(override.spec, task_id)
    return {"pod": pod} if pod else {}


def _from_spec(spec, task_id):
    if spec is None:
        return {}
    containers = list(spec.containers or ())
    for what in [name for name in UNREAD if getattr(spec, name, None)]:
        settings.note("executor_config_not_read", task_id=task_id, what=what)
    if len(containers) > 1:
        settings.note("executor_config_not_read", task_id=task_id, what="containers[1]")
    if not containers:
        return {}
    base = containers[0]
    requests = _resources(base, "requests")
    limits = _resources(base, "limits")
    # Kubernetes takes the limit where there is no request.
    found = {
        "cpu_m": _number(requests.get("cpu", limits.get("cpu")), _CPU, 1, task_id),
        "memory_mb": _number(requests.get("memory", limits.get("memory")), _MEMORY, 2 ** 20, task_id),
        "memory_limit_mb": _number(limits.get("memory"), _MEMORY, 2 ** 20, task_id),
        "image": base.image if isinstance(base.image, str) else None,
    }
    return {name: value for name, value in found.items() if value is not None}


def _resources(container, which):
    resources = container.resources
    said = resources.get(which) if isinstance(resources, dict) else getattr(resources, which, None)
    return said if isinstance(said, dict) else {}


def _number(value, units, unit, task_id):
    """A quantity (`500m`, `1Gi`, 2) in the unit, None when nothing is said."""
    if value is None:
        return None
    read = re.fullmatch(r"\s*([0-9.]+(?:[eE][+-]?\d+)?)([A-Za-z]*)\s*", str(value))
    if read is None or read[2] not in units:
        settings.note("executor_config_not_read", task_id=task_id, what=str(value))
        return None
    number = float(read[1]) * units[read[2]] / unit
    return int(number) if number == int(number) else number

"""`kubernetes.client`: models under their own names, everything else as of a library not here."""

from . import models
from windtunnel.libraries import Anything


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    if models.is_model(name):
        return models.model(name)
    return Anything(f"kubernetes.client.{name}")

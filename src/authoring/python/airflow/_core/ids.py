"""Rules for ids of DAGs, tasks and groups (specification 18.2)."""

import re

from .errors import AirflowException
from .profile import IS3, PROFILE

KEY = re.compile(r"^[\w.-]+$")
GROUP_KEY = re.compile(r"^[\w-]+$")
Refused = PROFILE.pick(ValueError, AirflowException)


def check_key(key, longest=250):
    """Raises when a DAG or task id has a wrong type, length or character."""
    if not isinstance(key, str):
        raise TypeError(f"The key has to be a string and is {type(key)}:{key}")
    if len(key) > longest:
        raise Refused(f"The key: {key} has to be less than {longest} characters")
    if not KEY.match(key):
        raise Refused(
            f"The key {key!r} has to be made of alphanumeric characters, dashes, dots, and "
            "underscores exclusively"
        )
    if IS3 and ".." in key:
        raise Refused(f"The key {key!r} must not contain consecutive dots")


def check_group_key(key, longest=200):
    """The same for the id of a task group, which takes no dots."""
    if not isinstance(key, str):
        raise TypeError(f"The key has to be a string and is {type(key)}:{key}")
    if len(key) > longest:
        raise Refused(f"The key has to be less than {longest} characters, not {len(key)}")
    if not GROUP_KEY.match(key):
        raise Refused(
            f"The key {key!r} has to be made of alphanumeric characters, dashes and underscores "
            "exclusively"
        )

"""The normal form of asset and dataset URIs."""

import urllib.parse

from .profile import IS3

#: scheme -> (scheme it becomes, default port, how many names its path holds)
_DATABASES = {"postgres": ("postgres", 5432, 3), "postgresql": ("postgres", 5432, 3),
              "mysql": ("mysql", 3306, 2), "mariadb": ("mysql", 3306, 2),
              "trino": ("trino", 8080, 3), "redshift": ("redshift", 5439, 3)}


def sanitize_uri(uri):
    """The URI in its normal form. Raises ValueError where Airflow does."""
    uri = str(uri)
    parts = urllib.parse.urlsplit(uri)
    scheme = parts.scheme.lower()
    if not scheme or scheme.startswith("x-"):
        return uri
    if scheme == "airflow":
        raise ValueError(f"{'Asset' if IS3 else 'Dataset'} scheme 'airflow' is reserved")
    drop_user = parts.password if IS3 else "@" in parts.netloc
    netloc = parts.netloc.rpartition("@")[2] if drop_user else parts.netloc
    query = urllib.parse.urlencode(sorted(urllib.parse.parse_qsl(parts.query)))
    parts = parts._replace(scheme=scheme, netloc=netloc, path=parts.path.rstrip("/") or "/",
                           query=query, fragment="")
    try:
        parts = _by_scheme(parts)
    except ValueError:
        if IS3:
            raise
    return urllib.parse.urlunsplit(parts)


def _by_scheme(parts):
    """What the providers ask of their schemes."""
    if parts.scheme in ("s3", "gs") and not parts.netloc:
        raise ValueError(f"URI format {parts.scheme}:// must contain a bucket name")
    if parts.scheme == "bigquery":
        if not parts.netloc:
            raise ValueError("URI format bigquery:// must contain a project ID")
        if len(parts.path.split("/")) != 3:
            raise ValueError("URI format bigquery:// must contain dataset and table names")
    if parts.scheme in _DATABASES:
        return _database(parts)
    return parts


def _database(parts):
    scheme, port, names = _DATABASES[parts.scheme]
    if not parts.netloc:
        raise ValueError(f"URI format {parts.scheme}:// must contain a host")
    if parts.port is None:
        parts = parts._replace(netloc=f"{parts.netloc.rstrip(':')}:{port}")
    pieces = parts.path.split("/")
    if len(pieces) != names + 1:
        raise ValueError(f"URI format {parts.scheme}:// must contain {names} names in its path")
    if scheme == "postgres" and not pieces[2]:
        pieces[2] = "default"
    return parts._replace(scheme=scheme, path="/".join(pieces))

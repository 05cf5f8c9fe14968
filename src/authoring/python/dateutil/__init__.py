"""The part of dateutil that DAG files use."""

__version__ = "2.9.0"

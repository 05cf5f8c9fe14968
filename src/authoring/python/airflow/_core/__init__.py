"""How the authoring side of Airflow behaves; the public import paths lead here (see _paths)."""

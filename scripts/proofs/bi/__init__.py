"""Clients that read ``warehouse/marts.duckdb``, each in an environment of its own, checked against DuckDB."""

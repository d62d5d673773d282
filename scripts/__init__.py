"""Tools around the dbt project: building it, checking it, filling its seeds. The index itself is SQL."""

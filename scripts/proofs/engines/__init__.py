"""The project on other engines than DuckDB, and what shows that they give the same."""

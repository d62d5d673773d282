-- One row per mart and column: the dictionary of what can be downloaded.
select
    table_name,
    column_name,
    data_type,
    column_index
from duckdb_columns()
where schema_name = 'marts' and not internal
order by table_name, column_index

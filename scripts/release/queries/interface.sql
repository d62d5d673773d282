-- What the marts promise that they did not, or no longer do: what breaks a promise first.
select
    table_name as "Table",
    column_name as "Column",
    change as "Change",
    was as "Was",
    now as "Is",
    case when not is_breaking then 'nothing breaks' else coalesce(nullif(declared_by, ''), 'accepted') end
        as "Declared by"
from interface_changes
order by is_breaking desc, subject asc, was asc, now asc

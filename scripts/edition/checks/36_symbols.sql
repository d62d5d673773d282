-- Text printed in place of a figure is a symbol that the register knows, with the reason that it stands for.
select
    'missing_symbols.csv: symbol' as place,
    '"' || coalesce(trim(printed.value_raw), '') || '" in ' || printed.publication_id as subject,
    'printed ' || counted(count(*), 'time') as now,
    'say what it stands for' as to_do
from printed
left join missing_symbols
    on
        missing_symbols.publication_id = printed.publication_id
        and coalesce(missing_symbols.symbol, '') = coalesce(trim(printed.value_raw), '')
where
    printed.figure is null
    and missing_symbols.publication_id is null
group by printed.publication_id, coalesce(trim(printed.value_raw), '')
order by place, subject

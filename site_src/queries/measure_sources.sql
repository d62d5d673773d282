-- One row per measure, edition, part of it and period: the file, sheet, column and rows that the figures are in.
select
    located.measure_id,
    located.edition,
    located.part,
    located.item_id,
    located.period,
    publications.publication_name,
    located.file_name,
    located.retrieved_on,
    located.sheet,
    located.value_column,
    located.code_column,
    located.code_kind,
    located.first_row,
    located.last_row
from marts.fct_measure_source as located
inner join marts.dim_publication as publications using (publication_id)
order by
    located.measure_id,
    located.edition,
    case located.part when 'denominator' then 2 else 1 end,
    located.period,
    located.item_id

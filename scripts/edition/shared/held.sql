-- What is held for the edition, one row per item of a publication: codes with a figure, and quarters or months.
select
    publication_id,
    item_id,
    count(distinct printed_code) as codes,
    count(distinct sub_period) as periods
from printed
where figure is not null
group by publication_id, item_id

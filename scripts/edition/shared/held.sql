-- What is held for the edition, one row per item of a publication: codes with a figure, and quarters or months. The
-- code of a joint authority stands for each of its councils.
with

joint as (

    select
        printed_codes.publication_id,
        printed_codes.printed_code,
        printed_codes.item_id,
        printed_codes.gss_code
    from printed_codes
    inner join asked
        on asked.edition between printed_codes.first_edition and printed_codes.last_edition
    where printed_codes.use = 'joint'

)

select
    printed.publication_id,
    printed.item_id,
    count(distinct coalesce(joint.gss_code, printed.printed_code)) as codes,
    count(distinct printed.sub_period) as periods
from printed
left join joint
    on
        joint.publication_id = printed.publication_id
        and joint.printed_code = printed.printed_code
        and (joint.item_id is null or joint.item_id = printed.item_id)
where printed.figure is not null
group by printed.publication_id, printed.item_id

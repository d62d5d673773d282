-- Rule: a row of the register of suspect values still meets the figure it was written for; a corrected figure would
-- otherwise stay hidden.
select
    'suspect_values' as seed,
    suspect.publication_id,
    suspect.item_id,
    suspect.printed_code,
    suspect.edition,
    suspect.value_raw,
    figures.value_raw as printed_now,
    'the suspect figure is still printed' as rule
from {{ ref('stg_register__suspect_values') }} as suspect
left join {{ ref('int_figures__printed') }} as figures
    on
        figures.publication_id = suspect.publication_id
        and figures.item_id = suspect.item_id
        and figures.printed_code = suspect.printed_code
        and figures.edition = suspect.edition
where
    figures.item_id is null
    or figures.value_raw <> suspect.value_raw

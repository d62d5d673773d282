-- Rule: no measure of a lens counts what the lens divides by: its spend lines or its population in need.
select
    uses.ranking_id,
    measures.measure_id,
    'a measure is neither a spend line nor the need population of its lens' as rule
from {{ ref('stg_register__ranking_measures') }} as uses
inner join {{ ref('stg_register__measures') }} as measures
    on measures.measure_id = uses.measure_id
inner join {{ ref('stg_register__rankings') }} as lenses
    on lenses.ranking_id = uses.ranking_id
left join {{ ref('stg_register__spend_lines') }} as spend_lines
    on
        spend_lines.ranking_id = uses.ranking_id
        and spend_lines.publication_id = measures.publication_id
        and spend_lines.item_id = measures.numerator_item_id
where
    uses.status = 'active'
    and (
        spend_lines.item_id is not null
        or (
            lenses.need_publication_id = measures.publication_id
            and lenses.need_item_id = measures.numerator_item_id
        )
    )

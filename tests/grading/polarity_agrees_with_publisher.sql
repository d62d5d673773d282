-- Rule: an active measure has a polarity; where DfE's dictionary states one it is the same, and where DfE says
-- that a measure cannot be graded it stays out, unless the register carries a written override.
with

measures as (

    select
        measures.measure_id,
        measures.polarity,
        measures.polarity_override_reason,
        dictionary.item_id as dictionary_item_id,
        dictionary.publisher_polarity,
        case dictionary.publisher_polarity when 'High' then 1 when 'Low' then -1 end as publisher_sign
    from {{ ref('stg_register__measures') }} as measures
    left join {{ ref('stg_register__lait_dictionary') }} as dictionary
        on
            dictionary.item_id = measures.numerator_item_id
            and measures.publication_id = 'dfe_lait'
    where measures.measure_id in (
        select uses.measure_id
        from {{ ref('stg_register__ranking_measures') }} as uses
        where uses.status = 'active'
    )

)

select
    'measures' as seed,
    measure_id,
    polarity,
    publisher_polarity,
    case
        when polarity is null then 'a measure without polarity cannot be graded'
        when publisher_polarity = '-' then 'the publisher says that it cannot be graded'
        else 'the polarity is the publisher''s or carries a written override'
    end as rule
from measures
where
    polarity is null
    or polarity not in (1, -1)
    or (
        polarity_override_reason is null
        and dictionary_item_id is not null
        and (publisher_sign is null or publisher_sign <> polarity)
    )

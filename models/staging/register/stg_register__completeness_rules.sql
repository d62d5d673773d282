with

register as (

    select * from {{ ref('completeness_rules') }}

),

final as (

    select
        publication_id,
        item_id,
        {{ council_productivity.to_number('expected_per_1000_aged_18_64') }} as expected_per_1000_aged_18_64,
        {{ council_productivity.to_number('expected_per_1000_aged_65_plus') }} as expected_per_1000_aged_65_plus,
        {{ council_productivity.to_number('least_share') }} as least_share,
        missing_reason,
        note
    from register

)

select * from final

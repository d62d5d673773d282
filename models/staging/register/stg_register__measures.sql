with

register as (

    {{ council_productivity.register_with_own_rows('measures') }}

),

final as (

    select
        measure_id,
        measure_name,
        unit,
        unit_kind,
        cast(polarity as bigint) as polarity,
        kind,
        gradable_because,
        publication_id,
        source_table,
        calculation,
        numerator_item_id,
        numerator,
        denominator_publication_id,
        denominator_item_id,
        denominator,
        {{ council_productivity.to_number('multiplier') }} as multiplier,
        {{ council_productivity.to_number('minimum_denominator') }} as minimum_denominator,
        cast(minimum_periods as bigint) as minimum_periods,
        {{ council_productivity.to_number('lower_bound') }} as lower_bound,
        {{ council_productivity.to_number('upper_bound') }} as upper_bound,
        first_edition,
        last_edition,
        cast(publication_lag_months as bigint) as publication_lag_months,
        kind_override_reason,
        polarity_override_reason,
        caveat
    from register

)

select * from final

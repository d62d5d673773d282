with

register as (

    {{ council_productivity.register_with_own_rows('measure_errors') }}

),

final as (

    select
        measure_id,
        sampling_error,
        publication_id,
        item_id,
        {{ council_productivity.to_number('count_per') }} as count_per,
        population_item_id,
        {{ council_productivity.to_number('count_share') }} as count_share,
        {{ council_productivity.to_number('value_per') }} as value_per,
        {{ council_productivity.to_number('deviation') }} as deviation,
        {{ council_productivity.to_number('printed_step') }} as printed_step,
        note
    from register

)

select * from final

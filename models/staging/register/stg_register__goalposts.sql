with

register as (

    {{ council_productivity.register_with_own_rows('goalposts') }}

),

final as (

    select
        method_version,
        measure_id,
        {{ council_productivity.to_number('worst_goalpost') }} as worst_goalpost,
        {{ council_productivity.to_number('best_goalpost') }} as best_goalpost,
        basis
    from register

)

select * from final

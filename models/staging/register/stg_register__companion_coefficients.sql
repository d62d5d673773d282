with

register as (

    select * from {{ ref('companion_coefficients') }}

),

final as (

    select
        method_version,
        ranking_id,
        regressor_id,
        {{ council_productivity.to_number('coefficient') }} as coefficient,
        {{ council_productivity.to_number('regressor_mean') }} as regressor_mean,
        basis
    from register

)

select * from final

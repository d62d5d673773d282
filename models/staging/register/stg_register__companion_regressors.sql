with

register as (

    select * from {{ ref('companion_regressors') }}

),

final as (

    select
        ranking_id,
        regressor_id,
        cast(regressor_order as bigint) as regressor_order,
        why
    from register

)

select * from final

with

register as (

    select * from {{ ref('authorities') }}

),

final as (

    select
        edition,
        gss_code,
        authority_name,
        authority_class,
        upper_tier_gss_code
    from register

)

select * from final

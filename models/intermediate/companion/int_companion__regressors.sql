-- One row per lens, regressor declared for it, edition of the index and live council: what the regressor is there.
with

declared as (

    select * from {{ ref('stg_register__companion_regressors') }}

),

final as (

    select
        declared.ranking_id,
        declared.regressor_id,
        declared.regressor_order,
        places.edition,
        places.gss_code,
        case declared.regressor_id
            when 'income_deprivation' then places.income_deprivation
            when 'income_deprivation_children' then places.income_deprivation_children
            when 'income_deprivation_older_people' then places.income_deprivation_older_people
            when 'share_85_plus_of_adults' then places.share_85_plus_of_adults
            when 'share_85_plus_of_65_plus' then places.share_85_plus_of_65_plus
            when 'ln_people_per_sq_km' then places.ln_people_per_sq_km
        end as regressor_value
    from declared
    cross join {{ ref('int_companion__places') }} as places

)

select * from final

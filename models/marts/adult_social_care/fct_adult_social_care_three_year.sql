with

final as (

    select
        edition,
        from_edition,
        gss_code,
        measures_active,
        measures_present,
        outcome_score,
        quality_of_life_score,
        independence_score,
        prevention_score,
        experience_score,
        spend_per_adult_gbp,
        england_spend_per_adult_gbp,
        spend_index,
        productivity_index,
        productivity_rank,
        ranked_councils,
        quadrant,
        editions_better_for_less,
        not_ranked_reason
    from {{ ref('int_adult_social_care__three_year') }}

)

select * from final

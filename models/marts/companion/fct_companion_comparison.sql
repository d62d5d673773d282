with

correlated as (

    select * from {{ ref('int_companion__correlated') }}

),

final as (

    select
        edition,
        ranking_id,
        max(case when pair_id = 'headline_and_companion' then councils end) as councils_compared,
        max(case when pair_id = 'headline_and_companion' then rank_correlation end) as headline_companion_correlation,
        max(case when pair_id = 'headline_and_deprivation' then rank_correlation end)
            as headline_deprivation_correlation,
        max(case when pair_id = 'companion_and_deprivation' then rank_correlation end)
            as companion_deprivation_correlation,
        max(case when pair_id = 'headline_and_density' then rank_correlation end) as headline_density_correlation,
        max(case when pair_id = 'companion_and_density' then rank_correlation end) as companion_density_correlation,
        max(case when pair_id = 'headline_and_before' then rank_correlation end) as headline_stability,
        max(case when pair_id = 'companion_and_before' then rank_correlation end) as companion_stability,
        max(edition_before) as edition_before,
        coalesce(max(case when pair_id = 'companion_and_before' then councils end), 0) as councils_compared_before
    from correlated
    group by edition, ranking_id

)

select * from final

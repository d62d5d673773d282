-- One row per module, domain, edition and live council: the mean of its measures' scores, and how many it rests on.
with

final as (

    select
        ranking_id,
        domain_id,
        edition,
        gss_code,
        count(*) as measures_active,
        count(score) as measures_present,
        {{ council_productivity.round_score(council_productivity.weighted_mean('score', 'weight')) }} as domain_score
    from {{ ref('int_measures__graded') }}
    where
        is_active
        and domain_id is not null
    group by ranking_id, domain_id, edition, gss_code

)

select * from final

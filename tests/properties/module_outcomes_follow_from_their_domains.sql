-- Property: a module's outcome score is the mean of its domains, each counted by the weight of its measures present,
-- and each domain holds the measures that the mart shows under it.
with

weights as (

    select
        ranking_id,
        edition,
        gss_code,
        domain_id,
        sum(weight) as weight_present,
        count(*) as measures_present
    from {{ ref('int_measures__graded') }}
    where
        score is not null
        and domain_id is not null
    group by ranking_id, edition, gss_code, domain_id

),

recombined as (

    select
        weights.ranking_id,
        weights.edition,
        weights.gss_code,
        sum(weights.weight_present * domains.domain_score) / sum(weights.weight_present) as outcome_score,
        sum(abs(weights.measures_present - domains.measures_present)) as measures_unlike
    from weights
    inner join {{ ref('int_rankings__domains_scored') }} as domains
        on
            domains.ranking_id = weights.ranking_id
            and domains.edition = weights.edition
            and domains.gss_code = weights.gss_code
            and domains.domain_id = weights.domain_id
    group by weights.ranking_id, weights.edition, weights.gss_code

),

standing as (

    {% for module in ['adult_social_care', 'childrens_services', 'valuing_care'] %}
        select
            '{{ module }}' as ranking_id,
            edition,
            gss_code,
            outcome_score
        from {{ ref('fct_' ~ module) }}
        {{ 'union all' if not loop.last }}
    {% endfor %}

)

select
    standing.*,
    recombined.outcome_score as recombined
from standing
left join recombined
    on
        recombined.ranking_id = standing.ranking_id
        and recombined.edition = standing.edition
        and recombined.gss_code = standing.gss_code
where
    standing.outcome_score is not null
    and (
        recombined.outcome_score is null
        or abs(standing.outcome_score - recombined.outcome_score) > 1e-6
        or recombined.measures_unlike > 0
    )

-- Properties of a module's marts: nine published ranks of ten lie inside their bands; a module's mart and the ranking
-- say the same; a peer median lies within the peers' values.
{% set modules = ['adult_social_care', 'childrens_services', 'valuing_care'] %}

with

inside as (

    {% for module in modules %}
        select
            '{{ module }}' as module_id,
            edition,
            avg(case when productivity_rank between rank_p05 and rank_p95 then 1.0 else 0.0 end) as share_inside
        from {{ ref('fct_' ~ module) }}
        where productivity_rank is not null
        group by edition
        {{ 'union all' if not loop.last }}
    {% endfor %}

),

differing as (

    {% for module in modules %}
        select
            '{{ module }}' as module_id,
            standing.edition,
            standing.gss_code
        from {{ ref('fct_' ~ module) }} as standing
        left join {{ ref('fct_ranking') }} as ranking
            on
                ranking.ranking_id = '{{ module }}'
                and ranking.edition = standing.edition
                and ranking.gss_code = standing.gss_code
        where
            ranking.gss_code is null
            or coalesce(ranking.productivity_rank, 0) <> coalesce(standing.productivity_rank, 0)
            or coalesce(ranking.rank_p05, 0) <> coalesce(standing.rank_p05, 0)
        union all
    {% endfor %}
    select
        ranking_id as module_id,
        edition,
        gss_code
    from {{ ref('int_rankings__ranked') }}
    where
        ranking_kind = 'module'
        and (quadrant is null) <> (productivity_rank is null)

),

peers as (

    select
        medians.ranking_id as module_id,
        medians.edition,
        medians.gss_code
    from {{ ref('int_peers__medians') }} as medians
    inner join {{ ref('bridge_council_peer') }} as neighbours
        on
            neighbours.gss_code = medians.gss_code
            and neighbours.peer_group_id = medians.peer_group_id
    inner join {{ ref('int_peers__figures') }} as figures
        on
            figures.ranking_id = medians.ranking_id
            and figures.edition = medians.edition
            and figures.figure_id = medians.figure_id
            and figures.gss_code = neighbours.peer_gss_code
    where
        medians.is_default
        and figures.figure_value is not null
    group by
        medians.ranking_id,
        medians.edition,
        medians.gss_code,
        medians.peer_group_id,
        medians.figure_id,
        medians.peer_median,
        medians.peers_held
    having
        count(*) <> medians.peers_held
        -- half of the peers lie on each side of their median
        or 2 * sum(case when figures.figure_value < medians.peer_median then 1 else 0 end) > count(*)
        or 2 * sum(case when figures.figure_value > medians.peer_median then 1 else 0 end) > count(*)

)

select
    module_id,
    edition,
    cast(null as {{ dbt.type_string() }}) as gss_code,
    'nine published ranks of ten lie inside their bands' as rule
from inside
where share_inside < 0.9
union all
select
    module_id,
    edition,
    gss_code,
    'a module''s mart says what the ranking says' as rule
from differing
union all
select
    module_id,
    edition,
    gss_code,
    'half of the peers lie on each side of their median' as rule
from peers

-- One row per edition, council, lens, reference (England, the nearest neighbour) and part of the difference.
with nearest as (
    select
        parts.edition,
        parts.gss_code,
        parts.ranking_id,
        arg_min(parts.reference_gss_code, peers.peer_order) as reference_gss_code
    from (
        select distinct
            edition,
            gss_code,
            ranking_id,
            reference_gss_code
        from marts.fct_position_decomposition
        where reference_kind = 'neighbour'
    ) as parts
    inner join peers
        on
            parts.gss_code = peers.gss_code
            and parts.reference_gss_code = peers.peer_gss_code
            and peers.peer_set = 'ons'
    group by parts.edition, parts.gss_code, parts.ranking_id
),

chosen as (
    select parts.*
    from marts.fct_position_decomposition as parts
    left join nearest using (edition, gss_code, ranking_id, reference_gss_code)
    where
        parts.reference_kind = 'england'
        or (parts.reference_kind = 'neighbour' and nearest.gss_code is not null)
),

-- Overall the parts are shown by lens: its outcomes, its spend, and lenses that only one of the two has.
named as (
    select
        chosen.edition,
        chosen.gss_code,
        chosen.ranking_id,
        chosen.reference_kind,
        chosen.reference_gss_code,
        chosen.component_kind,
        case when chosen.ranking_id = 'overall' then chosen.component_ranking_id else chosen.component_id end
            as component_id,
        sum(chosen.contribution_pct) as points,
        sum(chosen.ln_contribution) as ln_points
    from chosen
    group by all
)

select
    named.edition,
    named.gss_code,
    named.ranking_id,
    rankings.ranking_order,
    rankings.ranking_name,
    named.reference_kind,
    named.reference_gss_code,
    coalesce(references_.title, 'England') as reference_title,
    named.component_kind,
    named.component_id,
    case
        when named.ranking_id = 'overall'
            then component_lenses.ranking_name || case named.component_kind
                when 'measure' then ': outcomes'
                when 'spend' then ': spend'
                when 'coverage' then ': held by only one of the two'
                else ': median'
            end
        when named.component_kind = 'measure' then measures.measure_name
        when named.component_kind = 'coverage' then 'Measures that only one of the two has'
        when named.component_id = 'spend_per_head' then 'Spend per head (less speaks for the council)'
        when named.component_id = 'activity_per_child'
            then 'Children looked after, in need and leaving care, per child (fewer speak for the council)'
        when named.component_id = 'spend_per_activity'
            then 'Spend for each of them (less speaks for the council)'
        else named.component_id
    end as component_name,
    named.points,
    named.ln_points,
    sum(named.points) over (
        partition by named.edition, named.gss_code, named.ranking_id, named.reference_kind
    ) as points_in_all,
    sum(named.ln_points) over (
        partition by named.edition, named.gss_code, named.ranking_id, named.reference_kind
    ) as ln_points_in_all
from named
left join councils as references_ on named.reference_gss_code = references_.gss_code
inner join marts.dim_ranking as rankings using (ranking_id)
left join marts.dim_ranking as component_lenses on named.component_id = component_lenses.ranking_id
left join marts.dim_measure as measures on named.component_id = measures.measure_id
order by
    named.edition, named.gss_code, rankings.ranking_order, named.reference_kind,
    coalesce(component_lenses.ranking_order, 0), named.points desc, named.component_id

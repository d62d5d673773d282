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

-- Overall the parts are shown by lens: its outcomes, its spend, and what comes of lenses that only one of the two has.
-- Those that both have weigh more or less for it, too: they have outcomes and spend beside that part.
summed as (
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
),

-- How many lenses of the overall ranking each of the two has; England has every one that is scored.
lenses as (
    select
        own.edition,
        own.gss_code,
        own.parts_present as own_lenses,
        other.gss_code as reference_gss_code,
        other.parts_present as reference_lenses
    from standings as own
    inner join standings as other using (edition, ranking_id)
    where own.ranking_id = 'overall'
    union all
    select
        edition,
        gss_code,
        parts_present as own_lenses,
        'E92000001' as reference_gss_code,
        parts_active as reference_lenses
    from standings
    where ranking_id = 'overall'
),

named as (
    select
        summed.*,
        bool_or(summed.component_kind = 'spend') over (
            partition by
                summed.edition, summed.gss_code, summed.ranking_id, summed.reference_kind, summed.component_id
        ) as is_lens_of_both,
        lenses.own_lenses,
        lenses.reference_lenses
    from summed
    left join lenses using (edition, gss_code, reference_gss_code)
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
            then
                component_lenses.ranking_name || case
                    when named.component_kind = 'measure' then ': outcomes'
                    when named.component_kind = 'spend' then ': spend'
                    when named.component_kind = 'median' then ': median'
                    when not named.is_lens_of_both then ': only one has it'
                    when named.own_lenses < named.reference_lenses then ': weighs more'
                    else ': weighs less'
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

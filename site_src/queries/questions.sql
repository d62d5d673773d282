-- One row per council, edition of its page and question to ask, the first three of those that its figures raise.
-- Each kind of question is asked once, of the lens or measure where it weighs most.
with spend_apart as (
    select
        standings.edition,
        standings.gss_code,
        1 as priority,
        'spend_apart' as question_id,
        list(standings.ranking_name order by standings.ranking_order) as ranking_names,
        null::text as subject,
        null::bigint as councils,
        null::double as figure,
        null::double as other_figure,
        null::text as unit
    from standings
    where starts_with(standings.not_ranked_reason, 'spend_')
    group by standings.edition, standings.gss_code
),

for_less as (
    select
        edition,
        gss_code,
        ranking_order,
        ranking_name,
        count(*) as councils,
        arg_min(peer_title, peer_order) as nearest
    from neighbours_for_less
    group by edition, gss_code, ranking_order, ranking_name
),

neighbours as (
    select
        edition,
        gss_code,
        2 as priority,
        'neighbours_for_less' as question_id,
        [ranking_name] as ranking_names,
        nearest as subject,
        councils,
        null::double as figure,
        null::double as other_figure,
        null::text as unit
    from for_less
    qualify row_number() over (partition by edition, gss_code order by councils desc, ranking_order) = 1
),

overall_parts as (
    select
        parts.edition,
        parts.gss_code,
        lenses.ranking_order,
        lenses.ranking_name,
        parts.component_kind,
        sum(parts.contribution_pct) as points
    from marts.fct_position_decomposition as parts
    inner join marts.dim_ranking as lenses on parts.component_ranking_id = lenses.ranking_id
    where
        parts.ranking_id = 'overall'
        and parts.reference_kind = 'england'
        and parts.component_kind in ('measure', 'spend')
    group by parts.edition, parts.gss_code, lenses.ranking_order, lenses.ranking_name, parts.component_kind
),

largest_part as (
    select
        edition,
        gss_code,
        3 as priority,
        'largest_part' as question_id,
        [ranking_name] as ranking_names,
        component_kind as subject,
        null::bigint as councils,
        points as figure,
        null::double as other_figure,
        null::text as unit
    from overall_parts
    qualify row_number() over (
        partition by edition, gss_code order by abs(round(points, 9)) desc, ranking_order, component_kind
    ) = 1
),

below_peers as (
    select
        grades.edition,
        grades.gss_code,
        4 as priority,
        'below_peers' as question_id,
        [lenses.ranking_name] as ranking_names,
        measures.measure_name as subject,
        null::bigint as councils,
        grades.value as figure,
        peer_scores.ons_value as other_figure,
        measures.unit
    from marts.fct_measure_grade as grades
    inner join peer_scores
        on
            grades.edition = peer_scores.edition
            and grades.gss_code = peer_scores.gss_code
            and grades.ranking_id = peer_scores.ranking_id
            and grades.measure_id = peer_scores.measure_id
    inner join marts.dim_ranking as lenses on grades.ranking_id = lenses.ranking_id
    inner join marts.dim_measure as measures on grades.measure_id = measures.measure_id
    where grades.is_active and round(peer_scores.ons_score - grades.score, 9) > 0
    qualify row_number() over (
        partition by grades.edition, grades.gss_code
        order by round(peer_scores.ons_score - grades.score, 9) desc, lenses.ranking_order, measures.measure_name
    ) = 1
),

-- A range across the middle: which alone is wider, what follows from the choices of method or what from noise. Where
-- a rank has no range, the choice of where comparability ends is the cause.
lenses_across as (
    select
        edition,
        gss_code,
        ranking_order,
        ranking_name,
        case
            when noise_rank_p95 - noise_rank_p05 > choices_rank_p95 - choices_rank_p05 then 'noise'
            else 'choices'
        end as cause
    from standings
    where
        ranking_id <> 'overall'
        and range_position = 'across'
),

across as (
    select
        edition,
        gss_code,
        case cause when 'choices' then 5 else 6 end as priority,
        case cause when 'choices' then 'across' else 'across_by_noise' end as question_id,
        list(ranking_name order by ranking_order) as ranking_names,
        null::text as subject,
        null::bigint as councils,
        null::double as figure,
        null::double as other_figure,
        null::text as unit
    from lenses_across
    group by edition, gss_code, cause
),

missing_lenses as (
    select distinct
        grades.edition,
        grades.gss_code,
        lenses.ranking_order,
        lenses.ranking_name
    from marts.fct_measure_grade as grades
    inner join marts.dim_ranking as lenses using (ranking_id)
    where grades.is_active and grades.ranking_kind = 'lens' and grades.missing_reason is not null
),

missing as (
    select
        edition,
        gss_code,
        7 as priority,
        'missing' as question_id,
        list(ranking_name order by ranking_order) as ranking_names,
        null::text as subject,
        null::bigint as councils,
        null::double as figure,
        null::double as other_figure,
        null::text as unit
    from missing_lenses
    group by edition, gss_code
),

-- What is always asked, so that no page asks nothing: why no rank follows, or what would make it better.
always as (
    select
        standings.edition,
        standings.gss_code,
        8 as priority,
        case
            when bool_or(standings.not_ranked_reason = 'council_never_ranked') then 'never_ranked'
            when bool_or(standings.productivity_rank is not null) then 'what_next'
            when bool_or(standings.outcome_score is not null) then 'outcomes_without_rank'
            else 'no_figures'
        end as question_id,
        []::text[] as ranking_names,
        null::text as subject,
        null::bigint as councils,
        null::double as figure,
        null::double as other_figure,
        null::text as unit
    from standings
    where standings.ranking_id <> 'overall'
    group by standings.edition, standings.gss_code
),

candidates as (
    select * from spend_apart
    union all
    select * from neighbours
    union all
    select * from largest_part
    union all
    select * from below_peers
    union all
    select * from across
    union all
    select * from missing
    union all
    select * from always
)

select
    candidates.edition,
    candidates.gss_code,
    row_number() over (
        partition by candidates.edition, candidates.gss_code order by candidates.priority
    ) as question_order,
    candidates.question_id,
    candidates.ranking_names,
    candidates.subject,
    candidates.councils,
    candidates.figure,
    candidates.other_figure,
    candidates.unit
from candidates
inner join council_editions using (edition, gss_code)
qualify question_order <= 3
order by candidates.edition, candidates.gss_code, question_order

with

parts as (

    select
        *,
        {{ council_productivity.round_score(
            'sum(outcome_part) over (partition by edition, ranking_id, gss_code)'
        ) }} as outcome_score
    from {{ ref('int_position__measure_parts') }}

),

bands as (

    -- without a band the rank itself is what has to be left
    select
        edition,
        ranking_id,
        gss_code,
        coalesce(rank_p05, productivity_rank) as rank_p05
    from {{ ref('fct_rank_band') }}

),

productivity as (

    select * from {{ ref('fct_ranking') }}
    where
        ranking_kind = 'lens'
        and productivity_rank is not null

),

targets as (

    -- The least productivity that ranks above the council's band.
    select
        bands.edition,
        bands.ranking_id,
        bands.gss_code,
        bands.rank_p05,
        min(others.productivity) as productivity_above_band
    from bands
    left join productivity as others
        on
            others.edition = bands.edition
            and others.ranking_id = bands.ranking_id
            and others.productivity_rank < bands.rank_p05
    where bands.ranking_id <> 'overall'
    group by bands.edition, bands.ranking_id, bands.gss_code, bands.rank_p05

),

measures as (

    select * from {{ ref('dim_measure') }}

),

needed as (

    select
        parts.edition,
        parts.gss_code,
        parts.ranking_id,
        parts.measure_id,
        grades.value,
        grades.score,
        grades.grade,
        case grades.grade when 'E' then 'D' when 'D' then 'C' when 'C' then 'B' when 'B' then 'A' end as next_grade,
        case grades.grade when 'E' then 20 when 'D' then 40 when 'C' then 60 when 'B' then 80 end
            as score_for_next_grade,
        targets.rank_p05,
        targets.productivity_above_band,
        -- the other measures stay; the outcome must reach the target times the spend that stays
        (targets.productivity_above_band * productivity.spend_index - parts.outcome_score + parts.outcome_part)
        / parts.weight_share as score_above_band,
        measures.worst_goalpost,
        measures.best_goalpost
    from parts
    inner join {{ ref('fct_measure_grade') }} as grades
        on
            grades.edition = parts.edition
            and grades.gss_code = parts.gss_code
            and grades.ranking_id = parts.ranking_id
            and grades.measure_id = parts.measure_id
    inner join productivity
        on
            productivity.edition = parts.edition
            and productivity.gss_code = parts.gss_code
            and productivity.ranking_id = parts.ranking_id
    inner join targets
        on
            targets.edition = parts.edition
            and targets.gss_code = parts.gss_code
            and targets.ranking_id = parts.ranking_id
    inner join measures
        on measures.measure_id = parts.measure_id

),

final as (

    select
        edition,
        gss_code,
        measure_id,
        ranking_id,
        value,
        score,
        grade,
        next_grade,
        {{ council_productivity.value_at_score('score_for_next_grade', 'worst_goalpost', 'best_goalpost') }}
            as value_for_next_grade,
        rank_p05,
        case
            when score_above_band <= 100
                then {{ council_productivity.value_at_score('score_above_band', 'worst_goalpost', 'best_goalpost') }}
        end as value_for_rank_above_band,
        case
            when productivity_above_band is null then 'band_reaches_the_top'
            when score_above_band > 100 then 'out_of_reach_of_this_measure_alone'
            else 'within_reach_of_this_measure_alone'
        end as rank_band_answer,
        'arithmetic with everything else unchanged, not a forecast' as reading
    from needed

)

select * from final

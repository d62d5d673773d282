-- One row per rank that moved between the releases, with the change of the logarithm of productivity taken apart into
-- its causes; the parts add up. Within a lens: each measure's part of the outcome (logarithmic mean, as in
-- fct_position_decomposition), the council's spend, its population in need, and what England spends. A measure's part
-- is a revision where the council's value changed, method where goalposts or weight did, else a shift of weights: a
-- measure more or less is held. Overall: the lenses' parts, weighted as they are in the index.
with

inputs_before as (

    select
        productivity.*,
        'before' as side
    from before.intermediate.int_rankings__productivity as productivity
    where not_ranked_reason is null and ranking_kind = 'lens'

),

inputs_after as (

    select
        productivity.*,
        'after' as side
    from after.intermediate.int_rankings__productivity as productivity
    where not_ranked_reason is null and ranking_kind = 'lens'

),

pairs as (

    select
        new.edition,
        new.ranking_id,
        new.gss_code,
        ln(new.productivity) - ln(old.productivity) as ln_change,
        old.outcome_score as old_outcome,
        new.outcome_score as new_outcome,
        case
            when old.outcome_score = new.outcome_score then old.outcome_score
            else (new.outcome_score - old.outcome_score) / (ln(new.outcome_score) - ln(old.outcome_score))
        end as outcome_mean,
        -(ln(new.spend_gbp) - ln(old.spend_gbp)) as spend_part,
        ln(new.need_population) - ln(old.need_population) as population_part,
        ln(new.england_spend_per_head_gbp) - ln(old.england_spend_per_head_gbp) as england_part,
        -(ln(new.median_productivity) - ln(old.median_productivity)) as median_part,
        (ln(new.productivity_to_median) + ln(old.productivity_to_median)) / 2 as ln_to_median_mean
    from inputs_before as old
    inner join inputs_after as new using (edition, ranking_id, gss_code)

),

measures_before as (

    select
        edition,
        ranking_id,
        gss_code,
        measure_id,
        measure_value,
        score,
        weight / sum(weight) over (partition by edition, ranking_id, gss_code) as weight_share,
        weight
    from before.intermediate.int_measures__graded
    where score is not null

),

measures_after as (

    select
        edition,
        ranking_id,
        gss_code,
        measure_id,
        measure_value,
        score,
        weight / sum(weight) over (partition by edition, ranking_id, gss_code) as weight_share,
        weight
    from after.intermediate.int_measures__graded
    where score is not null

),

measure_parts as (

    select
        edition,
        ranking_id,
        gss_code,
        measure_id as component,
        case
            when old.measure_id is null or new.measure_id is null then 'revision'
            when abs(old.measure_value - new.measure_value) > 1e-9 * abs(old.measure_value) then 'revision'
            when old.score <> new.score or old.weight <> new.weight then 'method'
            else 'weights'
        end as cause,
        (
            coalesce(new.weight_share * new.score, 0) - coalesce(old.weight_share * old.score, 0)
        ) / pairs.outcome_mean as part
    from measures_before as old
    full join measures_after as new using (edition, ranking_id, gss_code, measure_id)
    inner join pairs using (edition, ranking_id, gss_code)
    where
        old.score is distinct from new.score
        or old.weight_share is distinct from new.weight_share

),

spend_parts as (

    select
        edition,
        ranking_id,
        gss_code,
        'spend' as component,
        'revision' as cause,
        spend_part as part
    from pairs
    union all
    select
        edition,
        ranking_id,
        gss_code,
        'population in need' as component,
        'revision' as cause,
        population_part as part
    from pairs
    union all
    select
        edition,
        ranking_id,
        gss_code,
        'England''s spend per head' as component,
        'revision of others' as cause,
        england_part as part
    from pairs

),

lens_parts as (

    select * from measure_parts
    union all
    select * from spend_parts

),

-- Version 1 of the method took the lenses as they spread; since then a spread is frozen with the version.
scales as (

    select
        ranking_id,
        edition,
        spread_scale,
        case
            when (select max(method_version) from before.seeds.goalposts) = '1' then 1
            else spread_scale
        end as spread_scale_before
    from after.intermediate.int_rankings__lens_spreads

),

weights as (

    select
        edition,
        ranking_id,
        gss_code,
        weight_in_overall::double
        / sum(weight_in_overall::double) over (partition by edition, gss_code) as weight_share,
        spread_scale,
        spread_scale_before
    from pairs
    inner join after.seeds.rankings using (ranking_id)
    inner join scales using (ranking_id, edition)

),

overall_parts as (

    select
        edition,
        'overall' as ranking_id,
        gss_code,
        ranking_id || ': ' || component as component,
        cause,
        weight_share * (spread_scale + spread_scale_before) / 2 * part as part
    from lens_parts
    inner join weights using (edition, ranking_id, gss_code)
    union all
    select
        edition,
        'overall' as ranking_id,
        gss_code,
        ranking_id || ': its median' as component,
        'revision of others' as cause,
        weight_share * (spread_scale + spread_scale_before) / 2 * median_part as part
    from pairs
    inner join weights using (edition, ranking_id, gss_code)
    union all
    select
        edition,
        'overall' as ranking_id,
        gss_code,
        ranking_id || ': its spread' as component,
        'method' as cause,
        weight_share * (spread_scale - spread_scale_before) * ln_to_median_mean as part
    from pairs
    inner join weights using (edition, ranking_id, gss_code)

),

overall_changes as (

    select
        new.edition,
        'overall' as ranking_id,
        new.gss_code,
        ln(new.productivity) - ln(old.productivity) as ln_change
    from before.intermediate.int_rankings__overall_productivity as old
    inner join after.intermediate.int_rankings__overall_productivity as new using (edition, gss_code)
    where
        old.not_ranked_reason is null
        and new.not_ranked_reason is null

),

changes as (

    select
        edition,
        ranking_id,
        gss_code,
        ln_change
    from pairs
    union all
    select
        edition,
        ranking_id,
        gss_code,
        ln_change
    from overall_changes

),

parts as (

    select * from lens_parts
    union all
    select * from overall_parts

),

-- What the parts leave over is a lens that only one release ranks the council in.
rests as (

    select
        changes.edition,
        changes.ranking_id,
        changes.gss_code,
        'lenses ranked' as component,
        'coverage' as cause,
        changes.ln_change - coalesce(sum(parts.part), 0) as part
    from changes
    left join parts using (edition, ranking_id, gss_code)
    group by changes.edition, changes.ranking_id, changes.gss_code, changes.ln_change

),

told as (

    select
        edition,
        ranking_id,
        gss_code,
        string_agg(
            component || ' ' || printf('%+.1f %%', 100 * part) || ' (' || cause || ')', '; '
            order by abs(part) desc, component
        ) as explanation,
        count(*) as parts
    from (
        select * from parts
        union all
        select * from rests
    ) as all_parts
    where abs(part) > 5e-5
    group by edition, ranking_id, gss_code

)

select
    edition,
    ranking_id,
    gss_code,
    councils.council_name,
    old.productivity_rank as released_rank,
    new.productivity_rank as rank_now,
    new.ranked_councils,
    changes.ln_change,
    coalesce(told.explanation, 'its own figures are the same; others moved past it') as explanation
from before.intermediate.int_rankings__published as old
inner join after.marts.fct_ranking as new using (edition, ranking_id, gss_code)
inner join after.marts.dim_council as councils using (gss_code)
left join changes using (edition, ranking_id, gss_code)
left join told using (edition, ranking_id, gss_code)
where
    old.ranking_kind <> 'module'
    and old.productivity_rank <> new.productivity_rank
order by
    abs(new.productivity_rank - old.productivity_rank) desc,
    edition desc,
    ranking_id <> 'overall',
    ranking_id asc,
    gss_code asc

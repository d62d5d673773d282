-- One row per edition, lens or overall, and council that either release ranks there: both ranks, and the change of the
-- logarithm of productivity taken apart into its causes; the parts add up. Within a lens: each measure's part of the
-- outcome (logarithmic mean, as in fct_position_decomposition), the council's spend, its population in need, and what
-- England spends. A measure's part is method where the lens took the measure in or out, its recipe, goalposts or weight
-- changed, a revision where the council's value alone did, else a shift of weights: a measure more or less is held.
-- Spend is method where the lens's lines of the edition changed. Overall: the lenses' parts, weighted as they are in
-- the index. `cause` is that of the largest sum of parts.
with

uses_before as (

    select
        ranking_id,
        measure_id,
        first_scored_edition
    from before.seeds.ranking_measures
    where status = 'active'

),

uses_after as (

    select
        ranking_id,
        measure_id,
        first_scored_edition
    from after.seeds.ranking_measures
    where status = 'active'

),

recipes_changed as (

    select distinct subject
    from choices_before as old
    full join choices_after as new using (subject, part_of, column_name)
    where old.found is distinct from new.found

),

lines as (

    select
        'before' as side,
        ranking_id,
        publication_id || ' ' || item_id || ' ' || sign || ' ' || pounds_per_unit as line,
        first_edition,
        last_edition
    from before.seeds.spend_lines
    union all
    select
        'after' as side,
        ranking_id,
        publication_id || ' ' || item_id || ' ' || sign || ' ' || pounds_per_unit as line,
        first_edition,
        last_edition
    from after.seeds.spend_lines

),

-- Lenses whose spend of an edition is made of other lines, or divided by another population, than in the last release.
spend_redefined as (

    select
        ranking_id,
        edition
    from (
        select
            side,
            lines.ranking_id,
            editions.edition,
            string_agg(line, ', ' order by line) as all_lines
        from lines
        inner join after.seeds.editions as editions
            on editions.edition between lines.first_edition and lines.last_edition
        group by side, lines.ranking_id, editions.edition
    ) as by_side
    group by ranking_id, edition
    having count(distinct all_lines) > 1
    union
    select
        rankings.ranking_id,
        editions.edition
    from recipes_changed
    inner join after.seeds.rankings as rankings on recipes_changed.subject = 'lens ' || rankings.ranking_id
    cross join after.seeds.editions as editions
    where exists (
        select 1
        from choices_before as old
        full join choices_after as new using (subject, part_of, column_name)
        where
            subject = recipes_changed.subject
            and column_name like 'need%'
            and old.found is distinct from new.found
    )

),

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
            when uses_before.measure_id is null and uses_after.measure_id is not null then 'method'
            when uses_after.measure_id is null and uses_before.measure_id is not null then 'method'
            when recipes_changed.subject is not null then 'method'
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
    left join uses_before
        on
            uses_before.ranking_id = pairs.ranking_id
            and uses_before.measure_id = coalesce(new.measure_id, old.measure_id)
            and uses_before.first_scored_edition <= pairs.edition
    left join uses_after
        on
            uses_after.ranking_id = pairs.ranking_id
            and uses_after.measure_id = coalesce(new.measure_id, old.measure_id)
            and uses_after.first_scored_edition <= pairs.edition
    left join recipes_changed
        on recipes_changed.subject = 'measure ' || coalesce(new.measure_id, old.measure_id)
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

spend_parts_told as (

    select
        spend_parts.edition,
        spend_parts.ranking_id,
        spend_parts.gss_code,
        spend_parts.component,
        case when spend_redefined.edition is not null then 'method' else spend_parts.cause end as cause,
        spend_parts.part
    from spend_parts
    left join spend_redefined using (ranking_id, edition)

),

lens_parts as (

    select * from measure_parts
    union all
    select * from spend_parts_told

),

-- `spreads_before`: version 1 of the method took the lenses as they spread, each with a scale of 1.
scales as (

    select
        ranking_id,
        edition,
        new.spread_scale,
        coalesce(old.spread_scale, new.spread_scale) as spread_scale_before
    from after.intermediate.int_rankings__lens_spreads as new
    left join spreads_before as old using (ranking_id, edition)

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
        case
            when exists (
                select 1
                from choices_before as old
                full join choices_after as new using (subject, part_of, column_name)
                where column_name = 'weight_in_overall' and old.found is distinct from new.found
            ) then 'method'
            else 'coverage'
        end as cause,
        changes.ln_change - coalesce(sum(parts.part), 0) as part
    from changes
    left join parts using (edition, ranking_id, gss_code)
    group by changes.edition, changes.ranking_id, changes.gss_code, changes.ln_change

),

shown as (

    select * from parts
    where abs(part) > 5e-5
    union all
    select * from rests
    where abs(part) > 5e-5

),

told as (

    select
        edition,
        ranking_id,
        gss_code,
        string_agg(
            component || ' ' || printf('%+.1f %%', 100 * part) || ' (' || cause || ')', '; '
            order by abs(part) desc, component
        ) as explanation
    from shown
    group by edition, ranking_id, gss_code

),

by_cause as (

    select
        edition,
        ranking_id,
        gss_code,
        cause,
        sum(part) as part
    from shown
    group by edition, ranking_id, gss_code, cause

),

largest as (

    select
        edition,
        ranking_id,
        gss_code,
        cause
    from by_cause
    qualify row_number() over (partition by edition, ranking_id, gss_code order by abs(part) desc, cause asc) = 1

),

old as (

    select * from before.intermediate.int_rankings__published
    where ranking_kind <> 'module'

),

new as (

    select * from after.marts.fct_ranking
    where ranking_kind <> 'module'

)

select
    edition,
    ranking_id,
    gss_code,
    councils.council_name,
    old.productivity_rank as released_rank,
    old.ranked_councils as released_ranked_councils,
    new.productivity_rank as rank_now,
    new.ranked_councils,
    changes.ln_change,
    case
        when old.productivity_rank is null then 'ranked anew'
        when new.productivity_rank is null then 'no longer ranked'
        else coalesce(largest.cause, 'others')
    end as cause,
    case
        when old.productivity_rank is null then 'the last release did not rank it here'
        when new.productivity_rank is null
            then 'no longer ranked: ' || coalesce(new.not_ranked_reason, 'not in this ranking any more')
        else coalesce(told.explanation, 'its own figures are the same; others moved past it')
    end as explanation
from old
full join new using (edition, ranking_id, gss_code)
inner join after.marts.dim_council as councils using (gss_code)
left join changes using (edition, ranking_id, gss_code)
left join told using (edition, ranking_id, gss_code)
left join largest using (edition, ranking_id, gss_code)
where
    old.productivity_rank is not null
    or new.productivity_rank is not null

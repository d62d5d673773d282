-- Property: the components of a comparison add up to the difference in ln productivity with what they name, to 1e-9,
-- for every council against England, its neighbours and its last edition, and their per cents to the difference in per
-- cent; no comparison is lost. England is worked out here anew from the printed scores.
with

productivity as (

    select
        edition,
        ranking_id,
        gss_code,
        ln(coalesce(productivity, productivity_index / 100)) as ln_productivity
    from {{ ref('fct_ranking') }}
    where productivity_rank is not null

),

mean_scores as (

    select
        grades.edition,
        grades.ranking_id,
        grades.measure_id,
        avg(grades.score) as score,
        max(grades.weight) as weight
    from {{ ref('int_measures__graded') }} as grades
    inner join productivity
        on
            productivity.edition = grades.edition
            and productivity.ranking_id = grades.ranking_id
            and productivity.gss_code = grades.gss_code
    where grades.score is not null
    group by grades.edition, grades.ranking_id, grades.measure_id

),

england_in_lens as (

    select
        scores.edition,
        scores.ranking_id,
        ln(sum(scores.weight * scores.score) / sum(scores.weight)) as ln_productivity
    from mean_scores as scores
    group by scores.edition, scores.ranking_id

),

medians as (

    select
        edition,
        ranking_id,
        max(ln(100 * productivity / productivity_index)) as ln_median
    from {{ ref('fct_ranking') }}
    where
        productivity_rank is not null
        and ranking_kind = 'lens'
    group by edition, ranking_id

),

england_overall as (

    select
        england.edition,
        'overall' as ranking_id,
        sum(lenses.weight_in_overall * spreads.spread_scale * (england.ln_productivity - medians.ln_median))
        / sum(lenses.weight_in_overall) as ln_productivity
    from england_in_lens as england
    inner join medians
        on
            medians.edition = england.edition
            and medians.ranking_id = england.ranking_id
    inner join {{ ref('dim_ranking') }} as lenses
        on lenses.ranking_id = england.ranking_id
    inner join {{ ref('int_rankings__lens_spreads') }} as spreads
        on
            spreads.ranking_id = england.ranking_id
            and spreads.edition = england.edition
    group by england.edition

),

everyone as (

    select * from productivity
    union all
    select
        edition,
        ranking_id,
        'E92000001' as gss_code,
        ln_productivity
    from england_in_lens
    union all
    select
        edition,
        ranking_id,
        'E92000001' as gss_code,
        ln_productivity
    from england_overall

),

summed as (

    select
        edition,
        ranking_id,
        gss_code,
        reference_kind,
        reference_edition,
        reference_gss_code,
        sum(ln_contribution) as contributions,
        sum(contribution_pct) as contributions_pct
    from {{ ref('fct_position_decomposition') }}
    group by edition, ranking_id, gss_code, reference_kind, reference_edition, reference_gss_code

),

compared as (

    select
        pairs.edition,
        pairs.ranking_id,
        pairs.gss_code,
        pairs.reference_kind,
        pairs.reference_edition,
        pairs.reference_gss_code,
        summed.contributions,
        summed.contributions_pct,
        mine.ln_productivity - theirs.ln_productivity as difference
    from {{ ref('int_position__references') }} as pairs
    inner join everyone as mine
        on
            mine.edition = pairs.edition
            and mine.ranking_id = pairs.ranking_id
            and mine.gss_code = pairs.gss_code
    left join everyone as theirs
        on
            theirs.edition = pairs.reference_edition
            and theirs.ranking_id = pairs.ranking_id
            and theirs.gss_code = pairs.reference_gss_code
    left join summed
        on
            summed.edition = pairs.edition
            and summed.ranking_id = pairs.ranking_id
            and summed.gss_code = pairs.gss_code
            and summed.reference_kind = pairs.reference_kind
            and summed.reference_edition = pairs.reference_edition
            and summed.reference_gss_code = pairs.reference_gss_code

)

select *
from compared
where
    contributions is null
    or difference is null
    or abs(contributions - difference) > 1e-9
    -- in per cent of an index that may be many times the other
    or abs(contributions_pct / 100 - (exp(difference) - 1)) > 1e-9 * exp(abs(difference))

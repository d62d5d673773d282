with

pairs as (

    select * from {{ ref('int_position__references') }}

),

lens_differences as (

    select * from {{ ref('int_position__lens_differences') }}

),

lens_parts as (

    select
        edition,
        gss_code,
        ranking_id,
        weight_share,
        spread_scale,
        ln_to_median,
        ln_median
    from {{ ref('int_position__lens_parts') }}
    union all
    select
        edition,
        'E92000001' as gss_code,
        ranking_id,
        weight_share,
        spread_scale,
        ln_to_median,
        ln_median
    from {{ ref('int_position__england_lenses') }}

),

in_lens as (

    select
        pairs.edition,
        pairs.gss_code,
        pairs.ranking_id,
        pairs.reference_kind,
        pairs.reference_edition,
        pairs.reference_gss_code,
        differences.ranking_id as component_ranking_id,
        differences.component_kind,
        differences.component_id,
        differences.ln_contribution
    from pairs
    inner join lens_differences as differences
        on
            differences.edition = pairs.edition
            and differences.ranking_id = pairs.ranking_id
            and differences.gss_code = pairs.gss_code
            and differences.reference_edition = pairs.reference_edition
            and differences.reference_gss_code = pairs.reference_gss_code

),

overall_sides as (

    -- Each side's lenses side by side, each with the weight it has once its spread is brought to the others'; a lens
    -- that only one has stands alone.
    select
        pairs.edition,
        pairs.gss_code,
        pairs.reference_kind,
        pairs.reference_edition,
        pairs.reference_gss_code,
        lenses.ranking_id,
        mine.weight_share * mine.spread_scale as my_weight,
        mine.ln_to_median as my_ln,
        mine.ln_median as my_ln_median,
        theirs.weight_share * theirs.spread_scale as their_weight,
        theirs.ln_to_median as their_ln,
        theirs.ln_median as their_ln_median
    from pairs
    cross join {{ ref('dim_ranking') }} as lenses
    left join lens_parts as mine
        on
            mine.edition = pairs.edition
            and mine.gss_code = pairs.gss_code
            and mine.ranking_id = lenses.ranking_id
    left join lens_parts as theirs
        on
            theirs.edition = pairs.reference_edition
            and theirs.gss_code = pairs.reference_gss_code
            and theirs.ranking_id = lenses.ranking_id
    where
        pairs.ranking_id = 'overall'
        and lenses.ranking_kind = 'lens'
        and (mine.ranking_id is not null or theirs.ranking_id is not null)

),

overall_lens_components as (

    select
        sides.edition,
        sides.gss_code,
        'overall' as ranking_id,
        sides.reference_kind,
        sides.reference_edition,
        sides.reference_gss_code,
        sides.ranking_id as component_ranking_id,
        differences.component_kind,
        differences.component_id,
        (sides.my_weight + sides.their_weight) / 2 * differences.ln_contribution as ln_contribution
    from overall_sides as sides
    inner join lens_differences as differences
        on
            differences.edition = sides.edition
            and differences.ranking_id = sides.ranking_id
            and differences.gss_code = sides.gss_code
            and differences.reference_edition = sides.reference_edition
            and differences.reference_gss_code = sides.reference_gss_code
    where
        sides.my_weight is not null
        and sides.their_weight is not null

),

median_moves as (

    -- Across editions the lens's own median moves, too.
    select
        edition,
        gss_code,
        'overall' as ranking_id,
        reference_kind,
        reference_edition,
        reference_gss_code,
        ranking_id as component_ranking_id,
        'median' as component_kind,
        ranking_id as component_id,
        -(my_weight + their_weight) / 2 * (my_ln_median - their_ln_median) as ln_contribution
    from overall_sides
    where
        edition <> reference_edition
        and my_weight is not null
        and their_weight is not null

),

coverage as (

    -- Lenses that only one side has, and what their weights do to those that both have.
    select
        edition,
        gss_code,
        'overall' as ranking_id,
        reference_kind,
        reference_edition,
        reference_gss_code,
        ranking_id as component_ranking_id,
        'coverage' as component_kind,
        ranking_id as component_id,
        case
            when their_weight is null then my_weight * my_ln
            when my_weight is null then -their_weight * their_ln
            else (my_weight - their_weight) * (my_ln + their_ln) / 2
        end as ln_contribution
    from overall_sides
    where
        my_weight is null
        or their_weight is null
        or my_weight <> their_weight

),

components as (

    select * from in_lens
    union all
    select * from overall_lens_components
    union all
    select * from median_moves
    union all
    select * from coverage

),

totalled as (

    select
        *,
        {{ council_productivity.exact_sum(
            'ln_contribution',
            'partition by edition, gss_code, ranking_id, reference_kind, reference_edition, reference_gss_code'
        ) }} as ln_difference
    from components

),

final as (

    -- The logarithmic mean turns parts of a logarithm into parts of the ratio less 1: per cents that add up.
    select
        edition,
        gss_code,
        ranking_id,
        reference_kind,
        reference_edition,
        reference_gss_code,
        component_ranking_id,
        component_kind,
        component_id,
        ln_contribution,
        {{ council_productivity.round_score(
            '100 * ln_contribution * ' ~ council_productivity.logarithmic_mean('exp(ln_difference)', '1')
        ) }} as contribution_pct
    from totalled

)

select * from final

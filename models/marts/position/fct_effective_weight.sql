with

measure_parts as (

    select * from {{ ref('int_position__measure_parts') }}

),

lens_parts as (

    select * from {{ ref('int_position__lens_parts') }}

),

lens_councils as (

    select
        edition,
        ranking_id,
        gss_code,
        sum(outcome_part) as whole
    from measure_parts
    group by edition, ranking_id, gss_code

),

overall_councils as (

    select
        edition,
        gss_code,
        sum(overall_part) as whole
    from lens_parts
    group by edition, gss_code

),

measures_in_lens as (

    -- A measure that is missing has no part: 0, as in the mean.
    select
        councils.edition,
        councils.ranking_id,
        councils.gss_code,
        slotted.measure_id as subject_id,
        slotted.weight as subject_weight,
        coalesce(parts.outcome_part, 0) as part,
        councils.whole
    from lens_councils as councils
    inner join {{ ref('int_draws__slotted') }} as slotted
        on
            slotted.edition = councils.edition
            and slotted.ranking_id = councils.ranking_id
    left join measure_parts as parts
        on
            parts.edition = councils.edition
            and parts.ranking_id = councils.ranking_id
            and parts.gss_code = councils.gss_code
            and parts.measure_id = slotted.measure_id

),

lenses_scored as (

    select distinct
        lens_parts.edition,
        lens_parts.ranking_id,
        lenses.weight_in_overall
    from lens_parts
    inner join {{ ref('dim_ranking') }} as lenses
        on lenses.ranking_id = lens_parts.ranking_id

),

lenses_in_overall as (

    select
        councils.edition,
        'overall' as ranking_id,
        councils.gss_code,
        lenses_scored.ranking_id as subject_id,
        lenses_scored.weight_in_overall as subject_weight,
        coalesce(parts.overall_part, 0) as part,
        councils.whole
    from overall_councils as councils
    inner join lenses_scored
        on lenses_scored.edition = councils.edition
    left join lens_parts as parts
        on
            parts.edition = councils.edition
            and parts.gss_code = councils.gss_code
            and parts.ranking_id = lenses_scored.ranking_id

),

every_council as (

    select * from measures_in_lens
    union all
    select * from lenses_in_overall

),

shares as (

    select
        edition,
        ranking_id,
        subject_id,
        max(subject_weight) as subject_weight,
        {{ council_productivity.round_score('covar_samp(part, whole) / var_samp(whole)', digits=12) }}
            as effective_weight
    from every_council
    group by edition, ranking_id, subject_id

),

final as (

    select
        edition,
        ranking_id,
        subject_id,
        subject_weight
        / {{ council_productivity.exact_sum('subject_weight', 'partition by edition, ranking_id') }} as nominal_weight,
        effective_weight
    from shares

)

select * from final

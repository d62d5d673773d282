-- One row per figure that is frozen with the method version and that the method still computes: the two, how far they
-- lie apart as a share (of the way between goalposts, of a spread or unit cost, of spend per head), and whether that is
-- more than late figures may do.
with

late_measures as (

    select subject_id
    from {{ ref('int_frozen__late_figures') }}
    where subject_kind = 'measure'

),

late as (

    select count(*) as subjects
    from {{ ref('int_frozen__late_figures') }}

),

goalposts as (

    select
        frozen.measure_id,
        frozen.worst_goalpost,
        frozen.best_goalpost,
        recomputed.worst_goalpost as recomputed_worst_goalpost,
        recomputed.best_goalpost as recomputed_best_goalpost,
        case when late_measures.subject_id is not null then 1 else 0 end as late_subjects
    from {{ ref('stg_register__goalposts') }} as frozen
    inner join {{ ref('int_measures__goalposts_recomputed') }} as recomputed
        on recomputed.measure_id = frozen.measure_id
    left join late_measures
        on late_measures.subject_id = frozen.measure_id
    where frozen.method_version = '{{ var("method_version") }}'

),

regressor_spreads as (

    select
        ranking_id,
        regressor_id,
        stddev_samp(regressor_value) as deviation
    from {{ ref('int_companion__regressors') }}
    where edition between '{{ var("goalpost_first_edition") }}' and '{{ var("goalpost_last_edition") }}'
    group by ranking_id, regressor_id

),

coefficients as (

    select
        frozen.ranking_id,
        frozen.regressor_id,
        frozen.coefficient,
        frozen.regressor_mean,
        recomputed.coefficient as recomputed_coefficient,
        recomputed.regressor_mean as recomputed_regressor_mean,
        regressor_spreads.deviation
    from {{ ref('stg_register__companion_coefficients') }} as frozen
    inner join {{ ref('int_companion__coefficients_recomputed') }} as recomputed
        on
            recomputed.ranking_id = frozen.ranking_id
            and recomputed.regressor_id = frozen.regressor_id
    inner join regressor_spreads
        on
            regressor_spreads.ranking_id = frozen.ranking_id
            and regressor_spreads.regressor_id = frozen.regressor_id
    where frozen.method_version = '{{ var("method_version") }}'

),

apart as (

    {% for post in ['worst_goalpost', 'best_goalpost'] %}
        select
            'goalposts' as seed,
            measure_id as subject_id,
            '{{ post }}' as figure_name,
            {{ post }} as frozen_value,
            recomputed_{{ post }} as recomputed_value,
            abs({{ post }} - recomputed_{{ post }}) / nullif(abs(best_goalpost - worst_goalpost), 0) as moved_share,
            1e-9 as rounding,
            late_subjects
        from goalposts
        union all
    {% endfor %}
    select
        'lens_spreads' as seed,
        frozen.ranking_id || ' from ' || frozen.first_edition as subject_id,
        'log_spread' as figure_name,
        frozen.log_spread as frozen_value,
        recomputed.log_spread as recomputed_value,
        abs(frozen.log_spread - recomputed.log_spread) / frozen.log_spread as moved_share,
        1e-9 as rounding,
        late.subjects as late_subjects
    from {{ ref('stg_register__lens_spreads') }} as frozen
    inner join {{ ref('int_rankings__spreads_recomputed') }} as recomputed
        on
            recomputed.ranking_id = frozen.ranking_id
            and recomputed.first_edition = frozen.first_edition
    cross join late
    union all
    select
        'activity_unit_costs' as seed,
        frozen.activity_id as subject_id,
        'unit_cost_gbp' as figure_name,
        frozen.unit_cost_gbp as frozen_value,
        recomputed.unit_cost_gbp as recomputed_value,
        abs(frozen.unit_cost_gbp - recomputed.unit_cost_gbp) / frozen.unit_cost_gbp as moved_share,
        -- costs are frozen in whole pounds
        0.5 as rounding,
        late.subjects as late_subjects
    from {{ ref('stg_register__activity_unit_costs') }} as frozen
    inner join {{ ref('int_spend__unit_costs_recomputed') }} as recomputed
        on recomputed.activity_id = frozen.activity_id
    cross join late
    where frozen.method_version = '{{ var("method_version") }}'
    union all
    select
        'companion_coefficients' as seed,
        coefficients.ranking_id || ' ' || coefficients.regressor_id as subject_id,
        'coefficient' as figure_name,
        coefficients.coefficient as frozen_value,
        coefficients.recomputed_coefficient as recomputed_value,
        -- of the spend of a council that lies a standard deviation from the mean
        abs(coefficients.coefficient - coefficients.recomputed_coefficient) * coefficients.deviation as moved_share,
        1e-9 as rounding,
        late.subjects as late_subjects
    from coefficients
    cross join late
    union all
    select
        'companion_coefficients' as seed,
        coefficients.ranking_id || ' ' || coefficients.regressor_id as subject_id,
        'regressor_mean' as figure_name,
        coefficients.regressor_mean as frozen_value,
        coefficients.recomputed_regressor_mean as recomputed_value,
        abs((coefficients.regressor_mean - coefficients.recomputed_regressor_mean) * coefficients.coefficient)
            as moved_share,
        1e-9 as rounding,
        late.subjects as late_subjects
    from coefficients
    cross join late

),

final as (

    select
        seed,
        subject_id,
        figure_name,
        frozen_value,
        recomputed_value,
        moved_share,
        abs(frozen_value - recomputed_value) > rounding as is_moved,
        late_subjects > 0 as has_late_figures,
        abs(frozen_value - recomputed_value) > rounding
        and (late_subjects = 0 or coalesce(moved_share, 1) > {{ var('late_figures_tolerance') }}) as is_beyond
    from apart

)

select * from final

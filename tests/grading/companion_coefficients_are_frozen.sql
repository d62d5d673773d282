-- Rule: every regressor of the companion ranking has one frozen coefficient, equal to nine decimals what the method
-- computes from the base editions (where figures came late, to within late_figures_tolerance), its regressors are
-- numbered from 1 without a gap, and nothing else is frozen. A new method version sets them anew.
with

frozen as (

    select * from {{ ref('stg_register__companion_coefficients') }}
    where method_version = '{{ var("method_version") }}'

),

declared as (

    select
        *,
        row_number() over (partition by ranking_id order by regressor_order) as place
    from {{ ref('stg_register__companion_regressors') }}

),

beyond as (

    select distinct subject_id
    from {{ ref('int_frozen__compared') }}
    where
        seed = 'companion_coefficients'
        and is_beyond

),

compared as (

    select
        coalesce(declared.ranking_id, frozen.ranking_id) as ranking_id,
        coalesce(declared.regressor_id, frozen.regressor_id) as regressor_id,
        declared.regressor_order,
        declared.place,
        frozen.coefficient,
        frozen.regressor_mean,
        recomputed.coefficient as recomputed_coefficient,
        recomputed.regressor_mean as recomputed_regressor_mean,
        beyond.subject_id is not null as is_beyond
    from declared
    full outer join frozen
        on
            frozen.ranking_id = declared.ranking_id
            and frozen.regressor_id = declared.regressor_id
    left join {{ ref('int_companion__coefficients_recomputed') }} as recomputed
        on
            recomputed.ranking_id = declared.ranking_id
            and recomputed.regressor_id = declared.regressor_id
    left join beyond
        on beyond.subject_id = declared.ranking_id || ' ' || declared.regressor_id

),

judged as (

    select
        *,
        case
            when regressor_order is null then 'a coefficient belongs to a regressor of the register'
            when regressor_order <> place then 'the regressors of a lens are numbered from 1 without a gap'
            when coefficient is null or regressor_mean is null
                then 'the regressor has no coefficient: run make companion'
            when recomputed_coefficient is null or is_beyond
                then 'the frozen coefficients are what the method computes'
        end as rule
    from compared

)

select
    'companion_coefficients' as seed,
    ranking_id,
    regressor_id,
    regressor_order,
    place,
    coefficient,
    regressor_mean,
    recomputed_coefficient,
    recomputed_regressor_mean,
    rule
from judged
where rule is not null

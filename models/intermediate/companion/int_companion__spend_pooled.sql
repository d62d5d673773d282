-- One row per lens, edition and council ranked in it: the mean over the pooled editions of ln spend, as it is and less
-- what need and place explain at the frozen coefficients; empty where the council lacks a regressor in one of them.
with

editions_pooled as (

    select * from {{ ref('int_companion__editions_pooled') }}

),

coefficients as (

    select * from {{ ref('stg_register__companion_coefficients') }}
    where method_version = '{{ var("method_version") }}'

),

spent as (

    select
        ranking_id,
        edition,
        gss_code,
        count(*) as editions_pooled,
        {{ council_productivity.round_score(
            council_productivity.exact_sum('ln(spend_index)') ~ ' / count(spend_index)', digits=12
        ) }} as ln_spend
    from editions_pooled
    group by ranking_id, edition, gss_code

),

explained as (

    select
        pooled.ranking_id,
        pooled.edition,
        pooled.gss_code,
        case
            when count(regressors.regressor_value) = count(*)
                then
                    {{ council_productivity.exact_sum(
                        'coefficients.coefficient * (regressors.regressor_value - coefficients.regressor_mean)'
                    ) }}
                    / count(distinct pooled.pooled_edition)
        end as ln_spend_explained
    from editions_pooled as pooled
    inner join {{ ref('int_companion__regressors') }} as regressors
        on
            regressors.ranking_id = pooled.ranking_id
            and regressors.edition = pooled.pooled_edition
            and regressors.gss_code = pooled.gss_code
    inner join coefficients
        on
            coefficients.ranking_id = regressors.ranking_id
            and coefficients.regressor_id = regressors.regressor_id
    group by pooled.ranking_id, pooled.edition, pooled.gss_code

),

final as (

    select
        spent.ranking_id,
        spent.edition,
        spent.gss_code,
        spent.editions_pooled,
        spent.ln_spend,
        {{ council_productivity.round_score('spent.ln_spend - explained.ln_spend_explained', digits=12) }}
            as ln_spend_need_and_place
    from spent
    left join explained
        on
            explained.ranking_id = spent.ranking_id
            and explained.edition = spent.edition
            and explained.gss_code = spent.gss_code

)

select * from final

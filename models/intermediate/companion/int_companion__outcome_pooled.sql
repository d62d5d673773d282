-- One row per lens, edition and council ranked in it: the mean over the pooled editions of ln outcome, each time over
-- the measures that the council holds in all of them, and what share of the edition's weight they carry.
with

weights_now as (

    select
        ranking_id,
        edition,
        gss_code,
        {{ council_productivity.exact_sum('weight') }} as active_weight
    from {{ ref('int_measures__graded') }}
    where is_active
    group by ranking_id, edition, gss_code

),

by_edition as (

    select
        ranking_id,
        edition,
        gss_code,
        pooled_edition,
        count(*) as measures_pooled,
        {{ council_productivity.exact_sum('weight') }} as shared_weight,
        {{ council_productivity.exact_sum('weight * score') }}
        / {{ council_productivity.exact_sum('weight') }} as outcome_score
    from {{ ref('int_companion__measures_pooled') }}
    group by ranking_id, edition, gss_code, pooled_edition

),

final as (

    select
        by_edition.ranking_id,
        by_edition.edition,
        by_edition.gss_code,
        max(by_edition.measures_pooled) as measures_pooled,
        max(by_edition.shared_weight) / max(weights_now.active_weight) as weight_pooled_share,
        {{ council_productivity.round_score(
            council_productivity.exact_sum('ln(by_edition.outcome_score)') ~ ' / count(by_edition.outcome_score)',
            digits=12
        ) }} as ln_outcome
    from by_edition
    inner join weights_now
        on
            weights_now.ranking_id = by_edition.ranking_id
            and weights_now.edition = by_edition.edition
            and weights_now.gss_code = by_edition.gss_code
    group by by_edition.ranking_id, by_edition.edition, by_edition.gss_code

)

select * from final

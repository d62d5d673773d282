-- One row per lens and stretch of editions that share a spread: half the way from the 16th to the 84th percentile of
-- the logarithm of productivity to the median, the mean over the base editions. A lens whose spend lines or measures
-- hold no base edition takes that of its first edition on them.
with

scored as (

    select
        ranking_id,
        edition,
        ln(productivity_to_median) as ln_to_median
    from {{ ref('int_rankings__productivity') }}
    where
        ranking_kind = 'lens'
        and not_ranked_reason is null

),

spreads as (

    select
        ranking_id,
        edition,
        (
            {{ council_productivity.percentile('ln_to_median', 0.84) }}
            - {{ council_productivity.percentile('ln_to_median', 0.16) }}
        ) / 2 as log_spread
    from scored
    group by ranking_id, edition

),

measures_active as (

    select distinct
        ranking_id,
        edition,
        measure_id
    from {{ ref('int_measures__graded') }}
    where is_active

),

measures_since as (

    select
        ranking_id,
        edition,
        measure_id,
        min(edition) over (partition by ranking_id, measure_id) as since_edition
    from measures_active

),

begun as (

    select
        status.ranking_id,
        status.edition,
        greatest(status.spend_series, min(measures_since.since_edition)) as since_edition
    from {{ ref('int_rankings__edition_status') }} as status
    inner join measures_since
        on
            measures_since.ranking_id = status.ranking_id
            and measures_since.edition = status.edition
    where status.is_scored
    group by status.ranking_id, status.edition, status.spend_series

),

stretches as (

    select
        begun.ranking_id,
        case
            when begun.since_edition > '{{ var("goalpost_last_edition") }}' then begun.since_edition
            else '{{ var("goalpost_first_edition") }}'
        end as first_edition,
        begun.edition,
        spreads.log_spread
    from begun
    inner join spreads
        on
            spreads.ranking_id = begun.ranking_id
            and spreads.edition = begun.edition

),

measured as (

    select
        *,
        first_edition > '{{ var("goalpost_last_edition") }}' as is_after_base,
        min(edition) over (partition by ranking_id, first_edition) as first_scored_edition
    from stretches

),

final as (

    select
        ranking_id,
        first_edition,
        min(edition) as measured_first_edition,
        max(edition) as measured_last_edition,
        {{ council_productivity.round_score('avg(log_spread)', digits=12) }} as log_spread,
        case when first_edition > '{{ var("goalpost_last_edition") }}' then 'first_edition' else 'base_editions' end
            as basis
    from measured
    where
        case
            when is_after_base then edition = first_scored_edition
            else edition between '{{ var("goalpost_first_edition") }}' and '{{ var("goalpost_last_edition") }}'
        end
    group by ranking_id, first_edition

)

select * from final

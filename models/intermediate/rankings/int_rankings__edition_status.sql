-- One row per lens or module and edition in which it is computed: is it scored, and if not, why.
with

measures_by_edition as (

    select distinct
        ranking_id,
        domain_id,
        edition,
        measure_id
    from {{ ref('int_measures__graded') }}
    where is_active

),

counted as (

    select
        ranking_id,
        edition,
        count(*) as measures_active,
        count(distinct domain_id) as domains_active
    from measures_by_edition
    group by ranking_id, edition

),

domains as (

    select
        ranking_id,
        count(*) as domains_registered
    from {{ ref('stg_register__domains') }}
    group by ranking_id

),

spend as (

    select
        ranking_id,
        edition,
        max(spend_basis) as spend_basis,
        max(spend_series) as spend_series,
        count(spend_gbp) as councils_with_spend
    from {{ ref('int_spend__by_ranking') }}
    group by ranking_id, edition

),

judged as (

    select
        spend.ranking_id,
        spend.edition,
        coalesce(counted.measures_active, 0) as measures_active,
        coalesce(counted.domains_active, 0) as domains_active,
        spend.spend_basis,
        spend.spend_series,
        case
            when coalesce(counted.measures_active, 0) < {{ var('lens_minimum_active_measures') }}
                then 'too_few_measures'
            when counted.domains_active < {{ var('lens_minimum_domain_share') }} * domains.domains_registered
                then 'too_few_domains'
            when spend.councils_with_spend = 0 then 'no_spend'
        end as not_scored_reason
    from spend
    left join counted
        on
            counted.ranking_id = spend.ranking_id
            and counted.edition = spend.edition
    left join domains
        on domains.ranking_id = spend.ranking_id

),

final as (

    select
        ranking_id,
        edition,
        measures_active,
        domains_active,
        spend_basis,
        spend_series,
        -- an edition without spend has outcomes to show all the same
        coalesce(not_scored_reason, '') in ('', 'no_spend') as has_enough_measures,
        not_scored_reason is null as is_scored,
        not_scored_reason
    from judged

)

select * from final

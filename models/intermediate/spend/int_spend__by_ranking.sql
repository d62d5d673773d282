-- One row per lens or module, edition and live council: cash spend of the lens's lines, added over the county area,
-- and the population in need of it. Missing where any line or any authority of the area has no return.
with

rankings as (

    select * from {{ ref('stg_register__rankings') }}

),

live as (

    select * from {{ ref('int_calendar__ranking_councils') }}

),

figures as (

    select * from {{ ref('int_figures__by_council') }}

),

spend as (

    select
        ranking_id,
        edition,
        gss_code,
        case
            when count(spend_gbp) = count(*) then {{ council_productivity.round_score('sum(spend_gbp)', digits=2) }}
        end as spend_gbp
    from {{ ref('int_spend__lines') }}
    group by ranking_id, edition, gss_code

),

final as (

    select
        live.ranking_id,
        live.ranking_kind,
        live.edition,
        live.gss_code,
        live.is_rankable,
        series.spend_basis,
        series.spend_series,
        spend.spend_gbp,
        need.figure_value as need_population
    from live
    inner join rankings
        on rankings.ranking_id = live.ranking_id
    left join {{ ref('int_spend__series') }} as series
        on
            series.ranking_id = live.ranking_id
            and series.edition = live.edition
    left join spend
        on
            spend.ranking_id = live.ranking_id
            and spend.edition = live.edition
            and spend.gss_code = live.gss_code
    left join figures as need
        on
            need.publication_id = rankings.need_publication_id
            and need.item_id = rankings.need_item_id
            and need.edition = live.edition
            and need.gss_code = live.gss_code

)

select * from final

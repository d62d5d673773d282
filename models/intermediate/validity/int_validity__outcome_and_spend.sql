-- One row per lens or module, measure, view, edition and council whose spend can be compared: the score of the measure
-- and the logarithm of the spend index, or their change since the edition a year before, each as a rank within the
-- edition. A change crosses neither a census nor a change in what spend is made of. England's spend and prices are one
-- number for all councils of an edition, which no rank within it sees.
with

editions as (

    select
        edition,
        population_base,
        lag(edition) over (order by edition) as edition_before
    from {{ ref('stg_register__editions') }}

),

scored as (

    select
        graded.ranking_id,
        graded.measure_id,
        graded.edition,
        editions.edition_before,
        graded.gss_code,
        graded.score,
        ln(case when spend.spend_not_comparable_reason is null then spend.spend_index end) as ln_spend,
        spend.spend_series,
        case
            when rankings.need_publication_id = 'ons_population' then editions.population_base else 'none'
        end as population_base
    from {{ ref('int_measures__graded') }} as graded
    inner join {{ ref('stg_register__rankings') }} as rankings
        on rankings.ranking_id = graded.ranking_id
    inner join {{ ref('int_spend__indexed') }} as spend
        on
            spend.ranking_id = graded.ranking_id
            and spend.edition = graded.edition
            and spend.gss_code = graded.gss_code
    inner join editions
        on editions.edition = graded.edition
    where
        graded.score is not null
        and spend.is_rankable
        and spend.spend_not_comparable_reason is null

),

seen as (

    select
        ranking_id,
        measure_id,
        'between_councils' as view_id,
        edition,
        gss_code,
        score as outcome,
        ln_spend as spend
    from scored
    union all
    select
        now.ranking_id,
        now.measure_id,
        'within_councils' as view_id,
        now.edition,
        now.gss_code,
        now.score - before.score as outcome,
        now.ln_spend - before.ln_spend as spend
    from scored as now
    inner join scored as before
        on
            before.ranking_id = now.ranking_id
            and before.measure_id = now.measure_id
            and before.gss_code = now.gss_code
            and before.edition = now.edition_before
            and before.spend_series = now.spend_series
            and before.population_base = now.population_base

),

final as (

    select
        ranking_id,
        measure_id,
        view_id,
        edition,
        gss_code,
        {{ council_productivity.centred_rank('outcome', 'ranking_id, measure_id, view_id, edition') }} as outcome_rank,
        {{ council_productivity.centred_rank('spend', 'ranking_id, measure_id, view_id, edition') }} as spend_rank
    from seen

)

select * from final

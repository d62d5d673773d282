-- One row per measure whose sampling error rests on another figure, edition and council with a value: the number of
-- people, cases or decisions that the value is about, or its printed margin. Where the edition has none, the council's
-- last one before it serves: such counts move slowly.
with

figures as (

    select * from {{ ref('int_figures__by_council') }}
    where figure_value is not null

),

populations as (

    select * from figures
    where publication_id = 'ons_population'

),

behind as (

    -- A count that is printed as a rate is the rate times its population.
    select
        errors.measure_id,
        figures.gss_code,
        figures.edition,
        case
            when errors.count_per is null then figures.figure_value
            else figures.figure_value * populations.figure_value / errors.count_per
        end as figure_value
    from {{ ref('stg_register__measure_errors') }} as errors
    inner join figures
        on
            figures.publication_id = errors.publication_id
            and figures.item_id = errors.item_id
    left join populations
        on
            populations.item_id = errors.population_item_id
            and populations.edition = figures.edition
            and populations.gss_code = figures.gss_code

),

held as (

    select * from behind
    where figure_value > 0

),

valued as (

    select
        measure_id,
        edition,
        gss_code
    from {{ ref('int_measures__calculated') }}
    where measure_value is not null

),

newest as (

    select
        valued.measure_id,
        valued.edition,
        valued.gss_code,
        max(held.edition) as counted_edition
    from valued
    inner join held
        on
            held.measure_id = valued.measure_id
            and held.gss_code = valued.gss_code
            and held.edition <= valued.edition
    group by valued.measure_id, valued.edition, valued.gss_code

),

final as (

    select
        newest.measure_id,
        newest.edition,
        newest.gss_code,
        newest.counted_edition,
        {{ council_productivity.round_score('held.figure_value') }} as figure_value
    from newest
    inner join held
        on
            held.measure_id = newest.measure_id
            and held.gss_code = newest.gss_code
            and held.edition = newest.counted_edition

)

select * from final

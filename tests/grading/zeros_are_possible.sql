-- Rule: a mean score is never 0, and a share is not 0 where hardly any council is below seven tenths of the median:
-- a 0 there is a figure that was suppressed or never sent. Set it aside in `suspect_values`, with the reason.
with

councils as (

    select
        measures.publication_id,
        measures.measure_id,
        measures.unit_kind,
        calculated.edition,
        calculated.gss_code,
        calculated.measure_value
    from {{ ref('int_measures__calculated') }} as calculated
    inner join {{ ref('stg_register__measures') }} as measures
        on measures.measure_id = calculated.measure_id
    where
        calculated.measure_value is not null
        and calculated.gss_code not in ('E09000001', 'E06000053')

),

spread as (

    select
        measure_id,
        edition,
        {{ council_productivity.percentile('measure_value', 0.05) }} as low_value,
        {{ council_productivity.percentile('measure_value', 0.5) }} as median_value
    from councils
    group by measure_id, edition

),

failing as (

    select
        councils.publication_id as seed,
        councils.measure_id,
        councils.edition,
        councils.gss_code,
        councils.measure_value,
        spread.median_value,
        'a figure of 0 where nobody is near 0 is a figure that is missing' as rule
    from councils
    inner join spread
        on
            spread.measure_id = councils.measure_id
            and spread.edition = councils.edition
    where
        councils.measure_value = 0
        and (councils.unit_kind = 'score' or spread.low_value > 0.7 * spread.median_value)

)

select * from failing
where {{ council_productivity.not_accepted(['measure_id', 'edition', 'gss_code']) }}

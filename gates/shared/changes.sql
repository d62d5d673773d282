-- One row per series, edition and council held before: its change since the edition held before, less what the series
-- moved in the middle (a pandemic moves everybody), on three scales: the unit of the series; a scale of ratios, the
-- inverse hyperbolic sine of the value over a twentieth of the series' median, which is a logarithm for all but the
-- smallest values and defined at and below zero; and the square root, on which counts vary alike whatever their size.
-- Populations are never compared across two censuses.
with

scaled as (

    select
        series.kind,
        series.series_id,
        series.edition,
        series.gss_code,
        series.value,
        asinh(series.value / nullif(0.05 * median(abs(series.value)) over (partition by kind, series_id), 0))
            as scaled_value,
        editions.population_base
    from series
    left join seeds.editions as editions using (edition)

),

paired as (

    select
        *,
        lag(edition) over council as prior_edition,
        lag(value) over council as prior_value,
        lag(scaled_value) over council as prior_scaled_value,
        lag(population_base) over council as prior_population_base
    from scaled
    window council as (partition by kind, series_id, gss_code order by edition)

)

select
    kind,
    series_id,
    edition,
    gss_code,
    prior_edition,
    value,
    prior_value,
    scaled_value,
    prior_scaled_value,
    abs(value - prior_value - median(value - prior_value) over (partition by kind, series_id, edition)) as change,
    abs(
        scaled_value - prior_scaled_value
        - median(scaled_value - prior_scaled_value) over (partition by kind, series_id, edition)
    ) as scaled_change,
    abs(
        sign(value) * sqrt(abs(value)) - sign(prior_value) * sqrt(abs(prior_value))
        - median(sign(value) * sqrt(abs(value)) - sign(prior_value) * sqrt(abs(prior_value)))
            over (partition by kind, series_id, edition)
    ) as root_change
from paired
where
    prior_edition is not null
    -- A series taken up again after years is another series.
    and left(edition, 4)::integer - left(prior_edition, 4)::integer <= 3
    and (kind <> 'population' or population_base = prior_population_base)

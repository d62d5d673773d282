-- One row per lens with triples of base editions: where nine tenths of two hundred bootstrap samples of its councils
-- put the noise of a year. A council counts in a sample as often as a Poisson number of mean one says.
with

samples as (

    {{ council_productivity.number_series(200) }}

),

councils as (

    select distinct gss_code
    from {{ ref('int_noise__outcome_triples') }}

),

drawn as (

    select
        samples.number as sample_number,
        councils.gss_code,
        {{ council_productivity.uniform_from_key(
            "'" ~ var('uncertainty_run_id') ~ "|year_noise|' || samples.number || '|' || councils.gss_code"
        ) }} as drawn_uniform
    from samples
    cross join councils

),

counted as (

    -- e^-1, and what one, two, three and four of a Poisson number add to it
    select
        sample_number,
        gss_code,
        case
            when drawn_uniform < 0.367879441 then 0
            when drawn_uniform < 0.735758882 then 1
            when drawn_uniform < 0.919698603 then 2
            when drawn_uniform < 0.981011843 then 3
            else 4
        end as times
    from drawn

),

by_triple as (

    select
        counted.sample_number,
        triples.ranking_id,
        triples.edition,
        sum(counted.times * triples.first_change) / sum(counted.times) as mean_first,
        sum(counted.times * triples.second_change) / sum(counted.times) as mean_second,
        sum(counted.times * triples.first_change * triples.second_change) / sum(counted.times) as mean_product,
        sum(counted.times * triples.sampling_variance) / sum(counted.times) as mean_sampling_variance
    from {{ ref('int_noise__outcome_triples') }} as triples
    inner join counted
        on counted.gss_code = triples.gss_code
    group by counted.sample_number, triples.ranking_id, triples.edition
    having sum(counted.times) > 0

),

by_sample as (

    select
        ranking_id,
        sample_number,
        {{ council_productivity.round_score(
            'sqrt(greatest(0, avg(mean_first * mean_second - mean_product - mean_sampling_variance)))'
        ) }} as outcome_noise_deviation
    from by_triple
    group by ranking_id, sample_number
    having count(*) >= 2

),

final as (

    select
        ranking_id,
        percentile_disc({{ var('band_lower_share') }}) within group (order by outcome_noise_deviation)
            as outcome_noise_deviation_p05,
        percentile_disc({{ var('band_upper_share') }}) within group (order by outcome_noise_deviation)
            as outcome_noise_deviation_p95
    from by_sample
    group by ranking_id

)

select * from final

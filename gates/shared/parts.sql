-- One row per item and quarter or month of a publication that prints them: how its councils correlate with the part
-- before, and with the same part of the year before. The scale is that of `changes`. Run once on each database.
with

-- Parts are named by year and month; a year as a whole is one part.
of_parts as (

    select publication_id
    from intermediate.int_figures__by_council
    group by publication_id, edition
    having count(distinct sub_period) > 1

),

printed as (

    select
        publication_id || ': ' || item_id as series_id,
        edition,
        sub_period,
        12 * left(sub_period, 4)::integer + right(sub_period, 2)::integer as month_number,
        gss_code,
        figure_value
    from intermediate.int_figures__by_council
    semi join of_parts using (publication_id)
    where figure_value is not null

),

scaled as (

    select
        *,
        asinh(figure_value / nullif(0.05 * median(abs(figure_value)) over (partition by series_id), 0)) as scaled_value
    from printed

),

paired as (

    select
        new.*,
        'part before' as compared_with,
        old.sub_period as prior_sub_period,
        old.edition as prior_edition,
        old.scaled_value as prior_scaled_value
    from (
        select
            *,
            lag(month_number) over (partition by series_id, gss_code order by month_number) as prior_month_number
        from scaled
    ) as new
    inner join scaled as old
        on
            old.series_id = new.series_id
            and old.gss_code = new.gss_code
            and old.month_number = new.prior_month_number
            and new.month_number - old.month_number <= 3
    union all by name
    select
        new.*,
        'year before' as compared_with,
        old.sub_period as prior_sub_period,
        old.edition as prior_edition,
        old.scaled_value as prior_scaled_value
    from scaled as new
    inner join scaled as old
        on
            old.series_id = new.series_id
            and old.gss_code = new.gss_code
            and old.month_number = new.month_number - 12

)

select
    series_id,
    compared_with,
    any_value(edition) as edition,
    sub_period,
    prior_sub_period,
    count(*) as councils,
    case when not isnan(corr(scaled_value, prior_scaled_value)) then corr(scaled_value, prior_scaled_value) end
        as correlation
from paired
group by series_id, compared_with, sub_period, prior_sub_period
having count(*) >= 60

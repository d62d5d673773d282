-- Rule: The councils of a quarter or month stand in an order that has to do with that of the part before, as much as it
-- ever has and no more.
-- Severity: error
-- Compares: a part with the one before and with that of the year before; what is usual comes from the last release and
-- from parts that do not touch it
-- Why it matters: One quarter shifted by a row, or printed twice, is a quarter of the year's figure, which moves by
-- less than a year does anyway.
-- Where to look: The quarter's or month's file and its rows in the seed.
-- Threshold: A correlation below 0.9 and below the lowest that the item has shown by eight standard errors (Fisher's
-- z), or above the highest by eighteen, after three seen. Taking each edition held as the new one, the furthest are 6.6
-- below (relief, the second quarter that was ever counted) and 10.0 above; a quarter of homelessness shifted by a row
-- is 10 to 40 below, one printed again with noise of 1 % at least 25 above.
with

usual as (

    select
        *,
        true as is_released
    from parts_before
    union all
    select
        *,
        false as is_released
    from parts_after

),

limits as (

    select
        judged.series_id,
        judged.compared_with,
        judged.edition,
        judged.sub_period,
        judged.prior_sub_period,
        judged.councils,
        judged.correlation,
        count(*) as seen,
        min(usual.correlation) as smallest_correlation_seen,
        max(usual.correlation) as largest_correlation_seen
    from parts_after as judged
    inner join usual
        on
            usual.series_id = judged.series_id
            and usual.compared_with = judged.compared_with
            and (
                usual.is_released
                or (usual.sub_period <> judged.sub_period and usual.prior_sub_period <> judged.sub_period)
            )
    group by all

)

select
    series_id || ' ' || sub_period || ' and the ' || compared_with as subject,
    edition,
    prior_sub_period,
    councils,
    round(correlation, 4) as correlation,
    round(smallest_correlation_seen, 4) as smallest_correlation_seen,
    round(largest_correlation_seen, 4) as largest_correlation_seen,
    seen
from limits
where
    seen >= 3
    and (
        (
            correlation < 0.9
            and (atanh(least(smallest_correlation_seen, 0.99999)) - atanh(correlation)) * sqrt(councils - 3) > 8
        )
        or (
            atanh(least(correlation, 0.99999)) - atanh(least(largest_correlation_seen, 0.99999))
        ) * sqrt(councils - 3) > 18
    )
order by all

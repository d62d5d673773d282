-- One row per series and step from one edition to the next held: how far, how orderly and how freshly it moved.
-- Steps of fewer than sixty councils say nothing about a series.
select
    kind,
    series_id,
    edition,
    mode(prior_edition) as prior_edition,
    count(*) as councils,
    max(change) as largest_change,
    max(scaled_change) as largest_scaled_change,
    max(root_change) as largest_root_change,
    avg(case when value = prior_value and value <> 0 then 1 else 0 end) as repeated_share,
    -- Populations grow by about a hundredth a year themselves.
    avg(
        case
            when
                value <> 0
                and abs(value - prior_value) <= case kind when 'population' then 0.002 else 0.01 end * abs(prior_value)
                then 1
            else 0
        end
    ) as near_share,
    -- Of a constant there is none, and not the greatest of all numbers.
    case when not isnan(corr(scaled_value, prior_scaled_value)) then corr(scaled_value, prior_scaled_value) end
        as correlation,
    sum(abs(value)) / nullif(sum(abs(prior_value)), 0) as total_ratio,
    median(abs(value)) / nullif(median(abs(prior_value)), 0) as median_ratio
from changes
group by kind, series_id, edition
having count(*) >= 60

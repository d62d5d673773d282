-- Rule: No council moves further than any council has moved from edition to edition in the series.
-- Severity: warn
-- Compares: with the last release; without one, with steps that do not touch the edition
-- Why it matters: A record movement is either news or a mistake; a reader will ask which.
-- Where to look: Both figures in the seed and the publication's page.
-- Threshold: A quarter beyond the largest step seen, as a value, a ratio or a root; what no index counts, half beyond
-- it as a value and a ratio. Taking each edition held as the new one, that is one to twenty figures an edition.
select
    series_id || ' ' || edition || ' ' || gss_code as subject,
    kind,
    prior_edition,
    prior_value,
    value,
    round(times_value, 2) as times_value,
    round(times_ratio, 2) as times_ratio,
    round(times_root, 2) as times_root,
    steps_seen
from jumps
where
    steps_seen >= 3
    and (kind <> 'population' or scaled_change > 0.1)
    and case
        when is_context then least(times_value, times_ratio) > 1.5
        else greatest(times_value, times_ratio, times_root) > 1.25
    end
order by all

-- Rule: No council moves half as far again, as a value and as a ratio, as any council has moved from edition to edition
-- in the series.
-- Severity: error
-- Compares: with the last release; without one, with steps that do not touch the edition
-- Why it matters: One wrong figure (a digit too many, a neighbour's row, pounds for thousands) moves a council's rank.
-- Where to look: Both figures in the seed, the publication's page, and seeds/register/suspect_values.csv to set one
-- aside.
-- Threshold: Beyond the series' own middle movement and after three steps seen. In December 2026, taking each edition
-- held as the new one, the furthest was 1.38 times the largest step before it as a value and a ratio (information for
-- adults, Warwickshire, 2019-20), of all figures by themselves 1.66 (homelessness prevented, Birmingham, 2019-20:
-- beyond the limit, and accepted by name). Spend was below 1.2; it had been 1.61 once, hence 1.75 there. On one scale
-- alone the furthest was 2.5 as a value, 1.9 as a root and 3.9 as a ratio, below 2.75, 2.5 and 4, but for older
-- people's spend in Tower Hamlets, 2022-23: 3 times as a value, which blocks. A population has to move by half as
-- well: areas change by a third when a council is made of districts. What no index counts has to move eight times as
-- far.
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
    and (kind <> 'population' or scaled_change > ln(1.5))
    and (
        least(times_value, times_ratio) > case when is_context then 8 when kind = 'spend' then 1.75 else 1.5 end
        or (not is_context and (times_value > 2.75 or times_root > 2.5 or times_ratio > 4))
    )
order by all

-- Rule: Prices rise from year to year by what prices have risen, and by what the last release had.
-- Severity: error
-- Compares: with the last release; without one, with nothing
-- Why it matters: Real spend of a whole edition follows from one number, and it is typed in by hand.
-- Where to look: The years in seeds/context/hmt_gdp_deflator.csv and HM Treasury's table. If HM Treasury revised its
-- figures by so much, accept the edition in gates/accepted.csv with the reason.
-- Threshold: A fall beyond 2 % or a rise beyond 8.5 %, or half a point from the same year's rise in the last release.
-- The years held lie between -0.8 % (2021-22) and 6.8 % (2022-23); revisions of past years have been of tenths.
with

rises as (

    select
        edition,
        lag(edition) over years as prior_edition,
        100 * (gdp_deflator / lag(gdp_deflator) over years - 1) as rise_pct
    from deflators_after
    window years as (order by edition)

),

released as (

    select
        edition,
        lag(edition) over years as prior_edition,
        100 * (gdp_deflator / lag(gdp_deflator) over years - 1) as rise_pct
    from deflators_before
    window years as (order by edition)

)

select
    rises.edition as subject,
    rises.prior_edition,
    round(rises.rise_pct, 2) as rise_pct,
    round(released.rise_pct, 2) as released_rise_pct
from rises
left join released using (edition, prior_edition)
where
    rises.rise_pct not between -2 and 8.5
    or abs(rises.rise_pct - released.rise_pct) > 0.5
order by all

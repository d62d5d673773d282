-- Rule: A released edition of a series is not rewritten by as much as a year changes it.
-- Severity: error
-- Compares: with the last release
-- Why it matters: Columns exchanged, rows shifted or another year's file: each figure is plausible, all of them are
-- wrong.
-- Where to look: The seed's diff since the last release. If the publisher revised the whole edition, accept it in
-- gates/accepted.csv with the reason.
-- Threshold: More than a tenth of the councils changed, by at least half of what the series' middle council moves in
-- a year.
with

released as (

    select
        kind,
        series_id,
        edition,
        count(*) as councils
    from series_before
    group by kind, series_id, edition

),

usual as (

    select
        kind,
        series_id,
        median(abs(value - prior_value)) as usual_change
    from changes_before
    group by kind, series_id

)

select
    revisions.series_id || ' ' || revisions.edition as subject,
    revisions.kind,
    count(*) as figures_changed,
    any_value(released.councils) as councils,
    median(abs(revisions.new_value - revisions.old_value)) as middle_change,
    any_value(usual.usual_change) as usual_change
from revisions
inner join released using (kind, series_id, edition)
inner join usual using (kind, series_id)
where revisions.kind not in ('outcome', 'productivity')
group by revisions.kind, revisions.series_id, revisions.edition
having
    count(*) > 0.1 * any_value(released.councils)
    and median(abs(revisions.new_value - revisions.old_value)) >= 0.5 * any_value(usual.usual_change)
order by all

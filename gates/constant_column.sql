-- Rule: No figure is the same for nearly all councils of an edition.
-- Severity: error
-- Compares: with nothing
-- Why it matters: A constant column says that the reader took the wrong one, or that a symbol was read as a number.
-- Where to look: The column in the seed and in the publication.
-- Threshold: One value, not zero, for nine in ten of sixty councils or more; zero is common where few councils have
-- such a budget line. For measures and their denominators zero counts, too.
with

shares as (

    select
        kind,
        series_id,
        edition,
        value,
        count(*) as councils_alike,
        sum(count(*)) over (partition by kind, series_id, edition) as councils
    from series_after
    group by kind, series_id, edition, value

)

select
    series_id || ' ' || edition as subject,
    kind,
    value,
    councils_alike,
    councils
from shares
where
    councils >= 60
    and councils_alike >= 0.9 * councils
    and (value <> 0 or kind not in ('figure', 'spend_line'))
order by all

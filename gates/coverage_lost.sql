-- Rule: A series that a release holds is held by as many councils in the next, and in a new edition by nearly as
-- many as before.
-- Severity: error
-- Compares: with the same edition of the last release, and a new edition with the one before
-- Why it matters: Rows lost on the way from publication to seed make councils unranked or change the weights of the
-- rest.
-- Where to look: The seed's rows for the edition, seeds/register/printed_codes.csv and missing_symbols.csv.
-- Threshold: Measures, spend, population, outcome and productivity: three councils lost from a released edition. In
-- a new edition a tenth of the councils, and more than the series has ever lost, because returns do come in late
-- (eleven councils filed no budget for 2023-24). A series that rested for three years or more begins anew.
with

councils as (

    select
        kind,
        series_id,
        edition,
        count(*) as councils
    from series_after
    group by kind, series_id, edition

),

released as (

    select
        kind,
        series_id,
        edition,
        count(*) as councils
    from series_before
    group by kind, series_id, edition

),

editions as (

    select
        *,
        lag(edition) over (partition by kind, series_id order by edition) as prior_edition,
        lag(councils) over (partition by kind, series_id order by edition) as prior_councils
    from councils

),

falls as (

    select
        kind,
        series_id,
        edition,
        prior_councils - councils as fall
    from editions
    where prior_councils > councils

),

lost as (

    select
        released.kind,
        released.series_id,
        released.edition,
        'last release' as compared_with,
        released.councils as councils_before,
        coalesce(councils.councils, 0) as councils_after
    from released
    left join councils using (kind, series_id, edition)
    where
        coalesce(councils.councils, 0) <= released.councils - 3
        -- A series that is gone as a whole is told by another gate.
        and exists (
            select 1 from councils as still
            where still.kind = released.kind and still.series_id = released.series_id
        )
    union all
    select
        editions.kind,
        editions.series_id,
        editions.edition,
        'edition before' as compared_with,
        editions.prior_councils as councils_before,
        editions.councils as councils_after
    from editions
    anti join released using (kind, series_id, edition)
    where
        editions.councils < 0.9 * editions.prior_councils
        and cast(left(editions.edition, 4) as integer) - cast(left(editions.prior_edition, 4) as integer) <= 2
        and editions.prior_councils - editions.councils > coalesce(
            (
                select max(falls.fall)
                from falls
                where
                    falls.kind = editions.kind
                    and falls.series_id = editions.series_id
                    and falls.edition <> editions.edition
            ),
            0
        )

)

select
    series_id || ' ' || edition as subject,
    kind,
    compared_with,
    councils_before,
    councils_after
from lost
inner join after.marts.dim_edition as editions using (edition)
where
    kind in ('measure', 'spend', 'outcome', 'productivity')
    -- Districts are placed in their counties by the budget returns, which only index editions have.
    or (kind = 'population' and editions.is_index_edition)
order by all

-- One row per edition, council and group of measures, all of them and those of each ranking: how far its measures moved
-- together, turned so that more is better. Each measure's change since the edition held before is taken less the middle
-- council's, in middle distances from it, three at most; the sum of so many numbers is divided by the root of their
-- number. Run once on each database.
with

turned as (

    select
        changes.series_id as measure_id,
        changes.edition,
        changes.prior_edition,
        changes.gss_code,
        measures.polarity::integer * (changes.scaled_value - changes.prior_scaled_value) as move
    from changes
    inner join seeds.measures as measures on measures.measure_id = changes.series_id
    where changes.kind = 'measure'

),

centred as (

    select
        *,
        move - median(move) over (partition by measure_id, edition) as own_move
    from turned

),

spread as (

    select
        *,
        greatest(
            -3, least(3, own_move / nullif(median(abs(own_move)) over (partition by measure_id, edition), 0))
        ) as distances
    from centred

),

grouped as (

    select
        'all measures' as measures_of,
        *
    from spread
    union all by name
    select
        uses.ranking_id as measures_of,
        spread.*
    from spread
    inner join (
        select distinct
            ranking_id,
            measure_id
        from seeds.ranking_measures
        where status = 'active'
    ) as uses using (measure_id)

)

select
    measures_of,
    edition,
    gss_code,
    max(prior_edition) as prior_edition,
    count(distances) as measures_moved,
    count(*) filter (distances > 0) as measures_improved,
    sum(distances) / sqrt(count(distances)) as together
from grouped
where distances is not null
group by measures_of, edition, gss_code
having count(distances) >= 5

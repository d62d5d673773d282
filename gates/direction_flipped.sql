-- Rule: Two measures of a lens that went together do not turn against each other, once each is turned so that more
-- is better.
-- Severity: error
-- Compares: with the last release; without one, with the other editions
-- Why it matters: A polarity with the wrong sign, or values turned round, rewards the worst councils.
-- Where to look: polarity and publisher_polarity in marts.dim_measure, and the values in the seed.
-- Threshold: From a usual correlation (median of the editions) beyond 0.3 to one beyond 0.3 with the other sign,
-- five standard errors apart for 150 councils; the figures held show no such pair.
with

usual as (

    select
        *,
        true as is_released
    from correlations_before
    union all
    select
        *,
        false as is_released
    from correlations_after
    where not exists (select 1 from correlations_before)

)

select
    new.ranking_id || ' ' || new.measure_id || ' ' || new.other_measure_id || ' ' || new.edition as subject,
    new.councils,
    round(median(usual.correlation), 3) as usual_correlation,
    round(new.correlation, 3) as correlation
from correlations_after as new
inner join usual
    on
        usual.ranking_id = new.ranking_id
        and usual.measure_id = new.measure_id
        and usual.other_measure_id = new.other_measure_id
        and (usual.is_released or usual.edition <> new.edition)
group by new.measure_id, new.other_measure_id, new.edition, new.ranking_id, new.councils, new.correlation
having
    abs(median(usual.correlation)) >= 0.3
    and abs(new.correlation) >= 0.3
    and sign(median(usual.correlation)) <> sign(new.correlation)
order by all

-- Rule: An active measure says why it is gradable and on what evidence, and its polarity follows the publisher's or
-- says why not.
-- Severity: error
-- Compares: with nothing
-- Why it matters: A polarity is the one choice that turns a ranking upside down.
-- Where to look: The measure's row in seeds/register/measures.csv, its evidence in measure_evidence.csv.
select
    measure_id as subject,
    polarity,
    publisher_polarity,
    polarity_override_reason
from after.marts.dim_measure
semi join (
    select measure_id from after.marts.bridge_ranking_measure
    where status = 'active'
) as active using (measure_id)
where
    coalesce(trim(gradable_because), '') = ''
    or coalesce(trim(value_evidence), '') = ''
    or (
        polarity_override_reason is null
        and (
            (publisher_polarity = 'High' and polarity <> 1)
            or (publisher_polarity = 'Low' and polarity <> -1)
        )
    )
order by all

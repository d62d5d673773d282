-- Rule: No two figures of an edition are the same for nearly all councils.
-- Severity: error
-- Compares: with nothing
-- Why it matters: A column copied over another counts one outcome twice and another not at all.
-- Where to look: The two columns in the seed or seeds, and the item names in seeds/register/measures.csv.
-- Threshold: Equal for nine in ten of sixty councils or more, zeros aside. The most in the figures held is 0.62
-- (carers with self-directed support and with direct payments, both near 100 %).
with

figures as (

    select
        publication_id || ': ' || item_id as series_id,
        edition,
        gss_code,
        avg(figure_value) as value
    from after.intermediate.int_figures__by_council
    where figure_value <> 0
    group by publication_id, item_id, edition, gss_code

),

sizes as (

    select
        series_id,
        edition,
        count(*) as councils
    from figures
    group by series_id, edition

),

pairs as (

    select
        one.series_id,
        other.series_id as other_series_id,
        one.edition,
        count(*) as councils_alike
    from figures as one
    inner join figures as other
        on
            other.edition = one.edition
            and other.gss_code = one.gss_code
            and other.value = one.value
            and other.series_id > one.series_id
    group by one.series_id, other.series_id, one.edition

)

select
    pairs.series_id || ' = ' || pairs.other_series_id || ' ' || pairs.edition as subject,
    pairs.councils_alike,
    sizes.councils
from pairs
inner join sizes using (series_id, edition)
where
    sizes.councils >= 60
    and pairs.councils_alike >= 0.9 * sizes.councils
order by all

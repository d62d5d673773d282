-- One row per figure that the last release and this one state differently, or that only one of them states, in the
-- editions that both hold for the series. Without a last release there are none.
with

editions as (

    select distinct
        kind,
        series_id,
        edition
    from series_before
    intersect
    select distinct
        kind,
        series_id,
        edition
    from series_after

)

select
    coalesce(new.kind, old.kind) as kind,
    coalesce(new.series_id, old.series_id) as series_id,
    coalesce(new.edition, old.edition) as edition,
    coalesce(new.gss_code, old.gss_code) as gss_code,
    old.value as old_value,
    new.value as new_value
from (from series_before semi join editions using (kind, series_id, edition)) as old
full join (from series_after semi join editions using (kind, series_id, edition)) as new
    on
        new.kind = old.kind
        and new.series_id = old.series_id
        and new.edition = old.edition
        and new.gss_code = old.gss_code
where
    (old.value is null) is distinct from (new.value is null)
    -- Sums of the same figures in another order differ in the last digits.
    or abs(new.value - old.value) > 1e-9 * greatest(abs(new.value), abs(old.value))

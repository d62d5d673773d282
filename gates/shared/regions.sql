-- One row per series, step and region of eight councils or more: how far its middle council moved against England's,
-- and whether its figures are nearer to those that the row above or below had before than to their own. Rows are in
-- the order of codes, as nearly every publication has them. Run once on each database.
with

placed as (

    select
        changes.kind,
        changes.series_id,
        changes.edition,
        changes.prior_edition,
        changes.gss_code,
        councils.region_code,
        changes.scaled_value,
        changes.prior_scaled_value,
        changes.scaled_value - changes.prior_scaled_value
        - median(changes.scaled_value - changes.prior_scaled_value)
            over (partition by changes.kind, changes.series_id, changes.edition) as scaled_move,
        lag(changes.prior_scaled_value) over rows_of_region as scaled_value_above,
        lead(changes.prior_scaled_value) over rows_of_region as scaled_value_below
    from changes
    inner join marts.dim_council as councils using (gss_code)
    window
        rows_of_region as (
            partition by changes.kind, changes.series_id, changes.edition, councils.region_code
            order by changes.gss_code
        )

)

select
    kind,
    series_id,
    edition,
    mode(prior_edition) as prior_edition,
    region_code,
    count(*) as councils,
    median(scaled_move) as middle_move,
    avg(scaled_move) as mean_move,
    -- Zero where both are as far, above it where another row's figures are nearer.
    greatest(
        ln(
            sum(abs(scaled_value - prior_scaled_value)) filter (scaled_value_above is not null)
            / nullif(sum(abs(scaled_value - scaled_value_above)), 0)
        ),
        ln(
            sum(abs(scaled_value - prior_scaled_value)) filter (scaled_value_below is not null)
            / nullif(sum(abs(scaled_value - scaled_value_below)), 0)
        )
    ) as nearness_to_another_row
from placed
group by kind, series_id, edition, region_code
having count(*) >= 8

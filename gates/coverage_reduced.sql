-- Rule: No figure that a release holds is missing from the next.
-- Severity: warn
-- Compares: with the same edition of the last release
-- Why it matters: A council that loses a measure is scored on the rest of them; say so in the notes.
-- Where to look: The seed's rows for the edition, seeds/register/printed_codes.csv and suspect_values.csv.
select
    series_id || ' ' || edition as subject,
    kind,
    count(*) as figures_lost,
    string_agg(gss_code, ' ' order by gss_code) as councils
from revisions
where new_value is null
group by kind, series_id, edition
order by all

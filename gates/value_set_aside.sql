-- Rule: No printed value is set aside as suspect until a second person has agreed.
-- Severity: error
-- Compares: with the last release
-- Why it matters: A true value that somebody found odd leaves the ranking without a word, and its council with it.
-- Where to look: The row in seeds/register/suspect_values.csv and the figure where it was published. Accept it in
-- gates/accepted.csv, saying why it cannot be true.
-- Threshold: None. Values that the last release had set aside stay so.
select
    new.publication_id || ' ' || new.item_id || ' ' || new.printed_code || ' ' || new.edition as subject,
    new.value_raw,
    new.note
from after.seeds.suspect_values as new
anti join before.seeds.suspect_values as old using (publication_id, item_id, printed_code, edition, value_raw)
order by all

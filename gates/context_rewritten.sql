-- Rule: Deprivation and neighbours stay what they were released as.
-- Severity: error
-- Compares: with the last release
-- Why it matters: They belong to no edition, so that a change goes through every year of what is told of like councils;
-- two of their columns exchanged look as plausible as before.
-- Where to look: The seed's diff since the last release. Publishers bring new lists every few years: accept one in
-- gates/accepted.csv with the edition of the publication.
-- Threshold: None. `like_released` is the column of the last release that most of the rows are equal to.
with

changed as (

    select
        coalesce(new.list_id, old.list_id) as list_id,
        count(*) as rows_changed,
        min(coalesce(new.row_key, old.row_key)) as first_row
    from contexts_after as new
    full join contexts_before as old using (list_id, row_key)
    where new.stated is distinct from old.stated
    group by coalesce(new.list_id, old.list_id)

),

alike as (

    select
        new.list_id,
        old.list_id as like_released,
        row_number() over (partition by new.list_id order by count(*) desc, old.list_id) as place
    from contexts_after as new
    inner join contexts_before as old
        on
            old.row_key = new.row_key
            and old.stated = new.stated
    group by new.list_id, old.list_id

)

select
    changed.list_id as subject,
    changed.rows_changed,
    changed.first_row,
    alike.like_released
from changed
left join alike
    on
        alike.list_id = changed.list_id
        and alike.place = 1
order by all

-- Where the method version is another than the last release's: one row per edition, lens or overall, and council that
-- either ranks, also of those whose rank stayed, with both ranks and the cause. Editions that the last release did not
-- rank are new and no change. The newest overall ranking comes first.
with

versions as (

    select
        (
            select found from choices_before
            where column_name = 'method_version'
        ) as released_version,
        (
            select found from choices_after
            where column_name = 'method_version'
        ) as version_now

),

released as (

    select distinct
        edition,
        ranking_id
    from before.intermediate.int_rankings__published

)

select
    changed.edition,
    changed.ranking_id,
    changed.gss_code,
    changed.council_name,
    changed.released_rank,
    changed.released_ranked_councils,
    changed.rank_now,
    changed.ranked_councils,
    changed.cause,
    changed.explanation
from rank_changes as changed
semi join released using (edition, ranking_id)
inner join versions on versions.released_version is distinct from versions.version_now
order by
    changed.ranking_id <> 'overall',
    changed.edition desc,
    changed.ranking_id asc,
    coalesce(changed.rank_now, 9999) asc,
    changed.released_rank asc,
    changed.gss_code asc

-- Rule: the headline is one edition, the newest in which councils are ranked overall; any other ranking has one latest
-- edition, the newest in which councils are ranked in it. Where nobody is ranked, there is none.
with

marked as (

    select
        edition,
        'overall' as ranking_id
    from {{ ref('dim_edition') }}
    where is_headline
    union all
    select
        edition,
        ranking_id
    from {{ ref('dim_ranking_edition') }}
    where is_latest

),

ranked as (

    select distinct
        edition,
        ranking_id
    from {{ ref('fct_ranking') }}
    where productivity_rank is not null

)

select
    marked.ranking_id,
    marked.edition,
    'nobody is ranked in the edition that is marked' as rule
from marked
left join ranked
    on
        ranked.ranking_id = marked.ranking_id
        and ranked.edition = marked.edition
where ranked.edition is null
union all
select
    ranked.ranking_id,
    ranked.edition,
    'councils are ranked, and neither this edition nor a newer one is marked' as rule
from ranked
left join marked
    on
        marked.ranking_id = ranked.ranking_id
        and marked.edition >= ranked.edition
where marked.edition is null
union all
select
    ranking_id,
    max(edition) as edition,
    'several editions are marked' as rule
from marked
group by ranking_id
having count(*) > 1
union all
select
    'overall' as ranking_id,
    editions.edition,
    'an edition has an overall ranking exactly where councils are ranked overall' as rule
from {{ ref('dim_edition') }} as editions
left join ranked
    on
        ranked.ranking_id = 'overall'
        and ranked.edition = editions.edition
where editions.has_overall_ranking <> (ranked.edition is not null)

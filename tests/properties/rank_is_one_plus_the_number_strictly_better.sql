-- Property: a rank is 1 + the number of councils strictly better at nine decimals, and the number ranked is printed;
-- every council is either ranked or says why not.
with

ranked as (

    select
        edition,
        ranking_id,
        gss_code,
        {{ council_productivity.round_score('productivity_index / 100') }} as productivity,
        productivity_rank,
        ranked_councils
    from {{ ref('int_rankings__published') }}

),

counted as (

    select
        mine.edition,
        mine.ranking_id,
        mine.gss_code,
        mine.productivity_rank,
        mine.ranked_councils,
        1 + sum(case when other.productivity > mine.productivity then 1 else 0 end) as rank_counted,
        count(*) as councils_counted
    from ranked as mine
    inner join ranked as other
        on
            other.edition = mine.edition
            and other.ranking_id = mine.ranking_id
    group by mine.edition, mine.ranking_id, mine.gss_code, mine.productivity_rank, mine.ranked_councils

)

select
    edition,
    ranking_id,
    gss_code,
    productivity_rank,
    rank_counted,
    '1 + the number strictly better, out of the number ranked' as rule
from counted
where
    productivity_rank <> rank_counted
    or ranked_councils <> councils_counted
union all
select
    edition,
    ranking_id,
    gss_code,
    productivity_rank,
    cast(null as bigint) as rank_counted,
    'ranked, or a reason why not' as rule
from {{ ref('int_rankings__ranked') }}
where (productivity_rank is null) <> (not_ranked_reason is not null)
union all
select
    edition,
    'overall' as ranking_id,
    gss_code,
    productivity_rank,
    cast(null as bigint) as rank_counted,
    'ranked, or a reason why not' as rule
from {{ ref('int_rankings__overall_ranked') }}
where (productivity_rank is null) <> (not_ranked_reason is not null)

-- Property: a rank is 1 + the number of councils strictly better at nine decimals, and the number ranked is printed;
-- every council is either ranked or says why not.
with

ranked as (

    select
        edition,
        lens_id,
        gss_code,
        {{ council_productivity.round_score('productivity_index / 100') }} as productivity,
        productivity_rank,
        ranked_councils
    from {{ ref('int_ranks__published') }}

),

counted as (

    select
        mine.edition,
        mine.lens_id,
        mine.gss_code,
        mine.productivity_rank,
        mine.ranked_councils,
        1 + sum(case when other.productivity > mine.productivity then 1 else 0 end) as rank_counted,
        count(*) as councils_counted
    from ranked as mine
    inner join ranked as other
        on
            other.edition = mine.edition
            and other.lens_id = mine.lens_id
    group by mine.edition, mine.lens_id, mine.gss_code, mine.productivity_rank, mine.ranked_councils

)

select
    edition,
    lens_id,
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
    lens_id,
    gss_code,
    productivity_rank,
    cast(null as bigint) as rank_counted,
    'ranked, or a reason why not' as rule
from {{ ref('int_lenses__ranked') }}
where (productivity_rank is null) <> (not_ranked_reason is not null)
union all
select
    edition,
    'overall' as lens_id,
    gss_code,
    productivity_rank,
    cast(null as bigint) as rank_counted,
    'ranked, or a reason why not' as rule
from {{ ref('int_councils__ranked') }}
where (productivity_rank is null) <> (not_ranked_reason is not null)

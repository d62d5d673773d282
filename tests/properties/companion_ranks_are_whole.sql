-- Rule: in the companion ranking a council has a rank with its band, or one reason why not; a rank is 1 + the number
-- strictly better at nine decimals; and who is not ranked in the headline is not ranked here.
with

ranking as (

    select * from {{ ref('fct_companion_ranking') }}

),

counted as (

    select
        mine.edition,
        mine.ranking_id,
        mine.gss_code,
        sum(
            case
                when
                    {{ council_productivity.round_score('others.companion_index / 100') }}
                    > {{ council_productivity.round_score('mine.companion_index / 100') }}
                    then 1
                else 0
            end
        ) + 1 as counted_rank
    from ranking as mine
    inner join ranking as others
        on
            others.edition = mine.edition
            and others.ranking_id = mine.ranking_id
    where
        mine.companion_rank is not null
        and others.companion_rank is not null
    group by mine.edition, mine.ranking_id, mine.gss_code

),

judged as (

    select
        ranking.edition,
        ranking.ranking_id,
        ranking.gss_code,
        ranking.companion_rank,
        case
            when (ranking.companion_rank is null) <> (ranking.no_companion_reason is not null)
                then 'a council has a companion rank or a reason'
            when ranking.companion_rank is not null and ranking.productivity_rank is null
                then 'who has a companion rank is ranked in the headline'
            when
                ranking.companion_rank is not null
                and coalesce(ranking.companion_rank_p05 > ranking.companion_rank_p95, true)
                then 'a companion rank has a band, its ends in order'
            when ranking.companion_rank <> counted.counted_rank
                then 'a companion rank is 1 + the number strictly better'
        end as rule
    from ranking
    left join counted
        on
            counted.edition = ranking.edition
            and counted.ranking_id = ranking.ranking_id
            and counted.gss_code = ranking.gss_code

)

select *
from judged
where rule is not null

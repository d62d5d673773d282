-- One row per ranking and edition: England's spend on it, each pound counted once among the lenses. The line of the
-- interface is the whole of adult social care, of which the lenses by age are parts: a pound that stands in two lenses
-- counts for half in each. So the lenses of adult social care share what the whole service costs, half to the
-- interface, half to the others as they spend.
with

by_ranking as (

    select
        edition,
        ranking_id,
        ranking_kind,
        {{ council_productivity.exact_sum('spend_gbp') }} as spend_gbp
    from {{ ref('int_spend__by_ranking') }}
    group by edition, ranking_id, ranking_kind

),

lines as (

    select
        edition,
        ranking_id,
        max(case when item_id = 'adult_social_care' then 1 else 0 end) as is_whole,
        max(case when age_group is not null then 1 else 0 end) as is_part
    from {{ ref('int_spend__lines') }}
    group by edition, ranking_id

),

labelled as (

    select
        by_ranking.edition,
        by_ranking.ranking_id,
        by_ranking.spend_gbp,
        case when by_ranking.ranking_kind = 'lens' then coalesce(lines.is_whole, 0) else 0 end as is_whole,
        case when by_ranking.ranking_kind = 'lens' then coalesce(lines.is_part, 0) else 0 end as is_part
    from by_ranking
    left join lines
        on
            lines.edition = by_ranking.edition
            and lines.ranking_id = by_ranking.ranking_id

),

summed as (

    select
        *,
        sum(case when is_whole = 1 then spend_gbp end) over (partition by edition) as whole_gbp,
        sum(case when is_part = 1 then spend_gbp end) over (partition by edition) as parts_gbp
    from labelled

),

final as (

    select
        edition,
        ranking_id,
        spend_gbp as england_spend_gbp,
        case
            when whole_gbp is null or parts_gbp is null then spend_gbp
            when is_whole = 1 then spend_gbp / 2
            when is_part = 1 then whole_gbp / 2 * spend_gbp / parts_gbp
            else spend_gbp
        end as england_spend_once_gbp
    from summed

)

select * from final

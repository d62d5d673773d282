with

tested as (

    select * from {{ ref('int_verdicts__next_edition') }}

),

by_edition as (

    select
        ranking_id,
        edition,
        next_edition,
        count(*) as councils,
        avg(cast(case when is_inside then 1 else 0 end as {{ council_productivity.number_type() }})) as share_inside,
        {{ council_productivity.percentile('rank_p95 - rank_p05 + 1', 0.5) }} as median_width,
        {{ council_productivity.round_score('avg(interval_score)') }} as mean_interval_score,
        {{ council_productivity.round_score('avg(same_for_all_score)') }} as same_for_all_score,
        {{ council_productivity.round_score('avg(constant_score)') }} as constant_score
    from tested
    group by ranking_id, edition, next_edition

),

final as (

    select
        by_edition.ranking_id,
        by_edition.edition,
        by_edition.next_edition,
        by_edition.councils,
        by_edition.share_inside,
        by_edition.median_width,
        by_edition.mean_interval_score,
        by_edition.same_for_all_score,
        by_edition.constant_score,
        -- a borrowed size of change is no test of the lens
        not coalesce(noise.is_variance_borrowed, false) as is_gated
    from by_edition
    left join {{ ref('fct_ranking_noise') }} as noise
        on noise.ranking_id = by_edition.ranking_id

)

select * from final

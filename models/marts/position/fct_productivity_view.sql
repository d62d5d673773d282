with

ranked as (

    select
        productivity.edition,
        productivity.ranking_id,
        productivity.gss_code,
        productivity.outcome_score,
        productivity.spend_index,
        productivity.productivity,
        productivity.productivity_rank,
        productivity.ranked_councils,
        productivity.productivity_quartile,
        need.need,
        productivity.outcome_score / activity.spend_per_activity_index as activity_ratio
    from {{ ref('fct_ranking') }} as productivity
    left join {{ ref('int_draws__spend_variants') }} as need
        on
            need.edition = productivity.edition
            and need.ranking_id = productivity.ranking_id
            and need.gss_code = productivity.gss_code
            and need.spend_variant = 'raw'
    left join {{ ref('int_spend__activity') }} as activity
        on
            activity.edition = productivity.edition
            and activity.ranking_id = productivity.ranking_id
            and activity.gss_code = productivity.gss_code
    where
        (
            productivity.ranking_kind = 'lens'
            or productivity.ranking_id in ({{ "'" ~ var('activity_rankings') | join("', '") ~ "'" }})
        )
        and productivity.productivity_rank is not null

),

moments as (

    select
        edition,
        ranking_id,
        {{ council_productivity.round_score('avg(ln(outcome_score))') }} as mean_ln_outcome,
        {{ council_productivity.round_score('stddev_samp(ln(outcome_score))') }} as sd_ln_outcome,
        {{ council_productivity.round_score('avg(ln(spend_index))') }} as mean_ln_spend,
        {{ council_productivity.round_score('stddev_samp(ln(spend_index))') }} as sd_ln_spend
    from ranked
    group by edition, ranking_id

),

need_lines as (

    select
        edition,
        ranking_id,
        {{ council_productivity.regression('slope', 'ln(productivity)', 'need') }} as slope,
        {{ council_productivity.regression('intercept', 'ln(productivity)', 'need') }} as intercept
    from ranked
    where need is not null
    group by edition, ranking_id

),

cheaper as (

    -- Everyone who spends the same or less, the council itself among them, best outcome first.
    select
        mine.edition,
        mine.ranking_id,
        mine.gss_code,
        others.gss_code as frontier_gss_code,
        others.outcome_score as frontier_outcome_score,
        row_number() over (
            partition by mine.edition, mine.ranking_id, mine.gss_code
            order by others.outcome_score desc, others.spend_index asc, others.gss_code asc
        ) as place,
        count(*) over (partition by mine.edition, mine.ranking_id, mine.gss_code) as councils_no_dearer
    from ranked as mine
    inner join ranked as others
        on
            others.edition = mine.edition
            and others.ranking_id = mine.ranking_id
            and others.spend_index <= mine.spend_index

),

viewed as (

    select
        ranked.*,
        (ln(ranked.outcome_score) - moments.mean_ln_outcome) / nullif(moments.sd_ln_outcome, 0)
        - (ln(ranked.spend_index) - moments.mean_ln_spend) / nullif(moments.sd_ln_spend, 0) as balanced_score,
        ln(ranked.productivity) - need_lines.intercept - need_lines.slope * ranked.need as need_residual,
        ranked.outcome_score / cheaper.frontier_outcome_score as frontier_ratio,
        cheaper.frontier_gss_code,
        cheaper.councils_no_dearer = 1 as is_efficient_by_default,
        {{ council_productivity.quadrant(
            'ranked.outcome_score', 'ranked.spend_index', 'ranked.ranking_id, ranked.edition'
        ) }} as quadrant
    from ranked
    inner join moments
        on
            moments.edition = ranked.edition
            and moments.ranking_id = ranked.ranking_id
    left join need_lines
        on
            need_lines.edition = ranked.edition
            and need_lines.ranking_id = ranked.ranking_id
    inner join cheaper
        on
            cheaper.edition = ranked.edition
            and cheaper.ranking_id = ranked.ranking_id
            and cheaper.gss_code = ranked.gss_code
            and cheaper.place = 1

),

placed as (

    select
        *,
        {{ council_productivity.rank_best_first('balanced_score', 'edition, ranking_id') }} as balanced_rank,
        case
            when need_residual is not null
                then {{ council_productivity.rank_best_first('need_residual', 'edition, ranking_id') }}
        end as need_residual_rank,
        count(need_residual) over (partition by edition, ranking_id) as councils_with_need,
        {{ council_productivity.rank_best_first('activity_ratio', 'edition, ranking_id') }} as activity_rank,
        count(activity_ratio) over (partition by edition, ranking_id) as councils_with_activity,
        {{ council_productivity.rank_best_first('frontier_ratio', 'edition, ranking_id') }} as frontier_rank
    from viewed

),

quartered as (

    select
        *,
        {{ council_productivity.rank_group('balanced_rank', 'ranked_councils', 4) }} as balanced_quartile,
        {{ council_productivity.rank_group('need_residual_rank', 'councils_with_need', 4) }} as need_residual_quartile,
        {{ council_productivity.rank_group('activity_rank', 'councils_with_activity', 4) }} as activity_quartile,
        {{ council_productivity.rank_group('frontier_rank', 'ranked_councils', 4) }} as frontier_quartile
    from placed

),

final as (

    select
        edition,
        gss_code,
        ranking_id,
        productivity as ratio,
        productivity_quartile as ratio_quartile,
        balanced_score,
        balanced_quartile,
        need_residual,
        need_residual_quartile,
        frontier_ratio,
        frontier_quartile,
        frontier_gss_code,
        is_efficient_by_default,
        quadrant,
        activity_ratio,
        activity_quartile,
        cast(
            4
            + case when need_residual is null then 0 else 1 end
            + case when activity_ratio is null then 0 else 1 end
            as bigint
        ) as views_held,
        cast(
            case when productivity_quartile = 1 then 1 else 0 end
            + case when balanced_quartile = 1 then 1 else 0 end
            + case when need_residual_quartile = 1 then 1 else 0 end
            + case when frontier_quartile = 1 then 1 else 0 end
            + case when quadrant = 'better_for_less' then 1 else 0 end
            + case when activity_quartile = 1 then 1 else 0 end
            as bigint
        ) as views_good
    from quartered

)

select * from final

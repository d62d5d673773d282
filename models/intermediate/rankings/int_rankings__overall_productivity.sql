-- One row per edition and live council: the overall productivity, the geometric mean over the lenses in which the
-- council is ranked, each brought to a like spread (method, step 8), or the reason why there is none.
with

lenses as (

    select * from {{ ref('stg_register__rankings') }}
    where ranking_kind = 'lens'

),

productivity as (

    select * from {{ ref('int_rankings__productivity') }}

),

status as (

    select
        status.edition,
        cast(sum(case when status.is_scored then 1 else 0 end) as bigint) as lenses_scored_in_edition
    from {{ ref('int_rankings__edition_status') }} as status
    inner join lenses
        on lenses.ranking_id = status.ranking_id
    group by status.edition

),

summed as (

    select
        productivity.edition,
        productivity.gss_code,
        count(productivity.productivity_to_median) as lenses_scored,
        {{ council_productivity.round_score('exp(' ~ council_productivity.overall_ln_productivity(
            'ln(productivity.productivity_to_median)', 'spreads.spread_scale', 'lenses.weight_in_overall'
        ) ~ ')', digits=12) }} as overall_productivity
    from productivity
    inner join lenses
        on lenses.ranking_id = productivity.ranking_id
    inner join {{ ref('int_rankings__lens_spreads') }} as spreads
        on
            spreads.ranking_id = productivity.ranking_id
            and spreads.edition = productivity.edition
    group by productivity.edition, productivity.gss_code

),

judged as (

    select
        summed.edition,
        summed.gss_code,
        summed.lenses_scored,
        status.lenses_scored_in_edition,
        summed.overall_productivity,
        case
            when status.lenses_scored_in_edition < {{ var('overall_minimum_lenses') }} then 'edition_has_too_few_lenses'
            when not live.is_rankable then 'council_never_ranked'
            when summed.lenses_scored < {{ var('overall_minimum_lenses') }} then 'too_few_lenses'
        end as not_ranked_reason
    from summed
    inner join status
        on status.edition = summed.edition
    inner join {{ ref('int_calendar__live_councils') }} as live
        on
            live.edition = summed.edition
            and live.gss_code = summed.gss_code

),

final as (

    select
        edition,
        gss_code,
        lenses_scored,
        lenses_scored_in_edition,
        case when not_ranked_reason is null then overall_productivity end as productivity,
        not_ranked_reason
    from judged

)

select * from final

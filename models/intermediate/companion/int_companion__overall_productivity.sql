-- One row per edition and live council: the companion over the lenses in which the council has one, each on the frozen
-- scale of its lens as in the headline (method, step 8), or the reason why there is none.
with

lenses as (

    select * from {{ ref('stg_register__rankings') }}
    where ranking_kind = 'lens'

),

productivity as (

    select * from {{ ref('int_companion__productivity') }}

),

summed as (

    select
        productivity.edition,
        productivity.gss_code,
        count(productivity.ln_productivity_to_median * spreads.spread_scale) as companion_lenses,
        {{ council_productivity.round_score(council_productivity.overall_ln_productivity(
            'productivity.ln_productivity_to_median',
            'spreads.spread_scale',
            'lenses.weight_in_overall',
            is_exact=true
        ), digits=12) }} as ln_productivity
    from productivity
    inner join lenses
        on lenses.ranking_id = productivity.ranking_id
    left join {{ ref('int_rankings__lens_spreads') }} as spreads
        on
            spreads.ranking_id = productivity.ranking_id
            and spreads.edition = productivity.edition
    group by productivity.edition, productivity.gss_code

),

judged as (

    select
        summed.*,
        case
            when not live.is_rankable then 'council_never_ranked'
            when summed.companion_lenses < {{ var('overall_minimum_lenses') }} then 'too_few_lenses'
        end as no_companion_reason
    from summed
    inner join {{ ref('int_calendar__live_councils') }} as live
        on
            live.edition = summed.edition
            and live.gss_code = summed.gss_code

),

final as (

    select
        edition,
        gss_code,
        companion_lenses,
        case when no_companion_reason is null then ln_productivity end as ln_productivity,
        no_companion_reason
    from judged

)

select * from final

with

ranked as (

    select
        edition,
        ranking_id,
        gss_code,
        ln(productivity) as ln_productivity,
        ln(spend_index) as ln_spend
    from {{ ref('fct_ranking') }}
    where
        ranking_kind = 'lens'
        and productivity_rank is not null

),

overall as (

    -- Overall spend is the mean over the lenses in which the council is ranked, each at its spread, as its
    -- productivity is.
    select
        councils.edition,
        councils.ranking_id,
        councils.gss_code,
        ln(councils.productivity_index) as ln_productivity,
        {{ council_productivity.weighted_mean(
            'spreads.spread_scale * ranked.ln_spend', 'lenses.weight_in_overall'
        ) }} as ln_spend
    from {{ ref('fct_ranking') }} as councils
    inner join ranked
        on
            ranked.edition = councils.edition
            and ranked.gss_code = councils.gss_code
    inner join {{ ref('dim_ranking') }} as lenses
        on lenses.ranking_id = ranked.ranking_id
    inner join {{ ref('int_rankings__lens_spreads') }} as spreads
        on
            spreads.ranking_id = ranked.ranking_id
            and spreads.edition = ranked.edition
    where
        councils.ranking_id = 'overall'
        and councils.productivity_rank is not null
    group by councils.edition, councils.ranking_id, councils.gss_code, councils.productivity_index

),

every_council as (

    select * from ranked
    union all
    select * from overall

),

shares as (

    select
        edition,
        ranking_id,
        count(*) as ranked_councils,
        {{ council_productivity.round_score('stddev_samp(ln_productivity)') }} as sd_ln_productivity,
        {{ council_productivity.round_score(
            '-covar_samp(ln_productivity, ln_spend) / var_samp(ln_productivity)'
        ) }} as spend_share
    from every_council
    group by edition, ranking_id

),

final as (

    select
        edition,
        ranking_id,
        ranked_councils,
        sd_ln_productivity,
        spend_share,
        case
            when spend_share < {{ var('spend_share_floor') }} then 'outcome_decides'
            when spend_share > {{ var('spend_share_ceiling') }} then 'spend_decides'
        end as warning
    from shares

)

select * from final

-- One row per edition and live council, ranked overall or not.
with

productivity as (

    select * from {{ ref('int_rankings__overall_productivity') }}

),

ranked as (

    select
        edition,
        gss_code,
        {{ council_productivity.rank_best_first('productivity', 'edition') }} as productivity_rank,
        count(*) over (partition by edition) as ranked_councils
    from productivity
    where not_ranked_reason is null

),

final as (

    select
        productivity.edition,
        productivity.gss_code,
        productivity.lenses_scored,
        productivity.lenses_scored_in_edition,
        productivity.productivity * 100 as productivity_index,
        ranked.productivity_rank,
        coalesce(max(ranked.ranked_councils) over (partition by productivity.edition), 0) as ranked_councils,
        {{ council_productivity.rank_group('ranked.productivity_rank', 'ranked.ranked_councils', 4) }}
            as productivity_quartile,
        {{ council_productivity.rank_group('ranked.productivity_rank', 'ranked.ranked_councils', 10) }}
            as productivity_decile,
        productivity.not_ranked_reason
    from productivity
    left join ranked
        on
            ranked.edition = productivity.edition
            and ranked.gss_code = productivity.gss_code

)

select * from final

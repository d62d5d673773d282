with

final as (

    select
        edition,
        gss_code,
        lenses_scored,
        lenses_scored_in_edition,
        productivity_index,
        productivity_rank,
        ranked_councils,
        productivity_quartile,
        productivity_decile,
        not_ranked_reason
    from {{ ref('fct_ranking') }}
    where ranking_id = 'overall'

)

select * from final

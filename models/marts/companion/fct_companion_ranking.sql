with

final as (

    select
        companion.edition,
        companion.gss_code,
        companion.ranking_id,
        companion.editions_pooled,
        companion.measures_pooled,
        companion.companion_lenses,
        companion.ln_outcome,
        companion.ln_spend,
        companion.ln_spend_need_and_place,
        companion.companion_index,
        companion.companion_rank,
        bands.companion_rank_p05,
        bands.companion_rank_p95,
        companion.companion_ranked_councils,
        headline.productivity_rank,
        headline.ranked_councils,
        companion.no_companion_reason
    from {{ ref('int_companion__ranked') }} as companion
    inner join {{ ref('int_rankings__standing') }} as headline
        on
            headline.edition = companion.edition
            and headline.gss_code = companion.gss_code
            and headline.ranking_id = companion.ranking_id
    left join {{ ref('int_companion__banded') }} as bands
        on
            bands.edition = companion.edition
            and bands.gss_code = companion.gss_code
            and bands.ranking_id = companion.ranking_id

)

select * from final

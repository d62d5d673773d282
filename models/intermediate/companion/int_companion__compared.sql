-- One row per ranking, edition and council that has both ranks: the two beside deprivation and density of its place,
-- and beside both of the newest edition three years or more before, with which no edition is pooled in common.
with

ranked as (

    select
        companion.ranking_id,
        companion.edition,
        companion.gss_code,
        cast(left(companion.edition, 4) as integer) as start_year,
        headline.productivity_index,
        companion.companion_index,
        places.income_deprivation,
        places.ln_people_per_sq_km
    from {{ ref('int_companion__ranked') }} as companion
    inner join {{ ref('int_rankings__published') }} as headline
        on
            headline.ranking_id = companion.ranking_id
            and headline.edition = companion.edition
            and headline.gss_code = companion.gss_code
    inner join {{ ref('int_companion__places') }} as places
        on
            places.edition = companion.edition
            and places.gss_code = companion.gss_code
    where companion.companion_rank is not null

),

pairs as (

    select
        now.ranking_id,
        now.edition,
        max(before.edition) as edition_before
    from ranked as now
    inner join ranked as before
        on
            before.ranking_id = now.ranking_id
            and before.start_year <= now.start_year - 3
    group by now.ranking_id, now.edition

),

final as (

    select
        now.*,
        pairs.edition_before,
        before.productivity_index as productivity_index_before,
        before.companion_index as companion_index_before
    from ranked as now
    left join pairs
        on
            pairs.ranking_id = now.ranking_id
            and pairs.edition = now.edition
    left join ranked as before
        on
            before.ranking_id = now.ranking_id
            and before.gss_code = now.gss_code
            and before.edition = pairs.edition_before

)

select * from final

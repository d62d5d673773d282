-- One row per measure that counts for one council and edition, beside the council's standing in the lens and overall;
-- of the headline edition if none is named.
-- Another council or edition: dbt compile --select council_profile --vars '{council: Wigan, edition: 2018-19}'.
{% set council = var('council', 'Leicestershire') %}
{% set edition = var('edition', '') %}

with

council as (

    select
        gss_code,
        council_name
    from {{ ref('dim_council') }}
    where council_name = '{{ council | replace("'", "''") }}'

),

chosen as (

    select edition
    from {{ ref('dim_edition') }}
    where {% if edition %}edition = '{{ edition }}'{% else %}is_headline{% endif %}

),

overall as (

    select * from {{ ref('fct_council_productivity') }}
    where edition in (select chosen.edition from chosen)

),

standing as (

    select * from {{ ref('fct_lens_productivity') }}
    where edition in (select chosen.edition from chosen)

),

bands as (

    select * from {{ ref('fct_rank_band') }}
    where edition in (select chosen.edition from chosen)

),

grades as (

    select * from {{ ref('fct_measure_grade') }}
    where
        edition in (select chosen.edition from chosen)
        and is_active
        and ranking_kind = 'lens'

),

final as (

    -- A rank is null with its reason beside it; n and the band stand beside every rank.
    select
        council.council_name,
        standing.edition,
        overall.productivity_rank as overall_rank,
        overall.ranked_councils as overall_ranked_councils,
        overall_bands.rank_p05 as overall_rank_p05,
        overall_bands.rank_p95 as overall_rank_p95,
        overall.not_ranked_reason as overall_not_ranked_reason,
        lenses.ranking_order,
        lenses.ranking_name,
        standing.productivity_rank,
        standing.ranked_councils,
        bands.rank_p05,
        bands.rank_p95,
        standing.not_ranked_reason,
        standing.productivity_index,
        standing.outcome_score,
        standing.spend_index,
        measures.measure_name,
        grades.value,
        measures.unit,
        measures.polarity_in_words,
        grades.score,
        grades.grade,
        grades.missing_reason
    from council
    inner join overall
        on overall.gss_code = council.gss_code
    inner join standing
        on standing.gss_code = council.gss_code
    inner join {{ ref('dim_ranking') }} as lenses
        on lenses.ranking_id = standing.ranking_id
    left join bands as overall_bands
        on
            overall_bands.gss_code = council.gss_code
            and overall_bands.ranking_id = 'overall'
    left join bands
        on
            bands.gss_code = standing.gss_code
            and bands.ranking_id = standing.ranking_id
    left join grades
        on
            grades.gss_code = standing.gss_code
            and grades.ranking_id = standing.ranking_id
    left join {{ ref('dim_measure') }} as measures
        on measures.measure_id = grades.measure_id

)

select * from final
order by
    ranking_order asc,
    score desc nulls last,
    measure_name asc

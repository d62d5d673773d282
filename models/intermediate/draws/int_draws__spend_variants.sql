-- One row per edition, lens, council that some draw may rank and spend variant: the spend index as published,
-- adjusted for need, and as the mean of the editions held among the last three whose spend is made of the same lines.
-- A draw may rank whoever is ranked, and who is not only for a spend index beyond the published limits of
-- comparability.
with

comparable as (

    select
        productivity.ranking_id,
        productivity.edition,
        productivity.gss_code,
        productivity.spend_index,
        productivity.not_ranked_reason is null as is_ranked,
        case lenses.need_adjuster
            when 'income_deprivation' then deprivation.income_deprivation
            when 'income_deprivation_children' then deprivation.income_deprivation_children
            when 'income_deprivation_older_people' then deprivation.income_deprivation_older_people
        end as need
    from {{ ref('int_rankings__productivity') }} as productivity
    inner join {{ ref('stg_register__rankings') }} as lenses
        on lenses.ranking_id = productivity.ranking_id
    left join {{ ref('stg_mhclg__deprivation') }} as deprivation
        on deprivation.gss_code = productivity.gss_code
    where
        productivity.not_ranked_reason is null
        or (
            productivity.not_ranked_reason in ('spend_below_quarter_of_england', 'spend_above_four_times_england')
            and productivity.spend_index
            between {{ var('spend_index_floor_drawn')[0] }} and {{ var('spend_index_ceiling_drawn')[1] }}
        )

),

slopes as (

    select
        ranking_id,
        edition,
        {{ council_productivity.round_score('avg(need)') }} as mean_need,
        {{ council_productivity.regression('slope', 'ln(spend_index)', 'need') }} as slope
    from comparable
    where
        need is not null
        and is_ranked
    group by ranking_id, edition

),

spend_held as (

    select
        ranking_id,
        edition,
        gss_code,
        spend_index,
        spend_series,
        cast(left(edition, 4) as integer) as start_year
    from {{ ref('int_spend__indexed') }}
    where spend_index > 0

),

three_year as (

    select
        now.ranking_id,
        now.edition,
        now.gss_code,
        {{ council_productivity.round_score('avg(held.spend_index)') }} as mean_spend_index,
        count(*) as editions_held
    from spend_held as now
    inner join spend_held as held
        on
            held.ranking_id = now.ranking_id
            and held.gss_code = now.gss_code
            and held.spend_series = now.spend_series
            and held.start_year between now.start_year - 2 and now.start_year
    group by now.ranking_id, now.edition, now.gss_code

),

varied as (

    select
        comparable.ranking_id,
        comparable.edition,
        comparable.gss_code,
        comparable.need,
        comparable.spend_index as raw_index,
        -- a lens without a need, or a council without a figure of it, keeps its spend
        comparable.spend_index * coalesce(exp(-slopes.slope * (comparable.need - slopes.mean_need)), 1)
            as need_adjusted_index,
        case
            when three_year.editions_held >= 2 then three_year.mean_spend_index else comparable.spend_index
        end as three_year_index
    from comparable
    left join slopes
        on
            slopes.ranking_id = comparable.ranking_id
            and slopes.edition = comparable.edition
    left join three_year
        on
            three_year.ranking_id = comparable.ranking_id
            and three_year.edition = comparable.edition
            and three_year.gss_code = comparable.gss_code

),

final as (

    {% for variant in ['raw', 'need_adjusted', 'three_year'] %}
        select
            ranking_id,
            edition,
            gss_code,
            '{{ variant }}' as spend_variant,
            {{ variant }}_index as spend_index,
            -- limits of comparability are about what was reported
            raw_index as published_spend_index,
            need
        from varied
        {{ 'union all' if not loop.last }}
    {% endfor %}

)

select * from final

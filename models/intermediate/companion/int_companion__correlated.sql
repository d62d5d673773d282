-- One row per ranking, edition and pair of figures: Spearman's correlation over the councils that have both, with mean
-- ranks where figures are equal; and the edition that an earlier figure is of.
{% set pairs = {
    'headline_and_companion': ['productivity_index', 'companion_index'],
    'headline_and_deprivation': ['productivity_index', 'income_deprivation'],
    'companion_and_deprivation': ['companion_index', 'income_deprivation'],
    'headline_and_density': ['productivity_index', 'ln_people_per_sq_km'],
    'companion_and_density': ['companion_index', 'ln_people_per_sq_km'],
    'headline_and_before': ['productivity_index', 'productivity_index_before'],
    'companion_and_before': ['companion_index', 'companion_index_before'],
} %}

with

compared as (

    select * from {{ ref('int_companion__compared') }}

),

paired as (

    {% for pair, figures in pairs.items() %}
        select
            ranking_id,
            edition,
            gss_code,
            '{{ pair }}' as pair_id,
            {{ 'edition_before' if pair.endswith('_before') else 'cast(null as ' ~ dbt.type_string() ~ ')' }}
                as edition_before,
            {{ figures[0] }} as one,
            {{ figures[1] }} as other
        from compared
        where
            {{ figures[0] }} is not null
            and {{ figures[1] }} is not null
        {{ 'union all' if not loop.last }}
    {% endfor %}

),

ranked as (

    select
        ranking_id,
        edition,
        pair_id,
        edition_before,
        {{ council_productivity.centred_rank('one', 'ranking_id, edition, pair_id') }} as rank_of_one,
        {{ council_productivity.centred_rank('other', 'ranking_id, edition, pair_id') }} as rank_of_other
    from paired

),

final as (

    select
        ranking_id,
        edition,
        pair_id,
        max(edition_before) as edition_before,
        count(*) as councils,
        {{ council_productivity.correlation('rank_of_one', 'rank_of_other') }} as rank_correlation
    from ranked
    group by ranking_id, edition, pair_id

)

select * from final

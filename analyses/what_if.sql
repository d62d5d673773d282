-- One row per setting and council ranked overall with it: what the ranking would be if the index were made that way.
-- The page "What if" of the report site computes the same in the browser; a test compares the two.
-- Who may be ranked stays as published: a council within the limits of comparability in enough lenses. The mean is over
-- what is kept: a lens of weight 0 and a measure left out do not count, for anyone.
--   setting_id         place in the list of settings, from 1
--   lenses_counted     lenses with a weight in which the council has a score
--   productivity_index 100 is a council at the median in every lens that counts
--   peer_rank          rank among the chosen council and its peers; empty for others
-- Settings are a list; what one leaves out is as published. Without a list: the published ranking of the headline
-- edition.
--   dbt compile --select what_if --vars '{what_if: [{edition: 2018-19, weights: {childrens_social_care: 2},
--   left_out: [waste_recycling_rate], spend: need_and_place, mean: geometric, spread: none, council: E10000018,
--   peers: ons_nearest_neighbours}]}'
{% set choices = {
    'spend': ['raw', 'need_adjusted', 'three_year', 'need_and_place'],
    'mean': ['arithmetic', 'power', 'geometric'],
    'spread': ['frozen', 'none'],
} %}
{# The first row of the last two lists gives the types and belongs to no setting. #}
{% set setting_rows, weight_rows, left_out_rows = [], ["(0, '', 0e0)"], ["(0, '')"] %}
{% for setting in var('what_if', [{}]) %}
    {% set setting_id = loop.index %}
    {% set chosen = [] %}
    {% for name, known in choices.items() %}
        {% set value = setting.get(name, known[0]) %}
        {% if value not in known %}
            {{ exceptions.raise_compiler_error(
                "what_if: setting " ~ setting_id ~ ": `" ~ value ~ "` is no " ~ name ~ ": one of " ~ known | join(", ")
            ) }}
        {% endif %}
        {% do chosen.append(value) %}
    {% endfor %}
    {% for name in ['edition', 'council', 'peers'] %}
        {% do chosen.append(setting.get(name, '')) %}
    {% endfor %}
    {% do setting_rows.append("(" ~ setting_id ~ ", '" ~ chosen | join("', '") ~ "')") %}
    {% for ranking_id, weight in setting.get('weights', {}).items() %}
        {% do weight_rows.append("(" ~ setting_id ~ ", '" ~ ranking_id ~ "', " ~ weight ~ "e0)") %}
    {% endfor %}
    {% for measure_id in setting.get('left_out', []) %}
        {% do left_out_rows.append("(" ~ setting_id ~ ", '" ~ measure_id ~ "')") %}
    {% endfor %}
{% endfor %}

with

asked as (

    select listed.* from (
        values {{ setting_rows | join(', ') }}
    ) as listed (setting_id, spend_variant, outcome_mean, lens_spread, asked_edition, gss_code, peer_group_id)

),

settings as (

    select
        asked.*,
        editions.edition
    from asked
    inner join {{ ref('dim_edition') }} as editions
        on
            editions.edition = asked.asked_edition
            or (asked.asked_edition = '' and editions.is_headline)

),

lens_weights as (

    select listed.* from (
        values {{ weight_rows | join(', ') }}
    ) as listed (setting_id, ranking_id, weight)

),

left_out as (

    select listed.* from (
        values {{ left_out_rows | join(', ') }}
    ) as listed (setting_id, measure_id)

),

lenses as (

    select
        settings.setting_id,
        settings.edition,
        settings.spend_variant,
        settings.outcome_mean,
        rankings.ranking_id,
        coalesce(lens_weights.weight, rankings.weight_in_overall) as weight,
        case when settings.lens_spread = 'none' then 1 else spreads.spread_scale end as spread_scale
    from settings
    cross join {{ ref('stg_register__rankings') }} as rankings
    inner join {{ ref('int_rankings__lens_spreads') }} as spreads
        on
            spreads.ranking_id = rankings.ranking_id
            and spreads.edition = settings.edition
    left join lens_weights
        on
            lens_weights.setting_id = settings.setting_id
            and lens_weights.ranking_id = rankings.ranking_id
    where rankings.ranking_kind = 'lens'

),

comparable as (

    select
        lenses.setting_id,
        lenses.edition,
        lenses.ranking_id,
        lenses.weight,
        lenses.spread_scale,
        spend.gss_code,
        case lenses.spend_variant
            when 'need_adjusted' then spend.need_adjusted_spend_index
            when 'three_year' then spend.three_year_spend_index
            when 'need_and_place' then spend.need_and_place_spend_index
            else spend.spend_index
        end as spend_index
    from lenses
    inner join {{ ref('fct_spend_variant') }} as spend
        on
            spend.edition = lenses.edition
            and spend.ranking_id = lenses.ranking_id
    where spend.spend_index between {{ var('spend_index_floor') }} and {{ var('spend_index_ceiling') }}

),

kept as (

    select
        lenses.setting_id,
        lenses.outcome_mean,
        graded.ranking_id,
        graded.gss_code,
        graded.weight,
        {{ council_productivity.slot_of_mean('lenses.outcome_mean', 'graded.score') }} as score
    from lenses
    inner join {{ ref('int_measures__graded') }} as graded
        on
            graded.edition = lenses.edition
            and graded.ranking_id = lenses.ranking_id
    left join left_out
        on
            left_out.setting_id = lenses.setting_id
            and left_out.measure_id = graded.measure_id
    where
        graded.is_active
        and graded.score is not null
        and left_out.measure_id is null

),

outcomes as (

    select
        setting_id,
        ranking_id,
        gss_code,
        {{ council_productivity.round_score(council_productivity.mean_from_slots(
            'outcome_mean', council_productivity.weighted_mean('score', 'weight')
        )) }} as outcome_score
    from kept
    group by setting_id, outcome_mean, ranking_id, gss_code

),

divided as (

    select
        comparable.*,
        outcomes.outcome_score / comparable.spend_index as productivity
    from comparable
    left join outcomes
        on
            outcomes.setting_id = comparable.setting_id
            and outcomes.ranking_id = comparable.ranking_id
            and outcomes.gss_code = comparable.gss_code
    where comparable.spend_index is not null

),

medians as (

    select
        setting_id,
        ranking_id,
        {{ council_productivity.percentile('productivity', 0.5) }} as median_productivity
    from divided
    group by setting_id, ranking_id

),

combined as (

    select
        divided.setting_id,
        divided.edition,
        divided.gss_code,
        sum(case when divided.weight > 0 and divided.productivity is not null then 1 else 0 end) as lenses_counted,
        {{ council_productivity.round_score('exp(' ~ council_productivity.overall_ln_productivity(
            'ln(divided.productivity / medians.median_productivity)', 'divided.spread_scale', 'divided.weight'
        ) ~ ')', digits=12) }} as productivity
    from divided
    inner join medians
        on
            medians.setting_id = divided.setting_id
            and medians.ranking_id = divided.ranking_id
    group by divided.setting_id, divided.edition, divided.gss_code
    having count(*) >= {{ var('overall_minimum_lenses') }}

),

among_peers as (

    select
        settings.setting_id,
        settings.gss_code
    from settings
    where settings.peer_group_id <> ''
    union all
    select
        settings.setting_id,
        peers.peer_gss_code as gss_code
    from settings
    inner join {{ ref('bridge_council_peer') }} as peers
        on
            peers.peer_group_id = settings.peer_group_id
            and peers.gss_code = settings.gss_code

),

ranked as (

    select
        combined.*,
        among_peers.gss_code is not null as is_among_peers,
        {{ council_productivity.rank_best_first('combined.productivity', 'combined.setting_id') }} as productivity_rank,
        count(*) over (partition by combined.setting_id) as ranked_councils,
        {{ council_productivity.rank_best_first(
            'combined.productivity', 'combined.setting_id, among_peers.gss_code is not null'
        ) }} as rank_in_part
    from combined
    left join among_peers
        on
            among_peers.setting_id = combined.setting_id
            and among_peers.gss_code = combined.gss_code
    where combined.productivity is not null

),

final as (

    select
        ranked.setting_id,
        ranked.edition,
        ranked.gss_code,
        ranked.lenses_counted,
        ranked.productivity * 100 as productivity_index,
        ranked.productivity_rank,
        ranked.ranked_councils,
        case when ranked.is_among_peers then ranked.rank_in_part end as peer_rank,
        published.productivity_rank as published_rank,
        published.rank_p05 as published_rank_p05,
        published.rank_p95 as published_rank_p95
    from ranked
    left join {{ ref('fct_ranking') }} as published
        on
            published.edition = ranked.edition
            and published.gss_code = ranked.gss_code
            and published.ranking_id = 'overall'

)

select * from final
order by
    setting_id,
    productivity_rank,
    gss_code

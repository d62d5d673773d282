-- One row per cell (edition, lens, scenario and draw) and council that the draw's limits of comparability let in: its
-- productivity, and its rank brought to the number of councils that is published. There are twenty million rows: what
-- belongs to a council is put side by side once for each choice that a draw may make, and joined and ranked by numbers.
with

cells as (

    select * from {{ ref('int_draws__cells') }}

),

-- each choice that a draw may make has a number
chosen as (

    select
        *,
        cast(
            dense_rank() over (order by edition, ranking_id, spend_variant, normalisation, outcome_mean) as integer
        ) as choice_number
    from cells

),

choices as (

    select distinct
        edition,
        ranking_id,
        spend_variant,
        normalisation,
        outcome_mean,
        choice_number
    from chosen

),

subjects as (

    select distinct
        ranking_id,
        gss_code,
        cast(dense_rank() over (order by ranking_id, gss_code) as integer) as subject_number
    from {{ ref('int_noise__outcome_sampling_error') }}

),

councils as (

    select
        {% for slot in range(1, var('measure_slots') + 1) %}
            scores.score_{{ slot }},
            scores.mark_{{ slot }},
        {% endfor %}
        choices.choice_number,
        choices.outcome_mean,
        subjects.subject_number,
        spend.spend_index,
        spend.published_spend_index,
        sampling.outcome_standard_error
    from choices
    inner join {{ ref('int_draws__spend_variants') }} as spend
        on
            spend.edition = choices.edition
            and spend.ranking_id = choices.ranking_id
            and spend.spend_variant = choices.spend_variant
    inner join {{ ref('int_draws__slot_scores') }} as scores
        on
            scores.edition = choices.edition
            and scores.ranking_id = choices.ranking_id
            and scores.gss_code = spend.gss_code
            and scores.normalisation = choices.normalisation
            and scores.outcome_mean = choices.outcome_mean
    inner join {{ ref('int_noise__outcome_sampling_error') }} as sampling
        on
            sampling.edition = choices.edition
            and sampling.ranking_id = choices.ranking_id
            and sampling.gss_code = spend.gss_code
    inner join subjects
        on
            subjects.ranking_id = choices.ranking_id
            and subjects.gss_code = spend.gss_code

),

noise as (

    select
        {{ council_productivity.noise_number('noise.draw', 'subjects.subject_number') }} as noise_number,
        noise.sampling_normal,
        noise.year_normal,
        noise.next_edition_normal
    from {{ ref('int_noise__drawn') }} as noise
    inner join subjects
        on
            subjects.ranking_id = noise.ranking_id
            and subjects.gss_code = noise.gss_code

),

outcomes as (

    select
        chosen.cell_id,
        councils.subject_number,
        councils.spend_index,
        councils.outcome_mean,
        -- without noise in the cell there is none to join
        coalesce(
            chosen.sampling_scale * councils.outcome_standard_error * noise.sampling_normal
            + chosen.year_noise_deviation * noise.year_normal,
            0
        ) as outcome_noise,
        coalesce(chosen.next_edition_deviation * noise.next_edition_normal, 0) as next_edition_change,
        {{ council_productivity.slot_mean(
            'councils.score_', 'councils.mark_', 'chosen.weight_', var('measure_slots')
        ) }} as mean_score
    from chosen
    inner join councils
        on councils.choice_number = chosen.choice_number
    left join noise
        on noise.noise_number = {{ council_productivity.noise_number('chosen.noise_draw', 'councils.subject_number') }}
    where councils.published_spend_index between chosen.spend_index_floor and chosen.spend_index_ceiling

),

divided as (

    select
        cell_id,
        subject_number,
        {{ council_productivity.round_score(
            council_productivity.clipped_score(
                council_productivity.mean_from_slots('outcome_mean', 'mean_score') ~ ' + outcome_noise'
            ) ~ ' / spend_index * exp(next_edition_change)'
        ) }} as productivity
    from outcomes

),

ranked as (

    select
        cell_id,
        subject_number,
        productivity,
        rank() over (partition by cell_id order by productivity desc) as drawn_rank
    from divided

),

counted as (

    select
        chosen.cell_id,
        chosen.ranked_councils,
        count(*) as drawn_councils
    from chosen
    inner join councils
        on councils.choice_number = chosen.choice_number
    where councils.published_spend_index between chosen.spend_index_floor and chosen.spend_index_ceiling
    group by chosen.cell_id, chosen.ranked_councils

),

final as (

    select
        ranked.cell_id,
        subjects.gss_code,
        ranked.productivity,
        {{ council_productivity.rank_among('ranked.drawn_rank', 'counted.drawn_councils', 'counted.ranked_councils') }}
            as productivity_rank
    from ranked
    inner join counted
        on counted.cell_id = ranked.cell_id
    inner join subjects
        on subjects.subject_number = ranked.subject_number

)

select * from final

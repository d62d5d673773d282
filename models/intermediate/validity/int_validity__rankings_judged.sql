-- One row per ranking, outside judgement, figure of the ranking (its outcome score, spend or productivity), edition and
-- council that has both: each as a rank within the edition.
with

standing as (

    select
        ranking_id,
        edition,
        gss_code,
        outcome_score,
        case when not_ranked_reason is null then spend_index end as spend_index,
        case when productivity_rank is not null then productivity_index end as productivity_index
    from {{ ref('int_rankings__standing') }}

),

figures as (

    {% for figure in ['outcome_score', 'spend_index', 'productivity_index'] %}
        select
            ranking_id,
            edition,
            gss_code,
            '{{ figure }}' as figure_id,
            {{ figure }} as figure_value
        from standing
        {{ 'union all' if not loop.last }}
    {% endfor %}

),

both_held as (

    select
        judged.ranking_id,
        judged.judgement_id,
        figures.figure_id,
        judged.edition,
        judged.gss_code,
        judged.judgement,
        figures.figure_value
    from {{ ref('int_validity__judgements') }} as judged
    inner join figures
        on
            figures.ranking_id = judged.ranking_id
            and figures.edition = judged.edition
            and figures.gss_code = judged.gss_code
    where figures.figure_value is not null

),

final as (

    select
        ranking_id,
        judgement_id,
        figure_id,
        edition,
        gss_code,
        {{ council_productivity.centred_rank('judgement', 'ranking_id, judgement_id, figure_id, edition') }}
            as judgement_rank,
        {{ council_productivity.centred_rank('figure_value', 'ranking_id, judgement_id, figure_id, edition') }}
            as figure_rank
    from both_held

)

select * from final

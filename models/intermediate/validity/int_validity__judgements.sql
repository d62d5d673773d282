-- One row per ranking, outside judgement that stands beside it, edition and live council that was judged; more is
-- better. Not in an edition in which the ranking has the figure for a measure: it would be held against itself. A
-- nought is no judgement; it is printed for a few councils that have none.
with

register as (

    select * from {{ ref('stg_register__outside_judgements') }}

),

measured as (

    select distinct
        graded.ranking_id,
        measures.publication_id,
        measures.numerator_item_id as item_id,
        graded.edition
    from {{ ref('int_measures__graded') }} as graded
    inner join {{ ref('stg_register__measures') }} as measures
        on measures.measure_id = graded.measure_id
    where graded.is_active

),

judged as (

    select
        publication_id,
        item_id,
        edition,
        gss_code,
        figure_value as judgement
    from {{ ref('int_figures__by_council') }}
    where figure_value > 0
    union all
    select
        'ofsted_judgements' as publication_id,
        ofsted.item_id,
        editions.edition,
        ofsted.printed_code as gss_code,
        ofsted.judgement
    from {{ ref('stg_ofsted__judgements') }} as ofsted
    inner join {{ ref('stg_register__editions') }} as editions
        on editions.end_date = ofsted.as_at
    where ofsted.judgement is not null

),

final as (

    select
        register.ranking_id,
        register.judgement_id,
        judged.edition,
        judged.gss_code,
        judged.judgement
    from register
    inner join judged
        on
            judged.publication_id = register.publication_id
            and judged.item_id = register.item_id
    inner join {{ ref('int_calendar__live_councils') }} as live
        on
            live.edition = judged.edition
            and live.gss_code = judged.gss_code
            and live.is_rankable
    left join measured
        on
            measured.ranking_id = register.ranking_id
            and measured.publication_id = register.publication_id
            and measured.item_id = register.item_id
            and measured.edition = judged.edition
    where measured.ranking_id is null

)

select * from final

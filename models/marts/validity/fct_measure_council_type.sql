with

scored as (

    select
        graded.ranking_id,
        graded.measure_id,
        graded.edition,
        graded.gss_code,
        councils.council_type,
        graded.score
    from {{ ref('int_measures__graded') }} as graded
    inner join {{ ref('int_calendar__live_councils') }} as live
        on
            live.edition = graded.edition
            and live.gss_code = graded.gss_code
            and live.is_rankable
    inner join {{ ref('stg_register__councils') }} as councils
        on councils.gss_code = graded.gss_code
    where graded.score is not null

),

averaged as (

    select
        ranking_id,
        measure_id,
        edition,
        gss_code,
        score,
        avg(score) over (partition by ranking_id, measure_id, edition) as mean_of_all,
        avg(score) over (partition by ranking_id, measure_id, edition, council_type) as mean_of_type
    from scored

),

summed as (

    select
        ranking_id,
        measure_id,
        count(distinct edition) as editions,
        count(distinct gss_code) as councils,
        sum((mean_of_type - mean_of_all) * (mean_of_type - mean_of_all)) as squares_between_types,
        sum((score - mean_of_all) * (score - mean_of_all)) as squares_in_all
    from averaged
    group by ranking_id, measure_id

),

final as (

    select
        ranking_id,
        measure_id,
        editions,
        councils,
        -- What rounding leaves of a measure that is the same everywhere is no variance.
        case
            when squares_in_all > 1e-9
                then {{ council_productivity.round_score('squares_between_types / squares_in_all') }}
        end as council_type_share
    from summed

)

select * from final

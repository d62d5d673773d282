-- One row per module, edition, live council and figure: the median of the same figure over the council's neighbours
-- that hold it. Neighbours exist for today's councils only.
with

figures as (

    select * from {{ ref('int_modules__figures') }}
    where figure_value is not null

),

neighbours as (

    select
        lenses.lens_id,
        bridge.gss_code,
        bridge.neighbour_gss_code
    from {{ ref('bridge_council_neighbour') }} as bridge
    inner join {{ ref('stg_register__lenses') }} as lenses
        on
            lenses.neighbour_set = bridge.neighbour_set
            and lenses.lens_kind = 'module'

),

final as (

    select
        figures.lens_id,
        figures.edition,
        neighbours.gss_code,
        figures.figure_id,
        {{ council_productivity.percentile('figures.figure_value', 0.5) }} as peer_median,
        count(*) as peers_held
    from neighbours
    inner join figures
        on
            figures.lens_id = neighbours.lens_id
            and figures.gss_code = neighbours.neighbour_gss_code
    group by figures.lens_id, figures.edition, neighbours.gss_code, figures.figure_id

)

select * from final

-- One row per edition, lens, module or `overall`, scenario, draw and ranked council: the rank in the draw.
{{ config(materialized='view') }}

with

cells as (

    select * from {{ ref('int_draws__cells') }}

),

overall_cells as (

    select distinct
        overall_cell_id,
        edition,
        scenario_id,
        draw
    from {{ ref('int_draws__cells') }}

),

final as (

    select
        cells.cell_id,
        cells.edition,
        cells.ranking_id,
        cells.ranking_kind,
        cells.scenario_id,
        cells.draw,
        lens_ranks.gss_code,
        lens_ranks.productivity,
        lens_ranks.productivity_rank
    from {{ ref('int_draws__lens_ranks') }} as lens_ranks
    inner join cells
        on cells.cell_id = lens_ranks.cell_id
    union all
    select
        -overall_cells.overall_cell_id as cell_id,
        overall_cells.edition,
        'overall' as ranking_id,
        'overall' as ranking_kind,
        overall_cells.scenario_id,
        overall_cells.draw,
        overall_ranks.gss_code,
        overall_ranks.productivity,
        overall_ranks.productivity_rank
    from {{ ref('int_draws__overall_ranks') }} as overall_ranks
    inner join overall_cells
        on overall_cells.overall_cell_id = overall_ranks.overall_cell_id

)

select * from final

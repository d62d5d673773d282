{#
   The middle one or two of the peers' values are picked by their place. An aggregate of medians over 14 million rows
   keeps every group's values: where memory is short DuckDB writes them to disk over and over, until the disk is full.
   Councils and figures are numbered first, since texts in the sort take three times as long, and big integers a third
   longer than small ones.
#}
{% macro peer_medians(figures, period) -%}
    with

    numbered_figures as (

        select
            *,
            cast(dense_rank() over (order by ranking_id, {{ period }}, figure_id) as integer) as figure_number
        from {{ figures }}
        where figure_value is not null

    ),

    numbered_peers as (

        select
            *,
            cast(dense_rank() over (order by ranking_id, peer_group_id, gss_code) as integer) as council_number
        from {{ ref('int_peers__by_ranking') }}

    ),

    placed as (

        select
            peers.council_number,
            figures.figure_number,
            figures.figure_value,
            row_number() over (
                partition by peers.council_number, figures.figure_number
                order by figures.figure_value
            ) as place,
            count(*) over (partition by peers.council_number, figures.figure_number) as peers_held
        from numbered_peers as peers
        inner join numbered_figures as figures
            on
                figures.ranking_id = peers.ranking_id
                and figures.gss_code = peers.peer_gss_code

    ),

    -- Third of five, second and third of four.
    medians as (

        select
            council_number,
            figure_number,
            min(figure_value) * 0.5 + max(figure_value) * 0.5 as peer_median,
            max(peers_held) as peers_held
        from placed
        where 2 * place between peers_held and peers_held + 2
        group by council_number, figure_number

    ),

    councils as (

        select distinct
            council_number,
            ranking_id,
            gss_code,
            peer_group_id,
            is_default
        from numbered_peers

    ),

    named_figures as (

        select distinct
            figure_number,
            {{ period }},
            figure_id
        from numbered_figures

    )

    select
        councils.ranking_id,
        named_figures.{{ period }},
        councils.gss_code,
        councils.peer_group_id,
        councils.is_default,
        named_figures.figure_id,
        medians.peer_median,
        medians.peers_held
    from medians
    inner join councils
        on councils.council_number = medians.council_number
    inner join named_figures
        on named_figures.figure_number = medians.figure_number
{%- endmacro %}

-- One row per ranking, own measure, edition, council that holds it and group of peers: its grade, and their median.
{{ config(enabled=var('own_registers', '') != '') }}

select
    grades.ranking_id,
    grades.measure_id,
    grades.edition,
    grades.gss_code,
    peer_groups.peer_group_name,
    grades.value,
    grades.grade,
    medians.peer_median,
    medians.peers_held
from {{ ref('council_productivity', 'fct_measure_grade') }} as grades
inner join {{ ref('council_productivity', 'fct_peer_median') }} as medians
    on
        medians.ranking_id = grades.ranking_id
        and medians.figure_id = grades.measure_id
        and medians.edition = grades.edition
        and medians.gss_code = grades.gss_code
inner join {{ ref('council_productivity', 'dim_peer_group') }} as peer_groups
    on peer_groups.peer_group_id = medians.peer_group_id
where
    exists (
        select own.measure_id
        from {{ ref('own_ranking_measures') }} as own
        where own.ranking_id = grades.ranking_id and own.measure_id = grades.measure_id
    )

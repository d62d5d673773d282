-- One row per peer group, council and other council in it. Neighbours are today's councils only, as many of each as the
-- register counts; region and type are those of the councils that may be ranked; a user's own peers are as named.
with

councils as (

    select * from {{ ref('stg_register__councils') }}

),

counted as (

    select * from {{ ref('stg_register__peer_groups') }}

),

by_number as (

    -- Three DfE numbers belong to an old council and its successor: the neighbours are today's councils.
    select
        dfe_la_number,
        gss_code
    from councils
    where end_date is null

),

neighbours as (

    select
        'ons_nearest_neighbours' as peer_group_id,
        gss_code,
        neighbour_rank as peer_order,
        neighbour_gss_code as peer_gss_code,
        cast(null as {{ dbt.type_string() }}) as closeness
    from {{ ref('stg_ons__nearest_neighbours') }}
    union all
    select
        'dfe_statistical_neighbours' as peer_group_id,
        mine.gss_code,
        neighbours.neighbour_rank as peer_order,
        theirs.gss_code as peer_gss_code,
        neighbours.closeness
    from {{ ref('stg_dfe__statistical_neighbours') }} as neighbours
    inner join by_number as mine
        on mine.dfe_la_number = neighbours.dfe_la_number
    inner join by_number as theirs
        on theirs.dfe_la_number = neighbours.neighbour_dfe_la_number
    union all
    select
        peer_group_id,
        gss_code,
        peer_order,
        peer_gss_code,
        cast(null as {{ dbt.type_string() }}) as closeness
    from {{ ref('stg_register__own_peers') }}

),

alike as (

    {% for group, attribute in [('region', 'region_code'), ('council_type', 'council_type')] %}
        select
            '{{ group }}' as peer_group_id,
            mine.gss_code,
            theirs.gss_code as peer_gss_code,
            theirs.council_name
        from councils as mine
        inner join councils as theirs
            on
                theirs.{{ attribute }} = mine.{{ attribute }}
                and theirs.gss_code <> mine.gss_code
                and theirs.never_ranked_reason is null
        {{ 'union all' if not loop.last }}
    {% endfor %}

),

final as (

    select
        neighbours.peer_group_id,
        neighbours.gss_code,
        neighbours.peer_order,
        neighbours.peer_gss_code,
        neighbours.closeness
    from neighbours
    inner join counted
        on counted.peer_group_id = neighbours.peer_group_id
    where
        counted.peers_counted is null
        or neighbours.peer_order <= counted.peers_counted
    union all
    select
        peer_group_id,
        gss_code,
        cast(
            row_number() over (partition by peer_group_id, gss_code order by council_name, peer_gss_code) as bigint
        ) as peer_order,
        peer_gss_code,
        cast(null as {{ dbt.type_string() }}) as closeness
    from alike

)

select * from final

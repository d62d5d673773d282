-- One row per peer group, council and other council in it. DfE's neighbours are those of children's services and serve
-- that lens only; region and type are those of the councils that may be ranked.
with

councils as (

    select * from {{ ref('dim_council') }}
    where is_rankable

),

final as (

    select
        neighbour_set as peer_group,
        gss_code,
        neighbour_gss_code as peer_gss_code
    from {{ ref('bridge_council_neighbour') }}
    union all
    select
        'region' as peer_group,
        mine.gss_code,
        theirs.gss_code as peer_gss_code
    from councils as mine
    inner join councils as theirs
        on
            theirs.region_code = mine.region_code
            and theirs.gss_code <> mine.gss_code
    union all
    select
        'council_type' as peer_group,
        mine.gss_code,
        theirs.gss_code as peer_gss_code
    from councils as mine
    inner join councils as theirs
        on
            theirs.council_type = mine.council_type
            and theirs.gss_code <> mine.gss_code

)

select * from final

with

register as (

    select * from {{ ref('ingested_files') }}

),

final as (

    select
        sha256,
        publication_id,
        file_name,
        cast(nullif(retrieved_on, '') as date) as retrieved_on
    from register

)

select * from final

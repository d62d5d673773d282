-- One row per publication, item, edition and printed code, and authority of the edition that it stands for (a refused
-- code may touch two, that of a joint authority stands for each of its councils). First the register of printed codes;
-- else the code itself, if it was live.
with

printed as (

    select distinct
        publication_id,
        item_id,
        edition,
        printed_code
    from {{ ref('int_figures__printed') }}

),

registered as (

    select
        printed.publication_id,
        printed.item_id,
        printed.edition,
        printed.printed_code,
        register.gss_code as authority_code,
        register.code_use
    from printed
    inner join {{ ref('stg_register__printed_codes') }} as register
        on
            register.publication_id = printed.publication_id
            and register.printed_code = printed.printed_code
            and printed.edition between register.first_edition and register.last_edition
            and (register.item_id is null or register.item_id = printed.item_id)

),

live as (

    select
        edition,
        gss_code
    from {{ ref('stg_register__authorities') }}
    union
    select
        edition,
        gss_code
    from {{ ref('int_calendar__live_councils') }}

),

not_registered as (

    select
        printed.publication_id,
        printed.item_id,
        printed.edition,
        printed.printed_code,
        live.gss_code as authority_code,
        case when live.gss_code is null then 'no_council' else 'own' end as code_use
    from printed
    left join registered
        on
            registered.publication_id = printed.publication_id
            and registered.item_id = printed.item_id
            and registered.edition = printed.edition
            and registered.printed_code = printed.printed_code
    left join live
        on
            live.edition = printed.edition
            and live.gss_code = printed.printed_code
    where registered.printed_code is null

),

final as (

    select * from registered
    union all
    select * from not_registered

)

select * from final

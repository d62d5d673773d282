-- One row per publication, edition and printed code, and council it stands for (a refused code may touch two).
-- First the register of printed codes; else the authority's upper tier of the edition; else itself, if live.
with

printed as (

    select distinct
        publication_id,
        edition,
        printed_code
    from {{ ref('int_figures__printed') }}

),

registered as (

    select
        printed.publication_id,
        printed.edition,
        printed.printed_code,
        register.gss_code,
        register.code_use
    from printed
    inner join {{ ref('stg_register__printed_codes') }} as register
        on
            register.publication_id = printed.publication_id
            and register.printed_code = printed.printed_code
            and printed.edition between register.first_edition and register.last_edition

),

not_registered as (

    select printed.*
    from printed
    left join registered
        on
            registered.publication_id = printed.publication_id
            and registered.edition = printed.edition
            and registered.printed_code = printed.printed_code
    where registered.printed_code is null

),

by_authority as (

    select
        not_registered.publication_id,
        not_registered.edition,
        not_registered.printed_code,
        coalesce(authorities.upper_tier_gss_code, live.gss_code) as gss_code
    from not_registered
    left join {{ ref('stg_register__authorities') }} as authorities
        on
            authorities.edition = not_registered.edition
            and authorities.gss_code = not_registered.printed_code
    left join {{ ref('int_geography__live_councils') }} as live
        on
            live.edition = not_registered.edition
            and live.gss_code = not_registered.printed_code

),

final as (

    select * from registered
    union all
    select
        publication_id,
        edition,
        printed_code,
        gss_code,
        case
            when gss_code is null then 'no_council'
            when gss_code = printed_code then 'whole'
            else 'part'
        end as code_use
    from by_authority

)

select * from final

-- Codes that stand for no council of the edition: neither live nor in the register of printed codes.
with

authorities_live as (

    select gss_code from authorities
    inner join asked using (edition)
    union
    select gss_code from live

),

registered as (

    select
        printed_codes.*,
        authorities_live.gss_code is not null as stands
    from printed_codes
    inner join asked
        on asked.edition between printed_codes.first_edition and printed_codes.last_edition
    left join authorities_live using (gss_code)

)

select
    printed.printed_code,
    printed.publication_id,
    any_value(registered.gss_code) as gss_code,
    count(*) as figures
from printed
left join authorities_live as own
    on own.gss_code = printed.printed_code
left join registered
    on
        registered.publication_id = printed.publication_id
        and registered.printed_code = printed.printed_code
        and (registered.item_id is null or registered.item_id = printed.item_id)
where
    printed.figure is not null
    and (
        registered.stands = false
        or (own.gss_code is null and registered.gss_code is null)
    )
    -- without the authorities of the edition no district is known: that is said once, and not for each
    and (
        exists (select 1 from authorities inner join asked using (edition))
        or not starts_with(coalesce(registered.gss_code, printed.printed_code), 'E07')
    )
group by printed.printed_code, printed.publication_id

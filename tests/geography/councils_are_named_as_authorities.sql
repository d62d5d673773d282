-- Rule: a council is called in its register what the ministry's register of authorities calls its code, in every
-- edition that has it. *The*, *city of* and *county* make no difference, nor does what the ministry writes behind a
-- name. Two names exchanged would give every page and every ranking to another council.
with

named as (

    select distinct
        'councils' as seed,
        gss_code,
        council_name as printed_name
    from {{ ref('stg_register__councils') }}
    union all
    select distinct
        'authorities' as seed,
        gss_code,
        authority_name as printed_name
    from {{ ref('stg_register__authorities') }}

),

plain as (

    select
        seed,
        gss_code,
        printed_name,
        replace(
            replace(
                replace(replace(' ' || lower(printed_name) || ' ', ' & ', ' and '), ' the ', ' '),
                ' city of ',
                ' '
            ),
            ' county ',
            ' '
        ) as plain_name
    from named

)

select
    councils.seed,
    councils.gss_code,
    councils.printed_name as council_name,
    authorities.printed_name as authority_name,
    'the council has the name that the register of authorities has for its code' as rule
from plain as councils
inner join plain as authorities
    on
        authorities.seed = 'authorities'
        and authorities.gss_code = councils.gss_code
        and left(authorities.plain_name, length(councils.plain_name)) <> councils.plain_name
where councils.seed = 'councils'

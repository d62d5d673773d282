-- Rule: every printed code is a council, an authority of some edition or a code of the register of printed codes;
-- and in an index edition a figure's code stands for a council that was live in it. A code that was not live belongs
-- in the seed `printed_codes`: dropping it by rule would delete good figures.
with

printed as (

    select
        publication_id,
        item_id,
        edition,
        printed_code,
        count(figure_value) as figures
    from {{ ref('int_figures__printed') }}
    group by publication_id, item_id, edition, printed_code

),

known as (

    select gss_code from {{ ref('stg_register__councils') }}
    union
    select gss_code from {{ ref('stg_register__authorities') }}
    union
    select printed_code as gss_code from {{ ref('stg_register__printed_codes') }}

),

unknown as (

    select
        printed.*,
        'the code is a council, an authority or in printed_codes' as rule
    from printed
    left join known
        on known.gss_code = printed.printed_code
    where known.gss_code is null

),

without_council as (

    select
        printed.*,
        'the code stands for a council that was live in the edition, or printed_codes says which' as rule
    from printed
    inner join {{ ref('int_figures__codes_resolved') }} as resolved
        on
            resolved.publication_id = printed.publication_id
            and resolved.item_id = printed.item_id
            and resolved.edition = printed.edition
            and resolved.printed_code = printed.printed_code
    inner join {{ ref('stg_register__editions') }} as editions
        on editions.edition = printed.edition
    where
        resolved.code_use = 'no_council'
        and printed.figures > 0
        and (editions.is_index_edition or printed.printed_code not like 'E07%')

)

select
    publication_id as seed,
    item_id,
    edition,
    printed_code,
    figures,
    rule
from unknown
union all
select
    publication_id as seed,
    item_id,
    edition,
    printed_code,
    figures,
    rule
from without_council

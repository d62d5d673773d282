-- One row per lens or module and edition in which it has lines of spend: their basis, and since when spend has been
-- made of these lines. Where lines are replaced, a new series begins.
with

lines as (

    select * from {{ ref('stg_register__spend_lines') }}

),

editions as (

    select * from {{ ref('stg_register__editions') }}

),

final as (

    select
        lines.ranking_id,
        editions.edition,
        max(lines.basis) as spend_basis,
        max(lines.first_edition) as spend_series
    from lines
    inner join editions
        on editions.edition between lines.first_edition and lines.last_edition
    group by lines.ranking_id, editions.edition

)

select * from final

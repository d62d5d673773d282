-- One row per lens or module, edition in which it is computed and council live through it: a lens in the editions of
-- the index, a module in the editions of its own.
with

lenses as (

    select * from {{ ref('stg_register__lenses') }}

),

live as (

    select * from {{ ref('int_geography__live_councils') }}

),

final as (

    select
        lenses.lens_id,
        lenses.lens_kind,
        live.edition,
        live.gss_code,
        live.is_rankable
    from lenses
    inner join live
        on
            live.edition between lenses.first_edition and lenses.last_edition
            and (live.is_index_edition or lenses.lens_kind = 'module')

)

select * from final

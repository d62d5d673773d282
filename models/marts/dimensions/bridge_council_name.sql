with

councils as (

    select
        gss_code,
        council_name
    from {{ ref('stg_register__councils') }}

),

-- A letter behind a name is the mark of a note; the same authority stands in other editions without it.
authorities as (

    select distinct
        gss_code,
        upper_tier_gss_code,
        replace(replace(authority_name || '|', ' UA|', ''), '|', '') as authority_name
    from {{ ref('stg_register__authorities') }}
    where not {{ text_matches('authority_name', ' [A-Z](, [A-Z])*$') }}

),

spelt as (

    select
        gss_code,
        upper_tier_gss_code,
        replace(authority_name, ' & ', ' and ') as authority_name
    from authorities

),

gathered as (

    select
        upper_tier_gss_code as gss_code,
        authority_name as other_name,
        case when gss_code = upper_tier_gss_code then 'spelling' else 'district' end as name_kind
    from spelt

    union all

    select
        successions.successor_gss_code as gss_code,
        councils.council_name as other_name,
        'predecessor' as name_kind
    from {{ ref('int_figures__successions') }} as successions
    inner join councils on councils.gss_code = successions.gss_code

),

final as (

    select
        gathered.gss_code,
        gathered.other_name,
        min(gathered.name_kind) as name_kind
    from gathered
    inner join councils
        on
            councils.gss_code = gathered.gss_code
            and councils.council_name <> gathered.other_name
    group by gathered.gss_code, gathered.other_name

)

select * from final

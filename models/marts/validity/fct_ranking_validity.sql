with

register as (

    select * from {{ ref('stg_register__outside_judgements') }}

),

correlated as (

    select
        ranking_id,
        judgement_id,
        figure_id,
        count(distinct edition) as editions,
        count(distinct gss_code) as councils,
        count(*) as pairs,
        {{ council_productivity.correlation('judgement_rank', 'figure_rank') }} as correlation
    from {{ ref('int_validity__rankings_judged') }}
    group by ranking_id, judgement_id, figure_id

),

final as (

    select
        correlated.ranking_id,
        correlated.judgement_id,
        correlated.figure_id,
        register.judgement_name,
        register.publication_id,
        register.item_id,
        correlated.editions,
        correlated.councils,
        correlated.pairs,
        correlated.correlation,
        {{ council_productivity.correlation_bound('correlated.correlation', 'correlated.councils', -1) }}
            as correlation_lower,
        {{ council_productivity.correlation_bound('correlated.correlation', 'correlated.councils', 1) }}
            as correlation_upper,
        register.caveat
    from correlated
    inner join register
        on
            register.ranking_id = correlated.ranking_id
            and register.judgement_id = correlated.judgement_id

)

select * from final

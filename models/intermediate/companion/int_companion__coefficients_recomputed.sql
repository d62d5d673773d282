-- One row per lens and regressor: what a unit of it adds to ln spend per head (method, step 12b), by least squares over
-- the councils ranked in the base editions, with a constant for each edition and the other regressors held still.
-- The normal equations are solved by elimination, one regressor after the other (Frisch and Waugh); a lens with fewer
-- than three has zeros in the places of the rest.
-- The seed `companion_coefficients` freezes these figures for a method version; a test compares the two.
with

declared as (

    select * from {{ ref('stg_register__companion_regressors') }}

),

ranked as (

    select
        ranking_id,
        edition,
        gss_code,
        ln(spend_index) as y
    from {{ ref('int_rankings__productivity') }}
    where
        ranking_kind = 'lens'
        and not_ranked_reason is null
        and edition between '{{ var("goalpost_first_edition") }}' and '{{ var("goalpost_last_edition") }}'

),

placed as (

    select
        ranked.ranking_id,
        ranked.edition,
        ranked.gss_code,
        ranked.y,
        sum(case when regressors.regressor_order = 1 then regressors.regressor_value else 0 end) as x1,
        sum(case when regressors.regressor_order = 2 then regressors.regressor_value else 0 end) as x2,
        sum(case when regressors.regressor_order = 3 then regressors.regressor_value else 0 end) as x3
    from ranked
    inner join {{ ref('int_companion__regressors') }} as regressors
        on
            regressors.ranking_id = ranked.ranking_id
            and regressors.edition = ranked.edition
            and regressors.gss_code = ranked.gss_code
    group by ranked.ranking_id, ranked.edition, ranked.gss_code, ranked.y
    having count(regressors.regressor_value) = count(*)

),

demeaned as (

    -- A constant for each edition is the same as taking every figure from its mean in the edition.
    select
        ranking_id,
        edition,
        gss_code,
        x1 as raw1,
        x2 as raw2,
        x3 as raw3,
        y - avg(y) over (partition by ranking_id, edition) as y,
        x1 - avg(x1) over (partition by ranking_id, edition) as x1,
        x2 - avg(x2) over (partition by ranking_id, edition) as x2,
        x3 - avg(x3) over (partition by ranking_id, edition) as x3
    from placed

),

moments as (

    select
        ranking_id,
        count(*) as councils_pooled,
        min(edition) as first_edition,
        max(edition) as last_edition,
        avg(raw1) as mean1,
        avg(raw2) as mean2,
        avg(raw3) as mean3,
        sum(x1 * x1) as s11,
        sum(x1 * x2) as s12,
        sum(x1 * x3) as s13,
        sum(x2 * x2) as s22,
        sum(x2 * x3) as s23,
        sum(x3 * x3) as s33,
        sum(x1 * y) as s1y,
        sum(x2 * y) as s2y,
        sum(x3 * y) as s3y
    from demeaned
    group by ranking_id

),

without_first as (

    -- What is left of the second, the third and of spend when the first is taken out of them.
    select
        *,
        s12 / s11 as second_on_first,
        s13 / s11 as third_on_first,
        s22 - s12 * s12 / s11 as r22,
        s23 - s12 * s13 / s11 as r23,
        s33 - s13 * s13 / s11 as r33,
        s2y - s12 * s1y / s11 as r2y,
        s3y - s13 * s1y / s11 as r3y
    from moments

),

third as (

    -- What is left of the third and of spend when the second, too, is taken out.
    select
        *,
        coalesce((r3y - r23 * r2y / nullif(r22, 0)) / nullif(r33 - r23 * r23 / nullif(r22, 0), 0), 0) as b3
    from without_first

),

second as (

    select
        *,
        coalesce((r2y - r23 * b3) / nullif(r22, 0), 0) as b2
    from third

),

solved as (

    select
        *,
        s1y / s11 - second_on_first * b2 - third_on_first * b3 as b1
    from second

),

final as (

    select
        declared.ranking_id,
        declared.regressor_id,
        {{ council_productivity.round_score(
            'case declared.regressor_order when 1 then solved.b1 when 2 then solved.b2 else solved.b3 end', digits=12
        ) }} as coefficient,
        {{ council_productivity.round_score(
            'case declared.regressor_order when 1 then solved.mean1 when 2 then solved.mean2 else solved.mean3 end',
            digits=12
        ) }} as regressor_mean,
        solved.councils_pooled,
        solved.first_edition,
        solved.last_edition
    from declared
    inner join solved
        on solved.ranking_id = declared.ranking_id

)

select * from final

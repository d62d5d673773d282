with

lenses as (

    select ranking_id
    from {{ ref('dim_ranking') }}
    where ranking_kind = 'lens'

),

side_by_side as (

    select
        variants.edition,
        variants.gss_code,
        variants.ranking_id,
        max(case when variants.spend_variant = 'raw' then variants.spend_index end) as raw_index,
        max(case when variants.spend_variant = 'need_adjusted' then variants.spend_index end) as need_adjusted_index,
        max(case when variants.spend_variant = 'three_year' then variants.spend_index end) as three_year_index
    from {{ ref('int_draws__spend_variants') }} as variants
    inner join lenses
        on lenses.ranking_id = variants.ranking_id
    group by variants.edition, variants.gss_code, variants.ranking_id

),

final as (

    select
        side_by_side.edition,
        side_by_side.gss_code,
        side_by_side.ranking_id,
        side_by_side.raw_index as spend_index,
        side_by_side.need_adjusted_index as need_adjusted_spend_index,
        side_by_side.three_year_index as three_year_spend_index,
        -- what need and place explain is the mean over the editions that the companion pools
        {{ council_productivity.round_score(
            'side_by_side.raw_index * exp(pooled.ln_spend_need_and_place - pooled.ln_spend)', digits=12
        ) }} as need_and_place_spend_index
    from side_by_side
    left join {{ ref('int_companion__spend_pooled') }} as pooled
        on
            pooled.edition = side_by_side.edition
            and pooled.gss_code = side_by_side.gss_code
            and pooled.ranking_id = side_by_side.ranking_id

)

select * from final

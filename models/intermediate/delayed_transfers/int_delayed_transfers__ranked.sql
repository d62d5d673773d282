-- One row per month and council with a rate that may be ranked: the lowest rate is the first, and so is the largest
-- fall within twelve months; the fall is ranked among those with a rate a year before.
with

monthly as (

    select * from {{ ref('int_delayed_transfers__monthly') }}
    where
        is_rankable
        and rate_total is not null

),

final as (

    select
        gss_code,
        month,
        {% for item in ['total', 'social_care'] %}
            {{ council_productivity.rank_best_first('-rate_' ~ item, 'month') }} as rate_{{ item }}_rank,
        {% endfor %}
        count(*) over (partition by month) as ranked_councils,
        {{ council_productivity.rank_best_first('-rate_total_movement', 'month') }} as improvement_rank,
        count(rate_total_movement) over (partition by month) as councils_compared
    from monthly

)

select * from final

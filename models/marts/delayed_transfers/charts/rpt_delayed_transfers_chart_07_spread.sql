with

monthly as (

    select * from {{ ref('int_delayed_transfers__monthly') }}

),

final as (

    {% for item in ['total', 'nhs', 'social_care', 'both'] %}
        select
            spread.month,
            '{{ item }}' as responsible,
            {% for share, name in [(0.05, 'p05'), (0.25, 'p25'), (0.5, 'median'), (0.75, 'p75'), (0.95, 'p95')] %}
                {{ council_productivity.percentile('spread.rate_' ~ item, share) }} as rate_{{ name }},
            {% endfor %}
            max(england.rate_{{ item }}) as england_rate,
            count(spread.rate_{{ item }}) as councils_held
        from monthly as spread
        inner join monthly as england
            on
                england.month = spread.month
                and england.gss_code = 'E92000001'
        where
            spread.is_rankable
            and spread.rate_{{ item }} is not null
        group by spread.month
        {{ 'union all' if not loop.last }}
    {% endfor %}

)

select * from final

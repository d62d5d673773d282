with

printed as (

    select *
    from {{ ref('int_figures__by_council') }}
    where publication_id = 'nhs_ascof'

),

compared as (

    {% for item, ours in [('DTOC', 'rate_total'), ('DTOC_ASC', 'rate_social_care')] %}
        select
            annual.edition,
            '{{ item }}' as ascof_measure,
            annual.gss_code,
            annual.months_held,
            annual.{{ ours }} as rate,
            printed.figure_value as printed_rate
        from {{ ref('int_delayed_transfers__annual') }} as annual
        inner join printed
            on
                printed.item_id = '{{ item }}'
                and printed.edition = annual.edition
                and printed.gss_code = annual.gss_code
        inner join {{ ref('int_calendar__live_councils') }} as live
            on
                live.edition = annual.edition
                and live.gss_code = annual.gss_code
                and live.is_rankable
        where
            annual.{{ ours }} is not null
            and printed.figure_value is not null
        {{ 'union all' if not loop.last }}
    {% endfor %}

),

final as (

    select
        edition,
        ascof_measure,
        count(*) as councils_compared,
        max(months_held) as months_held,
        {{ council_productivity.correlation('rate', 'printed_rate') }} as correlation,
        {{ council_productivity.round_score('max(abs(rate - printed_rate))') }} as largest_gap_per_100k_adults
    from compared
    group by edition, ascof_measure

)

select * from final

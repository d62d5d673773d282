{#
    The recipe of a measure, and of a figure that is only shown: the multiplier times the sum of the numerator over the
    sum of the denominator, over the sub-periods in which both are held, or the figure as printed.
#}
{% macro by_recipe(asked_for, figures, keys) -%}
    {%- set grain = keys + ['edition', 'gss_code'] -%}
    with

    paired as (

        select
            asked_for.*,
            case
                when asked_for.calculation = 'as_printed' or denominators.figure_value is not null
                    then numerators.figure_value
            end as numerator,
            case when numerators.figure_value is not null then denominators.figure_value end as denominator,
            numerators.missing_reason as numerator_reason,
            case
                when asked_for.calculation = 'ratio'
                    then
                        case
                            when denominators.gss_code is null then 'not_available'
                            else denominators.missing_reason
                        end
            end as denominator_reason
        from {{ asked_for }} as asked_for
        left join {{ figures }} as numerators
            on
                numerators.publication_id = asked_for.publication_id
                and numerators.item_id = asked_for.numerator_item_id
                and numerators.edition = asked_for.edition
                and numerators.gss_code = asked_for.gss_code
        left join {{ figures }} as denominators
            on
                denominators.publication_id = asked_for.denominator_publication_id
                and denominators.item_id = asked_for.denominator_item_id
                and denominators.edition = asked_for.edition
                and denominators.gss_code = asked_for.gss_code
                and (
                    denominators.sub_period = numerators.sub_period
                    -- a year's denominator serves every sub-period of a numerator from another publication
                    or asked_for.denominator_publication_id <> asked_for.publication_id
                )

    ),

    summed as (

        select
            {{ grain | join(', ') }},
            max(calculation) as calculation,
            max(multiplier) as multiplier,
            max(minimum_periods) as minimum_periods,
            max(minimum_denominator) as minimum_denominator,
            max(denominator_publication_id) as denominator_publication_id,
            count(numerator) as periods_held,
            {{ council_productivity.round_score('sum(numerator)') }} as numerator,
            {{ council_productivity.round_score('sum(denominator)') }} as denominator,
            {{ council_productivity.first_reason('numerator_reason') }} as numerator_reason,
            {{ council_productivity.first_reason('denominator_reason') }} as denominator_reason
        from paired
        group by {{ grain | join(', ') }}

    )

    select
        {{ grain | join(', ') }},
        periods_held,
        numerator,
        denominator,
        case
            when calculation = 'ratio' then multiplier * numerator / nullif(denominator, 0)
            else multiplier * numerator
        end as figure_value,
        case
            when
                denominator_publication_id = 'ons_population'
                and periods_held = 0
                and numerator_reason is null
                and denominator_reason is not null
                then 'no_population'
            when periods_held < minimum_periods
                then coalesce(numerator_reason, denominator_reason, 'not_available')
            when
                calculation = 'ratio'
                and (denominator = 0 or denominator < coalesce(minimum_denominator, 0))
                then 'small_numbers'
        end as missing_reason
    from summed
{%- endmacro %}

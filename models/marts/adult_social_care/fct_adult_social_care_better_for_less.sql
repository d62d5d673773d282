with

three_year as (

    select
        *,
        {{ council_productivity.round_score('avg(outcome_score) over (partition by edition)', digits=6) }}
            as average_outcome_score,
        {{ council_productivity.round_score('avg(spend_per_adult_gbp) over (partition by edition)', digits=6) }}
            as average_spend_per_adult_gbp
    from {{ ref('fct_adult_social_care_three_year') }}
    where productivity_rank is not null

),

final as (

    select
        three_year.edition,
        cast(row_number() over (
            partition by three_year.edition
            order by councils.council_name, three_year.gss_code
        ) as bigint) as list_position,
        three_year.gss_code,
        councils.council_name,
        three_year.from_edition,
        three_year.editions_better_for_less,
        three_year.outcome_score,
        three_year.average_outcome_score,
        three_year.spend_per_adult_gbp,
        three_year.average_spend_per_adult_gbp
    from three_year
    inner join {{ ref('dim_council') }} as councils
        on councils.gss_code = three_year.gss_code
    where three_year.quadrant = 'better_for_less'

)

select * from final

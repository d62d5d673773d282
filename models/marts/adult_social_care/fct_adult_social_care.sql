with

final as (

    {{ council_productivity.module_productivity(
        'adult_social_care', 'adult', 'adults', ['quality_of_life', 'independence', 'prevention', 'experience']
    ) }}

)

select * from final

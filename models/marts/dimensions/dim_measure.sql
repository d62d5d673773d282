with

measures as (

    select * from {{ ref('stg_register__measures') }}

),

publications as (

    select * from {{ ref('stg_register__publications') }}

),

errors as (

    select * from {{ ref('stg_register__measure_errors') }}

),

goalposts as (

    select * from {{ ref('stg_register__goalposts') }}
    where method_version = '{{ var("method_version") }}'

),

dictionary as (

    select * from {{ ref('stg_register__lait_dictionary') }}

),

final as (

    select
        measures.measure_id,
        measures.measure_name,
        measures.unit,
        measures.unit_kind,
        measures.polarity,
        case measures.polarity when 1 then 'higher is better' else 'lower is better' end as polarity_in_words,
        dictionary.publisher_polarity,
        measures.polarity_override_reason,
        measures.kind,
        measures.kind_override_reason,
        measures.gradable_because,
        evidence.value_evidence,
        evidence.evidence_strength,
        evidence.is_resting_on_reasoning,
        evidence.saving_falls_to,
        evidence.is_saving_the_councils,
        measures.publication_id,
        publications.licence,
        measures.source_table,
        measures.numerator as numerator_label,
        measures.denominator as denominator_label,
        goalposts.worst_goalpost,
        goalposts.best_goalpost,
        goalposts.basis as goalpost_basis,
        measures.first_edition > '{{ var("goalpost_last_edition") }}' as has_own_base_edition,
        measures.first_edition,
        measures.last_edition,
        measures.publication_lag_months,
        measures.minimum_denominator,
        errors.sampling_error,
        errors.printed_step,
        errors.note as error_note,
        measures.caveat
    from measures
    inner join publications
        on publications.publication_id = measures.publication_id
    left join errors
        on errors.measure_id = measures.measure_id
    left join {{ ref('int_validity__evidence') }} as evidence
        on evidence.measure_id = measures.measure_id
    left join goalposts
        on goalposts.measure_id = measures.measure_id
    left join dictionary
        on
            dictionary.item_id = measures.numerator_item_id
            and measures.publication_id = 'dfe_lait'

)

select * from final

-- Rule: the first word of a measure's id names its lens: the measures of a lens share it, and no other lens has it. A
-- row that was copied or moved to another lens by mistake shows here.
with

words as (

    select
        ranking_id,
        {{ dbt.split_part('measure_id', "'_'", 1) }} as first_word,
        count(*) as measures,
        min(measure_id) as measure_id
    from {{ ref('stg_register__measures') }}
    group by ranking_id, {{ dbt.split_part('measure_id', "'_'", 1) }}

),

counted as (

    select
        ranking_id,
        first_word,
        measures,
        measure_id,
        count(*) over (partition by ranking_id) as words_of_lens,
        count(*) over (partition by first_word) as lenses_of_word
    from words

)

select
    'measures' as seed,
    ranking_id,
    first_word,
    measure_id,
    measures,
    'one first word for the measures of a lens, and one lens for a word' as rule
from counted
where
    words_of_lens > 1
    or lenses_of_word > 1

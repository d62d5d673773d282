{#
    Rule: every row of a seed has the form its YAML declares. One node checks a whole seed and returns a row
    per fault: the seed, the row, the rule it breaks and the text that was found.

    grain       columns that name a row; no two rows may share them
    required    columns that must not be empty
    patterns    column: the name of a form below, or [regular expression, rule in words]; empty text passes
    references  column: [another seed, its column] that must hold the text, or [seed, column, seed, column] of which
                one must; empty text passes
    apart_from  another seed, with none of whose rows a row may share its grain

    Expressions use no backslash, which Spark would take as an escape.
#}
{% test well_formed_rows(model, grain, patterns={}, required=[], references={}, apart_from='') %}

{{ config(meta={'rule': 'Every row of a seed has the form its YAML declares; each row below names the rule it breaks.'}) }}

{%- set financial_years = [] -%}
{%- set printed_years = [] -%}
{%- for year in range(2000, 2040) -%}
    {%- do financial_years.append('%d-%02d' % (year, (year + 1) % 100)) -%}
    {%- do printed_years.append('%d[-/]%02d' % (year, (year + 1) % 100)) -%}
{%- endfor -%}

{%- set missing_reasons = [
    'suppressed', 'not_available', 'not_applicable', 'small_numbers', 'not_comparable', 'not_collected',
    'not_yet_published', 'no_population'
] -%}

{%- set forms = {
    'council_code': ['^E(06|07|08|09|10)[0-9]{6}$', 'is a council code: E06 to E10 and six more digits'],
    'council_or_joint_code': [
        '^E(06|07|08|09|10|50)[0-9]{6}$',
        'is the code of a council or of a joint authority: E06 to E10 or E50 and six more digits'
    ],
    'council_or_england_code': [
        '^(E(06|07|08|09|10)[0-9]{6}|E92000001)$',
        'is a council code (E06 to E10 and six more digits) or E92000001 for England'
    ],
    'dfe_number': ['^[2-9][0-9]{2}$', 'is a DfE council number of three digits'],
    'edition': ['^(' ~ financial_years | join('|') ~ ')$', 'is a financial year, as 2018-19'],
    'lait_period': [
        '^(20[0-9]{2}|(' ~ printed_years | join('|') ~ ')( [(]OT[)])?)$',
        'is a year, as 2018, or a financial year, as 2018-19, 2018-19 (OT) or 2018/19'
    ],
    'year': ['^20[0-9]{2}$', 'is a year, as 2018'],
    'month': ['^20[0-9]{2}-(0[1-9]|1[0-2])$', 'is a month, as 2018-04'],
    'quarter_end': ['^20[0-9]{2}(03|06|09|12)$', 'is the year and month in which a quarter ends, as 201806'],
    'date': ['^(19|20)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$', 'is a date, as 2018-04-01'],
    'boolean': ['^(true|false)$', 'is true or false'],
    'whole_number': ['^[0-9]+$', 'is a whole number'],
    'number': ['^-?[0-9]+([.][0-9]+)?([eE][-+]?[0-9]+)?$', 'is a number'],
    'positive_number': ['^([1-9][0-9]*([.][0-9]+)?|0[.][0-9]*[1-9][0-9]*)$', 'is a number above zero'],
    'sign': ['^-?1$', 'is 1 or -1'],
    'snake_case': ['^[a-z][a-z0-9]*(_[a-z0-9]+)*$', 'is in lower case with underscores'],
    'missing_reason': ['^(' ~ missing_reasons | join('|') ~ ')$', 'is one of ' ~ missing_reasons | join(', ')],
} -%}

{%- set seed = dbt.string_literal(model.identifier) -%}

{%- set label = [] -%}
{%- for column in grain -%}
    {%- do label.append(dbt.string_literal((', ' if not loop.first else '') ~ column ~ '=') ~ ' || coalesce(' ~ column ~ ", '')") -%}
{%- endfor -%}
{%- set label = label | join(' || ') -%}

{%- set rules = [] -%}
{%- for column in required -%}
    {%- do rules.append([column, "coalesce(trim(" ~ column ~ "), '') = ''", column ~ ' must not be empty']) -%}
{%- endfor -%}
{%- for column, form in patterns.items() -%}
    {%- if form is string -%}
        {%- if form not in forms -%}
            {{ exceptions.raise_compiler_error(
                'well_formed_rows knows no form `' ~ form ~ '`, only ' ~ forms | join(', ') ~ '.'
            ) }}
        {%- endif -%}
        {%- set expression, rule = forms[form][0], column ~ ' ' ~ forms[form][1] -%}
    {%- else -%}
        {%- set expression, rule = form[0], form[1] -%}
    {%- endif -%}
    {%- do rules.append([column, 'not (' ~ council_productivity.text_matches(column, expression) ~ ')', rule]) -%}
{%- endfor -%}
{%- for column, known in references.items() -%}
    {%- set strange, places = [], [] -%}
    {%- for seed, key in known | batch(2) -%}
        {%- do strange.append(
            column ~ ' not in (select known.' ~ key ~ ' from ' ~ ref(seed) ~ ' as known where known.' ~ key
            ~ ' is not null)'
        ) -%}
        {%- do places.append('the seed ' ~ seed ~ ', column ' ~ key) -%}
    {%- endfor -%}
    {%- do rules.append([column, strange | join(' and '), column ~ ' must stand in ' ~ places | join(', or ')]) -%}
{%- endfor -%}
{%- if apart_from -%}
    {%- set alike = [] -%}
    {%- for column in grain -%}
        {%- do alike.append('known.' ~ column ~ ' = tested.' ~ column) -%}
    {%- endfor -%}
    {%- do rules.append([
        grain[0],
        'exists (select 1 from ' ~ ref(apart_from) ~ ' as known where ' ~ alike | join(' and ') ~ ')',
        'no row of the seed ' ~ apart_from ~ ' has the same ' ~ grain | join(', '),
    ]) -%}
{%- endif %}

select
    {{ seed }} as seed,
    {{ label }} as row,
    {{ dbt.string_literal('one row per ' ~ grain | join(', ')) }} as rule,
    cast(count(*) as {{ dbt.type_string() }}) || ' rows' as found
from {{ model }}
group by {{ grain | join(', ') }}
having count(*) > 1

{% for column, fault, rule in rules -%}
union all

select
    {{ seed }} as seed,
    {{ label }} as row,
    {{ dbt.string_literal(dbt.escape_single_quotes(rule)) }} as rule,
    coalesce({{ column }}, 'empty') as found
from {{ model }} as tested
where {{ fault }}

{% endfor %}
{% endtest %}

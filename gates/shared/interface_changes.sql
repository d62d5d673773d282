-- What the marts promise beside what the last release promised: every change, whether it breaks what somebody may have
-- built on the mart, and what declares it. Workings promise nothing. Null is what one side does not say.
with

tables_before as (

    select * from interface_tables_before
    where access = 'public'

),

tables_both as (

    select
        old.table_name,
        old.version as old_version,
        new.version as new_version,
        coalesce(new.version > old.version, false) as is_new_version,
        coalesce(try_cast(nullif(old.deprecated_on, '') as date) <= current_date, false) as has_ended,
        old.deprecated_on as ended_on,
        new.table_name is null or coalesce(new.access, 'public') <> 'public' as is_gone,
        old.access as old_access,
        new.access as new_access,
        old.key_columns as old_key,
        new.key_columns as new_key,
        old.grain as old_grain,
        new.grain as new_grain,
        old.meaning as old_meaning,
        new.meaning as new_meaning,
        old.deprecated_on as old_deprecated,
        new.deprecated_on as new_deprecated
    from tables_before as old
    left join interface_tables_after as new using (table_name)

),

columns_both as (

    select
        tables_both.table_name,
        coalesce(old.column_name, new.column_name) as column_name,
        tables_both.is_new_version,
        tables_both.new_version,
        coalesce(try_cast(nullif(old.deprecated_on, '') as date) <= current_date, false) as has_ended,
        old.deprecated_on as ended_on,
        old.column_name is null as is_added,
        new.column_name is null as is_gone,
        old.data_type as old_type,
        new.data_type as new_type,
        old.unit as old_unit,
        new.unit as new_unit,
        old.is_required as old_required,
        new.is_required as new_required,
        old.accepted_values as old_values,
        new.accepted_values as new_values,
        old.member_of as old_member,
        new.member_of as new_member,
        old.meaning as old_meaning,
        new.meaning as new_meaning,
        new.deprecated_on as new_deprecated
    from (
        select * from interface_columns_before
        where table_name in (
            select table_name from tables_both
            where not is_gone
        )
    ) as old
    full join (
        select * from interface_columns_after
        where table_name in (
            select table_name from tables_both
            where not is_gone
        )
    ) as new using (table_name, column_name)
    inner join tables_both on tables_both.table_name = coalesce(old.table_name, new.table_name)

),

-- A column that is gone and one that is new with the same type and meaning are one that was renamed.
renamed as (

    select
        gone.table_name,
        gone.column_name,
        min(added.column_name) as now_called
    from columns_both as gone
    inner join columns_both as added
        on
            added.table_name = gone.table_name
            and added.is_added
            and added.new_type = gone.old_type
            and added.new_meaning = gone.old_meaning
    where gone.is_gone
    group by gone.table_name, gone.column_name

),

table_changes as (

    select
        table_name,
        '' as column_name,
        unnest([
            { 'change': 'removed', 'is_so': is_gone, 'is_breaking': true, 'was': old_access, 'now': new_access },
            {
                'change': 'key changed', 'is_so': not is_gone and old_key <> new_key,
                'is_breaking': true, 'was': old_key, 'now': new_key
            },
            {
                'change': 'grain changed', 'is_so': not is_gone and old_grain <> new_grain,
                'is_breaking': true, 'was': old_grain, 'now': new_grain
            },
            {
                'change': 'meaning changed', 'is_so': not is_gone and old_meaning <> new_meaning,
                'is_breaking': true, 'was': old_meaning, 'now': new_meaning
            },
            {
                'change': 'version lowered', 'is_so': not is_gone and new_version < old_version,
                'is_breaking': true, 'was': old_version::varchar, 'now': new_version::varchar
            },
            {
                'change': 'new version', 'is_so': not is_gone and is_new_version,
                'is_breaking': false, 'was': old_version::varchar, 'now': new_version::varchar
            },
            {
                'change': 'deprecated', 'is_so': not is_gone and new_deprecated <> old_deprecated,
                'is_breaking': false, 'was': old_deprecated, 'now': new_deprecated
            }
        ]) as found,
        is_new_version,
        new_version,
        has_ended,
        ended_on
    from tables_both

),

column_changes as (

    select
        columns_both.table_name,
        columns_both.column_name,
        unnest([
            {
                'change': case when renamed.now_called is null then 'removed' else 'renamed' end,
                'is_so': is_gone, 'is_breaking': true, 'was': columns_both.column_name, 'now': renamed.now_called
            },
            { 'change': 'added', 'is_so': is_added, 'is_breaking': false, 'was': null, 'now': new_type },
            {
                'change': 'retyped', 'is_so': old_type <> new_type,
                'is_breaking': true, 'was': old_type, 'now': new_type
            },
            {
                'change': 'unit changed', 'is_so': old_unit <> new_unit,
                'is_breaking': true, 'was': old_unit, 'now': new_unit
            },
            {
                'change': 'may be empty now', 'is_so': old_required and not new_required,
                'is_breaking': true, 'was': 'always filled in', 'now': 'may be empty'
            },
            {
                'change': 'words removed',
                'is_so': old_values <> '' and not list_has_all(
                    string_split(new_values, ', '), string_split(old_values, ', ')
                ),
                'is_breaking': true, 'was': old_values, 'now': new_values
            },
            {
                'change': 'words added',
                'is_so': old_values <> new_values and list_has_all(
                    string_split(new_values, ', '), string_split(old_values, ', ')
                ),
                'is_breaking': false, 'was': old_values, 'now': new_values
            },
            {
                'change': 'foreign key changed', 'is_so': old_member <> '' and old_member <> new_member,
                'is_breaking': true, 'was': old_member, 'now': new_member
            },
            {
                'change': 'meaning changed', 'is_so': old_meaning <> new_meaning,
                'is_breaking': true, 'was': old_meaning, 'now': new_meaning
            },
            {
                'change': 'deprecated', 'is_so': not is_gone and new_deprecated <> coalesce(ended_on, ''),
                'is_breaking': false, 'was': ended_on, 'now': new_deprecated
            }
        ]) as found,
        is_new_version,
        new_version,
        has_ended,
        ended_on
    from columns_both
    left join renamed using (table_name, column_name)

),

added_tables as (

    select
        table_name,
        '' as column_name,
        'added' as change,
        false as is_breaking,
        '' as was,
        grain as now,
        '' as declared_by
    from interface_tables_after
    where
        access = 'public'
        and table_name not in (
            select table_name from interface_tables_before
            where access = 'public'
        )
        and exists (select 1 from interface_tables_before)

),

changes as (

    select
        table_name,
        column_name,
        found['change'] as change,
        found['is_breaking'] as is_breaking,
        coalesce(found['was'], '') as was,
        coalesce(found['now'], '') as now,
        case
            when not found['is_breaking'] then ''
            when found['change'] in ('removed', 'renamed') and has_ended then 'deprecated, until ' || ended_on
            when is_new_version and not (found['change'] = 'removed' and column_name = '')
                then 'version ' || new_version
            else ''
        end as declared_by
    from (
        select * from table_changes
        union all
        select * from column_changes
    ) as both_kinds
    where found['is_so']
    union all
    select
        table_name,
        column_name,
        change,
        is_breaking,
        was,
        now,
        declared_by
    from added_tables

)

select
    table_name || case when column_name = '' then '' else '.' || column_name end || ' ' || change as subject,
    *
from changes
order by all

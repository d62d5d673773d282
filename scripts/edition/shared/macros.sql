-- Edition label (`2018-19`) of the financial year that starts in April of a year.
create or replace temporary macro edition_starting_in(start_year) as
start_year || '-' || right((start_year + 1)::varchar, 2);

-- Edition of a month (`2018-04`, `201804`): years begin in April.
create or replace temporary macro edition_of_month(month) as
edition_starting_in(left(month, 4)::integer - (right(month, 2) < '04')::integer);

-- A printed text as a number, or null where it is none.
create or replace temporary macro number_of(printed) as
case
    when regexp_full_match(trim(printed), '-?[0-9]+([.][0-9]+)?([eE][-+]?[0-9]+)?')
        then try_cast(trim(printed) as double)
end;

-- A few names of many: all of three, or two and how many more.
create or replace temporary macro few(names) as
case
    when len(names) <= 3 then list_aggregate(list_sort(names), 'string_agg', ', ')
    else list_aggregate(list_sort(names)[1:2], 'string_agg', ', ') || ' and ' || (len(names) - 2) || ' more'
end;

-- 1 measure, 2 measures.
create or replace temporary macro counted(number_of_things, thing) as
number_of_things || ' ' || thing || case when number_of_things = 1 then '' else 's' end;

-- How far a value lies outside a range, in widths of the range; zero or less inside.
create or replace temporary macro outside(value, lowest, highest) as
greatest(value - highest, lowest - value) / nullif(highest - lowest, 0);

-- A value on the scale of ratios that `changes` uses.
create or replace temporary macro scaled(value, typical_value) as
asinh(value / nullif(0.05 * typical_value, 0));

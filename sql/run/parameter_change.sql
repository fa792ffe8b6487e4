-- One row per parameter that is not the same in both runs, but for the days they speak of.
create view parameter_change as
select
    coalesce(earlier_parameter.name, later_parameter.name) as name,
    earlier_parameter.shown as earlier,
    later_parameter.shown as later,
from earlier_parameter
full join later_parameter on later_parameter.name = earlier_parameter.name
where
    earlier_parameter.shown is distinct from later_parameter.shown
    and coalesce(earlier_parameter.name, later_parameter.name) not in ('as_of', 'known_on');

/*
title = "What could be weighed"
summary = "One row per code as recorded whose crimes have no weight or an uncertain one."
statement = "Crimes without a weight are never scored as zero in silence: they are counted here and under every list."
columns_first = ["code", "weighing", "crimes", "offence", "days_low", "days_middle", "days_high"]
example = "--show all"
parameters_of = "v100"

[param.show]
type = "choice"
default = "open"
choices = ["open", "all"]
help = "open: unweighted and ambiguous codes. all: every code met."
*/
select
    coverage.code,
    coverage.ho_class,
    coverage.recorded_item,
    coverage.code_system,
    coverage.offence,
    coverage.weighing,
    coverage.crimes,
    coverage.people,
    coverage.candidates,
    coverage.days_low,
    coverage.days_middle,
    coverage.days_high,
from harm_coverage(
    as_of := $as_of,
    window_days := $window_days,
    weights := $index,
    scope := $scope
) as coverage
where $show = 'all' or coverage.weighing <> 'certain'
order by
    coverage.weighing = 'certain',
    coverage.weighing <> 'unweighted',
    coverage.crimes desc,
    coverage.offence_key;

select list_note.place, list_note.topic, list_note.quantity, list_note.note,
from harm_note(
    as_of := $as_of,
    window_days := $window_days,
    weights := $index,
    scope := $scope
) as list_note
order by list_note.place;

/*
title = "Which offences have a harm score"
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
create or replace temp table list_parameter as
select
    $as_of::date - ($window_days::integer - 1) as window_first_on,
    $as_of::date as window_last_on,
    $index::varchar as index_name,
    $scope::varchar as scope_name,
    -- What harm_evidence takes where no age is given.
    18 as least_age;

create or replace temp table list_evidence as
with considered_evidence as not materialized (
    select considered.*,
    from harm_evidence(
        as_of := $as_of,
        window_days := $window_days,
        weights := $index,
        scope := $scope
    ) as considered
    where considered.is_in_window
)

select narrow.*,
from narrow_evidence() as narrow;

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
from list_coverage() as coverage
where $show = 'all' or coverage.weighing <> 'certain'
order by
    coverage.weighing = 'certain',
    coverage.weighing <> 'unweighted',
    coverage.crimes desc,
    coverage.offence_key;

select list_note.place, list_note.topic, list_note.quantity, list_note.note,
from list_note() as list_note
order by list_note.place;

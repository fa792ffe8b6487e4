/*
title = "Crimes in the database by month"
summary = "One row per month and offence group: crimes held, to hold against the force's own return."
statement = "Counts of recorded crimes as loaded. Where they differ from the force's own return, the extract is not complete."
columns_first = ["month_on", "offence_group", "crimes", "without_suspect", "with_female_victim"]
example = "--until 2026-06-30"

[param.until]
type = "date"
default = "data-date"
help = "Last day of the last of the thirteen months."
*/
select
    month.month_on,
    month.offence_group,
    month.crimes,
    month.without_suspect,
    month.with_female_victim,
    month.with_victim_of_unknown_sex,
    month.without_weight,
from recorded_month($until) as month
order by month.month_on desc, month.offence_group <> 'all', month.offence_group;

select note.place, note.topic, note.quantity, note.note,
from recorded_note($until) as note
order by note.place;

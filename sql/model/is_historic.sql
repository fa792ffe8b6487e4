-- Rule 14: last committed more than 365 days before the report; an unknown date is not historic.
create macro is_historic(committed_first_on date, committed_last_on date, report_day date) as
    coalesce(coalesce(committed_last_on, committed_first_on) < report_day - 365, false);
comment on macro is_historic is 'True where a crime was last committed more than 365 days before its report (rule 14).';

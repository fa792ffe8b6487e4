-- True for a report in the thirteen months up to a day, the first of them whole.
create macro is_in_thirteen_months(report_day date, until_on date) as
    report_day between (date_trunc('month', until_on) - interval 12 month)::date and until_on;
comment on macro is_in_thirteen_months is 'True for a report in the thirteen months up to a day, inclusive, the first of them whole.';

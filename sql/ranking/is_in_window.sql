-- Rule 10: reported from as_of - (window_days - 1) to as_of, both inclusive.
create macro is_in_window(report_day, last_day, days_long) as
    report_day between last_day - (days_long - 1) and last_day;
comment on macro is_in_window is 'True where a report lies in the window of days_long days that ends with last_day, inclusive (rule 10).';

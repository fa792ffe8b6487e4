-- Rule 11: recorded counts; cancelled, transferred out and not a crime do not.
create macro is_recorded_crime(status_of_crime) as
    status_of_crime = 'recorded';
comment on macro is_recorded_crime is 'True where the status of a crime counts (rule 11).';

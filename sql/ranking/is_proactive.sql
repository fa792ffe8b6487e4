-- Rule 13: detected by police or a company; unknown counts as reported by victim or witness.
create macro is_proactive(detector) as
    coalesce(detector in ('police', 'company'), false);
comment on macro is_proactive is 'True where police or a company detected the crime; unknown counts as a report of victim or witness (rule 13).';

-- One row per other way of writing a code that no general rule can put into canonical form.
-- Upper case and without blanks; 4.3 for 4/3 needs no row, the general rule reads it.
insert into offence_code_alias by name
select
    'ho' as code_system,
    listed.*,
from (
    values
        ('1,4.1/10/2', '1+4/1+4/2+4/10', 'ONS Crime Severity Score data tool, homicide'),
        ('1/4.1/4.10/4.2', '1+4/1+4/2+4/10', 'police statistic of violence against women and girls, homicide'),
        ('4.4/6/8', '4/4+4/6+4/8', 'ONS Crime Severity Score data tool, death by dangerous or careless driving')
) as listed(alias, code, source);

-- Ways of recording an offence not met before.
create temp table offence_said as
select distinct
    staged_crime.code_system,
    coalesce(offence_code_alias.code, staged_crime.code) as code,
    staged_crime.code as staged_code,
    staged_crime.ho_class,
    staged_crime.item,
from staging.staged_crime
semi join taken using (crime_row)
left join offence_code_alias
    on offence_code_alias.code_system = staged_crime.code_system
    and offence_code_alias.alias = staged_crime.code;

insert into offence by name
select
    (select coalesce(max(offence.offence_key), 0) from offence)
        + row_number() over (order by fresh.code_system, fresh.code, fresh.ho_class, fresh.item)
        as offence_key,
    fresh.code_system,
    fresh.code,
    fresh.ho_class,
    fresh.item,
from (
    select offence_said.code_system, offence_said.code, offence_said.ho_class, offence_said.item,
    from offence_said
    except
    select offence.code_system, offence.code, offence.ho_class, offence.item,
    from offence
) as fresh;

create temp table offence_met as
select offence_said.*, offence.offence_key,
from offence_said
inner join offence
    on offence.code_system = offence_said.code_system
    and offence.code is not distinct from offence_said.code
    and offence.ho_class is not distinct from offence_said.ho_class
    and offence.item is not distinct from offence_said.item;

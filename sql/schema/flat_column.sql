-- One row per column of the flat extract, in order.
create table flat_column (
    ordinal integer not null primary key,
    column_name varchar not null unique,
    is_required boolean not null,
    belongs_to varchar not null check (belongs_to in ('crime', 'suspect', 'victim')),
    meaning varchar not null,
    example varchar not null,
);
comment on table flat_column is 'One row per column of the flat extract, in order.';
comment on column flat_column.ordinal is 'Position in listings; files are read by name.';
comment on column flat_column.column_name is 'Name of the column.';
comment on column flat_column.is_required is 'True where a file without the column is refused.';
comment on column flat_column.belongs_to is 'What the column describes: the crime, the suspect or the victim of the row.';
comment on column flat_column.meaning is 'What to put there.';
comment on column flat_column.example is 'An example.';

insert into flat_column by name
select
    row_number() over () as ordinal,
    *,
from (
    values
        ('crime_id', true, 'crime', 'reference of the recorded crime', '01/123456/26'),
        ('incident_id', false, 'crime', 'occurrence, investigation or report number; several crimes may share it', 'CAD-88121'),
        ('code_system', false, 'crime', 'ho (Home Office, the default) or nibrs', 'ho'),
        ('code', true, 'crime', 'offence code', '8N'),
        ('ho_class', false, 'crime', 'Home Office class', '008/06'),
        ('item', false, 'crime', 'urn of the item in the CCHI', '8N.8.6.0'),
        ('reported_on', true, 'crime', 'day the crime was reported', '2026-06-30 or 30/06/2026'),
        ('committed_from_on', false, 'crime', 'first day it may have been committed', '28/06/2026'),
        ('committed_to_on', false, 'crime', 'last day it may have been committed', '29/06/2026'),
        ('status', false, 'crime', 'recorded (the default), cancelled, transferred or not_crime', 'recorded'),
        ('detected_by', false, 'crime', 'who brought it to notice: victim, witness, police or company', 'victim'),
        ('is_domestic', false, 'crime', 'domestic-abuse flag: true or false, yes or no, 1 or 0', 'yes'),
        ('borough', false, 'crime', 'borough of the crime', 'Hackney'),
        ('bcu', false, 'crime', 'basic command unit of the crime', 'Central East'),
        ('area', false, 'crime', 'smaller area of the crime', 'E08000012'),
        ('suspect_id', false, 'suspect', 'reference of the suspect in the source; empty: no suspect', 'N1009'),
        ('suspect_sex', false, 'suspect', 'F, M or X', 'M'),
        ('suspect_birth', false, 'suspect', 'year, year-month or date of birth; the day is not kept', '1991-04'),
        ('suspect_age', false, 'suspect', 'age in years at the report, where no birth is known', '34'),
        ('suspect_died_on', false, 'suspect', 'day of death', ''),
        ('suspect_status', false, 'suspect', 'named (the default), arrested, charged, cautioned, convicted, no_further_action, acquitted or eliminated', 'charged'),
        ('suspect_status_on', false, 'suspect', 'day of that status', '02/07/2026'),
        ('named_by', false, 'suspect', 'who named the suspect: victim, witness, police or other', 'victim'),
        ('named_on', false, 'suspect', 'day the suspect was named', '30/06/2026'),
        ('victim_id', false, 'victim', 'reference of the victim in the source', 'N2040'),
        ('victim_sex', false, 'victim', 'F, M or X', 'F'),
        ('victim_birth', false, 'victim', 'year, year-month or date of birth; the day is not kept', '1993'),
        ('victim_age', false, 'victim', 'age in years at the report', '33'),
        ('victim_kind', false, 'victim', 'person (the default), business or society', 'person'),
) as flat(column_name, is_required, belongs_to, meaning, example);

-- One row per column of the files that a load by tables takes, in order.
create table table_column (
    table_name varchar not null,
    ordinal integer not null,
    column_name varchar not null,
    is_required boolean not null,
    flat_column varchar,
    kind varchar not null check (kind in ('text', 'code', 'class', 'word', 'flag', 'date', 'birth', 'age')),
    meaning varchar not null,
    example varchar not null,
    primary key (table_name, column_name),
);
comment on table table_column is 'One row per column of the files that a load by tables takes, in order.';
comment on column table_column.table_name is 'What the file holds: crimes, persons, suspects, victims, custody, identities, clusters, deaths, actions, exclusions or protected.';
comment on column table_column.ordinal is 'Position in listings; files are read by name.';
comment on column table_column.column_name is 'Name of the column.';
comment on column table_column.is_required is 'True where a file without the column is refused.';
comment on column table_column.flat_column is 'Column of the flat extract that says the same; null: none does.';
comment on column table_column.kind is 'What is read there, see flat_column.kind.';
comment on column table_column.meaning is 'What to put there.';
comment on column table_column.example is 'An example.';

insert into table_column by name
select
    'crimes' as table_name,
    flat_column.ordinal,
    flat_column.column_name,
    flat_column.is_required,
    flat_column.column_name as flat_column,
    flat_column.kind,
    flat_column.meaning,
    flat_column.example,
from flat_column
where flat_column.belongs_to = 'crime';

insert into table_column by name
select
    row_number() over () as ordinal,
    *,
from (
    values
        ('persons', 'person_id', true, 'suspect_id', 'text', 'reference of the person in the source', 'N1009'),
        ('persons', 'sex', false, 'suspect_sex', 'word', 'F, M or X', 'M'),
        (
            'persons', 'birth', false, 'suspect_birth', 'birth',
            'year, year-month or date of birth; the day is not kept', '1991-04'
        ),
        ('persons', 'died_on', false, 'suspect_died_on', 'date', 'day of death', ''),
        ('suspects', 'crime_id', true, 'crime_id', 'text', 'reference of the recorded crime', '01/123456/26'),
        ('suspects', 'person_id', true, 'suspect_id', 'text', 'reference of the suspect', 'N1009'),
        ('suspects', 'age', false, 'suspect_age', 'age', 'age in years at the report', '34'),
        (
            'suspects', 'status', false, 'suspect_status', 'word',
            'named (the default), arrested, charged, cautioned, convicted, no_further_action, acquitted or eliminated',
            'charged'
        ),
        ('suspects', 'status_on', false, 'suspect_status_on', 'date', 'day of that status', '02/07/2026'),
        (
            'suspects', 'named_by', false, 'named_by', 'word',
            'who named the suspect: victim, witness, police or other', 'victim'
        ),
        ('suspects', 'named_on', false, 'named_on', 'date', 'day the suspect was named', '30/06/2026'),
        ('victims', 'crime_id', true, 'crime_id', 'text', 'reference of the recorded crime', '01/123456/26'),
        ('victims', 'person_id', false, 'victim_id', 'text', 'reference of the victim; empty: not identified', 'N2040'),
        ('victims', 'sex', false, 'victim_sex', 'word', 'F, M or X; empty: as the persons say', 'F'),
        (
            'victims', 'birth', false, 'victim_birth', 'birth',
            'year, year-month or date of birth; the day is not kept', '1993'
        ),
        ('victims', 'age', false, 'victim_age', 'age', 'age in years at the report', '33'),
        ('victims', 'kind', false, 'victim_kind', 'word', 'person (the default), business or society', 'person'),
        ('custody', 'person_id', true, null, 'text', 'reference of the person', 'N1009'),
        ('custody', 'from_on', true, null, 'date', 'first day in custody', '01/06/2026'),
        ('custody', 'to_on', false, null, 'date', 'last day in custody, inclusive; empty: still there', ''),
        ('identities', 'person_id', true, null, 'text', 'reference that has been merged', 'N1010'),
        ('identities', 'is_person_id', true, null, 'text', 'reference of the person they are', 'N1009'),
        ('clusters', 'cluster_id', true, null, 'text', 'cluster, as Splink writes it', 'N1009'),
        ('clusters', 'unique_id', true, null, 'text', 'reference of a person in the cluster', 'N1010'),
        (
            'clusters', 'source_dataset', false, null, 'text',
            'data set of the reference, as Splink writes it: references of two that are alike are refused', 'nominals'
        ),
        ('deaths', 'person_id', true, 'suspect_id', 'text', 'reference of the person', 'N1009'),
        ('deaths', 'died_on', true, 'suspect_died_on', 'date', 'day of death', '12/06/2026'),
        ('actions', 'person_id', true, null, 'text', 'reference of the person', 'N1009'),
        ('actions', 'acted_on', true, null, 'date', 'day of the action', '04/07/2026'),
        (
            'actions', 'kind', true, null, 'word',
            'arrest, charge, conviction, custody, safeguarding or removed', 'arrest'
        ),
        ('actions', 'reason', false, null, 'text', 'code of the reason; no words about people', 'R2'),
        ('exclusions', 'person_id', true, null, 'text', 'reference of the person', 'N1009'),
        ('exclusions', 'from_on', true, null, 'date', 'first day of the exclusion', '01/06/2026'),
        ('exclusions', 'review_on', true, null, 'date', 'day on which it is reviewed', '01/12/2026'),
        ('exclusions', 'decided_by', true, null, 'text', 'role that decided', 'Detective Superintendent'),
        ('exclusions', 'reason', true, null, 'text', 'why', 'protected informant process'),
        ('protected', 'person_id', true, null, 'text', 'reference of the person', 'N1009'),
        ('protected', 'ethnicity', false, null, 'text', 'ethnicity as the person gave it', 'B1'),
        ('protected', 'ethnicity_observed', false, null, 'text', 'ethnicity as an officer recorded it', 'IC3'),
        ('protected', 'religion', false, null, 'text', 'religion or belief', 'none'),
        ('protected', 'disability', false, null, 'text', 'disability', 'no')
) as listed(table_name, column_name, is_required, flat_column, kind, meaning, example);

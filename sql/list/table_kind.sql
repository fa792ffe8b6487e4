-- One row per kind of table that a load takes, see table_column: what one of its rows is, the part of the record it
-- speaks of besides the crimes themselves, and, of a list in columns of its own, those that name people, else null.
select
    table_kind.table_name,
    table_kind.row_name,
    table_kind.speaks_of,
    array_to_string(table_kind.reference_columns, ', ') as reference_columns,
from (
    values
        ('crimes', 'crime', null, null),
        ('suspects', 'suspect', 'suspect', null),
        ('victims', 'victim', 'victim', null),
        ('persons', 'person', null, null),
        ('deaths', 'person', null, null),
        ('identities', 'identity', 'identity', ['person_id', 'is_person_id']),
        ('clusters', 'cluster', 'identity', ['unique_id']),
        ('custody', 'custody', 'custody', ['person_id']),
        ('actions', 'action', 'action', ['person_id']),
        ('exclusions', 'exclusion', 'exclusion', ['person_id']),
        ('protected', 'protected', 'protected', ['person_id'])
) as table_kind(table_name, row_name, speaks_of, reference_columns)
order by table_kind.table_name;

-- One row per list that a load replaces: its table has this name, that of its earlier versions ends in _history.
-- SQL with a list in braces is run once for each of them: {list} is its name, {columns} what the source gives, in order;
-- {list_of_people} is the name of those alone whose rows are about a person each, with the merged person as person_key.
select
    list_kind.ordinal,
    list_kind.list,
    array_to_string(list_kind.columns, ', ') as columns,
    list_kind.is_of_people,
    list_kind.one,
    list_kind.many,
    list_kind.about_a_person,
from (
    values
        (
            1, 'identity', ['person_id', 'is_person_id'], false,
            'merge of references', 'merges of references', 'merges of references'
        ),
        (
            2, 'custody', ['person_id', 'from_on', 'to_on'], true,
            'spell in custody', 'spells in custody', 'spells in custody'
        ),
        (
            3, 'action', ['person_id', 'acted_on', 'kind', 'reason'], true,
            'action', 'actions', 'actions'
        ),
        (
            4, 'exclusion', ['person_id', 'from_on', 'review_on', 'decided_by', 'reason'], true,
            'decision to leave somebody out', 'decisions to leave somebody out', 'decisions to leave them out'
        )
) as list_kind(ordinal, list, columns, is_of_people, one, many, about_a_person)
order by list_kind.ordinal;

-- One row per macro whose name has the word in $word in it: its typed signature and what it means.
select
    format(
        '{}({})',
        held.function_name,
        coalesce(
            list_aggregate(
                [
                    parameter[1] || coalesce(' ' || lower(parameter[2]), '')
                    for parameter in list_zip(held.parameters, held.parameter_types)
                ],
                'string_agg',
                ', '
            ),
            ''
        )
    ) as signature,
    if(held.function_type = 'table_macro', 'rows', 'a value') as yields,
    coalesce(held.comment, '') as meaning,
from duckdb_functions() as held
where
    not held.internal
    and held.function_type in ('macro', 'table_macro')
    and contains(held.function_name, lower($word))
order by held.function_name, signature;

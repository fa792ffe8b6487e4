-- One row per file whose report dates fit only month-first (rule 8): such a file is refused whole.
create view month_first_file as
with written as (
    select
        staged_flat.file_number,
        regexp_extract(
            clean_text(staged_flat.reported_on),
            '^(\d{1,2})/(\d{1,2})/\d{4}',
            ['first', 'second']
        ) as part,
    from staged_flat
    where
        contains(staged_flat.reported_on, '/')
        and regexp_matches(clean_text(staged_flat.reported_on), '^\d{1,2}/\d{1,2}/\d{4}')
)

select
    written.file_number,
    count(*) filter (where written.part.second::integer > 12) as only_month_first,
from written
group by written.file_number
having
    count(*) filter (where written.part.second::integer > 12) > 0
    and count(*) filter (where written.part.first::integer > 12) = 0;

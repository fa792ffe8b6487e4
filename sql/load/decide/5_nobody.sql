-- Suspects of the files who look like nobody in particular, and are left out of lists for it (rule 19).
insert into load_decision by name
with named as (
    select distinct staged_suspect.person_id,
    from staging.staged_suspect
    where staged_suspect.digest is not null
)

select
    getvariable('batch_key') as batch_key,
    90 as place,
    'decide' as kind,
    'people who look like nobody' as topic,
    count(*) filter (where person.is_placeholder) as quantity,
    count(*) as total,
    concat(
        number_of(count(*) filter (where person.is_placeholder), 'suspect is', 'suspects are'),
        ' taken for nobody in particular, and left out of lists'
    ) as note,
    -- A word is nobody's reference; of whoever has one, no more is kept than that.
    list_slice(
        coalesce(
            list(distinct person.person_id order by person.person_id)
                filter (where person.is_placeholder and is_stand_in(person.person_id)),
            []
        ),
        1, 3
    ) as examples,
    '--placeholder include, of a list, counts them; harmrank report explain says why one is taken so' as remedy,
from named
inner join person using (person_id)
having count(*) filter (where person.is_placeholder) > 0;

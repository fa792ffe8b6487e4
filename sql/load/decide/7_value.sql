-- Values that are not understood and decide who is listed: an age without which a child counts as of unknown age, a sex of a
-- victim or a domestic-abuse flag without which a crime is out of scope (rules 12 and 18). Of births and ages the lines alone
-- are kept: they are of somebody, and no erasure looks here.
insert into load_decision by name
with met as (
    select
        staged_doubt.column_name in ('suspect_birth', 'suspect_age') as is_age,
        if(
            is_age,
            concat(staged_file.file_name, ' line ', staged_doubt.line),
            concat(staged_doubt.column_name, ' ', staged_doubt.bad_value)
        ) as shown,
        count(*) as lines,
        min((staged_doubt.file_number, staged_doubt.line)) as first_place,
    from staging.staged_doubt
    inner join staging.staged_file using (file_number)
    where
        staged_doubt.bad_value is not null
        and staged_doubt.column_name in ('suspect_birth', 'suspect_age', 'victim_sex', 'is_domestic')
    group by all
)

select
    getvariable('batch_key') as batch_key,
    case when met.is_age then 70 else 71 end as place,
    'decide' as kind,
    case when met.is_age then 'births and ages not understood' else 'sex or domestic-abuse flag not understood' end
        as topic,
    sum(met.lines)::bigint as quantity,
    (select coalesce(sum(staged_file.rows_in), 0) from staging.staged_file) as total,
    case
        when met.is_age
            then concat(
                number_of(sum(met.lines), 'value is', 'values are'),
                ' left blank: without another, a suspect counts as of unknown age, and may be a child on a list'
            )
        else concat(
            number_of(sum(met.lines), 'value is', 'values are'),
            ' left blank: the crime may be out of scope, and its suspects off the list'
        )
    end as note,
    list_slice(
        list(
            if(met.is_age, met.shown, format('{} ({:,})', met.shown, met.lines))
            order by met.lines desc, met.first_place, met.shown
        ),
        1, 3
    ) as examples,
    case
        when met.is_age
            then 'write births as 1991, 1991-04 or 12/04/1991 and ages as whole numbers, and load the file again'
        else 'write F, M or X, and yes or no, and load the file again'
    end as remedy,
from met
group by met.is_age;

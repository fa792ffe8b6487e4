-- References of people that are those of many, or of several in one cell (rule 9). Of references the lines alone are kept.
create temp table reference_doubted as
select
    named.row_key,
    case when is_rounded(named.reference) then 4 else 5 end as place,
from (
    select staged_row.row_key, staged_row.suspect_id as reference,
    from staging.staged_row
    where staged_row.suspect_id is not null
    union all
    select staged_flat_row.row_key, staged_flat_row.reference,
    from (
        select
            staging.row_key_of(staged_flat.file_number, staged_flat.row_in_file) as row_key,
            staging.clean_text(staged_flat.victim_id) as reference,
        from staging.staged_flat
        where staged_flat.victim_id is not null
    ) as staged_flat_row
) as named
where
    regexp_matches(named.reference, '[;|&,\+\n]|\s')
    and (
        is_rounded(named.reference)
        or regexp_matches(
            named.reference,
            '[0-9][\w)]*\s*([;|&\n]|,\s|\sand\s|\s/\s)\s*\w*[0-9]|[0-9],[A-Za-z]+[0-9]'
        )
    );

insert into load_decision by name
select
    getvariable('batch_key') as batch_key,
    doubted.place,
    'decide' as kind,
    case doubted.place when 4 then 'references rounded' else 'several people in one cell' end as topic,
    count(*) as quantity,
    (select coalesce(sum(staged_file.rows_in), 0) from staging.staged_file) as total,
    case doubted.place
        when 4
            then concat(
                number_of(count(*), 'reference of a person is', 'references of people are'),
                ' a number whose last digits a spreadsheet has lost, such as 1.23457E+11: taken for nobody'
            )
        else concat(
            number_of(count(*), 'cell holds', 'cells hold'),
            ' what looks like the references of several people: taken for one person of that name'
        )
    end as note,
    list_slice(
        list(
            concat(staged_file.file_name, ' line ', staging.place_of_row(doubted.row_key) + 2)
            order by doubted.row_key
        ),
        1, 3
    ) as examples,
    case doubted.place
        when 4 then 'export the column as text, and load the file again'
        else 'write a row for each person, and load the file again'
    end as remedy,
from reference_doubted as doubted
inner join staging.staged_file on staged_file.file_number = staging.file_of_row(doubted.row_key)
group by doubted.place;

-- One row per kind of thing held about somebody who is to be forgotten: how many, the past versions apart.
select counted.what, counted.held, counted.past,
from (
    select
        1 as place, 'references' as what,
        (select count(*) from forgotten_key) as held,
        (
            select count(*),
            from person_history
            where person_history.person_key in (select forgotten_key.person_key from forgotten_key)
        ) as past,
    union all
    select
        case when forgotten_list.is_of_people then 7 else 2 end + forgotten_list.ordinal / 100 as place,
        forgotten_list.what,
        forgotten_list.held,
        forgotten_list.past,
    from forgotten_list
    union all
    select
        3, 'crimes of which they are a suspect',
        (select count(*) from suspect) - (select count(*) from kept_suspect),
        (select count(*) from suspect_history) - (select count(*) from kept_suspect_history),
    union all
    select
        4, 'crimes of which they are a victim: the crime keeps a victim without identifier',
        (
            select count(*),
            from victim
            where victim.person_key in (select forgotten_key.person_key from forgotten_key)
        ),
        (
            select count(*),
            from victim_history
            where victim_history.person_key in (select forgotten_key.person_key from forgotten_key)
        ),
    union all
    select
        5, 'rows the rules read',
        (select count(*) from suspicion) - (select count(*) from kept_suspicion),
        (select count(*) from suspicion_history) - (select count(*) from kept_suspicion_history),
    union all
    select
        6, 'crimes whose carried columns were emptied',
        (
            select count(*),
            from crime
            where
                crime.carried is not null
                and crime.crime_key in (select content_touched.crime_key from content_touched)
        ),
        (
            select count(*),
            from crime_history
            where
                crime_history.carried is not null
                and crime_history.crime_key in (select content_touched.crime_key from content_touched)
        ),
    union all
    select
        10, 'decisions about others that named them',
        (
            select count(*),
            from exclusion
            where regexp_matches(concat_ws(' ', exclusion.decided_by, exclusion.reason), getvariable('mention'))
        ),
        (
            select count(*),
            from exclusion_history
            where
                regexp_matches(
                    concat_ws(' ', exclusion_history.decided_by, exclusion_history.reason), getvariable('mention')
                )
        ),
    union all
    select
        10, 'actions of others that named them',
        (
            select count(*),
            from action
            where
                regexp_matches(action.reason, getvariable('mention'))
                and action.person_id not in (select forgotten_reference.person_id from forgotten_reference)
        ),
        (
            select count(*),
            from action_history
            where
                regexp_matches(action_history.reason, getvariable('mention'))
                and action_history.person_id not in (
                    select forgotten_reference.person_id from forgotten_reference
                )
        ),
    union all
    select
        11, 'restrictions of their record',
        (select count(*) from restriction) - (select count(*) from kept_restriction), 0,
    union all
    select
        12, 'rows in quarantine whose text was removed',
        (
            select count(*),
            from load_reject
            where row_names_them(load_reject.row_text)
        ), 0,
    union all
    select
        13, 'doubted values removed',
        (select count(load_issue.bad_value) from load_issue)
        - (select count(kept_load_issue.bad_value) from kept_load_issue), 0,
    union all
    select
        14, 'names of files',
        (
            select count(*),
            from load_file
            where regexp_matches(load_file.file_name, getvariable('mention_in_name'))
        )
        + (
            select count(*),
            from load_undone
            where regexp_matches(load_undone.file_names, getvariable('mention_in_name'))
        ), 0,
) as counted
order by counted.place, counted.what;

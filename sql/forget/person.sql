-- Who is to be forgotten: every reference of the person, and what is held under it. The references known of them are
-- the variable known_references.
create temp table forgotten_reference as
with recursive merged as (
    select person.person_id, root.person_id as is_person_id,
    from person
    inner join person as root on root.person_key = person.root_key
    where person.person_key <> person.root_key
    union all
    select identity.person_id, identity.is_person_id,
    from identity
),

same as (
    select unnest(getvariable('known_references'))::varchar as person_id,
    union
    select
        case when merged.person_id = same.person_id then merged.is_person_id else merged.person_id end
            as person_id,
    from same
    inner join merged on same.person_id in (merged.person_id, merged.is_person_id)
),

word_held as (
    select unnest([crime.crime_id, crime.incident_id, crime.code, crime.borough, crime.bcu, crime.area]) as word,
    from crime
    union all
    select unnest([crime_history.crime_id, crime_history.incident_id, crime_history.code]),
    from crime_history
    union all
    select offence_code.code,
    from offence_code
    union all
    select unnest([harm_weight.item, harm_weight.ho_code, harm_weight.ho_class]),
    from harm_weight
),

other_meaning as (
    select distinct lower(word_held.word) as word,
    from word_held
    where lower(word_held.word) in (select lower(same.person_id) from same)
)

-- Telling is what nothing else is likely to be written as: P0004, not 1825, not female, and not 8N where that is an
-- offence code or the data hold it as something else than a person.
select distinct
    same.person_id,
    regexp_matches(same.person_id, '\d')
    and (regexp_matches(same.person_id, '\D') or length(same.person_id) >= 6)
    and lower(same.person_id) not in (select other_meaning.word from other_meaning)
        as is_telling,
from same
order by same.person_id;

create temp table forgotten_key as
select person.person_key,
from person
where person.person_id in (select forgotten_reference.person_id from forgotten_reference);

-- Crimes that name them, now or once: what was carried along with those may speak of them.
create temp table forgotten_crime as
select suspect.crime_key, true as is_suspect,
from suspect
where suspect.person_key in (select forgotten_key.person_key from forgotten_key)
union
select suspect_history.crime_key, true,
from suspect_history
where suspect_history.person_key in (select forgotten_key.person_key from forgotten_key)
union
select victim.crime_key, false,
from victim
where victim.person_key in (select forgotten_key.person_key from forgotten_key)
union
select victim_history.crime_key, false,
from victim_history
where victim_history.person_key in (select forgotten_key.person_key from forgotten_key);

-- One of their references as a word of a text: between white space, quotes, brackets, signs of lists, or the ends.
create temp macro mention_of(words) as
    concat(
        '(?i)(^|[\s,;|"''(){}\[\]<>=])[.:]*(', coalesce(words, '[^\s\S]'), ')[.:]*($|[\s,;|"''(){}\[\]<>=])'
    );

create temp table forgotten_word as
select
    string_agg(regexp_escape(forgotten_reference.person_id), '|' order by forgotten_reference.person_id) as words,
    string_agg(regexp_escape(forgotten_reference.person_id), '|' order by forgotten_reference.person_id)
        filter (where forgotten_reference.is_telling) as telling_words,
from forgotten_reference;

-- Where the text is about people anyway, of whom it cannot be told.
set variable may_mention = (select mention_of(forgotten_word.words) from forgotten_word);

-- Where it may be about anything.
set variable mention = (select mention_of(forgotten_word.telling_words) from forgotten_word);

-- In the name of a file other signs part words.
set variable mention_in_name = (
    select concat('(?i)(\b|_)(', coalesce(forgotten_word.telling_words, '[^\s\S]'), ')(\b|_)')
    from forgotten_word
);

-- True for a value of a column that names them: by any reference where the column holds references, else by a telling one.
create temp macro value_names_them(column_name, value) as
    regexp_matches(value, getvariable('mention'))
    or (holds_references(column_name) and regexp_matches(value, getvariable('may_mention')));

-- True for a row as it stood in a file, as JSON where it could be taken apart: then by its columns of references, else
-- by any word of it.
create temp macro row_names_them(row_text) as
    case
        when
            json_valid(row_text) and json_type(row_text) = 'OBJECT'
            and len(list_filter(json_keys(row_text), lambda name: holds_references(name))) > 0
            then len(
                list_filter(
                    json_keys(row_text),
                    lambda name: coalesce(
                        value_names_them(
                            name,
                            json_extract_string(
                                row_text, concat('/', replace(replace(name, '~', '~0'), '/', '~1'))
                            )
                        ),
                        false
                    )
                )
            ) > 0
        else regexp_matches(row_text, getvariable('may_mention'))
    end;

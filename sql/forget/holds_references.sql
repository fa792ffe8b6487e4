-- True for the name of a column that holds references of people, in the words of sources and reports: person_id, Suspect
-- Ref, nominal, identities. What else is said of people is not: suspect_status, victims, crime_id.
create or replace temp macro holds_references(column_name) as
    regexp_matches(
        trim(regexp_replace(lower(column_name), '[^a-z]+', ' ', 'g')),
        concat(
            '^(.* )?(person|suspect|offender|victim|nominal|identity|subject|defendant|accused)( .* | ?)',
            '(id|ids|identifier|ref|refs|reference|references|no|number|urn)$',
            '|^(.* )?(person|suspect|offender|victim|nominal|nominals|identity|identities|reference|references)$'
        )
    );

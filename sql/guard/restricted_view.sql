-- What the SQL of a user reads in place of the tables of people while records are restricted: each table under its own
-- name, without the rows of those people and without the texts that name them. The program makes these views before it
-- shuts the connection. Its own reports read the tables and leave the same people out by their rules.
--
-- A view of the session is read in place of the table of its name wherever a name has no catalogue before it: in the views
-- and macros of the database too. The limit, which cuts nothing, is a barrier: without it the engine may try a condition
-- of the user's on the rows that are left out, and the error of a condition that fails shows them.
--
-- In braces: the name of the database, quoted; the people, see `sql/guard/restricted_person.sql`; and {past}, where a
-- table and its superseded versions are alike: nothing for the one, _history for the other. What has a list in braces is
-- made for each, see `sql/list/list_kind.sql`.
create temp view person{past} as
select source.*
from {database}.main.person{past} as source
anti join ({restricted}) as restricted on source.person_key = restricted.person_key
limit 9223372036854775807;

create temp view suspect{past} as
select source.*
from {database}.main.suspect{past} as source
anti join ({restricted}) as restricted on source.person_key = restricted.person_key
limit 9223372036854775807;

create temp view victim{past} as
select source.*
from {database}.main.victim{past} as source
anti join ({restricted}) as restricted on source.person_key = restricted.person_key
limit 9223372036854775807;

create temp view suspicion{past} as
select source.*
from {database}.main.suspicion{past} as source
anti join ({restricted}) as restricted on source.person_key = restricted.person_key
limit 9223372036854775807;

create temp view {list_of_people}{past} as
select source.*
from {database}.main.{list_of_people}{past} as source
anti join ({restricted}) as restricted on source.person_id = restricted.person_id
anti join ({restricted}) as merged on source.person_key = merged.person_key
limit 9223372036854775807;

create temp view identity{past} as
select source.*
from {database}.main.identity{past} as source
anti join ({restricted}) as restricted on source.person_id = restricted.person_id
anti join ({restricted}) as merged on source.is_person_id = merged.person_id
limit 9223372036854775807;

-- A restriction in force names whom it restricts; one that was lifted does not.
create temp view restriction as
select source.*
from {database}.main.restriction as source
anti join ({restricted}) as restricted on source.person_id = restricted.person_id
limit 9223372036854775807;

create temp view load_reject as
select source.*
from {database}.main.load_reject as source
anti join ({restricted}) as restricted
    on regexp_matches(source.row_text, '(?i)(^|[^\w])' || regexp_escape(restricted.person_id) || '($|[^\w])')
limit 9223372036854775807;

create temp view load_issue as
select source.*
from {database}.main.load_issue as source
anti join ({restricted}) as restricted
    on regexp_matches(source.bad_value, '(?i)(^|[^\w])' || regexp_escape(restricted.person_id) || '($|[^\w])')
-- Of a row about a person it is not kept about whom.
where source.crime_id is not null
limit 9223372036854775807;

create temp view crime{past} as
select
    source.* replace (
        case
            when source.carried is null then null
            when exists (
                select restricted.person_id
                from ({restricted}) as restricted
                where regexp_matches(
                    source.carried, '(?i)(^|[^\w])' || regexp_escape(restricted.person_id) || '($|[^\w])'
                )
            ) then null
            else source.carried
        end as carried
    )
from {database}.main.crime{past} as source
limit 9223372036854775807;

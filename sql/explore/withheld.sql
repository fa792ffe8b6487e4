-- What free SQL sees of the tables of people while records are restricted: each table under its own name without the
-- rows of those people, and without the texts that name them. Run before the process is locked. Reports, which read
-- the tables themselves, leave the same people out by their rules.
--
-- A view of this session stands before the table of its name wherever a name has no catalogue before it: in the
-- views and macros of the database too. The limit, which cuts nothing, keeps a condition of the query from being tried
-- on the rows that are left out: what it fails on would stand in the error.
--
-- In braces stand the name of the database, quoted; the people, see `sql/explore/withheld_person.sql`; and {past}, where
-- a table and its superseded versions are alike: nothing for the one, _history for the other.
create temp view person{past} as
select held.*
from {database}.main.person{past} as held
anti join ({withheld}) as withheld on held.person_key = withheld.person_key
limit 9223372036854775807;

create temp view suspect{past} as
select held.*
from {database}.main.suspect{past} as held
anti join ({withheld}) as withheld on held.person_key = withheld.person_key;

create temp view victim{past} as
select held.*
from {database}.main.victim{past} as held
anti join ({withheld}) as withheld on held.person_key = withheld.person_key;

create temp view suspicion{past} as
select held.*
from {database}.main.suspicion{past} as held
anti join ({withheld}) as withheld on held.person_key = withheld.person_key;

create temp view custody{past} as
select held.*
from {database}.main.custody{past} as held
anti join ({withheld}) as withheld on held.person_id = withheld.person_id
anti join ({withheld}) as merged on held.person_key = merged.person_key
limit 9223372036854775807;

create temp view exclusion{past} as
select held.*
from {database}.main.exclusion{past} as held
anti join ({withheld}) as withheld on held.person_id = withheld.person_id
anti join ({withheld}) as merged on held.person_key = merged.person_key
limit 9223372036854775807;

create temp view action{past} as
select held.*
from {database}.main.action{past} as held
anti join ({withheld}) as withheld on held.person_id = withheld.person_id
anti join ({withheld}) as merged on held.person_key = merged.person_key
limit 9223372036854775807;

create temp view identity{past} as
select held.*
from {database}.main.identity{past} as held
anti join ({withheld}) as withheld on held.person_id = withheld.person_id
anti join ({withheld}) as merged on held.is_person_id = merged.person_id
limit 9223372036854775807;

-- A restriction that stands names whom it withholds; one that was lifted stays.
create temp view restriction as
select held.*
from {database}.main.restriction as held
anti join ({withheld}) as withheld on held.person_id = withheld.person_id
limit 9223372036854775807;

create temp view load_reject as
select held.*
from {database}.main.load_reject as held
anti join ({withheld}) as withheld
    on regexp_matches(held.row_text, '(?i)(^|[^\w])' || regexp_escape(withheld.person_id) || '($|[^\w])')
limit 9223372036854775807;

create temp view load_issue as
select held.*
from {database}.main.load_issue as held
anti join ({withheld}) as withheld
    on regexp_matches(held.bad_value, '(?i)(^|[^\w])' || regexp_escape(withheld.person_id) || '($|[^\w])')
-- Of a row about a person it is not kept about whom.
where held.crime_id is not null
limit 9223372036854775807;

create temp view crime{past} as
select
    held.* replace (
        case
            when held.carried is null then null
            when exists (
                select withheld.person_id
                from ({withheld}) as withheld
                where regexp_matches(
                    held.carried, '(?i)(^|[^\w])' || regexp_escape(withheld.person_id) || '($|[^\w])'
                )
            ) then null
            else held.carried
        end as carried
    )
from {database}.main.crime{past} as held;

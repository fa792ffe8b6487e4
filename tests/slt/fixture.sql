-- Twelve invented people and the crimes they are suspected of; README.md says which case each of them is.
-- The year that ends on 30 June 2026 begins on 1 July 2025. Two loads: 1 May and 2 July 2026.
insert into load_batch by name
select
    listed.*,
    'flat' as adapter,
    'none' as adapter_hash,
    true as is_extract_on_given,
    0 as rows_unchanged,
    0 as rows_outdated,
    0 as rows_refused,
    0 as crimes_withdrawn,
    listed.rows_replaced as suspects_ended,
    listed.rows_replaced as victims_ended,
    0 as rows_suppressed,
from (
    values
        (1, date '2026-05-01', 35, 35, 0),
        (2, date '2026-07-02', 3, 2, 1)
) as listed(batch_key, extract_on, rows_in, rows_new, rows_replaced);

insert into describing_load by name
select 1 as batch_key;

insert into offence by name
select listed.offence_key, 'ho' as code_system, listed.code, listed.ho_class, listed.item,
from (
    values
        (1, '19C', null, null),
        (2, '19C', '019/08', null),
        (3, '8N', null, null),
        (4, '8N', '008/01', null),
        (5, null, null, '5D.5.1.0A'),
        (6, '8N', null, '19C.19.8.0'),
        (7, '20A', null, null),
        (8, '5E', null, null),
        (9, '8Q', null, null),
        (10, null, '008/06', null),
        (11, '58D', null, null),
        (12, 'NFS', null, null),
        (13, '8S', null, null),
        (14, '8L', null, null),
        (15, '105A', null, null),
        (16, '46', null, null),
        (17, null, '008/73', null),
        (18, 'ZZ9', null, null)
) as listed(offence_key, code, ho_class, item);

-- P01 to P12 are suspected, V01 to V10 only harmed. P06 is P05.
insert into person by name
select
    listed.*,
    listed.person_key as root_key,
    false as is_placeholder,
    date '2026-05-01' as known_from,
    1 as batch_key,
from (
    values
        (1, 'P01', 'M', 1980, 5, null),
        (2, 'P02', 'M', 1985, 6, null),
        (3, 'P03', 'M', 1990, null, null),
        (4, 'P04', 'M', 1975, 12, null),
        (5, 'P05', 'M', 1970, 1, null),
        (6, 'P06', 'M', null, null, null),
        (7, 'P07', 'M', 2008, 3, null),
        (8, 'P08', 'M', 2008, null, null),
        (9, 'P09', 'F', null, null, null),
        (10, 'P10', 'M', null, null, null),
        (11, 'P11', null, null, null, null),
        (12, 'P12', 'M', 1960, 8, date '2026-06-30'),
        (21, 'V01', 'F', 1982, null, null),
        (22, 'V02', 'F', 1983, null, null),
        (23, 'V03', 'F', 1984, null, null),
        (24, 'V04', 'F', 1985, null, null),
        (25, 'V05', 'F', 1986, null, null),
        (26, 'V06', 'F', 2008, null, null),
        (27, 'V07', 'F', 1988, null, null),
        (28, 'V08', 'F', 1989, null, null),
        (29, 'V09', 'F', 1991, null, null),
        (30, 'V10', null, null, null, null)
) as listed(person_key, person_id, sex, birth_year, birth_month, died_on);

insert into identity values ('P06', 'P05', 1);

update person
set root_key = root.person_key
from identity_root
inner join person as root on root.person_id = identity_root.root_id
where person.person_id = identity_root.person_id;

-- P99 and P98 stand in side tables only: no crime names them.
insert into custody by name
select listed.*, person.root_key as person_key, 1 as batch_key,
from (
    values
        ('P02', date '2026-01-01', date '2026-06-29'),
        ('P03', date '2026-06-30', null),
        ('P06', date '2026-06-01', date '2026-06-30'),
        ('P99', date '2026-01-01', null)
) as listed(person_id, from_on, to_on)
left join person using (person_id);

insert into exclusion by name
select
    listed.person_id,
    person.root_key as person_key,
    date '2026-07-01' as from_on,
    date '2026-12-31' as review_on,
    'superintendent' as decided_by,
    'under a protection plan' as reason,
    1 as batch_key,
from (values ('P04'), ('P98')) as listed(person_id)
left join person using (person_id);

create temp table said as
select *
from (
    values
        -- P01: the first and the last day of the window, the days outside it, and an assault with several meanings.
        (1, 2, '2025-07-01', 'recorded', 'victim', false, 'Southmere', 'South'),
        (2, 1, '2026-06-30', 'recorded', 'victim', false, 'Southmere', 'South'),
        (3, 1, '2025-06-30', 'recorded', 'victim', false, 'Southmere', 'South'),
        (4, 1, '2026-07-01', 'recorded', 'victim', false, 'Southmere', 'South'),
        (5, 3, '2026-01-15', 'recorded', null, true, 'Southmere', 'South'),
        -- P02 and P03: one crime together, one each.
        (6, 1, '2025-10-10', 'recorded', 'victim', false, 'Southmere', 'South'),
        (7, 1, '2025-11-11', 'recorded', 'witness', false, 'Northwick', 'North'),
        (8, 1, '2025-12-12', 'recorded', 'victim', false, 'Southmere', 'South'),
        -- P04: code with class, an attempt by its item, a code and an item that contradict each other.
        (9, 4, '2026-02-01', 'recorded', 'victim', false, 'Northwick', 'North'),
        (10, 5, '2026-02-02', 'recorded', 'victim', false, 'Southmere', 'South'),
        (11, 6, '2026-02-03', 'recorded', 'victim', false, 'Southmere', 'South'),
        -- P05 and P06, who are one: a crime of both, a historic one.
        (12, 7, '2026-03-03', 'recorded', 'victim', false, 'Southmere', 'South'),
        (13, 8, '2026-03-04', 'recorded', 'victim', false, 'Southmere', 'South'),
        -- P07: the month of the eighteenth birthday and the month after.
        (14, 3, '2026-03-31', 'recorded', 'victim', false, 'Southmere', 'South'),
        (15, 9, '2026-04-01', 'recorded', 'victim', false, 'Southmere', 'South'),
        -- P08: eighteen in the year of the report, or not yet.
        (16, 3, '2026-01-20', 'recorded', 'victim', false, 'Southmere', 'South'),
        -- P09: recorded as 17, then as 18; a class that two codes share; damage in the home.
        (17, 3, '2026-02-10', 'recorded', 'victim', false, 'Southmere', 'South'),
        (18, 10, '2026-02-11', 'recorded', 'victim', false, 'Southmere', 'South'),
        (19, 11, '2026-02-12', 'recorded', 'victim', true, null, null),
        -- P10, P11, P12: no weight, nobody, dead.
        (20, 12, '2026-03-15', 'recorded', 'victim', false, 'Southmere', 'South'),
        (21, 1, '2026-03-16', 'recorded', 'victim', false, 'Southmere', 'South'),
        (22, 1, '2026-03-17', 'recorded', 'victim', false, 'Southmere', 'South'),
        -- P02: a constable at home, a victim of unknown sex.
        (23, 13, '2026-04-10', 'recorded', 'victim', true, 'Southmere', 'South'),
        (24, 3, '2026-04-11', 'recorded', 'victim', false, 'Southmere', 'South'),
        -- P04: the victim is a man, and is P01.
        (25, 3, '2026-04-12', 'recorded', 'victim', false, 'Southmere', 'South'),
        -- P03: found by the police, by a company.
        (26, 14, '2026-04-13', 'recorded', 'police', false, 'Southmere', 'South'),
        (27, 15, '2026-04-14', 'recorded', 'company', false, 'Southmere', 'South'),
        -- P04: suspicions that ended.
        (28, 3, '2026-04-15', 'recorded', 'victim', false, 'Southmere', 'South'),
        (29, 3, '2026-04-16', 'recorded', 'victim', false, 'Southmere', 'South'),
        -- P01: crimes that do not stand.
        (30, 1, '2026-04-17', 'cancelled', 'victim', false, 'Southmere', 'South'),
        (31, 1, '2026-04-18', 'transferred', 'victim', false, 'Southmere', 'South'),
        (32, 1, '2026-04-19', 'not_crime', 'victim', true, 'Southmere', 'South'),
        -- P04, P05, P10: a shop, an emergency worker or a constable, a code in no table.
        (33, 16, '2026-04-20', 'recorded', 'victim', false, 'Southmere', 'South'),
        (34, 17, '2026-04-21', 'recorded', 'victim', false, 'Southmere', 'South'),
        (35, 18, '2026-04-22', 'recorded', 'victim', false, 'Southmere', 'South')
) as listed(
    crime_key, offence_key, reported_on, status, detected_by, is_domestic, borough, bcu
);

insert into crime by name
select
    said.crime_key,
    format('C{:02d}', said.crime_key) as crime_id,
    case when said.crime_key in (9, 10) then 'INV-1' end as incident_id,
    said.offence_key,
    'ho' as code_system,
    offence.code,
    said.reported_on::date as reported_on,
    case when said.crime_key = 13 then date '2024-01-01' end as committed_from_on,
    case when said.crime_key = 13 then date '2025-03-03' end as committed_to_on,
    said.status,
    said.detected_by,
    said.is_domestic,
    said.borough,
    said.bcu,
    said.crime_key as crime_content,
    0 as suspects_content,
    0 as victims_content,
    case when said.crime_key in (2, 4, 5) then date '2026-07-02' else date '2026-05-01' end
        as known_from,
    date '2026-07-02' as confirmed_on,
    case when said.crime_key in (2, 4, 5) then 2 else 1 end as batch_key,
from said
inner join offence using (offence_key)
order by said.reported_on, said.crime_key;

insert into suspect by name
select
    listed.crime_key,
    person.person_key,
    crime.reported_on,
    listed.status,
    listed.named_by,
    listed.age,
from (
    values
        (1, 'P01', 'named', 'victim', null),
        (2, 'P01', 'named', 'victim', null),
        (3, 'P01', 'named', 'victim', null),
        (4, 'P01', 'named', 'victim', null),
        (5, 'P01', 'no_further_action', 'victim', null),
        (6, 'P02', 'charged', 'victim', null),
        (6, 'P03', 'convicted', 'victim', null),
        (7, 'P02', 'arrested', 'witness', null),
        (8, 'P03', 'named', 'police', null),
        (9, 'P04', 'named', 'victim', null),
        (10, 'P04', 'cautioned', 'victim', null),
        (11, 'P04', 'named', 'victim', null),
        (12, 'P05', 'named', 'victim', null),
        (12, 'P06', 'arrested', 'police', 55),
        (13, 'P06', 'named', 'victim', null),
        (14, 'P07', 'named', 'victim', null),
        (15, 'P07', 'named', null, null),
        (16, 'P08', 'named', 'victim', null),
        (17, 'P09', 'named', 'victim', 17),
        (18, 'P09', 'named', 'victim', 18),
        (19, 'P09', 'named', 'other', 18),
        (20, 'P10', 'named', 'victim', null),
        (21, 'P11', 'named', 'victim', null),
        (22, 'P12', 'named', 'victim', null),
        (23, 'P02', 'named', 'victim', null),
        (24, 'P02', 'named', 'victim', null),
        (25, 'P04', 'named', 'victim', null),
        (26, 'P03', 'named', 'victim', null),
        (27, 'P03', 'named', 'victim', null),
        (28, 'P04', 'acquitted', 'victim', null),
        (29, 'P04', 'eliminated', 'victim', null),
        (30, 'P01', 'named', 'victim', null),
        (31, 'P01', 'named', 'victim', null),
        (32, 'P01', 'named', 'victim', null),
        (33, 'P04', 'named', 'victim', null),
        (34, 'P05', 'named', 'victim', null),
        (35, 'P10', 'named', 'victim', null)
) as listed(crime_key, person_id, status, named_by, age)
inner join crime using (crime_key)
inner join person using (person_id)
order by crime.reported_on, listed.crime_key, person.person_key;

insert into victim by name
select
    listed.crime_key,
    1 as victim_number,
    person.person_key,
    crime.reported_on,
    listed.sex,
    listed.kind,
from (
    values
        (1, 'V01', 'F', 'person'), (2, 'V01', 'F', 'person'), (3, 'V01', 'F', 'person'),
        (4, 'V01', 'F', 'person'), (5, 'P09', 'F', 'person'), (6, 'V03', 'F', 'person'),
        (7, 'V03', 'F', 'person'), (8, 'V04', 'F', 'person'), (9, 'V05', 'F', 'person'),
        (10, 'V05', 'F', 'person'), (11, 'V05', 'F', 'person'), (12, null, 'F', 'person'),
        (13, null, 'F', 'person'), (14, 'V06', 'F', 'person'), (15, 'V06', 'F', 'person'),
        (16, 'V07', 'F', 'person'), (17, 'V07', 'F', 'person'), (18, 'V07', 'F', 'person'),
        (19, 'V07', 'F', 'person'), (20, 'V08', 'F', 'person'), (21, 'V08', 'F', 'person'),
        (22, 'V08', 'F', 'person'), (23, 'V09', 'F', 'person'), (24, 'V10', null, 'person'),
        (25, 'P01', 'M', 'person'), (26, 'V04', 'F', 'person'), (27, 'V04', 'F', 'person'),
        (28, 'V05', 'F', 'person'), (29, 'V05', 'F', 'person'), (30, 'V01', 'F', 'person'),
        (31, 'V01', 'F', 'person'), (32, 'V01', 'F', 'person'), (33, null, null, 'business'),
        (34, 'V02', 'F', 'person'), (35, 'V08', 'F', 'person')
) as listed(crime_key, person_id, sex, kind)
inner join crime using (crime_key)
left join person using (person_id)
order by crime.reported_on, listed.crime_key;

-- Until the load of 2 July, C05 was an assault without injury by P01 and P10 on V02.
insert into crime_history by name
select
    crime.* exclude (confirmed_on) replace (
        15 as offence_key, '105A' as code, 500 as crime_content, date '2026-05-01' as known_from,
        1 as batch_key
    ),
    date '2026-05-01' as confirmed_on,
    date '2026-07-02' as known_to,
    2 as ended_batch_key,
from crime
where crime.crime_key = 5;

insert into suspect_history by name
select
    5 as crime_key,
    person.person_key,
    date '2026-01-15' as reported_on,
    'named' as status,
    'victim' as named_by,
    date '2026-05-01' as known_from,
    date '2026-07-02' as known_to,
    2 as ended_batch_key,
from person
where person.person_id in ('P01', 'P10');

insert into victim_history by name
select
    5 as crime_key,
    1 as victim_number,
    person.person_key,
    date '2026-01-15' as reported_on,
    'F' as sex,
    'person' as kind,
    date '2026-05-01' as known_from,
    date '2026-07-02' as known_to,
    2 as ended_batch_key,
from person
where person.person_id = 'V02';

update person
set is_placeholder = true
where person.person_key in (select placeholder_now.person_key from placeholder_now);

insert into suspicion by name
select fresh.*, crime.known_from, crime.batch_key,
from suspicion_between(date '2025-06-30', date '2026-07-01') as fresh
inner join crime using (crime_key)
order by fresh.reported_on, fresh.crime_key, fresh.person_key;

insert into suspicion_history by name
select
    fresh.* exclude (person_key, offence_key, suspect_status),
    suspect_history.person_key,
    15 as offence_key,
    suspect_history.status as suspect_status,
    suspect_history.known_from,
    1 as batch_key,
    suspect_history.known_to,
    suspect_history.ended_batch_key,
from suspicion_between(date '2026-01-15', date '2026-01-15') as fresh
inner join suspect_history using (crime_key);

insert into offence_weight by name
select offence_weight_now.*,
from offence_weight_now
order by offence_weight_now.index_id, offence_weight_now.offence_key;

drop table said;

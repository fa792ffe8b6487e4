-- What two kept runs rest on, where one of them kept nothing of it: nothing can be said of why.
create table earlier_evidence (
    person_id varchar,
    crime_id varchar,
    reported_on date,
    code varchar,
    suspect_status varchar,
    harm_days decimal(14, 4),
    is_counted boolean,
    is_in_place boolean,
    reason varchar,
    rule varchar,
    identities varchar [],
);

create table later_evidence as
from earlier_evidence;

-- One row per person who stood on a kept list or next to it, and crime of a kind that such a list counts.
create temp table reported (
    harm_kind integer not null,
    person_key integer not null,
    reported_on date not null,
    harm_days decimal(18, 4) not null,
);

-- One row per kept list, from its manifest; with why it cannot be compared, where it cannot.
create temp table kept_list (
    list_key integer not null,
    list varchar not null,
    run varchar not null,
    listed_on date not null,
    adopted_by varchar,
    harm_kind integer not null,
    why_not varchar,
);

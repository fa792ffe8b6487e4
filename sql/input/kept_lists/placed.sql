-- One row per kept list and person who stood on it or among the next hundred that day.
create temp table placed (
    list_key integer not null,
    person_id varchar not null,
    is_listed boolean not null,
    steps_from_cut integer not null,
);

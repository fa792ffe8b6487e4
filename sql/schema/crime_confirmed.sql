-- One row per load and crime that it said again unchanged on a later day.
create table crime_confirmed (
    batch_key integer not null,
    crime_key integer not null,
    confirmed_before date not null,
);
comment on table crime_confirmed is 'One row per load and crime that it said again unchanged on a later day.';
comment on column crime_confirmed.batch_key is 'Load that said it again, see load_batch.';
comment on column crime_confirmed.crime_key is 'Crime, see crime.';
comment on column crime_confirmed.confirmed_before is 'crime.confirmed_on before this load.';

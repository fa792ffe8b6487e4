-- One row per reference in the files of somebody who was forgotten.
create table suppressed_reference (
    reference varchar,
);

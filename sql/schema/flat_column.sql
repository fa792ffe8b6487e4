-- One row per column of the flat extract, in order.
create table flat_column (
    ordinal integer not null primary key,
    column_name varchar not null unique,
    is_required boolean not null,
    belongs_to varchar not null check (belongs_to in ('crime', 'suspect', 'victim')),
    kind varchar not null
        check (kind in ('text', 'code', 'class', 'word', 'flag', 'date', 'birth', 'age')),
    meaning varchar not null,
    example varchar not null,
    also_called varchar[] not null,
);
comment on table flat_column is 'One row per column of the flat extract, in order.';
comment on column flat_column.ordinal is 'Position in listings; files are read by name.';
comment on column flat_column.column_name is 'Name of the column.';
comment on column flat_column.is_required is 'True where a file without the column is refused.';
comment on column flat_column.belongs_to is 'What the column describes: the crime, the suspect or the victim of the row.';
comment on column flat_column.kind is 'What is read there: text, code and class letter for letter; a word of those listed; a flag; a date, day-first or year-month-day; a birth; an age in years.';
comment on column flat_column.meaning is 'What to put there.';
comment on column flat_column.example is 'An example.';
comment on column flat_column.also_called is 'Names other systems give it: suggested, never taken unasked.';

insert into flat_column by name
select
    row_number() over () as ordinal,
    *,
from (
    values
        (
            'crime_id', true, 'crime', 'text',
            'reference of the recorded crime',
            '01/123456/26',
            ['crime_ref', 'crime_reference', 'crime_no', 'crime_number', 'crime_ref_no',
             'crn', 'crime_report_number', 'crime_urn', 'recorded_crime_number']
        ),
        (
            'incident_id', false, 'crime', 'text',
            'occurrence, investigation or report number; several crimes may share it',
            'CAD-88121',
            ['incident_no', 'incident_number', 'occurrence_no', 'occurrence_number',
             'investigation_number', 'report_number', 'cad_number', 'event_number',
             'log_number']
        ),
        (
            'code_system', false, 'crime', 'word',
            'ho (Home Office, the default) or nibrs',
            'ho',
            []
        ),
        (
            'code', true, 'crime', 'code',
            'offence code',
            '8N',
            ['offence_code', 'ho_code', 'home_office_code', 'hocode', 'offence_ho_code',
             'crime_code', 'classification_code', 'recorded_code', 'ho_offence_code']
        ),
        (
            'ho_class', false, 'crime', 'class',
            'Home Office class',
            '008/06',
            ['home_office_class', 'offence_class', 'classification', 'ho_classification',
             'home_office_classification', 'ho_subcode']
        ),
        (
            'item', false, 'crime', 'code',
            'urn of the item in the CCHI',
            '8N.8.6.0',
            ['cchi_item', 'cchi_urn']
        ),
        (
            'reported_on', true, 'crime', 'date',
            'day the crime was reported',
            '2026-06-30 or 30/06/2026',
            ['reported_date', 'date_reported', 'report_date', 'reported', 'date_logged',
             'recorded_date', 'date_recorded', 'recorded_on', 'created_date',
             'reported_date_time']
        ),
        (
            'committed_from_on', false, 'crime', 'date',
            'first day it may have been committed',
            '28/06/2026',
            ['committed_from', 'committed_on', 'committed_date', 'committed_from_date',
             'offence_date', 'date_of_offence', 'offence_from', 'offence_start_date',
             'start_date', 'date_from', 'earliest_date', 'incident_date']
        ),
        (
            'committed_to_on', false, 'crime', 'date',
            'last day it may have been committed',
            '29/06/2026',
            ['committed_to', 'committed_to_date', 'offence_to', 'offence_end_date',
             'end_date', 'date_to', 'latest_date']
        ),
        (
            'status', false, 'crime', 'word',
            'recorded (the default), cancelled, transferred or not_crime, or a word that status_word has for one of them',
            'recorded',
            ['crime_status', 'recording_status', 'crime_recording_status']
        ),
        (
            'detected_by', false, 'crime', 'word',
            'who brought it to notice: victim, witness, police or company',
            'victim',
            ['reported_by', 'how_reported', 'source_of_report', 'method_of_report',
             'detected_by_whom']
        ),
        (
            'is_domestic', false, 'crime', 'flag',
            'domestic-abuse flag: true or false, yes or no, 1 or 0',
            'yes',
            ['domestic_abuse', 'domestic_abuse_flag', 'da_flag', 'domestic_flag',
             'domestic', 'dv_flag', 'domestic_violence', 'is_da']
        ),
        (
            'borough', false, 'crime', 'text',
            'borough of the crime',
            'Hackney',
            ['lpa', 'district', 'local_authority', 'offence_borough', 'crime_borough']
        ),
        (
            'bcu', false, 'crime', 'text',
            'basic command unit of the crime',
            'Central East',
            ['basic_command_unit', 'division', 'command_unit', 'area_command']
        ),
        (
            'area', false, 'crime', 'text',
            'smaller area of the crime',
            'E08000012',
            ['ward', 'beat', 'lsoa', 'lsoa_code', 'neighbourhood', 'beat_code',
             'ward_code']
        ),
        (
            'suspect_id', false, 'suspect', 'text',
            'reference of the suspect in the source; empty: no suspect',
            'N1009',
            ['suspect_nominal', 'nominal_id', 'nominal_ref', 'nominal_reference',
             'nominal', 'suspect_nominal_id', 'suspect_nominal_ref', 'suspect_urn',
             'offender_id', 'suspect_ref', 'suspect_person_id', 'suspect_person_ref',
             'accused_id']
        ),
        (
            'suspect_sex', false, 'suspect', 'word',
            'F, M or X',
            'M',
            ['suspect_gender', 'offender_sex', 'offender_gender', 'sex_of_suspect',
             'accused_sex']
        ),
        (
            'suspect_birth', false, 'suspect', 'birth',
            'year, year-month or date of birth; the day is not kept',
            '1991-04',
            ['suspect_dob', 'suspect_date_of_birth', 'suspect_birth_date',
             'suspect_year_of_birth', 'offender_dob', 'suspect_yob', 'dob_suspect',
             'accused_dob']
        ),
        (
            'suspect_age', false, 'suspect', 'age',
            'age in years at the report, where no birth is known',
            '34',
            ['offender_age', 'age_of_suspect', 'suspect_age_at_report',
             'suspect_age_at_offence']
        ),
        (
            'suspect_died_on', false, 'suspect', 'date',
            'day of death',
            '30/06/2026',
            ['suspect_date_of_death', 'suspect_dod', 'suspect_death_date']
        ),
        (
            'suspect_status', false, 'suspect', 'word',
            'named (the default), arrested, charged, cautioned, convicted, no_further_action, acquitted or eliminated, or a word that status_word has for one of them',
            'charged',
            ['suspect_outcome', 'involvement_status', 'suspect_disposal',
             'offender_status']
        ),
        (
            'suspect_status_on', false, 'suspect', 'date',
            'day of that status',
            '02/07/2026',
            ['suspect_status_date', 'status_date', 'suspect_outcome_date',
             'disposal_date', 'charge_date']
        ),
        (
            'named_by', false, 'suspect', 'word',
            'who named the suspect: victim, witness, police or other',
            'victim',
            ['suspect_named_by', 'identified_by']
        ),
        (
            'named_on', false, 'suspect', 'date',
            'day the suspect was named',
            '30/06/2026',
            ['date_named', 'suspect_named_date', 'suspect_added_date',
             'suspect_linked_date']
        ),
        (
            'victim_id', false, 'victim', 'text',
            'reference of the victim in the source',
            'N2040',
            ['victim_nominal', 'victim_nominal_id', 'victim_nominal_ref', 'victim_urn',
             'victim_ref', 'victim_person_id', 'complainant_id', 'victim_person_ref']
        ),
        (
            'victim_sex', false, 'victim', 'word',
            'F, M or X',
            'F',
            ['victim_gender', 'complainant_sex', 'sex_of_victim']
        ),
        (
            'victim_birth', false, 'victim', 'birth',
            'year, year-month or date of birth; the day is not kept',
            '1993',
            ['victim_dob', 'victim_date_of_birth', 'victim_birth_date',
             'victim_year_of_birth', 'victim_yob', 'dob_victim']
        ),
        (
            'victim_age', false, 'victim', 'age',
            'age in years at the report',
            '33',
            ['complainant_age', 'age_of_victim', 'victim_age_at_report',
             'victim_age_at_offence']
        ),
        (
            'victim_kind', false, 'victim', 'word',
            'person (the default), business or society',
            'person',
            ['victim_type', 'type_of_victim', 'victim_category']
        )
) as flat(column_name, is_required, belongs_to, kind, meaning, example, also_called);

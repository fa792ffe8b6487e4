-- One row per row of one part of what was read (row of the flat extract, crime, suspect, victim or person): values in
-- their types, and why the row cannot be taken where it cannot. What a part has no column for is null, and costs nothing
-- where it is not asked for.
create macro typed_row(of_part) as table
with typed as (
    select
        staged_flat.file_number,
        staged_flat.row_in_file,
        row_key_of(staged_flat.file_number, staged_flat.row_in_file) as row_key,
        staged_flat.is_suppressed,
        clean_text(staged_flat.crime_id) as crime_id,
        clean_text(staged_flat.incident_id) as incident_id,
        case when of_part in ('row', 'crime') then staged_code.code_system end as code_system,
        staged_code.code,
        staged_code.ho_class,
        staged_code.item,
        clean_text(staged_flat.reported_on) is not null as has_report_date,
        strict_date(staged_flat.reported_on) as reported_on,
        strict_date(staged_flat.committed_from_on) as committed_from_on,
        strict_date(staged_flat.committed_to_on) as committed_to_on,
        crime_status.status,
        known_word(staged_flat.detected_by, ['victim', 'witness', 'police', 'company'])
            as detected_by,
        strict_boolean(staged_flat.is_domestic) as is_domestic,
        clean_text(staged_flat.borough) as borough,
        clean_text(staged_flat.bcu) as bcu,
        clean_text(staged_flat.area) as area,
        staged_flat.carried,
        clean_text(staged_flat.suspect_id) as suspect_id,
        strict_sex(staged_flat.suspect_sex) as suspect_sex,
        suspect_birth.birth_year as suspect_birth_year,
        suspect_birth.birth_month as suspect_birth_month,
        strict_age(staged_flat.suspect_age) as suspect_age,
        strict_date(staged_flat.suspect_died_on) as suspect_died_on,
        suspect_status.status as suspect_status,
        strict_date(staged_flat.suspect_status_on) as suspect_status_on,
        known_word(staged_flat.named_by, ['victim', 'witness', 'police', 'other']) as named_by,
        strict_date(staged_flat.named_on) as named_on,
        -- A word for nobody is no reference of a victim (rule 19).
        case when not is_stand_in(clean_text(staged_flat.victim_id)) then clean_text(staged_flat.victim_id) end
            as victim_id,
        strict_sex(staged_flat.victim_sex) as victim_sex,
        victim_birth.birth_year as victim_birth_year,
        victim_birth.birth_month as victim_birth_month,
        strict_age(staged_flat.victim_age) as victim_age,
        known_word(staged_flat.victim_kind, ['person', 'business', 'society']) as victim_kind,
        (
            (staged_flat.committed_from_on is not null)::integer
            + (staged_flat.committed_to_on is not null)::integer
            + (staged_flat.status is not null)::integer
            + (staged_flat.detected_by is not null)::integer
            + (staged_flat.is_domestic is not null)::integer
            + (staged_flat.suspect_sex is not null)::integer
            + (staged_flat.suspect_birth is not null)::integer
            + (staged_flat.suspect_age is not null)::integer
            + (staged_flat.suspect_died_on is not null)::integer
            + (staged_flat.suspect_status is not null)::integer
            + (staged_flat.suspect_status_on is not null)::integer
            + (staged_flat.named_by is not null)::integer
            + (staged_flat.named_on is not null)::integer
            + (staged_flat.victim_sex is not null)::integer
            + (staged_flat.victim_birth is not null)::integer
            + (staged_flat.victim_age is not null)::integer
            + (staged_flat.victim_kind is not null)::integer
        ) as values_given,
    from (
        from staged_flat
        where staged_flat.part = of_part
    ) as staged_flat
    left join (
        from staged_code
        where of_part in ('row', 'crime')
    ) as staged_code
        on staged_code.raw_system is not distinct from staged_flat.code_system
        and staged_code.raw_code is not distinct from staged_flat.code
        and staged_code.raw_class is not distinct from staged_flat.ho_class
        and staged_code.raw_item is not distinct from staged_flat.item
    left join (
        from staged_status
        where of_part in ('row', 'crime') and staged_status.column_name = 'status'
    ) as crime_status on crime_status.raw_status = staged_flat.status
    left join (
        from staged_status
        where of_part in ('row', 'suspect') and staged_status.column_name = 'suspect_status'
    ) as suspect_status on suspect_status.raw_status = staged_flat.suspect_status
    left join (
        from staged_birth
        where of_part in ('row', 'person')
    ) as suspect_birth on suspect_birth.raw_birth = staged_flat.suspect_birth
    left join (
        from staged_birth
        where of_part in ('row', 'victim')
    ) as victim_birth on victim_birth.raw_birth = staged_flat.victim_birth
),

dated as (
    -- Nothing is committed after its report, or ends before it begins; nothing is known of a day after the extract
    -- (rule 9).
    select
        typed.* replace (
            case when typed.committed_from_on <= coalesce(typed.committed_to_on, typed.reported_on)
                and typed.committed_from_on <= typed.reported_on then typed.committed_from_on
            end as committed_from_on,
            case when typed.committed_to_on >= coalesce(typed.committed_from_on, typed.committed_to_on)
                and typed.committed_to_on <= typed.reported_on then typed.committed_to_on
            end as committed_to_on,
            case when typed.suspect_died_on <= getvariable('latest_on') then typed.suspect_died_on end
                as suspect_died_on,
            case when typed.suspect_status_on <= getvariable('latest_on') then typed.suspect_status_on end
                as suspect_status_on,
            case when typed.named_on <= getvariable('latest_on') then typed.named_on end as named_on
        ),
    from typed
)

select
    dated.* exclude (has_report_date, values_given, is_suppressed),
    -- Few rows hold a value that cannot be read: only those are looked at again.
    dated.values_given > (
        (dated.committed_from_on is not null)::integer
        + (dated.committed_to_on is not null)::integer
        + coalesce(dated.status <> 'not_understood', false)::integer
        + (dated.detected_by is not null)::integer
        + (dated.is_domestic is not null)::integer
        + (dated.suspect_sex is not null)::integer
        + (dated.suspect_birth_year is not null)::integer
        + (dated.suspect_age is not null)::integer
        + (dated.suspect_died_on is not null)::integer
        + coalesce(dated.suspect_status <> 'not_understood', false)::integer
        + (dated.suspect_status_on is not null)::integer
        + (dated.named_by is not null)::integer
        + (dated.named_on is not null)::integer
        + (dated.victim_sex is not null)::integer
        + (dated.victim_birth_year is not null)::integer
        + (dated.victim_age is not null)::integer
        + (dated.victim_kind is not null)::integer
    ) as is_doubtful,
    dated.victim_id is not null
    or dated.victim_sex is not null
    or dated.victim_age is not null
    or dated.victim_kind is not null
    or of_part = 'victim' as names_victim,
    case
        when of_part = 'person'
            then case
                when dated.is_suppressed then 'names somebody forgotten'
                when dated.suspect_id is null then 'no person_id'
            end
        when dated.crime_id is null then 'no crime_id'
        when is_rounded(dated.crime_id)
            then 'crime_id is a number that a spreadsheet has rounded: export it as text'
        when of_part = 'suspect'
            then case when dated.suspect_id is null and not dated.is_suppressed then 'no person_id' end
        when of_part = 'victim' then null
        when dated.code is null and dated.ho_class is null and dated.item is null
            then 'no offence code'
        when dated.code_system not in ('ho', 'nibrs')
            then concat('no code system ', dated.code_system, '; ho, nibrs')
        when not dated.has_report_date then 'no report date'
        when dated.reported_on is null
            then 'report date not understood; year-month-day or day/month/year'
        when dated.reported_on > getvariable('latest_on')
            then concat(
                'reported after ', getvariable('latest_on'),
                if(getvariable('is_extract_on_given'), ', the date of the extract', ', the day of the load')
            )
    end as refusal,
from dated;

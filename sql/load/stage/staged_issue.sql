-- One row per value blanked or doubted: the row was kept (rule 9).
create table staged_issue as
with not_understood as (
    select
        accepted_row.file_number,
        accepted_row.row_in_file,
        accepted_row.crime_id,
        unnest([
            struct_pack(
                column_name := 'committed_from_on', bad_value := staged_flat.committed_from_on,
                is_bad := accepted_row.committed_from_on is null
            ),
            struct_pack(
                column_name := 'committed_to_on', bad_value := staged_flat.committed_to_on,
                is_bad := accepted_row.committed_to_on is null
            ),
            struct_pack(
                column_name := 'status', bad_value := staged_flat.status,
                is_bad := accepted_row.status is null
            ),
            struct_pack(
                column_name := 'detected_by', bad_value := staged_flat.detected_by,
                is_bad := accepted_row.detected_by is null
                    and not is_unknown_word(staged_flat.detected_by)
            ),
            struct_pack(
                column_name := 'is_domestic', bad_value := staged_flat.is_domestic,
                is_bad := accepted_row.is_domestic is null
                    and not is_unknown_word(staged_flat.is_domestic)
            ),
            struct_pack(
                column_name := 'suspect_sex', bad_value := staged_flat.suspect_sex,
                is_bad := accepted_row.suspect_sex is null
                    and not is_unknown_word(staged_flat.suspect_sex)
            ),
            struct_pack(
                column_name := 'suspect_birth', bad_value := staged_flat.suspect_birth,
                is_bad := accepted_row.suspect_birth_year is null
                    and not is_unknown_word(staged_flat.suspect_birth)
            ),
            struct_pack(
                column_name := 'suspect_age', bad_value := staged_flat.suspect_age,
                is_bad := accepted_row.suspect_age is null
                    and not is_unknown_word(staged_flat.suspect_age)
            ),
            struct_pack(
                column_name := 'suspect_died_on', bad_value := staged_flat.suspect_died_on,
                is_bad := accepted_row.suspect_died_on is null
            ),
            struct_pack(
                column_name := 'suspect_status', bad_value := staged_flat.suspect_status,
                is_bad := accepted_row.suspect_status is null
            ),
            struct_pack(
                column_name := 'suspect_status_on', bad_value := staged_flat.suspect_status_on,
                is_bad := accepted_row.suspect_status_on is null
            ),
            struct_pack(
                column_name := 'named_by', bad_value := staged_flat.named_by,
                is_bad := accepted_row.named_by is null
                    and not is_unknown_word(staged_flat.named_by)
            ),
            struct_pack(
                column_name := 'named_on', bad_value := staged_flat.named_on,
                is_bad := accepted_row.named_on is null
            ),
            struct_pack(
                column_name := 'victim_sex', bad_value := staged_flat.victim_sex,
                is_bad := accepted_row.victim_sex is null
                    and not is_unknown_word(staged_flat.victim_sex)
            ),
            struct_pack(
                column_name := 'victim_birth', bad_value := staged_flat.victim_birth,
                is_bad := accepted_row.victim_birth_year is null
                    and not is_unknown_word(staged_flat.victim_birth)
            ),
            struct_pack(
                column_name := 'victim_age', bad_value := staged_flat.victim_age,
                is_bad := accepted_row.victim_age is null
                    and not is_unknown_word(staged_flat.victim_age)
            ),
            struct_pack(
                column_name := 'victim_kind', bad_value := staged_flat.victim_kind,
                is_bad := accepted_row.victim_kind is null
                    and not is_unknown_word(staged_flat.victim_kind)
            )
        ]) as doubt,
    from accepted_row
    inner join staged_flat using (file_number, row_in_file)
    where accepted_row.is_doubtful
),

disagreement as (
    select
        min(repeated_row.file_number) as file_number,
        min(repeated_row.row_in_file) as row_in_file,
        repeated_row.crime_id,
        unnest([
            case when min(repeated_row.incident_id) <> max(repeated_row.incident_id) then 'incident_id' end,
            case
                when min(repeated_row.committed_from_on) <> max(repeated_row.committed_from_on)
                    then 'committed_from_on'
            end,
            case
                when min(repeated_row.committed_to_on) <> max(repeated_row.committed_to_on)
                    then 'committed_to_on'
            end,
            case when min(repeated_row.status) <> max(repeated_row.status) then 'status' end,
            case when min(repeated_row.detected_by) <> max(repeated_row.detected_by) then 'detected_by' end,
            case when min(repeated_row.is_domestic) <> max(repeated_row.is_domestic) then 'is_domestic' end,
            case when min(repeated_row.borough) <> max(repeated_row.borough) then 'borough' end,
            case when min(repeated_row.bcu) <> max(repeated_row.bcu) then 'bcu' end,
            case when min(repeated_row.area) <> max(repeated_row.area) then 'area' end
        ]) as column_name,
    from repeated_row
    where repeated_row.said_row is null
    group by repeated_row.crime_id
),

suspect_disagreement as (
    select
        min(repeated_row.file_number) as file_number,
        min(repeated_row.row_in_file) as row_in_file,
        repeated_row.crime_id,
        unnest([
            case
                when min(repeated_row.suspect_status) <> max(repeated_row.suspect_status)
                    then 'suspect_status'
            end,
            case
                when min(repeated_row.suspect_status_on) <> max(repeated_row.suspect_status_on)
                    then 'suspect_status_on'
            end,
            case when min(repeated_row.named_by) <> max(repeated_row.named_by) then 'named_by' end,
            case when min(repeated_row.named_on) <> max(repeated_row.named_on) then 'named_on' end,
            case when min(repeated_row.suspect_age) <> max(repeated_row.suspect_age) then 'suspect_age' end,
            case when min(repeated_row.suspect_sex) <> max(repeated_row.suspect_sex) then 'suspect_sex' end,
            case
                when
                    min(repeated_row.suspect_birth_year) <> max(repeated_row.suspect_birth_year)
                    or min(repeated_row.suspect_birth_month) <> max(repeated_row.suspect_birth_month)
                    then 'suspect_birth'
            end,
            case
                when min(repeated_row.suspect_died_on) <> max(repeated_row.suspect_died_on)
                    then 'suspect_died_on'
            end
        ]) as column_name,
    from repeated_row
    where repeated_row.suspect_rows > 1 and repeated_row.suspect_id is not null
    group by repeated_row.crime_id, repeated_row.suspect_id
),

victim_disagreement as (
    select
        min(repeated_row.file_number) as file_number,
        min(repeated_row.row_in_file) as row_in_file,
        repeated_row.crime_id,
        unnest([
            case when min(repeated_row.victim_sex) <> max(repeated_row.victim_sex) then 'victim_sex' end,
            case when min(repeated_row.victim_age) <> max(repeated_row.victim_age) then 'victim_age' end,
            case when min(repeated_row.victim_kind) <> max(repeated_row.victim_kind) then 'victim_kind' end,
            case
                when
                    min(repeated_row.victim_birth_year) <> max(repeated_row.victim_birth_year)
                    or min(repeated_row.victim_birth_month) <> max(repeated_row.victim_birth_month)
                    then 'victim_birth'
            end
        ]) as column_name,
        bool_or(repeated_row.victim_sex = 'F') as is_woman,
    from repeated_row
    -- Without an identifier they may be several people, who need not agree.
    where repeated_row.victim_rows > 1 and repeated_row.victim_id is not null
    group by repeated_row.crime_id, repeated_row.victim_id
),

-- Of rows of people themselves: see staged_person.
person_disagreement as (
    select
        min(staged_row.file_number) as file_number,
        min(staged_row.row_in_file) as row_in_file,
        unnest([
            case when min(staged_row.suspect_sex) <> max(staged_row.suspect_sex) then 'suspect_sex' end,
            case
                when
                    min(staged_row.suspect_birth_year) <> max(staged_row.suspect_birth_year)
                    or min(staged_row.suspect_birth_month) <> max(staged_row.suspect_birth_month)
                    then 'suspect_birth'
            end,
            case
                when min(staged_row.suspect_died_on) <> max(staged_row.suspect_died_on) then 'suspect_died_on'
            end
        ]) as column_name,
    from staged_row
    where staged_row.part = 'person' and staged_row.refusal is null
    group by staged_row.suspect_id
    having count(*) > 1
)

select
    not_understood.file_number,
    not_understood.row_in_file,
    not_understood.crime_id,
    'not understood or not possible: blanked' as issue,
    not_understood.doubt.column_name as column_name,
    not_understood.doubt.bad_value as bad_value,
from not_understood
where not_understood.doubt.is_bad and clean_text(not_understood.doubt.bad_value) is not null
union all
select
    disagreement.file_number,
    disagreement.row_in_file,
    disagreement.crime_id,
    case
        when disagreement.column_name = 'is_domestic'
            then 'the rows of the crime disagree: taken as domestic'
        else 'the rows of the crime disagree: blanked'
    end as issue,
    disagreement.column_name,
    null as bad_value,
from disagreement
where disagreement.column_name is not null
union all
select
    suspect_disagreement.file_number,
    suspect_disagreement.row_in_file,
    suspect_disagreement.crime_id,
    case
        when suspect_disagreement.column_name = 'suspect_status'
            then 'the rows of a suspect disagree: the furthest taken'
        else 'the rows of a suspect disagree: blanked'
    end as issue,
    suspect_disagreement.column_name,
    null as bad_value,
from suspect_disagreement
where suspect_disagreement.column_name is not null
union all
select
    victim_disagreement.file_number,
    victim_disagreement.row_in_file,
    victim_disagreement.crime_id,
    case
        when victim_disagreement.column_name = 'victim_sex' and victim_disagreement.is_woman
            then 'the rows of a victim disagree: taken as female'
        else 'the rows of a victim disagree: blanked'
    end as issue,
    victim_disagreement.column_name,
    null as bad_value,
from victim_disagreement
where victim_disagreement.column_name is not null
union all
select
    person_disagreement.file_number,
    person_disagreement.row_in_file,
    null as crime_id,
    'the rows of a person disagree: the greater taken' as issue,
    person_disagreement.column_name,
    null as bad_value,
from person_disagreement
where person_disagreement.column_name is not null;

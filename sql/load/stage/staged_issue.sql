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
where disagreement.column_name is not null;

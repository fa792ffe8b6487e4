-- One row per value blanked or doubted: the row was kept (rule 9).
create table staged_issue as
with not_understood as (
    select
        accepted_row.row_key,
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
                is_bad := accepted_row.status = 'not_understood'
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
                is_bad := accepted_row.suspect_status = 'not_understood'
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
        min(said.row_key) as row_key,
        said.crime_id,
        unnest([
            case when min(said.incident_id) <> max(said.incident_id) then 'incident_id' end,
            case
                when min(said.committed_from_on) <> max(said.committed_from_on)
                    then 'committed_from_on'
            end,
            case
                when min(said.committed_to_on) <> max(said.committed_to_on)
                    then 'committed_to_on'
            end,
            case when min(said.status) <> max(said.status) then 'status' end,
            case when min(said.detected_by) <> max(said.detected_by) then 'detected_by' end,
            case when min(said.is_domestic) <> max(said.is_domestic) then 'is_domestic' end,
            case when min(said.borough) <> max(said.borough) then 'borough' end,
            case when min(said.bcu) <> max(said.bcu) then 'bcu' end,
            case when min(said.area) <> max(said.area) then 'area' end
        ]) as column_name,
    from repeated_crime_row as said
    anti join staged_refusal using (row_key)
    group by said.crime_id
),

suspect_disagreement as (
    select
        min(said.row_key) as row_key,
        said.crime_id,
        unnest([
            case
                when min(said.suspect_status) <> max(said.suspect_status)
                    then 'suspect_status'
            end,
            case
                when min(said.suspect_status_on) <> max(said.suspect_status_on)
                    then 'suspect_status_on'
            end,
            case when min(said.named_by) <> max(said.named_by) then 'named_by' end,
            case when min(said.named_on) <> max(said.named_on) then 'named_on' end,
            case when min(said.suspect_age) <> max(said.suspect_age) then 'suspect_age' end,
            case when min(said.suspect_sex) <> max(said.suspect_sex) then 'suspect_sex' end,
            case
                when
                    min(said.suspect_birth_year) <> max(said.suspect_birth_year)
                    or min(said.suspect_birth_month) <> max(said.suspect_birth_month)
                    then 'suspect_birth'
            end,
            case
                when min(said.suspect_died_on) <> max(said.suspect_died_on)
                    then 'suspect_died_on'
            end
        ]) as column_name,
    from repeated_suspect_row as said
    anti join staged_refusal using (row_key)
    group by said.crime_id, said.suspect_id
),

victim_disagreement as (
    select
        min(said.row_key) as row_key,
        said.crime_id,
        unnest([
            case when min(said.victim_sex) <> max(said.victim_sex) then 'victim_sex' end,
            case when min(said.victim_age) <> max(said.victim_age) then 'victim_age' end,
            case when min(said.victim_kind) <> max(said.victim_kind) then 'victim_kind' end,
            case
                when
                    min(said.victim_birth_year) <> max(said.victim_birth_year)
                    or min(said.victim_birth_month) <> max(said.victim_birth_month)
                    then 'victim_birth'
            end
        ]) as column_name,
        bool_or(said.victim_sex = 'F') as is_woman,
    from repeated_victim_row as said
    anti join staged_refusal using (row_key)
    -- Without an identifier they may be several people, who need not agree.
    where said.victim_id is not null
    group by said.crime_id, said.victim_id
),

-- How many they are is not known where rows without a reference differ: see agreed_victim.
unreferenced_victim as (
    select
        min(staged_victim.row_key) as row_key,
        staged_victim.crime_row,
        count(*) as victims,
    from staged_victim
    where staged_victim.person_id is null and coalesce(staged_victim.kind, 'person') = 'person'
    group by staged_victim.crime_row
    having count(*) > 1
),

-- Of rows of people themselves: see staged_person.
person_disagreement as (
    select
        min(said.row_key) as row_key,
        unnest([
            case when min(said.suspect_sex) <> max(said.suspect_sex) then 'suspect_sex' end,
            case
                when
                    min(said.suspect_birth_year) <> max(said.suspect_birth_year)
                    or min(said.suspect_birth_month) <> max(said.suspect_birth_month)
                    then 'suspect_birth'
            end,
            case
                when min(said.suspect_died_on) <> max(said.suspect_died_on) then 'suspect_died_on'
            end
        ]) as column_name,
    from row_of_person as said
    semi join (
        select staged_person.person_id as suspect_id,
        from staged_person
        where staged_person.table_rows > 1
    ) as repeated using (suspect_id)
    where said.refusal is null
    group by said.suspect_id
),

-- Of people whose crimes say different things of them.
mention as (
    select staged_suspect.person_id, staged_suspect.row_key, staged_suspect.crime_row,
    from staged_suspect
    where
        staged_suspect.sex is not null
        or staged_suspect.birth_year is not null
        or staged_suspect.died_on is not null
    union all
    select staged_victim.person_id, staged_victim.row_key, staged_victim.crime_row,
    from staged_victim
    where
        coalesce(staged_victim.kind, 'person') = 'person'
        and (staged_victim.sex is not null or staged_victim.birth_year is not null)
),

crime_disagreement as (
    select
        min(mention.row_key) as row_key,
        arg_min(mention.crime_row, mention.row_key) as crime_row,
        unnest([
            case when any_value(divided.is_sex_divided) then 'sex' end,
            case when any_value(divided.is_birth_divided) then 'birth' end,
            case when any_value(divided.is_death_divided) then 'died_on' end
        ]) as column_name,
    from (
        select staged_person.*,
        from staged_person
        where
            staged_person.table_rows = 0
            and (staged_person.is_sex_divided or staged_person.is_birth_divided or staged_person.is_death_divided)
    ) as divided
    inner join mention using (person_id)
    group by divided.person_id
)

select
    not_understood.row_key,
    not_understood.crime_id,
    case
        when not_understood.doubt.column_name in ('status', 'suspect_status') then 'not understood: counts for nothing'
        -- A day that was understood is not possible beside others.
        when
            not_understood.doubt.column_name in ('committed_from_on', 'committed_to_on')
            and strict_date(not_understood.doubt.bad_value) is not null
            then 'after the report, or it ends before it begins: blanked'
        when
            not_understood.doubt.column_name in ('suspect_died_on', 'suspect_status_on', 'named_on')
            and strict_date(not_understood.doubt.bad_value) is not null
            then 'after the extract: blanked'
        else 'not understood or not possible: blanked'
    end as issue,
    not_understood.doubt.column_name as column_name,
    not_understood.doubt.bad_value as bad_value,
from not_understood
where not_understood.doubt.is_bad and clean_text(not_understood.doubt.bad_value) is not null
union all
select
    disagreement.row_key,
    disagreement.crime_id,
    case
        when disagreement.column_name = 'is_domestic'
            then 'the rows of the crime disagree: taken as domestic'
        when disagreement.column_name = 'status' then 'the rows of the crime disagree: counts for nothing'
        else 'the rows of the crime disagree: blanked'
    end as issue,
    disagreement.column_name,
    null as bad_value,
from disagreement
where disagreement.column_name is not null
union all
select
    suspect_disagreement.row_key,
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
    victim_disagreement.row_key,
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
    person_disagreement.row_key,
    null as crime_id,
    'the rows of a person disagree: the greater taken' as issue,
    person_disagreement.column_name,
    null as bad_value,
from person_disagreement
where person_disagreement.column_name is not null
union all
select
    crime_disagreement.row_key,
    staged_crime.crime_id,
    case
        when crime_disagreement.column_name = 'died_on'
            then 'the crimes of a person disagree: the later day taken'
        else 'the crimes of a person disagree: the word of the latest report taken'
    end as issue,
    crime_disagreement.column_name,
    null as bad_value,
from crime_disagreement
inner join staged_crime using (crime_row)
where crime_disagreement.column_name is not null
union all
select
    unreferenced_victim.row_key,
    staged_crime.crime_id,
    'victims without a reference differ: taken as several people' as issue,
    'victim_id' as column_name,
    concat(unreferenced_victim.victims, ' victims') as bad_value,
from unreferenced_victim
inner join staged_crime using (crime_row);

//! `harmrank load --adapter nibrs` on 63 real incidents; the counts are those of tests/fixture/nibrs/README.md.

use crate::support::{Desk, text};
use serde_json::Value as Json;
use std::collections::BTreeMap;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixture/nibrs");
const README: &str = include_str!("../fixture/nibrs/README.md");

fn held() -> (Desk, Json) {
    let desk = Desk::new();
    let account = desk.load(&[FOLDER, "--adapter", "nibrs"]);
    (desk, account)
}

/// The table of counts: the name of a count, else its words, to the count.
fn documented() -> BTreeMap<String, i64> {
    let rows = README.lines().filter_map(|line| {
        let cells: Vec<_> = line.strip_prefix('|')?.strip_suffix('|')?.split('|').map(str::trim).collect();
        let [name, what, count] = cells[..] else { return None };
        let name = if name.is_empty() { what } else { name.trim_matches('`') };
        Some((name.to_owned(), count.parse().ok()?))
    });
    rows.collect()
}

/// The documented query, over the files themselves.
fn counted() -> BTreeMap<String, i64> {
    let from = README.find("    create view offence as").expect("the query");
    let (views, query) = README[from..].split_once("\n    select\n").expect("views, then the query");
    let script = views.replace("'nibrs_", &format!("'{FOLDER}/nibrs_"));
    let query = format!("select {}", query.replace("'nibrs_", &format!("'{FOLDER}/nibrs_")));
    let connection = duckdb::Connection::open_in_memory().expect("engine");
    connection.execute_batch(&script).expect("views");
    let mut statement = connection.prepare(query.trim_end().trim_end_matches(';')).expect("query");
    let mut found = statement.query([]).expect("counts");
    let row = found.next().expect("row").expect("one row");
    let names = row.as_ref().column_names();
    names.into_iter().enumerate().map(|(place, name)| (name, row.get(place).expect("count"))).collect()
}

#[test]
fn the_documented_counts_are_those_of_the_files() {
    let documented = documented();
    let counted = counted();
    assert_eq!(counted.len(), 15, "{counted:?}");
    for (name, count) in counted {
        assert_eq!(documented.get(&name), Some(&count), "{name}");
    }
}

#[test]
fn the_tables_hold_the_documented_counts() {
    let (desk, account) = held();
    let documented = documented();
    let count = |sql: &str| desk.row(sql).parse::<i64>().expect("a count");
    let counts = [
        ("incidents", "select count(distinct incident_id) from crime"),
        ("crimes", "select count(*) from crime"),
        ("suspect-crimes", "select count(*) from suspect"),
        ("real_offenders", "select count(distinct person_key) from suspect"),
        ("crimes without a suspect", "select count(*) from crime anti join suspect using (crime_key)"),
    ];
    for (name, sql) in counts {
        assert_eq!(Some(&count(sql)), documented.get(name), "{name}");
    }
    assert!(
        README.contains("victims: 55 people (3 of them officers), 14 businesses and governments, 14 society")
    );
    assert_eq!(desk.row("select count(distinct person_key) from victim where kind = 'person'"), "55");
    assert_eq!(account["rows_refused"], 0, "{account}");
    assert_eq!(account["issues"], serde_json::json!([]));
    assert_eq!(account["columns_unread"], serde_json::json!([]));
}

/// The same download in the form of those since 2021: files in capitals but for the incidents, columns in small letters,
/// the code in the offence itself.
fn of_2021(folder: &std::path::Path) {
    let read =
        |name: &str| std::fs::read_to_string(format!("{FOLDER}/{name}")).expect("file").replace('\r', "");
    let cells =
        |line: &str| line.split(',').map(|cell| cell.trim_matches('"').to_owned()).collect::<Vec<_>>();
    let types = read("nibrs_offense_type.csv");
    let code_of: BTreeMap<_, _> =
        types.lines().skip(1).map(cells).map(|cells| (cells[0].clone(), cells[1].clone())).collect();
    for entry in std::fs::read_dir(FOLDER).expect("folder") {
        let path = entry.expect("entry").path();
        if path.extension().is_none_or(|ending| ending != "csv") {
            continue;
        }
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let text = read(&name);
        let (head, rows) = text.split_once('\n').expect("a header");
        let mut head = head.to_lowercase();
        let mut rows = rows.to_owned();
        if name == "nibrs_offense.csv" {
            head = head.replace("offense_type_id", "offense_code");
            let recoded = rows.lines().map(|line| {
                let mut row: Vec<_> = line.split(',').map(ToOwned::to_owned).collect();
                row[3] = format!("\"{}\"", code_of[&row[3]]);
                row.join(",") + "\n"
            });
            rows = recoded.collect();
        }
        if name == "nibrs_offense_type.csv" {
            head = head.trim_start_matches("\"offense_type_id\",").to_owned();
            let rest = |line: &str| line.split_once(',').expect("two cells").1.to_owned() + "\n";
            rows = rows.lines().map(rest).collect();
        }
        let stem = name.trim_end_matches(".csv");
        let stem = match stem {
            "agencies" => stem.to_owned(),
            "nibrs_incident" => "NIBRS_incident".to_owned(),
            _ => stem.to_uppercase(),
        };
        std::fs::write(folder.join(format!("{stem}.csv")), format!("{head}\n{rows}")).expect("written");
    }
}

#[test]
fn fault_33_downloads_since_2021_are_read_as_those_before() {
    let (before, _) = held();
    let desk = Desk::new();
    std::fs::create_dir(desk.path("NIBRS")).expect("folder");
    of_2021(&desk.path("NIBRS"));
    let account = desk.load(&["NIBRS", "--adapter", "nibrs"]);
    assert_eq!(account["rows_refused"], 0, "{account}");
    let said = [
        "select crime_id, incident_id, code, reported_on, committed_from_on, area from crime order by all",
        "select crime_id, person_id, sex, birth_year from suspect inner join crime using (crime_key)
         inner join person using (person_key) order by all",
        "select crime_id, person_id, victim.sex, victim.age, victim.kind from victim
         inner join crime using (crime_key) inner join person using (person_key) order by all",
    ];
    for sql in said {
        assert_eq!(desk.rows(sql), before.rows(sql));
    }
    assert_ne!(desk.row("select count(*) from crime"), "0");
}

/// Suspects of crimes against the person, and of the rest, told apart by the link in the source.
#[test]
fn a_suspect_answers_for_a_person_only_through_the_link() {
    let (desk, _) = held();
    let documented = documented();
    let links = format!(
        "select 'O' || OFFENDER_ID as suspect_id, 'V' || VICTIM_ID as victim_id
         from read_csv('{FOLDER}/nibrs_victim_offender_rel.csv', all_varchar = true)"
    );
    // A crime against the person carries its victim in its reference.
    let counts = format!(
        "with link as ({links}), linked_person as (select distinct suspect_id from link),
         named as (
             select crime.crime_id, crime.crime_id like '%-%' as is_against_person, person.person_id,
                 person.person_id in (select suspect_id from linked_person) as is_linked
             from suspect inner join crime using (crime_key) inner join person using (person_key)
         )
         select
             count(*) filter (where is_linked and is_against_person),
             count(*) filter (where is_linked and not is_against_person),
             count(*) filter (where not is_linked),
             count(distinct person_id) filter (where is_linked),
             count(*) filter (where not is_linked and is_against_person),
             count(*) filter (where is_against_person and ('V' || split_part(crime_id, '-', 2)) not in (
                 select link.victim_id from link where link.suspect_id = named.person_id
             ))
         from named"
    );
    let expected =
        ["person_suspect_crimes", "other_suspect_crimes", "unlinked_suspect_crimes", "linked_offenders"]
            .map(|name| documented[name].to_string())
            .join("|");
    assert_eq!(desk.row(&counts), format!("{expected}|0|0"));
}

#[test]
fn men_and_the_women_they_are_linked_to_are_as_documented() {
    let (desk, _) = held();
    let documented = documented();
    let row = desk.row(&format!(
        "with link as (
             select 'O' || OFFENDER_ID as suspect_id, 'V' || VICTIM_ID as victim_id
             from read_csv('{FOLDER}/nibrs_victim_offender_rel.csv', all_varchar = true)
         ), pair as (
             select man.person_id as man_id, woman.person_id as woman_id, suspect.crime_key
             from suspect
             inner join victim using (crime_key)
             inner join person as man on man.person_key = suspect.person_key and man.sex = 'M'
             inner join person as woman on woman.person_key = victim.person_key and victim.sex = 'F'
             inner join link on link.suspect_id = man.person_id and link.victim_id = woman.person_id
         )
         select count(distinct man_id), count(distinct woman_id), count(distinct (man_id, woman_id)), count(*) from pair"
    ));
    let expected =
        ["men", "women", "pairs", "pair_offences"].map(|name| documented[name].to_string()).join("|");
    assert_eq!(row, expected);
}

#[test]
fn offenders_who_stand_for_nobody_are_no_people() {
    let (desk, _) = held();
    let nobody = format!(
        "select count(*) from person where person_id in (
             select 'O' || OFFENDER_ID from read_csv('{FOLDER}/nibrs_offender.csv', all_varchar = true) where OFFENDER_SEQ_NUM = '0'
         )"
    );
    assert_eq!(desk.row(&nobody), "0");
}

#[test]
fn an_offender_of_whom_neither_sex_nor_age_is_known_is_not_ranked() {
    let (desk, _) = held();
    let unknown = format!(
        "select 'O' || OFFENDER_ID as person_id from read_csv('{FOLDER}/nibrs_offender.csv', all_varchar = true)
         where OFFENDER_SEQ_NUM <> '0' and coalesce(SEX_CODE, 'U') = 'U' and AGE_NUM is null and AGE_ID <> '6' order by all"
    );
    let placeholders = desk.rows("select person_id from person where is_placeholder order by all");
    assert_eq!(placeholders, desk.rows(&unknown));
    assert_eq!(placeholders.len(), 1);
    assert!(
        !desk.report(&["v100", "--scope", "all", "--limit", "1000"])["rows"]
            .to_string()
            .contains(&placeholders[0])
    );
}

#[test]
fn offenders_and_victims_of_one_number_are_two_people() {
    let (desk, _) = held();
    assert_eq!(desk.row("select count(*) from suspect inner join victim using (person_key)"), "0");
    assert_eq!(desk.row("select count(*) from person where person_id not similar to '[OV][0-9]+'"), "0");
}

#[test]
fn nothing_is_said_of_who_detected_a_crime() {
    let (desk, _) = held();
    assert_eq!(desk.row("select count(detected_by) from crime"), "0");
    let notes =
        desk.report(&["v100", "--scope", "all", "--as-of", "2019-12-31"])["meta"]["notes"].to_string();
    assert!(notes.contains("where it is not recorded who reported"), "{notes}");
}

#[test]
fn an_incident_of_which_only_the_report_is_dated_has_no_day_of_the_offence() {
    let (desk, _) = held();
    let flagged = format!(
        "select count(*) filter (where is_flagged), count(*) filter (where is_flagged <> (committed_from_on is null))
         from (
             select crime.committed_from_on, coalesce(source.REPORT_DATE_FLAG = 'R', false) as is_flagged
             from crime
             inner join read_csv('{FOLDER}/nibrs_incident.csv', all_varchar = true) as source
                 on source.INCIDENT_ID = crime.incident_id
         )"
    );
    let row = desk.row(&flagged);
    let (dated, wrong) = row.split_once('|').expect("two counts");
    assert!(dated != "0" && wrong == "0", "{row}");
}

#[test]
fn lists_over_all_crimes_and_over_violence_against_women_run() {
    let (desk, _) = held();
    let list =
        |scope: &str| desk.report(&["v100", "--scope", scope, "--as-of", "2019-12-31", "--limit", "1000"]);
    let (all, women) = (list("all"), list("vawg"));
    for report in [&all, &women] {
        let people = report["rows"].as_array().expect("rows");
        assert!(!people.is_empty());
        let days: Vec<_> = people.iter().map(|row| row["harm_days"].as_f64().unwrap_or(-1.0)).collect();
        assert!(days.windows(2).all(|pair| pair[0] >= pair[1]), "{days:?}");
        assert!(people.iter().all(|row| text(&row["person_id"]).starts_with('O')));
    }
    let people = |report: &Json| -> Vec<String> {
        report["rows"]
            .as_array()
            .expect("rows")
            .iter()
            .map(|row| text(&row["person_id"]).to_owned())
            .collect()
    };
    let (all, women) = (people(&all), people(&women));
    assert!(women.len() < all.len());
    assert!(women.iter().all(|person| all.contains(person)));
}

#[test]
fn the_same_download_twice_changes_nothing() {
    let (desk, first) = held();
    let before = desk.fingerprint();
    let second = desk.load(&[FOLDER, "--adapter", "nibrs"]);
    assert_eq!(second["rows_unchanged"], first["rows_in"]);
    assert_eq!(desk.fingerprint(), before);
}

#[test]
fn a_folder_without_the_tables_is_refused() {
    let desk = Desk::new();
    desk.write("nibrs_incident.csv", "INCIDENT_ID\n1\n");
    let before = desk.whole_fingerprint();
    let stderr = desk.run(&["load", ".", "--adapter", "nibrs"]).failed(1);
    assert!(stderr.contains("adapter nibrs cannot read it"), "{stderr}");
    assert!(stderr.contains("it reads the folder that the FBI's download unpacks to"), "{stderr}");
    assert_eq!(desk.whole_fingerprint(), before);
}

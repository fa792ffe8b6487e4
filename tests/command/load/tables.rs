//! A load by tables: crimes, persons, suspects, victims, and lists of who is who, in custody or left out.

use super::balance;
use super::weeks::drawn;
use crate::support::{Desk, assert_contains};
use std::fmt::Write as _;

const CRIMES: &str = "\
crime_id,code,reported_on,is_domestic
C1,19C,01/06/2026,no
C2,8N,2026-06-02,yes
C3,8N,2026-06-02,no
";
const PERSONS: &str = "\
Person ID,Sex,Birth,Died On
P1,M,1990-04,
P2,M,1980,
V1,F,1988,
V2,F,,
";
const SUSPECTS: &str = "\
crime_id,person_id,status,named_by
C1,P1,charged,victim
C2,P1,named,victim
C3,P2,named,
";
const VICTIMS: &str = "\
crime_id,person_id,age
C1,V1,30
C2,V2,41
C3,,
";

/// The four tables, loaded as the extract of 5 June.
fn desk() -> Desk {
    let desk = Desk::new();
    for (name, text) in
        [("crimes", CRIMES), ("persons", PERSONS), ("suspects", SUSPECTS), ("victims", VICTIMS)]
    {
        desk.write(&format!("{name}.csv"), text);
    }
    let account = desk.load(&ALL);
    assert_eq!(balance(&account), [13, 0, 0, 0, 0]);
    desk
}

const ALL: [&str; 10] = [
    "--crimes",
    "crimes.csv",
    "--persons",
    "persons.csv",
    "--suspects",
    "suspects.csv",
    "--victims",
    "victims.csv",
    "--extract-date",
    "2026-06-05",
];

/// Loads one table as the extract of a day.
fn load(desk: &Desk, table: &str, text: &str, day: &str) -> serde_json::Value {
    desk.write("table.csv", text);
    desk.load(&[&format!("--{table}"), "table.csv", "--extract-date", day])
}

#[test]
fn tables_say_the_same_as_the_flat_extract() {
    let flat = Desk::holding(
        "crime_id,code,reported_on,is_domestic,suspect_id,suspect_sex,suspect_birth,suspect_status,named_by,\
         victim_id,victim_sex,victim_birth,victim_age,victim_kind\n\
         C1,19C,01/06/2026,no,P1,M,1990-04,charged,victim,V1,F,1988,30,person\n\
         C2,8N,2026-06-02,yes,P1,M,1990-04,named,victim,V2,F,,41,person\n\
         C3,8N,2026-06-02,no,P2,M,1980,named,,,,,,person\n",
        &["--extract-date", "2026-06-05"],
    );
    let desk = desk();
    let (by_table, by_row) = (desk.fingerprint(), flat.fingerprint());
    for table in ["person", "suspect", "victim", "suspicion", "offence"] {
        assert_eq!(by_table[table], by_row[table], "{table}");
    }
    assert_eq!(desk.list(&[]), flat.list(&[]));
}

/// What several rows say of one crime, suspect or victim is brought together alike, though the rows come by two ways.
#[test]
fn drawn_crimes_say_the_same_by_tables_as_in_the_flat_extract() {
    let mut flat = "crime_id,code,reported_on,committed_from_on,suspect_id,suspect_status,suspect_age,\
                    victim_id,victim_sex,victim_kind\n"
        .to_owned();
    let mut crimes = "crime_id,code,reported_on,committed_from_on\n".to_owned();
    let mut suspects = "crime_id,person_id,status,age\n".to_owned();
    let mut victims = "crime_id,person_id,sex,kind\n".to_owned();
    let word = |words: &[&'static str], seeds: &[u64]| {
        words[usize::try_from(drawn(seeds, words.len() as u64)).expect("a place among them")]
    };
    for crime in 0..300_u64 {
        let suspect_rows: Vec<_> = (0..drawn(&[crime, 1], 4))
            .map(|place| {
                let person = drawn(&[crime, place, 2], 3) + crime % 50;
                let status = word(&["named", "charged", "acquitted", "", "whatever"], &[crime, place, 3]);
                format!("P{person},{status},{}", word(&["", "31", "32", "-1"], &[crime, place, 4]))
            })
            .collect();
        let victim_rows: Vec<_> = (0..drawn(&[crime, 5], 4))
            .map(|place| {
                let person = word(&["", "V1", "V2", "V3"], &[crime, place, 6]);
                // In tables the sex of a victim who has none is that of the person.
                let sexes: &[_] = if person.is_empty() { &["F", "M", ""] } else { &["F", "M"] };
                let kind = word(&["person", "business"], &[crime, place, 8]);
                format!("{person},{},{kind}", word(sexes, &[crime, place, 7]))
            })
            .collect();
        let [none_of_suspects, none_of_victims] = [vec![",,".to_owned()], vec![",,".to_owned()]];
        let pairs = if suspect_rows.is_empty() { &none_of_suspects } else { &suspect_rows };
        let pairs: Vec<_> = pairs
            .iter()
            .flat_map(|suspect| {
                let victims = if victim_rows.is_empty() { &none_of_victims } else { &victim_rows };
                victims.iter().map(move |victim| format!("{suspect},{victim}"))
            })
            .collect();
        // One crime in six is said in two ways, one in twelve of them so that it is refused.
        let code = word(&["8N", "19C", "105A"], &[crime, 9]);
        let first = format!("C{crime},{code},2026-06-01,2026-05-30");
        let other = match drawn(&[crime, 10], 12) {
            0 => format!("C{crime},3B,2026-06-01,2026-05-30"),
            1 => format!("C{crime},{code},2026-06-01,2026-05-29"),
            _ => first.clone(),
        };
        for (place, pair) in pairs.iter().enumerate() {
            writeln!(flat, "{},{pair}", if place == 0 { &first } else { &other }).expect("text");
        }
        writeln!(crimes, "{first}").expect("text");
        if pairs.len() > 1 && other != first {
            writeln!(crimes, "{other}").expect("text");
        }
        suspects.extend(suspect_rows.iter().map(|row| format!("C{crime},{row}\n")));
        victims.extend(victim_rows.iter().map(|row| format!("C{crime},{row}\n")));
    }
    let by_row = Desk::holding(&flat, &["--extract-date", "2026-06-05"]);
    let by_table = Desk::new();
    for (name, text) in [("crimes", crimes), ("suspects", suspects), ("victims", victims)] {
        by_table.write(&format!("{name}.csv"), &text);
    }
    let tables = ["--crimes", "crimes.csv", "--suspects", "suspects.csv", "--victims", "victims.csv"];
    by_table.load(&[&tables[..], &["--extract-date", "2026-06-05"]].concat());
    for said in [
        "select crime_id, code, reported_on, committed_from_on from crime",
        "select crime_id, person_id, suspect.status, age from suspect join crime using (crime_key) join person using (person_key)",
        "select crime_id, victim_number, person_id, victim.sex, kind
         from victim join crime using (crime_key) left join person using (person_key)",
        "select distinct crime_id, replace(reason, 'another row of this crime was refused', '') from load_reject",
        "select distinct crime_id, column_name, issue from load_issue where issue not like 'the crimes of a person%'",
    ] {
        let rows = by_row.rows(&format!("from ({said}) order by all"));
        assert!(rows.len() > 10, "{said}: {rows:?}");
        assert_eq!(by_table.rows(&format!("from ({said}) order by all")), rows, "{said}");
    }
}

#[test]
fn the_same_tables_twice_change_nothing() {
    let desk = desk();
    let before = desk.fingerprint();
    assert_eq!(balance(&desk.load(&ALL)), [0, 0, 13, 0, 0]);
    assert_eq!(desk.fingerprint(), before);
}

#[test]
fn suspects_alone_replace_the_suspects_of_their_crimes_and_nothing_else() {
    let desk = desk();
    let account = load(&desk, "suspects", "crime_id,person_id,status\nC2,P2,arrested\n", "2026-06-06");
    assert_eq!(balance(&account), [0, 1, 0, 0, 0]);
    assert_eq!((&account["suspects_ended"], &account["victims_ended"]), (&1.into(), &0.into()));
    assert_eq!(desk.list(&[]), ["1 P1 1825", "2 P2 10"]);
    assert_eq!(desk.row("select code, is_domestic from crime where crime_id = 'C2'"), "8N|true");
    assert_eq!(
        desk.row(
            "select victim.age, victim.sex from victim join crime using (crime_key) where crime_id = 'C2'"
        ),
        "41|F"
    );
}

#[test]
fn suspects_of_a_crime_that_is_nowhere_are_refused() {
    let desk = desk();
    let account = load(&desk, "suspects", "crime_id,person_id\nC2,P1\nC77,P2\n", "2026-06-06");
    assert_eq!(balance(&account), [0, 1, 0, 0, 1]);
    let refusal = &account["refusals"][0];
    assert_eq!(refusal["what"], "no such crime: neither in the files nor held");
    assert_eq!(refusal["example"], "table.csv line 3");
}

#[test]
fn people_corrected_alone_are_corrected_in_every_list() {
    let desk = desk();
    assert_eq!(desk.list(&[]), ["1 P1 1835"]);
    let account = load(&desk, "persons", "person_id,sex\nV2,M\nP9,M\nP1,M\n", "2026-06-07");
    assert_eq!(balance(&account), [1, 1, 1, 0, 0]);
    assert_eq!(desk.list(&[]), ["1 P1 1825"], "the victim of C2 is no woman");
    assert_eq!(desk.list(&["--known-on", "2026-06-06"]), ["1 P1 1835"], "as it was known then");
    let account = load(&desk, "persons", "person_id,sex\nV2,F\n", "2026-06-06");
    assert_eq!(balance(&account), [0, 0, 0, 1, 0], "an older word about a person does not count");
    desk.run(&["loads", "undo", "3"]).succeeded();
    desk.run(&["loads", "undo", "2"]).succeeded();
    assert_eq!(desk.list(&[]), ["1 P1 1835"]);
}

#[test]
fn merges_are_a_list_that_is_given_whole() {
    let desk = desk();
    load(&desk, "suspects", "crime_id,person_id\nC2,P2\n", "2026-06-06");
    let before = desk.fingerprint();
    let account =
        load(&desk, "identities", "person_id,is_person_id\nP2,P7\nP7,P1\nP1,P1\nP3,\n", "2026-06-07");
    assert_eq!(balance(&account), [3, 0, 0, 0, 1]);
    assert_eq!(desk.list(&[]), ["1 P1 1835"], "the chain ends at P1");
    let account = load(&desk, "identities", "person_id,is_person_id\n", "2026-06-08");
    assert_eq!(balance(&account), [0, 0, 0, 0, 0]);
    assert_eq!(desk.list(&[]), ["1 P1 1825", "2 P2 10"], "reloading without the merge undoes it");
    desk.run(&["loads", "undo", "4"]).succeeded();
    desk.run(&["loads", "undo", "3"]).succeeded();
    assert_eq!(desk.fingerprint(), before);
}

#[test]
fn merges_in_a_circle_are_refused_whole() {
    let desk = desk();
    let before = desk.whole_fingerprint();
    desk.write("circle.csv", "person_id,is_person_id\nP1,P2\nP2,P1\n");
    let stderr = desk.run(&["load", "--identities", "circle.csv", "--extract-date", "2026-06-07"]).failed(1);
    assert_contains(&stderr, &["merged in a circle"]);
    assert_eq!(desk.whole_fingerprint(), before);
}

#[test]
fn clusters_are_taken_as_splink_writes_them() {
    let desk = desk();
    load(&desk, "suspects", "crime_id,person_id\nC2,P2\n", "2026-06-06");
    let account = load(
        &desk,
        "clusters",
        "cluster_id,unique_id,source_dataset\nx-1,P2,a\nx-1,P1,a\nx-2,V1,b\n",
        "2026-06-07",
    );
    assert_eq!(balance(&account), [3, 0, 0, 0, 0]);
    assert_eq!(account["columns_unread"], serde_json::json!([]));
    assert_eq!(desk.rows("select person_id, is_person_id from identity"), ["P2|P1"]);
    assert_eq!(desk.list(&[]), ["1 P1 1835"]);
}

#[test]
fn fault_07_references_of_two_data_sets_that_are_alike_are_refused() {
    let desk = desk();
    desk.write("two.csv", "cluster_id,unique_id,source_dataset\nk1,P1,a\nk1,P2,a\nk2,P1,b\nk2,V1,b\n");
    let stderr = desk.run(&["load", "--clusters", "two.csv", "--extract-date", "2026-06-07"]).failed(1);
    assert_contains(
        &stderr,
        &[
            "--clusters: clusters that share a reference: P1 is in k1 and in k2, of the data sets a and b; 1 such reference in all",
        ],
    );
    assert_eq!(desk.row("select count(*) from identity"), "0");
}

#[test]
fn custody_deaths_and_exclusions_come_as_lists() {
    let desk = desk();
    let custody = "person_id,from_on,to_on\nP1,01/06/2026,\nP2,2026-06-05,2026-06-01\nP2,2026-06-05,soon\n";
    let account = load(&desk, "custody", custody, "2026-06-09");
    assert_eq!(balance(&account), [1, 0, 0, 0, 2]);
    assert_eq!(desk.list(&["--custody", "exclude"]), [""; 0]);
    let account = load(&desk, "custody", custody, "2026-06-08");
    assert_eq!(balance(&account), [0, 0, 0, 1, 2], "an older list does not replace a newer one");
    let account = load(&desk, "deaths", "person_id,died_on\nP1,2026-06-04\n", "2026-06-10");
    assert_eq!(balance(&account), [0, 1, 0, 0, 0]);
    assert_eq!(desk.list(&[]), [""; 0]);
    desk.run(&["loads", "undo", "4"]).succeeded();
    let out = "person_id,from_on,review_on,decided_by,reason\nP1,2026-06-01,2026-12-01,Superintendent,under review\n\
               P2,2026-06-01,2026-12-01,,nobody decided\n";
    let account = load(&desk, "exclusions", out, "2026-06-10");
    assert_eq!(balance(&account), [1, 0, 0, 0, 1]);
    assert_eq!(desk.list(&[]), [""; 0]);
}

#[test]
fn tables_without_crimes_need_the_day_of_the_extract() {
    let desk = desk();
    let before = desk.whole_fingerprint();
    let stderr = desk.run(&["load", "--suspects", "suspects.csv"]).failed(2);
    assert_contains(&stderr, &["--extract-date"]);
    let stderr = desk.run(&["load", "crimes.csv", "--suspects", "suspects.csv"]).failed(2);
    assert_contains(&stderr, &["does not go together with tables"]);
    assert_eq!(desk.whole_fingerprint(), before);
}

#[test]
fn a_table_lacks_no_required_column() {
    let desk = desk();
    desk.write("short.csv", "crime_id,suspect\nC1,P1\n");
    let problems = desk
        .run(&["load", "--suspects", "short.csv", "--extract-date", "2026-06-06", "--errors", "json"])
        .problems(1);
    assert_eq!(problems[0]["message"], "no column person_id");
}

#[test]
fn columns_are_carried_along_on_request_and_others_are_not_kept() {
    let desk = Desk::new();
    let rows = "crime_id,code,reported_on,suspect_id,Officer,unit,victim_name\n\
                C1,8N,2026-06-01,P1,PC 1,CID,Ann Other\nC1,8N,2026-06-01,P2,PC 2,CID,Ann Other\n";
    let account = desk.load_text(rows, &["--carry", "officer,unit"]);
    assert_eq!(account["columns_unread"], serde_json::json!(["victim_name"]));
    assert_eq!(desk.row("select carried from crime"), "{\"officer\":\"PC 1; PC 2\",\"unit\":\"CID\"}");
    assert_eq!(balance(&desk.load_text(rows, &["--carry", "unit,officer"])), [0, 0, 2, 0, 0]);
    let report = desk.report(&["explain", "--crime", "C1", "--carry", "unit,officer"]);
    assert_eq!(report["rows"][0]["carried"], "unit CID, officer PC 1; PC 2");
    assert!(desk.report(&["explain", "--crime", "C1"])["rows"][0]["carried"].is_null());
    let stderr = desk.run(&["load", "extract.csv", "--carry", "oficer"]).failed(2);
    assert_contains(&stderr, &["no column \"oficer\" to carry along", "did you mean \"Officer\"?"]);
}

/// The weekly extract without the flag must not take the officer in case off the record.
#[test]
fn a_load_that_carries_nothing_along_leaves_what_is_carried() {
    let desk = Desk::new();
    let rows =
        "crime_id,code,reported_on,suspect_id,officer\nC1,8N,2026-06-01,P1,PC 1\nC2,8N,2026-06-01,P1,\n";
    desk.load_text(rows, &["--carry", "officer", "--extract-date", "2026-06-02"]);
    let carried = "select crime_id, code, carried from crime order by 1";
    let before = desk.rows(carried);
    assert_eq!(before[0], "C1|8N|{\"officer\":\"PC 1\"}");
    let account = desk.load_text(rows, &["--extract-date", "2026-06-03"]);
    assert_eq!((balance(&account), desk.rows(carried)), ([0, 0, 2, 0, 0], before));
    let changed = "crime_id,code,reported_on,suspect_id\nC1,19C,2026-06-01,P1\n";
    assert_eq!(balance(&desk.load_text(changed, &["--extract-date", "2026-06-04"])), [0, 1, 0, 0, 0]);
    assert_eq!(desk.rows(carried)[0], "C1|19C|{\"officer\":\"PC 1\"}");
    desk.write("c.csv", "crime_id,code,reported_on\nC1,8N,2026-06-01\n");
    desk.load(&["--crimes", "c.csv", "--extract-date", "2026-06-05"]);
    assert_eq!(desk.rows(carried)[0], "C1|8N|{\"officer\":\"PC 1\"}");
    // A load that carries it along is the latest version of it.
    desk.load_text(&rows.replace("PC 1", "PC 7"), &["--carry", "officer", "--extract-date", "2026-06-06"]);
    assert_eq!(desk.rows(carried)[0], "C1|8N|{\"officer\":\"PC 7\"}");
}

#[test]
fn what_is_carried_along_with_nothing_is_told_and_ends_nothing() {
    let desk = Desk::new();
    desk.write("c.csv", "crime_id,code,reported_on,unit\nC1,8N,2026-06-01,U1\n");
    desk.load(&["--crimes", "c.csv", "--carry", "unit", "--extract-date", "2026-06-02"]);
    let carried = "select carried from crime";
    assert_eq!(desk.row(carried), "{\"unit\":\"U1\"}");
    desk.write("p.csv", "person_id,note\nP1,x\n");
    let people = ["--persons", "p.csv", "--extract-date", "2026-06-03"];
    let stderr = desk.run(&[&["load"], &people[..], &["--carry", "note"]].concat()).failed(2);
    assert_contains(&stderr, &["no column \"note\" to carry along"]);
    desk.write("s.csv", "crime_id,person_id,officer\nC1,P1,O1\n");
    let account = desk.load(&["--suspects", "s.csv", "--carry", "officer", "--extract-date", "2026-06-03"]);
    assert_contains(&account["warnings"].to_string(), &["s.csv: nothing is carried along"]);
    assert_eq!(desk.row(carried), "{\"unit\":\"U1\"}");
    // Empty values of several rows are what a single row says of them.
    desk.write("c.csv", "crime_id,code,reported_on,unit\nC1,8N,2026-06-01,\n");
    let both = ["--crimes", "c.csv", "--suspects", "s.csv", "--carry", "unit,officer"];
    desk.write("s.csv", "crime_id,person_id,officer\nC1,P1,\n");
    desk.load(&[&both[..], &["--extract-date", "2026-06-04"]].concat());
    assert_eq!(desk.row(carried), "{\"officer\":null}");
}

/// The word of a table of people counts, though their crimes say nothing new.
#[test]
fn a_death_and_a_correction_are_taken_beside_unchanged_crimes() {
    let desk = Desk::new();
    desk.write("c.csv", "crime_id,code,reported_on\nC1,8N,2026-06-01\n");
    desk.write("s.csv", "crime_id,person_id\nC1,P1\n");
    desk.write("p.csv", "person_id,sex,birth\nP1,M,1990\n");
    let all = ["--crimes", "c.csv", "--suspects", "s.csv", "--persons", "p.csv"];
    desk.load(&[&all, &["--extract-date", "2026-06-10"][..]].concat());
    desk.write("d.csv", "person_id,died_on\nP1,2026-06-05\n");
    desk.write("p.csv", "person_id,sex,birth\nP1,M,1995\n");
    let account = desk.load(&[&all, &["--deaths", "d.csv", "--extract-date", "2026-06-11"][..]].concat());
    assert_eq!(balance(&account), [0, 2, 2, 0, 0], "{account}");
    assert_eq!(desk.row("select birth_year, died_on from person"), "1995|2026-06-05");
    assert_eq!(desk.row("select distinct suspect_died_on from suspicion"), "2026-06-05");
}

#[test]
fn a_new_person_beside_outdated_crimes_is_new() {
    let desk = Desk::new();
    desk.write("c.csv", "crime_id,code,reported_on\nC1,8N,2026-06-01\n");
    desk.write("s.csv", "crime_id,person_id\nC1,P1\n");
    let crimes = ["--crimes", "c.csv", "--suspects", "s.csv"];
    desk.load(&[&crimes, &["--extract-date", "2026-06-10"][..]].concat());
    desk.write("s.csv", "crime_id,person_id\nC1,P2\n");
    desk.write("p.csv", "person_id,sex,birth\nP2,M,1990\n");
    let older = [&crimes, &["--persons", "p.csv", "--extract-date", "2026-06-09"][..]].concat();
    assert_eq!(balance(&desk.load(&older)), [1, 0, 0, 2, 0]);
    assert_eq!(desk.rows("select person_id, sex from person order by all"), ["P1|-", "P2|M"]);
}

/// Of two words about a victim, that of the crime reported later.
#[test]
fn a_victim_of_two_minds_is_who_the_later_report_says() {
    let desk = Desk::new();
    desk.write("c.csv", "crime_id,code,reported_on\nC1,8N,2026-06-01\nC2,8N,2026-06-05\n");
    desk.write("v.csv", "crime_id,person_id,sex\nC1,V1,M\nC2,V1,F\n");
    desk.load(&["--crimes", "c.csv", "--victims", "v.csv", "--extract-date", "2026-06-10"]);
    assert_eq!(desk.row("select sex from person"), "F");
}

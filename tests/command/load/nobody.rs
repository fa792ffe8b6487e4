//! Rule 19 at the door: words for nobody are neither suspects nor victims, and nobody is taken for nobody without a reason.

use super::balance;
use crate::support::{Desk, lines};

const HEAD: &str = "crime_id,code,reported_on,suspect_id,suspect_sex,suspect_birth,victim_id,victim_sex\n";

/// Words that systems write where nobody is known, beside those of `tests/slt/model/is_stand_in.slt`.
const WORDS: [&str; 12] = [
    "nan",
    "\\N",
    "(null)",
    "N/K",
    "NK",
    "U/K",
    "#N/A",
    "-",
    "UNKNOWN SUSPECT",
    "Unknown Male 2",
    "[none]",
    "no suspect",
];

#[test]
fn fault_05_words_for_nobody_are_not_ranked() {
    let desk = Desk::new();
    let rows = WORDS
        .iter()
        .enumerate()
        .map(|(number, word)| format!("C{number},19C,2026-06-01,{word},M,1990,V{number},F"));
    let account = desk.load_text(
        &format!("{HEAD}{}", lines(rows.chain(["D1,8N,2026-06-01,N1,M,1990,V1,F".to_owned()]))),
        &[],
    );
    assert_eq!(balance(&account), [13, 0, 0, 0, 0], "{account}");
    assert_eq!(desk.list(&[]), ["1 N1 10"]);
    let note = desk.run(&["report", "v100", "--format", "table"]).succeeded();
    assert!(note.contains("12 crimes, 12 people: placeholder record, not a person"), "{note}");
    assert_eq!(desk.list(&["--placeholder", "include"]).len(), 13);
    assert_eq!(desk.list(&["--placeholder", "only"]).len(), 12);
}

#[test]
fn fault_05_words_for_nobody_are_not_one_victim_of_many_crimes() {
    let rows =
        WORDS.iter().enumerate().map(|(number, word)| format!("C{number},8N,2026-06-01,N1,M,1990,{word},F"));
    let desk = Desk::holding(&format!("{HEAD}{}", lines(rows)), &[]);
    assert_eq!(desk.row("select count(*), count(person_key) from victim"), "12|0");
    assert_eq!(desk.row("select count(*) from person"), "1");
    assert_eq!(desk.report(&["v100"])["rows"][0]["victims"], 12);
}

#[test]
fn fault_06_a_file_without_sex_or_birth_takes_nobody_off_the_list() {
    let desk =
        Desk::holding(&format!("{HEAD}C1,8N,2026-06-01,N1,M,1990,V1,F\n"), &["--extract-date", "2026-06-10"]);
    desk.load_text(
        "crime_id,code,reported_on,suspect_id,victim_id,victim_sex\nC2,19C,2026-06-02,N2,V2,F\n",
        &["--extract-date", "2026-06-11"],
    );
    assert_eq!(desk.list(&[]), ["1 N2 1825", "2 N1 10"]);
}

#[test]
fn fault_06_a_person_whom_a_describing_load_leaves_out_is_explained_and_can_be_included() {
    let desk = Desk::holding(
        &format!("{HEAD}C1,8N,2026-06-01,N1,M,1990,V1,F\nC2,19C,2026-06-01,N2,,,V2,F\n"),
        &["--extract-date", "2026-06-10"],
    );
    assert_eq!(desk.list(&[]), ["1 N1 10"]);
    let explained = desk.run(&["report", "explain", "--person", "N2"]).succeeded();
    assert!(explained.contains("neither sex nor birth year"), "{explained}");
    assert!(explained.contains("--placeholder include"), "{explained}");
    assert_eq!(desk.list(&["--placeholder", "include"]), ["1 N2 1825", "2 N1 10"]);
}

#[test]
fn fault_12_victims_without_a_reference_are_as_many_as_the_rows_describe() {
    let desk = Desk::holding(
        "crime_id,code,reported_on,suspect_id,victim_sex,victim_age\n\
         C1,8N,2026-06-01,N1,F,30\nC1,8N,2026-06-01,N1,M,40\n\
         C2,8N,2026-06-01,N1,F,30\nC2,8N,2026-06-01,N2,F,30\nC2,8N,2026-06-01,N2,F,\n\
         C3,8N,2026-06-01,N1,F,30\nC3,8N,2026-06-01,N1,F,31\nC3,8N,2026-06-01,N1,F,\n",
        &[],
    );
    assert_eq!(
        desk.rows("select crime_id, victim_number, sex, age from victim inner join crime using (crime_key) order by 1, 2"),
        ["C1|1|F|30", "C1|2|M|40", "C2|1|F|30", "C3|1|F|30", "C3|2|F|31"]
    );
    let report = desk.report(&["v100"]);
    assert_eq!((&report["rows"][0]["person_id"], &report["rows"][0]["victims"]), (&"N1".into(), &4.into()));
    assert_eq!(
        desk.rows("select crime_id, bad_value from load_issue where column_name = 'victim_id' order by 1"),
        ["C1|2 victims", "C3|2 victims"]
    );
}

#[test]
fn fault_12_the_rows_of_a_table_of_victims_are_as_many_victims() {
    let desk = Desk::holding(
        "crime_id,code,reported_on,suspect_id\nC1,8N,2026-06-01,N1\n",
        &["--extract-date", "2026-06-02"],
    );
    desk.write("victims.csv", "crime_id,person_id,sex,age\nC1,UNKNOWN,F,30\nC1,,F,50\nC1,V1,M,\n");
    desk.load(&["--victims", "victims.csv", "--extract-date", "2026-06-03"]);
    assert_eq!(desk.rows("select sex, age from victim order by victim_number"), ["M|-", "F|30", "F|50"]);
}

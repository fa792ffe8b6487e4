//! Rules 1 and 3: contradictions, refusals, and rows in = new + replaced + unchanged + outdated + rejected.

use super::balance;
use crate::support::{Desk, assert_contains};

const REFUSED: &str = "select line, crime_id, reason from load_reject order by batch_key, file_number, line";

#[track_caller]
fn assert_refused_together(extract: &str, reason: &str) {
    let desk = Desk::new();
    let account = desk.load_text(extract, &[]);
    assert_eq!(balance(&account), [1, 0, 0, 0, 2], "{account}");
    assert_eq!(desk.rows(REFUSED), [format!("2|C1|{reason}"), format!("4|C1|{reason}")]);
    assert_eq!(desk.rows("select crime_id from crime"), ["C2"]);
}

#[test]
fn a_crime_with_two_codes_is_refused_with_all_its_rows() {
    assert_refused_together(
        "crime_id,code,reported_on\nC1,8N,2026-06-01\nC2,8N,2026-06-01\nC1,105A,2026-06-01\n",
        "the rows of this crime carry two codes: 105A and 8N",
    );
}

#[test]
fn a_crime_with_two_report_dates_is_refused_with_all_its_rows() {
    assert_refused_together(
        "crime_id,code,reported_on\nC1,8N,2026-06-01\nC2,8N,2026-06-01\nC1,8N,2026-06-02\n",
        "the rows of this crime carry two report dates: 2026-06-01 and 2026-06-02",
    );
}

#[test]
fn a_crime_with_two_classes_is_refused_with_all_its_rows() {
    assert_refused_together(
        "crime_id,ho_class,reported_on\nC1,008/06,2026-06-01\nC2,008/06,2026-06-01\nC1,005/01,2026-06-01\n",
        "the rows of this crime carry two classes: 005/01 and 008/06",
    );
}

#[test]
fn a_crime_with_two_items_is_refused_with_all_its_rows() {
    assert_refused_together(
        "crime_id,item,reported_on\nC1,8N.8.6.0,2026-06-01\nC2,8N.8.6.0,2026-06-01\nC1,19C.19.8.0,2026-06-01\n",
        "the rows of this crime carry two items: 19C.19.8.0 and 8N.8.6.0",
    );
}

#[test]
fn one_code_or_date_written_in_two_ways_is_no_contradiction() {
    let desk = Desk::new();
    let account = desk.load_text(
        "crime_id,code,reported_on,suspect_id\n\
         C1,4.3,2026-06-01,P1\nC1,4/3,01/06/2026,P2\nC1,04/3,2026-06-01 23:10,P3\nC2,8n,2026-06-01,P1\nC2,8N,2026-06-01,P2\n",
        &[],
    );
    assert_eq!(balance(&account), [5, 0, 0, 0, 0], "{account}");
    assert_eq!(desk.rows("select crime_id, code from crime order by 1"), ["C1|4/3", "C2|8N"]);
}

#[test]
fn rows_of_one_crime_in_two_files_of_a_load_are_judged_together() {
    let desk = Desk::new();
    desk.write("a.csv", "crime_id,code,reported_on,suspect_id\nC1,8N,2026-06-01,P1\nC2,8N,2026-06-01,P1\n");
    desk.write("b.csv", "crime_id,code,reported_on,suspect_id\nC1,8N,2026-06-01,P2\nC2,105A,2026-06-01,P2\n");
    let account = desk.load(&["a.csv", "b.csv"]);
    assert_eq!(balance(&account), [2, 0, 0, 0, 2], "{account}");
    assert_eq!(
        desk.row(
            "select list(person_id order by person_id) from suspect inner join person using (person_key)"
        ),
        "[P1, P2]"
    );
    let rejects = desk.rows("select file_number, line, crime_id from load_reject order by all");
    assert_eq!(rejects, ["1|3|C2", "2|3|C2"]);
}

#[test]
fn the_balance_tells_every_kind_of_row_apart() {
    let desk = Desk::new();
    let head = "crime_id,code,reported_on,suspect_id\n";
    desk.load_text(
        &format!("{head}C1,8N,2026-06-01,P1\nC2,8N,2026-06-01,P1\n"),
        &["--extract-date", "2026-06-10"],
    );
    desk.load_text(&format!("{head}C3,8N,2026-06-01,P1\n"), &["--extract-date", "2026-06-30"]);
    let account = desk.load_text(
        &format!(
            "{head}C1,8N,2026-06-01,P1\nC2,8N,2026-06-01,P2\nC2,8N,2026-06-01,P3\nC3,8N,2026-06-01,P2\nC3,8N,2026-06-01,P3\n\
             C3,8N,2026-06-01,P4\nC4,8N,2026-06-01,P1\nC4,8N,2026-06-01,P1\nC4,8N,2026-06-01,P2\nC4,8N,2026-06-01,P3\n\
             C5,8N,,P1\n,8N,2026-06-01,P1\nC6,,2026-06-01,P1\nC7,8N,soon,P1\nC7,8N,2026-06-01,P1\n"
        ),
        &["--extract-date", "2026-06-20"],
    );
    assert_eq!(account["rows_in"], 15);
    assert_eq!(balance(&account), [4, 2, 1, 3, 5], "{account}");
    assert_eq!(
        desk.rows(REFUSED),
        [
            "12|C5|no report date",
            "13|-|no crime_id",
            "14|C6|no offence code",
            "15|C7|report date not understood; year-month-day or day/month/year",
            "16|C7|another row of this crime was refused",
        ]
    );
}

#[test]
fn one_refused_row_refuses_its_crime_and_the_version_held_stands() {
    let desk = Desk::holding(
        "crime_id,code,reported_on,suspect_id\nC1,8N,2026-06-01,P1\nC1,8N,2026-06-01,P2\nC2,8N,2026-06-01,P3\n",
        &["--extract-date", "2026-06-10"],
    );
    let before = desk.fingerprint();
    let account = desk.load_text(
        "crime_id,code,reported_on,suspect_id\nC1,8N,2026-06-01,P1\nC1,8N,31/02/2026,P2\n",
        &["--extract-date", "2026-06-20"],
    );
    assert_eq!(balance(&account), [0, 0, 0, 0, 2], "{account}");
    assert_eq!(account["suspects_ended"], 0);
    assert_eq!(desk.fingerprint(), before);
}

#[test]
fn a_line_that_cannot_be_read_refuses_its_crime_and_the_version_held_stands() {
    let desk = Desk::holding(
        "crime_id,code,reported_on,suspect_id\nC1,8N,2026-06-01,P1\nC1,8N,2026-06-01,P2\n",
        &["--extract-date", "2026-06-10"],
    );
    let before = desk.fingerprint();
    let account = desk.load_text(
        "crime_id,code,reported_on,suspect_id\nC1,8N,2026-06-01,P1\nC1,8N,2026-06-01,P2,too,many\nC2,8N,2026-06-01\n",
        &["--extract-date", "2026-06-20"],
    );
    assert_eq!(balance(&account), [0, 0, 0, 0, 3], "{account}");
    assert_eq!(desk.fingerprint(), before);
    assert_eq!(
        desk.rows("select line, crime_id, reason, row_text from load_reject order by line"),
        [
            "2|C1|another row of this crime was refused|\
             {\"crime_id\":\"C1\",\"code\":\"8N\",\"reported_on\":\"2026-06-01\",\"suspect_id\":\"P1\"}",
            "3|C1|line cannot be read: too many columns|C1,8N,2026-06-01,P2,too,many",
            "4|C2|line cannot be read: missing columns|C2,8N,2026-06-01",
        ]
    );
}

#[test]
fn the_crime_of_a_line_that_cannot_be_read_is_found_behind_a_quoted_comma() {
    let desk = Desk::holding(
        "area,crime_id,code,reported_on,suspect_id\nx,C1,8N,2026-06-01,P1\nx,C1,8N,2026-06-01,P2\n",
        &["--extract-date", "2026-06-10"],
    );
    let before = desk.fingerprint();
    let account = desk.load_text(
        "area,crime_id,code,reported_on,suspect_id\n\
         \"Bow, East\",C1,8N,2026-06-01,P1\n\"Bow, East\",C1,8N,2026-06-01,P2,extra\n",
        &["--extract-date", "2026-06-20"],
    );
    assert_eq!(balance(&account), [0, 0, 0, 0, 2], "{account}");
    assert_eq!(desk.fingerprint(), before);
}

#[test]
fn lines_are_counted_on_behind_one_that_cannot_be_read() {
    let desk = Desk::new();
    desk.load_text(
        "crime_id,code,reported_on,suspect_age\nC1,8N\nC2,8N,2026-06-01,-1\nC3,8N,2026-06-01,9,9\nC4,8N,,30\nC5,8N,2026-06-01,-2\n",
        &[],
    );
    assert_eq!(desk.rows("select line, crime_id from load_reject order by line"), ["2|C1", "4|C3", "5|C4"]);
    assert_eq!(desk.rows("select line, bad_value from load_issue order by line"), ["3|-1", "6|-2"]);
}

#[test]
fn a_slip_in_quoting_refuses_its_row_and_not_the_file() {
    let desk = Desk::new();
    let account = desk.load_text(
        "crime_id,code,reported_on,area\nC1,8N,2026-06-01,a\nC2,8N,2026-06-01,\"a \"b\" c\"\nC3,8N,2026-06-01,c\n",
        &[],
    );
    assert_eq!(balance(&account), [2, 0, 0, 0, 1], "{account}");
    assert_eq!(desk.rows("select crime_id from crime order by 1"), ["C1", "C3"]);
}

/// Whether such a file is refused whole or row by row: its rows must not vanish into one.
#[test]
fn a_quote_that_never_closes_does_not_swallow_the_rows_behind_it() {
    let rows = 25_000;
    let lines = (1..=rows).map(|row| match row {
        24_000 => "C24000,8N,2026-06-01,\"open\n".to_owned(),
        _ => format!("C{row},8N,2026-06-01,closed\n"),
    });
    let extract: String =
        std::iter::once("crime_id,code,reported_on,area\n".to_owned()).chain(lines).collect();
    let desk = Desk::new();
    desk.write("extract.csv", extract);
    let outcome = desk.run(&["load", "extract.csv"]);
    if outcome.code == Some(0) {
        assert_eq!(desk.row("select rows_in from load_batch"), rows.to_string());
    } else {
        assert_contains(&outcome.failed(1), &["24001"]);
        assert_eq!(desk.row("select count(*) from crime"), "0");
    }
}

#[test]
fn an_older_extract_is_outdated_and_changes_nothing() {
    let head = "crime_id,code,reported_on,suspect_id,suspect_sex\n";
    let desk = Desk::holding(&format!("{head}C1,8N,2026-06-01,P1,M\n"), &["--extract-date", "2026-06-20"]);
    let before = desk.fingerprint();
    let account = desk.load_text(
        &format!("{head}C1,105A,2026-06-01,P1,F\nC1,105A,2026-06-01,P2,F\n"),
        &["--extract-date", "2026-06-10"],
    );
    assert_eq!(balance(&account), [0, 0, 0, 2, 0], "{account}");
    assert_eq!(desk.fingerprint(), before);
}

#[test]
fn an_older_extract_still_brings_crimes_not_held() {
    let head = "crime_id,code,reported_on,suspect_id\n";
    let desk = Desk::holding(&format!("{head}C1,8N,2026-06-01,P1\n"), &["--extract-date", "2026-06-20"]);
    let account = desk.load_text(
        &format!("{head}C1,105A,2026-06-01,P2\nC2,8N,2026-06-01,P2\n"),
        &["--extract-date", "2026-06-10"],
    );
    assert_eq!(balance(&account), [1, 0, 0, 1, 0], "{account}");
    assert_eq!(desk.rows("select crime_id, code from crime order by 1"), ["C1|8N", "C2|8N"]);
}

#[test]
fn a_row_given_twice_counts_twice_in_the_balance_and_once_in_the_tables() {
    let desk = Desk::new();
    let row = "C1,8N,2026-06-01,P1,V1\n";
    let account =
        desk.load_text(&format!("crime_id,code,reported_on,suspect_id,victim_id\n{row}{row}{row}"), &[]);
    assert_eq!(balance(&account), [3, 0, 0, 0, 0], "{account}");
    let counts = "select (select count(*) from crime), (select count(*) from suspect), (select count(*) from victim), \
                  (select count(*) from suspicion)";
    assert_eq!(desk.row(counts), "1|1|1|1");
}

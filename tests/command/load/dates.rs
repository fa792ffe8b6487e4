//! Rule 8: dates in the forms sources write, day-first, never guessed.

use super::balance;
use crate::support::{Desk, assert_contains, lines, text};

/// Loads one crime per date written; returns the report date read of each, `refused` where it was not.
fn read(written: &[&str]) -> Vec<String> {
    let desk = Desk::new();
    let rows = lines(written.iter().enumerate().map(|(number, date)| format!("{number},8N,\"{date}\"")));
    desk.load_text(&format!("crime_id,code,reported_on\n{rows}"), &[]);
    let numbers = 0..written.len();
    let sql = |number: usize| {
        format!(
            "select coalesce(max(reported_on)::varchar, 'refused') from crime where crime_id = '{number}'"
        )
    };
    numbers.map(|number| desk.row(&sql(number))).collect()
}

#[test]
fn every_form_of_a_day_is_read() {
    let written = [
        "2026-06-05",
        " 2026-06-05 ",
        "2026-06-05 14:30",
        "2026-06-05 14:30:59",
        "2026-06-05T14:30:00Z",
        "2026-06-05T14:30:00.123+01:00",
        "05/06/2026",
        "5/6/2026",
        "05/06/2026 14:30",
        "05/06/2026 4:30:00",
        "05-06-2026",
        "5.6.2026",
        "05-JUN-26",
        "5-Jun-26",
        "05-jun-2026",
        "46178",
        "46178.6042",
    ];
    let read = read(&written);
    for (written, read) in written.iter().zip(read) {
        assert_eq!(read, "2026-06-05", "{written:?}");
    }
}

#[test]
fn the_day_comes_before_the_month() {
    assert_eq!(read(&["03/04/2026", "3-4-2026", "3.4.2026"]), ["2026-04-03"; 3]);
}

#[test]
fn what_is_no_day_is_refused() {
    let written = [
        "31/02/2024",
        "2026-02-30",
        "29/02/2025",
        "00/06/2026",
        "2026-13-01",
        "05/06/26",
        "05/JUN/2026",
        "20260605",
        "2026/06/05",
        "2026-6-5",
        "06/2026",
        "5 June 2026",
        "yesterday",
        "46178 days",
        "1e4",
    ];
    let read = read(&[&["2026-06-05"], &written[..]].concat());
    for (written, read) in written.iter().zip(&read[1..]) {
        assert_eq!(read, "refused", "{written:?}");
    }
}

#[test]
fn the_refusal_of_a_date_names_the_forms() {
    let desk = Desk::new();
    desk.load_text("crime_id,code,reported_on\nC1,8N,31/02/2024\n", &["--extract-date", "2026-06-30"]);
    assert_eq!(
        desk.rows("select crime_id, reason from load_reject"),
        ["C1|report date not understood; year-month-day or day/month/year"]
    );
}

#[test]
fn a_leap_day_is_read() {
    assert_eq!(read(&["29/02/2024", "29-FEB-24", "2024-02-29"]), ["2024-02-29"; 3]);
}

#[test]
fn a_month_first_file_is_refused_whole_with_the_remedy() {
    let desk = Desk::holding("crime_id,code,reported_on\nC0,8N,2026-05-01\n", &[]);
    let before = desk.whole_fingerprint();
    desk.write(
        "us.csv",
        "crime_id,code,reported_on\nC1,8N,06/05/2026\nC2,8N,06/13/2026 10:00\nC3,8N,6/30/2026\nC4,8N,\n",
    );
    let problems = desk.run(&["load", "us.csv", "--errors", "json"]).problems(1);
    assert_eq!(problems.len(), 1);
    assert_eq!(text(&problems[0]["at"]), "us.csv");
    assert_contains(
        text(&problems[0]["message"]),
        &["month/day/year", "2 rows have a day above 12 in second place"],
    );
    assert_contains(text(&problems[0]["hint"]), &["day-first", "strptime(reported_on, '%m/%d/%Y')"]);
    assert_eq!(desk.whole_fingerprint(), before);
}

#[test]
fn one_month_first_file_among_several_refuses_the_load_and_is_named() {
    let desk = Desk::new();
    desk.write("uk.csv", "crime_id,code,reported_on\nC1,8N,13/06/2026\n");
    desk.write("us.csv", "crime_id,code,reported_on\nC2,8N,06/13/2026\n");
    let stderr = desk.run(&["load", "uk.csv", "us.csv"]).failed(1);
    assert_contains(&stderr, &["harmrank: us.csv: the report dates fit only month/day/year"]);
    assert_eq!(desk.row("select count(*) from crime"), "0");
}

#[test]
fn a_single_impossible_day_in_a_day_first_file_refuses_its_row_alone() {
    let desk = Desk::new();
    let account = desk
        .load_text("crime_id,code,reported_on\nC1,8N,06/13/2026\nC2,8N,13/06/2026\nC3,8N,05/06/2026\n", &[]);
    assert_eq!(balance(&account), [2, 0, 0, 0, 1], "{account}");
    assert_eq!(
        desk.rows("select crime_id, reported_on from crime order by 1"),
        ["C2|2026-06-13", "C3|2026-06-05"]
    );
}

#[test]
fn a_report_after_the_extract_date_is_refused() {
    let desk = Desk::new();
    let extract = "crime_id,code,reported_on\nC1,8N,2026-06-10\nC2,8N,2026-06-11\n";
    let account = desk.load_text(extract, &["--extract-date", "2026-06-10"]);
    assert_eq!(balance(&account), [1, 0, 0, 0, 1], "{account}");
    assert_eq!(
        desk.rows("select crime_id, reason from load_reject"),
        ["C2|reported after 2026-06-10, the date of the extract"]
    );
}

#[test]
fn fault_23_without_an_extract_date_a_report_after_today_is_refused_and_no_other_date_is_said() {
    let desk = Desk::new();
    let account = desk.load_text("crime_id,code,reported_on\nC1,8N,2026-07-01\nC2,8N,2026-07-02\n", &[]);
    assert_eq!(balance(&account), [1, 0, 0, 0, 1], "{account}");
    assert_eq!(
        desk.rows("select crime_id, reason from load_reject"),
        ["C2|reported after 2026-07-01, the day of the load"]
    );
    assert_eq!(text(&account["extract_on"]), "2026-07-01");
    assert_eq!(desk.rows("select crime_id from load_reject"), ["C2"]);
}

#[test]
fn the_dates_of_crime_suspect_and_status_are_read_in_the_same_forms() {
    let desk = Desk::holding(
        "crime_id,code,reported_on,committed_from_on,committed_to_on,suspect_id,suspect_died_on,suspect_status,suspect_status_on,named_on\n\
         C1,8N,05/06/2026,1-JAN-75,46000,P1,03/04/2026,charged,7/6/2026 10:00,2026-06-06T01:00:00\n",
        &[],
    );
    assert_eq!(desk.row("select committed_from_on, committed_to_on from crime"), "1975-01-01|2025-12-09");
    assert_eq!(desk.row("select status, status_on, named_on from suspect"), "charged|2026-06-07|2026-06-06");
    assert_eq!(desk.row("select died_on from person"), "2026-04-03");
    assert_eq!(desk.row("select count(*) from load_issue"), "0");
}

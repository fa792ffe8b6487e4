//! Rules 6 and 7: a load is the source's latest version, and what it supersedes is kept.

use super::balance;
use crate::support::{Desk, assert_contains, lines, text};

const HEAD: &str = "crime_id,code,reported_on,suspect_id,suspect_sex,suspect_birth,victim_id,victim_sex\n";

fn extract(rows: &[&str]) -> String {
    HEAD.to_owned() + &lines(rows.iter().map(ToString::to_string))
}

fn suspects(desk: &Desk) -> Vec<String> {
    desk.rows(
        "select crime_id, person_id from suspect inner join crime using (crime_key) inner join person using (person_key)
         order by all",
    )
}

#[test]
fn a_suspect_no_longer_in_the_file_ends() {
    let desk = Desk::holding(
        &extract(&["C1,19C,2026-06-01,P1,M,1990,V1,F", "C1,19C,2026-06-01,P2,M,1990,V1,F"]),
        &["--extract-date", "2026-06-10"],
    );
    assert_eq!(suspects(&desk), ["C1|P1", "C1|P2"]);
    let account =
        desk.load_text(&extract(&["C1,19C,2026-06-01,P1,M,1990,V1,F"]), &["--extract-date", "2026-06-20"]);
    assert_eq!(balance(&account), [0, 1, 0, 0, 0], "{account}");
    assert_eq!((&account["suspects_ended"], &account["victims_ended"]), (&1.into(), &0.into()));
    assert_eq!(suspects(&desk), ["C1|P1"]);
    assert_eq!(desk.list(&[]), ["1 P1 1825"]);
}

#[test]
fn a_victim_no_longer_in_the_file_ends() {
    let desk = Desk::holding(
        &extract(&[
            "C1,8N,2026-06-01,P1,M,1990,V1,F",
            "C1,8N,2026-06-01,P1,M,1990,V2,F",
            "C1,8N,2026-06-01,P1,M,1990,,M",
        ]),
        &["--extract-date", "2026-06-10"],
    );
    let account =
        desk.load_text(&extract(&["C1,8N,2026-06-01,P1,M,1990,V2,F"]), &["--extract-date", "2026-06-20"]);
    assert_eq!((&account["suspects_ended"], &account["victims_ended"]), (&0.into(), &2.into()));
    assert_eq!(desk.rows("select person_id from victim inner join person using (person_key)"), ["V2"]);
}

#[test]
fn a_crime_whose_suspect_is_gone_is_kept_without_one() {
    let desk =
        Desk::holding(&extract(&["C1,8N,2026-06-01,P1,M,1990,V1,F"]), &["--extract-date", "2026-06-10"]);
    desk.load_text(&extract(&["C1,8N,2026-06-01,,,,V1,F"]), &["--extract-date", "2026-06-20"]);
    assert_eq!(desk.rows("select crime_id from crime"), ["C1"]);
    assert_eq!(desk.row("select (select count(*) from suspect), (select count(*) from suspicion)"), "0|0");
    assert!(desk.list(&[]).is_empty());
}

#[test]
fn what_ended_and_what_was_withdrawn_is_printed_beside_the_balance() {
    let desk = Desk::holding(
        &extract(&[
            "C1,8N,2026-06-01,P1,M,1990,V1,F",
            "C1,8N,2026-06-01,P2,M,1990,V1,F",
            "C2,8N,2026-06-01,P1,M,1990,V1,F",
        ]),
        &["--extract-date", "2026-06-10"],
    );
    desk.write("new.csv", extract(&["C1,8N,2026-06-01,P1,M,1990,V2,F"]));
    let flags = ["load", "new.csv", "--extract-date", "2026-06-20", "--full", "2026-06-01..2026-06-20"];
    let account = desk.run(&flags).succeeded();
    assert_contains(
        &account,
        &[
            "load 2, extract of 2026-06-20 (given)\n",
            "  rows in                 1\n  = new                   0\n  + replaced              1\n",
            "  2 suspects ended: the source no longer names them\n",
            "  2 victims ended\n",
            "  1 crime withdrawn: absent from an extract declared complete\n",
        ],
    );
}

#[test]
fn a_full_extract_withdraws_the_crimes_absent_from_its_days_alone() {
    let desk = Desk::holding(
        &extract(&[
            "C1,8N,2026-05-31,P1,M,1990,V1,F",
            "C2,8N,2026-06-01,P1,M,1990,V1,F",
            "C3,8N,2026-06-05,P1,M,1990,V1,F",
            "C4,8N,2026-06-10,P1,M,1990,V1,F",
            "C5,8N,2026-06-11,P1,M,1990,V1,F",
        ]),
        &["--extract-date", "2026-06-15"],
    );
    let account = desk.load_text(
        &extract(&["C3,8N,2026-06-05,P1,M,1990,V1,F"]),
        &["--extract-date", "2026-06-20", "--full", "2026-06-01..10/06/2026"],
    );
    assert_eq!(account["crimes_withdrawn"], 2);
    assert_eq!(balance(&account), [0, 0, 1, 0, 0]);
    assert_eq!(desk.rows("select crime_id from crime order by 1"), ["C1", "C3", "C5"]);
    assert_eq!(
        desk.rows("select crime_id, known_from, known_to from crime_history order by 1"),
        ["C2|2026-06-15|2026-06-20", "C4|2026-06-15|2026-06-20"]
    );
    assert_eq!(
        desk.row("select full_from_on, full_to_on from load_batch where batch_key = 2"),
        "2026-06-01|2026-06-10"
    );
}

#[test]
fn a_full_extract_does_not_withdraw_what_it_refuses() {
    let desk = Desk::holding(
        &extract(&[
            "C1,8N,2026-06-01,P1,M,1990,V1,F",
            "C2,8N,2026-06-01,P1,M,1990,V1,F",
            "C3,8N,2026-06-01,P1,M,1990,V1,F",
        ]),
        &["--extract-date", "2026-06-10"],
    );
    let account = desk.load_text(
        &extract(&["C1,8N,soon,P1,M,1990,V1,F", "C2,8N,2026-06-01,P1,M,1990,V1,F,more"]),
        &["--extract-date", "2026-06-20", "--full", "2026-06-01..2026-06-20"],
    );
    assert_eq!(balance(&account), [0, 0, 0, 0, 2]);
    assert_eq!(account["crimes_withdrawn"], 1);
    assert_eq!(desk.rows("select crime_id from crime order by 1"), ["C1", "C2"]);
}

#[test]
fn an_older_full_extract_withdraws_nothing_that_a_newer_one_named() {
    let desk =
        Desk::holding(&extract(&["C1,8N,2026-06-01,P1,M,1990,V1,F"]), &["--extract-date", "2026-06-20"]);
    let before = desk.fingerprint();
    let account = desk.load_text(
        &extract(&["C1,8N,2026-06-01,,,,,"]),
        &["--extract-date", "2026-06-10", "--full", "2026-06-01..2026-06-10"],
    );
    assert_eq!((balance(&account), &account["crimes_withdrawn"]), ([0, 0, 0, 1, 0], &0.into()));
    desk.write("other.csv", extract(&["C9,8N,2026-06-02,,,,,"]));
    let account =
        desk.load(&["other.csv", "--extract-date", "2026-06-10", "--full", "2026-06-01..2026-06-10"]);
    assert_eq!(account["crimes_withdrawn"], 0);
    assert_eq!(desk.rows("select crime_id from crime order by 1"), ["C1", "C9"]);
    assert_ne!(desk.fingerprint(), before);
}

#[test]
fn a_crime_confirmed_unchanged_is_not_withdrawn_by_an_extract_from_before() {
    let desk =
        Desk::holding(&extract(&["C1,8N,2026-06-01,P1,M,1990,V1,F"]), &["--extract-date", "2026-06-10"]);
    desk.load_text(&extract(&["C1,8N,2026-06-01,P1,M,1990,V1,F"]), &["--extract-date", "2026-06-20"]);
    desk.write("other.csv", extract(&["C9,8N,2026-06-02,,,,,"]));
    let account =
        desk.load(&["other.csv", "--extract-date", "2026-06-15", "--full", "2026-06-01..2026-06-15"]);
    assert_eq!(account["crimes_withdrawn"], 0);
}

#[test]
fn a_withdrawn_crime_comes_back_with_its_key() {
    let row = "C1,8N,2026-06-01,P1,M,1990,V1,F";
    let desk =
        Desk::holding(&extract(&[row, "C2,8N,2026-06-02,P1,M,1990,V1,F"]), &["--extract-date", "2026-06-10"]);
    let key = desk.row("select crime_key from crime where crime_id = 'C1'");
    let full = ["--extract-date", "2026-06-15", "--full", "2026-06-01..2026-06-15"];
    desk.load_text(&extract(&["C2,8N,2026-06-02,P1,M,1990,V1,F"]), &full);
    assert_eq!(desk.rows("select crime_id from crime"), ["C2"]);
    let account = desk
        .load_text(&extract(&[row, "C3,8N,2026-06-03,P1,M,1990,V1,F"]), &["--extract-date", "2026-06-20"]);
    assert_eq!(balance(&account), [2, 0, 0, 0, 0], "{account}");
    assert_eq!(desk.row("select crime_key from crime where crime_id = 'C1'"), key);
    assert_eq!(desk.row("select count(distinct crime_key) = count(*) from crime"), "true");
    assert_eq!(suspects(&desk), ["C1|P1", "C2|P1", "C3|P1"]);
}

#[test]
fn an_older_extract_does_not_revive_a_withdrawn_crime() {
    let desk =
        Desk::holding(&extract(&["C1,8N,2026-06-01,P1,M,1990,V1,F"]), &["--extract-date", "2026-06-10"]);
    desk.load_text(
        &extract(&["C2,8N,2026-06-02,,,,,"]),
        &["--extract-date", "2026-06-20", "--full", "2026-06-01..2026-06-20"],
    );
    let before = desk.fingerprint();
    let account =
        desk.load_text(&extract(&["C1,8N,2026-06-01,P1,M,1990,V1,F"]), &["--extract-date", "2026-06-15"]);
    assert_eq!(balance(&account), [0, 0, 0, 1, 0], "{account}");
    assert_eq!(desk.fingerprint(), before);
}

#[test]
fn superseded_versions_are_kept_with_the_days_they_were_known() {
    let desk = Desk::holding(
        &extract(&["C1,8N,2026-06-01,P1,M,1990,V1,F", "C1,8N,2026-06-01,P2,M,1990,V1,F"]),
        &["--extract-date", "2026-06-10"],
    );
    desk.load_text(&extract(&["C1,19C,2026-06-01,P1,M,1990,V2,F"]), &["--extract-date", "2026-06-20"]);
    let spans = "known_from, known_to, ended_batch_key";
    assert_eq!(
        desk.rows(&format!("select code, {spans} from crime_history")),
        ["8N|2026-06-10|2026-06-20|2"]
    );
    assert_eq!(
        desk.rows(
            "select person_id, h.known_from, h.known_to, ended_batch_key
             from suspect_history as h inner join person using (person_key) order by 1"
        ),
        ["P1|2026-06-10|2026-06-20|2", "P2|2026-06-10|2026-06-20|2"]
    );
    assert_eq!(
        desk.rows(
            "select person_id, h.known_from, h.known_to, ended_batch_key
             from victim_history as h inner join person using (person_key)"
        ),
        ["V1|2026-06-10|2026-06-20|2"]
    );
    assert_eq!(desk.row("select code, known_from, confirmed_on from crime"), "19C|2026-06-20|2026-06-20");
}

#[test]
fn known_on_shows_the_list_as_it_was_known_that_day() {
    let desk = Desk::new();
    let monday = ["--extract-date", "2026-06-08"];
    desk.load_text(
        &extract(&[
            "C1,19C,2026-06-01,P1,M,1990,V1,F",
            "C1,19C,2026-06-01,P2,M,1990,V1,F",
            "C2,8N,2026-06-02,P2,M,1990,V2,F",
        ]),
        &monday,
    );
    let old_list = desk.report(&["v100", "--as-of", "2026-06-08"]);
    // A suspect is eliminated, a crime gets another code, another is withdrawn, a third is new.
    desk.load_text(
        &extract(&["C1,19C,2026-06-01,P2,M,1990,V1,F", "C3,8N,2026-06-09,P3,M,1990,V3,F"]),
        &["--extract-date", "2026-06-15", "--full", "2026-06-01..2026-06-15"],
    );
    assert_eq!(desk.list(&["--as-of", "2026-06-08"]), ["1 P2 1825"]);
    for day in ["2026-06-08", "2026-06-14"] {
        let known = desk.report(&["v100", "--as-of", "2026-06-08", "--known-on", day]);
        assert_eq!(known["rows"], old_list["rows"], "as known on {day}");
    }
    assert_eq!(desk.list(&["--known-on", "2026-06-15"]), desk.list(&[]));
    assert!(desk.list(&["--known-on", "2026-06-07"]).is_empty(), "known before the first load");
}

#[test]
fn known_on_goes_back_behind_what_was_said_of_a_person() {
    let desk =
        Desk::holding(&extract(&["C1,8N,2026-06-01,P1,M,2010,V1,F"]), &["--extract-date", "2026-06-08"]);
    assert!(desk.list(&[]).is_empty(), "a child is not ranked");
    desk.load_text(&extract(&["C1,8N,2026-06-01,P1,M,1990,V1,F"]), &["--extract-date", "2026-06-15"]);
    assert_eq!(desk.list(&[]), ["1 P1 10"]);
    assert!(desk.list(&["--known-on", "2026-06-14"]).is_empty(), "a child as known that day");
}

#[test]
fn the_same_extract_twice_changes_nothing() {
    let rows = extract(&[
        "C1,19C,2026-06-01,P1,M,1990,V1,F",
        "C1,19C,2026-06-01,P2,M,1990-04,V1,F",
        "C2,8N,2026-06-02,P2,M,1990-04,,F",
        "C2,8N,2026-06-02,P2,M,1990-04,,M",
        "C3,NFS,2026-06-03,P3,,,V2,",
        "C4,105A,2026-06-04,,,,V2,U",
    ]);
    for flags in [&["--extract-date", "2026-06-10"][..], &[]] {
        let desk = Desk::holding(&rows, flags);
        let before = desk.fingerprint();
        let account = desk.load_text(&rows, flags);
        assert_eq!(balance(&account), [0, 0, 6, 0, 0], "{account}");
        assert_eq!((&account["suspects_ended"], &account["victims_ended"]), (&0.into(), &0.into()));
        assert_eq!(desk.fingerprint(), before);
    }
}

#[test]
fn the_same_rows_in_a_later_extract_move_the_day_of_confirmation_alone() {
    let rows = extract(&["C1,8N,2026-06-01,P1,M,1990,V1,F"]);
    let desk = Desk::holding(&rows, &["--extract-date", "2026-06-10"]);
    let mut before = desk.fingerprint();
    desk.load_text(&rows, &["--extract-date", "2026-06-20"]);
    let mut after = desk.fingerprint();
    for table in ["crime", "crime_confirmed"] {
        assert_ne!(before.remove(table), after.remove(table), "{table}");
    }
    assert_eq!(after, before);
    assert_eq!(desk.row("select known_from, confirmed_on, batch_key from crime"), "2026-06-10|2026-06-20|1");
}

#[test]
fn the_order_of_rows_in_a_file_does_not_matter() {
    let mut rows = vec![
        "C1,19C,2026-06-03,P1,M,1990,V1,F",
        "C1,19C,2026-06-03,P2,M,1991,V2,F",
        "C2,8N,2026-06-02,P2,F,1991-03,,F",
        "C2,8N,2026-06-02,P2,F,1991-03,,M",
        "C3,105A,2026-06-02,P3,M,1985,V1,F",
        "C4,NFS,2026-06-01,P1,M,,V3,",
        "C5,8N,2026-06-01,,,,V3,F",
    ];
    let desk = Desk::holding(&extract(&rows), &[]);
    let (tables, list) = (desk.fingerprint(), desk.report(&["v100"]));
    for turn in [2, 3] {
        rows.rotate_left(turn);
        rows.reverse();
        let other = Desk::holding(&extract(&rows), &[]);
        assert_eq!(other.fingerprint(), tables, "{rows:?}");
        assert_eq!(other.report(&["v100"]), list);
    }
}

#[test]
fn the_extract_date_is_the_newest_report_date_unless_given() {
    let desk = Desk::new();
    let account = desk.load_text(&extract(&["C1,8N,2026-06-01,,,,,", "C2,8N,2026-05-01,,,,,"]), &[]);
    assert_eq!(
        (text(&account["extract_on"]), &account["is_extract_on_given"]),
        ("2026-06-01", &false.into())
    );
    let account = desk.load_text(&extract(&["C3,8N,2026-06-02,,,,,"]), &["--extract-date", "09/06/2026"]);
    assert_eq!((text(&account["extract_on"]), &account["is_extract_on_given"]), ("2026-06-09", &true.into()));
    assert_eq!(desk.report(&["v100"])["meta"]["parameters"]["as_of"], "2026-06-09");
}

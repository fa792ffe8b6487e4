//! Rule 9: refuse only what cannot be ranked; any other bad value is blanked, the row kept and an issue written.

use super::balance;
use crate::support::{Desk, assert_contains, lines};
use std::collections::BTreeSet;
use std::fmt::Write as _;

const ISSUES: &str = "select crime_id, column_name, bad_value from load_issue order by all";

/// One crime per case, each with one bad value: column, value, and what the tables then hold.
const BAD_VALUES: [(&str, &str, &str, &str); 23] = [
    ("committed_from_on", "2026-06-02", CRIME, "-|-|recorded|-|false"),
    ("committed_from_on", "31/02/2024", CRIME, "-|-|recorded|-|false"),
    ("committed_to_on", "2026-06-02", CRIME, "-|-|recorded|-|false"),
    ("committed_to_on", "last year", CRIME, "-|-|recorded|-|false"),
    ("status", "no crimes", CRIME, "-|-|not_understood|-|false"),
    ("detected_by", "dog", CRIME, "-|-|recorded|-|false"),
    ("is_domestic", "perhaps", CRIME, "-|-|recorded|-|false"),
    ("suspect_sex", "Q", PERSON, "-|-|-|-"),
    ("suspect_birth", "1850", PERSON, "-|-|-|-"),
    ("suspect_birth", "199O-04", PERSON, "-|-|-|-"),
    ("suspect_age", "-1", SUSPECT, "named|-|-|-|-"),
    ("suspect_age", "121", SUSPECT, "named|-|-|-|-"),
    ("suspect_age", "34.5", SUSPECT, "named|-|-|-|-"),
    ("suspect_age", "1e1", SUSPECT, "named|-|-|-|-"),
    ("suspect_died_on", "dead", PERSON, "-|-|-|-"),
    ("suspect_status", "rather guilty", SUSPECT, "not_understood|-|-|-|-"),
    ("suspect_status_on", "2026-06", SUSPECT, "named|-|-|-|-"),
    ("named_by", "rumour", SUSPECT, "named|-|-|-|-"),
    ("named_on", "32/05/2026", SUSPECT, "named|-|-|-|-"),
    ("victim_sex", "woman?", VICTIM, "-|-|person"),
    ("victim_birth", "n/k", VICTIM, "-|-|person"),
    ("victim_age", "200", VICTIM, "-|-|person"),
    ("victim_kind", "dog", VICTIM, "-|-|person"),
];
const CRIME: &str = "select committed_from_on, committed_to_on, status, detected_by, is_domestic from crime";
const SUSPECT: &str = "select suspect.status, status_on, named_by, named_on, age from suspect inner join crime using (crime_key)";
const PERSON: &str = "select sex, birth_year, birth_month, died_on
    from person inner join suspect using (person_key) inner join crime using (crime_key)";
const VICTIM: &str = "select sex, age, kind from victim inner join crime using (crime_key)";

#[test]
fn a_bad_optional_value_is_blanked_with_an_issue_and_the_row_kept() {
    let columns: BTreeSet<_> = BAD_VALUES.iter().map(|(column, ..)| *column).collect();
    let mut extract = format!(
        "crime_id,code,reported_on,suspect_id,victim_id,{}\n",
        columns.iter().copied().collect::<Vec<_>>().join(",")
    );
    for (number, (bad_column, bad, ..)) in BAD_VALUES.iter().enumerate() {
        let values: Vec<_> =
            columns.iter().map(|column| if column == bad_column { *bad } else { "" }).collect();
        writeln!(extract, "C{number},8N,2026-06-01,P{number},V{number},{}", values.join(","))
            .expect("written");
    }
    let desk = Desk::new();
    let account = desk.load_text(&extract, &[]);
    assert_eq!(balance(&account), [23, 0, 0, 0, 0], "{account}");
    for (number, (column, bad, sql, expected)) in BAD_VALUES.iter().enumerate() {
        assert_eq!(desk.row(&format!("{sql} where crime_id = 'C{number}'")), *expected, "{column} {bad}");
        let issues = desk.rows(&format!(
            "select line, column_name, bad_value from load_issue where crime_id = 'C{number}'"
        ));
        assert_eq!(issues, [format!("{}|{column}|{bad}", number + 2)]);
    }
}

#[test]
fn every_optional_column_has_a_bad_value_in_the_test_above() {
    let desk = Desk::new();
    let typed = desk.rows(
        "select column_name from flat_column
         where not is_required
             and column_name not in ('incident_id', 'code_system', 'ho_class', 'item', 'borough', 'bcu', 'area', 'suspect_id', 'victim_id')
         order by ordinal",
    );
    let mut tested: Vec<_> = BAD_VALUES.iter().map(|(column, ..)| *column).collect();
    tested.dedup();
    assert_eq!(typed, tested);
}

#[test]
fn days_of_the_offence_that_cross_are_both_blanked() {
    let desk = Desk::holding(
        "crime_id,code,reported_on,committed_from_on,committed_to_on\nC1,8N,2026-06-01,2026-05-20,2026-05-10\n",
        &[],
    );
    assert_eq!(desk.row("select committed_from_on, committed_to_on from crime"), "-|-");
    assert_eq!(desk.rows(ISSUES), ["C1|committed_from_on|2026-05-20", "C1|committed_to_on|2026-05-10"]);
}

#[test]
fn an_offence_that_ends_after_its_report_keeps_the_day_it_began() {
    let desk = Desk::holding(
        "crime_id,code,reported_on,committed_from_on,committed_to_on\nC1,8N,2026-06-01,2026-05-20,2026-06-10\n",
        &[],
    );
    assert_eq!(desk.row("select committed_from_on, committed_to_on from crime"), "2026-05-20|-");
    assert_eq!(desk.rows(ISSUES), ["C1|committed_to_on|2026-06-10"]);
}

#[test]
fn a_typing_slip_does_not_delete_a_rape() {
    let desk = Desk::holding(
        "crime_id,code,reported_on,committed_from_on,suspect_id,suspect_sex,suspect_age,victim_id,victim_sex\n\
         C1,19C,2026-06-01,2062-05-31,P1,M,-1,V1,F\n",
        &[],
    );
    assert_eq!(desk.list(&[]), ["1 P1 1825"]);
}

#[test]
fn an_impossible_month_of_birth_is_an_issue() {
    let desk = Desk::holding(
        "crime_id,code,reported_on,suspect_id,suspect_birth\nC1,8N,2026-06-01,P1,1990-13\n",
        &[],
    );
    assert_eq!(desk.row("select birth_month from person"), "-");
    assert_eq!(desk.rows(ISSUES), ["C1|suspect_birth|1990-13"]);
}

#[test]
fn words_for_unknown_are_blank_without_an_issue() {
    let desk = Desk::holding(
        "crime_id,code,reported_on,suspect_id,suspect_sex,suspect_birth,suspect_age,detected_by,named_by,is_domestic,victim_id,victim_sex\n\
         C1,8N,2026-06-01,P1,U,Unknown,not known,unk,N/A,Not recorded,V1,u\n",
        &[],
    );
    assert_eq!(desk.row("select count(*) from load_issue"), "0");
    assert_eq!(desk.row("select sex, birth_year from person where person_id = 'P1'"), "-|-");
    assert_eq!(desk.row("select detected_by, is_domestic from crime"), "-|false");
}

#[test]
fn words_are_taken_in_any_case_and_spacing() {
    let desk = Desk::holding(
        "crime_id,code,reported_on,status,detected_by,is_domestic,suspect_id,suspect_sex,suspect_status,named_by,victim_id,victim_sex,victim_kind\n\
         C1,8N,2026-06-01,Not crime,POLICE,Yes,P1,Male,No Further-Action,Victim,V1,female,Person\n\
         C2,8N,2026-06-01,RECORDED, company ,T,P2,x,CHARGED,other,V2,f,BUSINESS\n",
        &[],
    );
    assert_eq!(
        desk.rows("select status, detected_by, is_domestic from crime order by crime_id"),
        ["not_crime|police|true", "recorded|company|true"]
    );
    assert_eq!(
        desk.rows("select status, named_by from suspect order by crime_key"),
        ["no_further_action|victim", "charged|other"]
    );
    assert_eq!(desk.rows("select sex, kind from victim order by crime_key"), ["F|person", "F|business"]);
    assert_eq!(desk.row("select count(*) from load_issue"), "0");
}

#[test]
fn rows_of_a_crime_that_disagree_on_it_blank_the_value_and_say_so() {
    let desk = Desk::new();
    let account = desk.load_text(
        "crime_id,code,reported_on,incident_id,borough,area,detected_by,is_domestic,suspect_id\n\
         C1,8N,2026-06-01,I1,Bow,A1,victim,no,P1\nC1,8N,2026-06-01,I2,Ham,A1,witness,yes,P2\n",
        &[],
    );
    assert_eq!(balance(&account), [2, 0, 0, 0, 0], "{account}");
    assert_eq!(
        desk.row("select incident_id, borough, area, detected_by, is_domestic from crime"),
        "-|-|A1|-|true"
    );
    assert_eq!(
        desk.rows("select column_name, issue from load_issue order by all"),
        [
            "borough|the rows of the crime disagree: blanked",
            "detected_by|the rows of the crime disagree: blanked",
            "incident_id|the rows of the crime disagree: blanked",
            "is_domestic|the rows of the crime disagree: taken as domestic",
        ]
    );
}

#[test]
fn the_account_counts_what_was_refused_and_what_was_doubted_with_an_example() {
    let desk = Desk::new();
    desk.write(
        "extract.csv",
        "crime_id,code,reported_on,suspect_id,suspect_age\nC1,8N,2026-06-01,P1,-1\nC2,8N,2026-06-01,P1,-2\nC3,8N,,P1,30\n",
    );
    let account = desk.run(&["load", "extract.csv"]).succeeded();
    assert_contains(
        &account,
        &[
            "rejected, kept in load_reject:\n          1  no report date (extract.csv line 4)\n",
            "kept, but doubted, see load_issue:\n          \
             2  suspect_age not understood or not possible: blanked (extract.csv line 2: -1)\n",
        ],
    );
}

#[test]
fn references_are_kept_letter_for_letter() {
    let ids = [
        "007",
        "7",
        "P100",
        "P10",
        "1e3",
        "1000",
        "1.50",
        "1.5",
        "0x1F",
        "31",
        "1_000",
        "p100",
        "A B",
        "01/123456/26",
        "'q'",
        "é",
        "#1",
        "-5",
    ];
    let rows = lines(ids.iter().map(|id| format!("{id},8N,2026-06-01,{id}")));
    let desk = Desk::holding(&format!("crime_id,code,reported_on,suspect_id\n{rows}"), &[]);
    let mut expected = ids.map(|id| format!("{id}|{id}")).to_vec();
    expected.sort();
    let mut found = desk.rows(
        "select crime_id, person_id from suspect inner join crime using (crime_key) inner join person using (person_key)",
    );
    found.sort();
    assert_eq!(found, expected);
}

#[test]
fn white_space_around_a_reference_is_no_part_of_it() {
    let desk = Desk::holding(
        "crime_id,code,reported_on,suspect_id\nC1,8N,2026-06-01, P1 \n C1\u{a0},8N,2026-06-01,P1\t\n",
        &[],
    );
    assert_eq!(desk.row("select crime_id, (select list(person_id) from person) from crime"), "C1|[P1]");
}

#[test]
fn birth_is_kept_as_year_and_month_never_as_a_day() {
    let desk = Desk::holding(
        "crime_id,code,reported_on,suspect_id,suspect_birth\n\
         C1,8N,2026-06-01,P1,1990\nC1,8N,2026-06-01,P2,1990-04\nC1,8N,2026-06-01,P3,17/04/1990\nC1,8N,2026-06-01,P4,1990-04-17\n",
        &[],
    );
    assert_eq!(
        desk.rows("select person_id, birth_year, birth_month from person order by 1"),
        ["P1|1990|-", "P2|1990|4", "P3|1990|4", "P4|1990|4"]
    );
    for table in desk.rows("select table_name from duckdb_tables() where not internal") {
        let holding = format!(
            "select count(*) from {table} as t where t::varchar like '%1990-04-17%' or t::varchar like '%17/04/1990%'"
        );
        assert_eq!(desk.row(&holding), "0", "{table} holds a day of birth");
    }
}

#[test]
fn a_victim_without_a_reference_is_one_per_crime() {
    let desk = Desk::holding(
        "crime_id,code,reported_on,suspect_id,victim_sex\n\
         C1,8N,2026-06-01,P1,F\nC1,8N,2026-06-01,P2,F\nC2,8N,2026-06-02,P1,F\n",
        &[],
    );
    assert_eq!(
        desk.rows(
            "select crime_id, count(*) from victim inner join crime using (crime_key) group by 1 order by 1"
        ),
        ["C1|1", "C2|1"]
    );
    let report = desk.report(&["v100"]);
    assert_eq!((&report["rows"][0]["person_id"], &report["rows"][0]["victims"]), (&"P1".into(), &2.into()));
}

//! Rule 9: refuse only what cannot be ranked; any other bad value is blanked, the row kept and an issue written.

use super::balance;
use crate::support::{Desk, assert_contains};

const ISSUES: &str = "select crime_id, column_name, bad_value from load_issue order by all";

/// Loads a row with one bad value, column by column: the row must be kept, the value blank, the issue written.
#[test]
fn a_bad_optional_value_is_blanked_with_an_issue_and_the_row_kept() {
    let crime = "select committed_from_on, committed_to_on, status, detected_by, is_domestic from crime";
    let suspect = "select status, status_on, named_by, named_on, age from suspect";
    let person = "select sex, birth_year, birth_month, died_on from person where person_id = 'P1'";
    let victim = "select sex, age, kind from victim";
    let cases = [
        ("committed_from_on", "2026-06-02", crime, "-|-|recorded|-|false"),
        ("committed_from_on", "31/02/2024", crime, "-|-|recorded|-|false"),
        ("committed_to_on", "2026-06-02", crime, "-|-|recorded|-|false"),
        ("committed_to_on", "last year", crime, "-|-|recorded|-|false"),
        ("status", "no crimes", crime, "-|-|recorded|-|false"),
        ("detected_by", "dog", crime, "-|-|recorded|-|false"),
        ("is_domestic", "perhaps", crime, "-|-|recorded|-|false"),
        ("suspect_sex", "Q", person, "-|-|-|-"),
        ("suspect_birth", "1850", person, "-|-|-|-"),
        ("suspect_birth", "1990-13", person, "-|1990|-|-"),
        ("suspect_age", "-1", suspect, "named|-|-|-|-"),
        ("suspect_age", "121", suspect, "named|-|-|-|-"),
        ("suspect_age", "34.5", suspect, "named|-|-|-|-"),
        ("suspect_age", "1e1", suspect, "named|-|-|-|-"),
        ("suspect_died_on", "dead", person, "-|-|-|-"),
        ("suspect_status", "guilty", suspect, "named|-|-|-|-"),
        ("suspect_status_on", "2026-06", suspect, "named|-|-|-|-"),
        ("named_by", "rumour", suspect, "named|-|-|-|-"),
        ("named_on", "32/05/2026", suspect, "named|-|-|-|-"),
        ("victim_sex", "woman?", victim, "-|-|person"),
        ("victim_birth", "n/k", victim, "-|-|person"),
        ("victim_age", "200", victim, "-|-|person"),
        ("victim_kind", "dog", victim, "-|-|person"),
    ];
    let desk = Desk::new();
    for (column, bad, sql, expected) in cases {
        std::fs::copy(Desk::new().db(), desk.db()).expect("a fresh database");
        let extract = format!("crime_id,code,reported_on,suspect_id,victim_id,{column}\nC1,8N,2026-06-01,P1,V1,{bad}\n");
        let account = desk.load_text(&extract, &[]);
        assert_eq!(balance(&account), [1, 0, 0, 0, 0], "{column} {bad}: {account}");
        assert_eq!(desk.row(sql), expected, "{column} {bad}");
        assert_eq!(desk.rows(ISSUES), [format!("C1|{column}|{bad}")], "{column} {bad}");
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
    let tested = [
        "committed_from_on",
        "committed_to_on",
        "status",
        "detected_by",
        "is_domestic",
        "suspect_sex",
        "suspect_birth",
        "suspect_age",
        "suspect_died_on",
        "suspect_status",
        "suspect_status_on",
        "named_by",
        "named_on",
        "victim_sex",
        "victim_birth",
        "victim_age",
        "victim_kind",
    ];
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
        "crime_id,code,reported_on,committed_from_on,suspect_id,suspect_age,victim_id,victim_sex\n\
         C1,19C,2026-06-01,2062-05-31,P1,-1,V1,F\n",
        &[],
    );
    assert_eq!(desk.list(&[]), ["1 P1 1825"]);
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
    assert_eq!(desk.rows("select status, named_by from suspect order by crime_key"), ["no_further_action|victim", "charged|other"]);
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
    assert_eq!(desk.row("select incident_id, borough, area, detected_by, is_domestic from crime"), "-|-|A1|-|true");
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
            "refused, kept in load_reject:\n          1  no report date (extract.csv line 4)\n",
            "kept, but doubted, see load_issue:\n          \
             2  suspect_age not understood or not possible: blanked (extract.csv line 2: -1)\n",
        ],
    );
}

#[test]
fn references_are_kept_letter_for_letter() {
    let ids = ["007", "7", "P100", "P10", "1e3", "1000", "1.50", "1.5", "0x1F", "31", "1_000", "p100", "A B", "01/123456/26", "'q'", "é", "#1", "-5"];
    let rows: String = ids.iter().map(|id| format!("{id},8N,2026-06-01,{id}\n")).collect();
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
        let holding = format!("select count(*) from {table} as t where t::varchar like '%1990-04-17%' or t::varchar like '%17/04/1990%'");
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
    assert_eq!(desk.rows("select crime_id, count(*) from victim inner join crime using (crime_key) group by 1 order by 1"), ["C1|1", "C2|1"]);
    let report = desk.report(&["v100"]);
    assert_eq!((&report["rows"][0]["person_id"], &report["rows"][0]["victims"]), (&"P1".into(), &2.into()));
}

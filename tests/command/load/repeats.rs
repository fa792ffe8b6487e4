//! What is given twice, or says two things of one: files, clusters, reasons.

use crate::support::{Desk, assert_contains, lines};

const EXTRACT: &str = "crime_id,code,reported_on,suspect_id\nC1,8N,2026-06-01,N1\nC2,8N,2026-06-02,N2\n";

#[test]
fn fault_16_the_same_file_twice_is_read_once() {
    let desk = Desk::new();
    desk.write("a.csv", EXTRACT);
    desk.write("b.csv", EXTRACT);
    let account = desk.load(&["a.csv", "a.csv", "b.csv"]);
    assert_eq!((&account["rows_in"], &account["rows_new"]), (&2.into(), &2.into()), "{account}");
    assert_contains(&account["warnings"].to_string(), &["b.csv: the same file as a.csv"]);
}

#[test]
fn fault_07_clusters_that_share_a_reference_are_refused_in_their_own_words() {
    for (rows, clusters) in
        [("k1,N1\nk1,N2\nk2,N2\nk2,N4\n", "k1 and in k2"), ("z1,N2\nz1,N9\na2,N1\na2,N2\n", "a2 and in z1")]
    {
        let desk = Desk::holding(EXTRACT, &["--extract-date", "2026-06-02"]);
        desk.write("clusters.csv", format!("cluster_id,unique_id\n{rows}"));
        let stderr =
            desk.run(&["load", "--clusters", "clusters.csv", "--extract-date", "2026-06-03"]).failed(1);
        assert_contains(
            &stderr,
            &["--clusters: clusters that share a reference: N2 is in", clusters, "nothing was changed"],
        );
        assert_eq!(desk.row("select count(*) from identity"), "0");
    }
}

#[test]
fn fault_24_reasons_of_one_kind_are_one_line_with_three_examples() {
    let codes = ["8N", "19C", "20A", "8L", "8Q"];
    let rows = codes
        .iter()
        .enumerate()
        .map(|(number, code)| format!("C{number},{code},2026-06-01,N1\nC{number},105A,2026-06-01,N1"));
    let desk = Desk::new();
    desk.write("extract.csv", format!("crime_id,code,reported_on,suspect_id\n{}", lines(rows)));
    let account = desk.run(&["load", "extract.csv", "--extract-date", "2026-06-02"]).succeeded();
    assert_contains(
        &account,
        &["10  the rows of this crime carry two codes (extract.csv line 2: 105A and 8N; extract.csv line 3"],
    );
    assert_eq!(account.matches("carry two codes").count(), 1, "{account}");
}

#[test]
fn fault_22_a_day_that_was_understood_is_blanked_for_the_reason_that_applies() {
    let desk = Desk::holding(
        "crime_id,code,reported_on,committed_from_on,suspect_id,named_on\nC1,8N,2026-06-01,2026-06-05,N1,2099-01-01\n",
        &["--extract-date", "2026-06-10"],
    );
    assert_eq!(
        desk.rows("select column_name, issue from load_issue order by 1"),
        [
            "committed_from_on|after the report, or it ends before it begins: blanked",
            "named_on|after the extract: blanked"
        ]
    );
}

#[test]
fn fault_33_a_reference_that_the_program_wrote_for_a_spreadsheet_is_read_as_it_was() {
    let desk = Desk::new();
    let head = "crime_id,code,reported_on,suspect_id,suspect_sex,suspect_birth,victim_id,victim_sex\n";
    desk.load_text(
        &format!("{head}C1,19C,2026-06-01,-N100,M,1990,=V1,F\n"),
        &["--extract-date", "2026-06-30"],
    );
    let listed = desk.run(&["report", "v100", "--format", "csv"]).succeeded();
    let written =
        listed.lines().nth(1).and_then(|row| row.split(',').nth(1)).expect("a reference").to_owned();
    assert_eq!(written, "'-N100", "{listed}");
    desk.load_text(
        &format!("{head}C2,8N,2026-06-02,{written},M,1990,'=V1,F\n"),
        &["--extract-date", "2026-06-30"],
    );
    assert_eq!(desk.rows("select person_id from person order by 1"), ["-N100", "=V1"]);
    // A list of people takes it too; an apostrophe before a letter is part of the reference.
    desk.write("custody.csv", format!("person_id,from_on\n{written},2026-06-03\n"));
    desk.load(&["--custody", "custody.csv", "--extract-date", "2026-06-30"]);
    assert_eq!(desk.rows("select person_id from custody"), ["-N100"]);
    desk.load_text(&format!("{head}C3,8N,2026-06-02,'N7,M,1990,V1,F\n"), &["--extract-date", "2026-06-30"]);
    assert_eq!(desk.row("select count(*) from person where person_id = '''N7'"), "1");
}

#[test]
fn fault_26_a_code_that_is_none_keeps_its_words_apart() {
    let desk = Desk::new();
    desk.load_text(
        "crime_id,code,reported_on,suspect_id,suspect_sex,victim_sex\n\
         C1,10u-Inadequate/Failure to Provide Service,2026-06-01,N1,M,F\n\
         C2,10U-INADEQUATE/FAILURE  TO PROVIDE SERVICE,2026-06-01,N1,M,F\n\
         C3,8 N,2026-06-01,N1,M,F\n",
        &["--extract-date", "2026-06-30", "--code-system", "ho"],
    );
    assert_eq!(
        desk.rows("select code, count(*) from crime group by code order by code"),
        ["10U-INADEQUATE/FAILURE TO PROVIDE SERVICE|2", "8N|1"]
    );
}

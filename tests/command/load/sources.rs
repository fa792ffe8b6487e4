//! Rules 8 and 9: what a source can be read as in two ways is normalised where that is safe, else refused or told.

use crate::support::{Desk, assert_contains, lines};
use serde_json::Value as Json;
use std::path::PathBuf;

const HEAD: &str = "crime_id,code,reported_on,suspect_id,suspect_sex,suspect_birth,victim_id,victim_sex\n";

#[test]
fn fault_03_a_file_of_foreign_codes_is_refused_until_code_system_says_what_they_are() {
    let codes = ["03B", "05D", "XX1", "XX2", "XX3", "XX1"];
    let rows =
        codes.iter().enumerate().map(|(number, code)| format!("C{number},{code},2026-06-01,N1,M,1990,V1,F"));
    let desk = Desk::new();
    desk.write("extract.csv", format!("{HEAD}{}", lines(rows)));
    let stderr = desk.run(&["load", "extract.csv"]).failed(1);
    assert_contains(
        &stderr,
        &["codes not known: 4 crimes carry a code", "XX1 (2), XX2 (1), XX3 (1)", "--code-system"],
    );
    assert_eq!(desk.row("select count(*) from load_batch"), "0");
    desk.load(&["extract.csv", "--code-system", "ho"]);
    assert_contains(&desk.run(&["loads", "show", "1"]).succeeded(), &["--code-system: ho"]);
}

#[test]
fn fault_03_the_account_counts_codes() {
    let desk = Desk::new();
    desk.write("extract.csv", format!("{HEAD}C1,8N,2026-06-01,N1,M,1990,V1,F\nC2,03B,2026-06-01,N1,M,1990,V1,F\nC3,ZZ9,2026-06-01,N1,M,1990,V1,F\n"));
    let account = desk.run(&["load", "extract.csv"]).succeeded();
    assert_contains(
        &account,
        &[
            "codes not known: 1 crime carries a code that no table has",
            "1 of 3, 33.3 %; ZZ9 (1)",
            "codes with a zero before them",
            "03B (1)",
            "codes: the code of 2 of 3 crimes is known; that of 1 crime may mean several items",
        ],
    );
}

#[test]
fn fault_08_rounded_references_are_nobody_and_refused_as_crimes() {
    let desk = Desk::new();
    desk.write(
        "extract.csv",
        format!("{HEAD}C1,19C,2026-06-01,1.23457E+11,M,1990,V1,F\nC2,19C,2026-06-01,1.23457E+11,M,1990,V2,F\n1.2E+15,8N,2026-06-01,N1,M,1990,V3,F\n"),
    );
    let account = desk.run(&["load", "extract.csv"]).succeeded();
    assert_contains(
        &account,
        &["references rounded: 2 references of people are", "extract.csv line 2, extract.csv line 3"],
    );
    assert_contains(&account, &["crime_id is a number that a spreadsheet has rounded"]);
    assert!(desk.list(&[]).is_empty());
}

#[test]
fn fault_08_signs_nobody_sees_make_no_other_person_and_no_other_place() {
    let signs = ["\u{200b}", "\u{2060}", "\u{feff}", "\u{202f}", "\u{ad}", "\u{a0}", "\u{200e}"];
    let rows = signs.iter().enumerate().map(|(number, sign)| {
        let place = if number % 2 == 0 { "Ynys M\u{f4}n" } else { "Ynys Mo\u{302}n" };
        format!(
            "C{number},8N,2026-06-01,{sign}N10{}09{sign},{place}",
            if number == 0 { "\u{200b}" } else { "" }
        )
    });
    let desk = Desk::holding(&format!("crime_id,code,reported_on,suspect_id,borough\n{}", lines(rows)), &[]);
    assert_eq!(desk.row("select list(person_id) from person"), "[N1009]");
    assert_eq!(desk.row("select list(distinct borough) from crime"), "[Ynys M\u{f4}n]");
}

#[test]
fn fault_08_several_people_in_one_cell_are_told() {
    for cell in ["N1; N2", "N1, N2", "N1|N2", "N1 & N2", "N1 / N2", "N1 and N2"] {
        let desk = Desk::new();
        desk.write("extract.csv", format!("{HEAD}C1,8N,2026-06-01,\"{cell}\",M,1990,V1,F\n"));
        let account = desk.run(&["load", "extract.csv"]).succeeded();
        assert_contains(&account, &["several people in one cell: 1 cell holds", "extract.csv line 2"]);
        assert!(!account.lines().any(|line| line.contains("one cell") && line.contains(cell)), "{account}");
    }
    for cell in ["01/123456/26", "A B", "1,000", "O'Neil 7", "N-1"] {
        let desk = Desk::new();
        desk.write("extract.csv", format!("{HEAD}C1,8N,2026-06-01,\"{cell}\",M,1990,V1,F\n"));
        let account = desk.run(&["load", "extract.csv"]).succeeded();
        assert!(!account.contains("several people"), "{cell}: {account}");
    }
}

#[test]
fn fault_09_an_instant_is_the_day_of_london_wherever_the_machine_stands() {
    let instants = [
        ("2026-06-30T23:30:00Z", "2026-07-01"),
        ("2026-06-30 22:59:59+00", "2026-06-30"),
        ("2026-01-31T23:30:00Z", "2026-01-31"),
        ("2026-06-30T20:30:00-05:00", "2026-07-01"),
        ("2026-06-30T01:30:00+0530", "2026-06-29"),
        ("2026-06-30T00:30:00.123+01:00", "2026-06-30"),
    ];
    for zone in ["America/New_York", "Asia/Tokyo", "UTC"] {
        let desk = Desk::new();
        let path = desk.path("extract.parquet").display().to_string();
        let rows =
            instants.iter().enumerate().map(|(number, (instant, _))| format!("C{number},8N,{instant}"));
        desk.write("extract.csv", format!("crime_id,code,reported_on\n{}", lines(rows)));
        desk.write(
            "extract.jsonl",
            lines(instants.iter().enumerate().map(|(number, (instant, _))| {
                format!("{{\"crime_id\":\"C{number}\",\"code\":\"8N\",\"reported_on\":\"{instant}\"}}")
            })),
        );
        duckdb::Connection::open_in_memory()
            .and_then(|stock| {
                stock.execute_batch(&format!(
                    "copy (
                         select 'C0' as crime_id, '8N' as code, to_timestamp(1782862200) as reported_on
                     ) to '{path}' (format parquet)"
                ))
            })
            .expect("Parquet written");
        for (file, expected) in [("extract.csv", 6), ("extract.jsonl", 6), ("extract.parquet", 1)] {
            std::fs::remove_file(desk.db()).expect("removed");
            desk.run(&["init"]).succeeded();
            let mut command = desk.command(&["load", file, "--extract-date", "2026-07-01"]);
            let output = command.env("TZ", zone).output().expect("run");
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            let found = desk.rows("select reported_on from crime order by crime_id");
            let days: Vec<_> = instants.iter().map(|(_, day)| (*day).to_owned()).collect();
            assert_eq!(found[..expected], days[..expected], "{file} in {zone}");
        }
    }
}

#[test]
fn fault_13_numbers_kept_as_fractions_are_whole_numbers() {
    let desk = Desk::holding(
        "crime_id,code,reported_on,is_domestic,suspect_id,suspect_birth,suspect_age,victim_id,victim_age\n\
         C1,8N,2026-06-01,1.0,N1,1926.0,37.0,V1,40.00\n",
        &[],
    );
    assert_eq!(desk.row("select birth_year, birth_month from person where person_id = 'N1'"), "1926|-");
    assert_eq!(
        desk.row("select is_domestic, suspect.age, victim.age from crime inner join suspect using (crime_key) inner join victim using (crime_key)"),
        "true|37|40"
    );
    assert_eq!(desk.row("select count(*) from load_issue"), "0");
}

/// A desk into which a workbook was loaded, and the account.
fn with_workbook(name: &str) -> (Desk, Json) {
    let desk = Desk::new();
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixture/workbook").join(name);
    desk.write(name, std::fs::read(path).expect("a workbook"));
    let account = desk.load(&[name, "--extract-date", "2026-07-01"]);
    (desk, account)
}

#[test]
fn fault_02_a_code_of_a_sheet_is_what_the_cell_shows_or_doubted() {
    let (desk, account) = with_workbook("shown_numbers.xlsx");
    assert_eq!(
        desk.rows("select crime_id, offence.code, ho_class from crime inner join offence using (offence_key) order by 1"),
        ["C1|8N|008/20", "C2|8N|-", "C3|4/10|-", "C4|4/3|-"]
    );
    assert_contains(
        &account.to_string(),
        &["codes kept as fractions", "2 codes are numbers", "shown_numbers.xlsx: C3"],
    );
}

#[test]
fn fault_08_a_number_of_a_sheet_is_the_reference_it_shows() {
    let (desk, _) = with_workbook("shown_numbers.xlsx");
    assert_eq!(desk.rows("select person_id from person order by 1"), ["0000123", "12"]);
}

#[test]
fn fault_02_a_class_in_parquet_that_may_have_lost_a_nought_is_none() {
    let desk = Desk::new();
    let path = desk.path("extract.parquet").display().to_string();
    let stock = duckdb::Connection::open_in_memory().expect("engine");
    stock
        .execute_batch(&format!(
            "copy (
                 select * from (values
                     ('C1', '8N', 8.2::double, date '2026-06-01'), ('C2', '8N', 8.06::double, date '2026-06-01'),
                     ('C3', '8N', 8.0::double, date '2026-06-01')
                 ) as t(crime_id, code, ho_class, reported_on)
             ) to '{path}' (format parquet)"
        ))
        .expect("Parquet written");
    let account = desk.load(&["extract.parquet"]).to_string();
    assert_contains(&account, &["codes kept as fractions", "column ho_class", "\"quantity\":2"]);
    assert_eq!(
        desk.rows("select crime_id, ho_class from crime inner join offence using (offence_key) order by 1"),
        ["C1|-", "C2|008/06", "C3|8"]
    );
}

#[test]
fn fault_11_formulas_without_a_value_are_counted_with_the_remedy() {
    let (desk, account) = with_workbook("formulas_without_value.xlsx");
    assert_eq!(desk.row("select count(*) from suspect"), "0");
    assert_contains(
        &account.to_string(),
        &["cells without a value", "2 cells hold formulas", "formulas_without_value.xlsx: D2", "save it"],
    );
    let stderr = desk.run(&["load", "formulas_without_value.xlsx", "--strict"]).failed(1);
    assert_contains(&stderr, &["cells without a value"]);
}

#[test]
fn fault_10_dates_that_a_spreadsheet_swapped_by_half_are_refused() {
    let desk = Desk::new();
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixture/workbook/half_swapped.xlsx");
    desk.write("half_swapped.xlsx", std::fs::read(path).expect("a workbook"));
    let low = (1..7).map(|day| format!("C{day},8N,2026-0{day}-06"));
    let rows = lines(low.chain(["D1,8N,13/06/2026".to_owned(), "D2,8N,28/06/2026".to_owned()]));
    desk.write("half.csv", format!("crime_id,code,reported_on\n{rows}"));
    for file in ["half_swapped.xlsx", "half.csv"] {
        let stderr = desk.run(&["load", file, "--extract-date", "2026-07-01"]).failed(1);
        assert_contains(
            &stderr,
            &[
                "swapped day and month in half of reported_on",
                "6 values are stored as dates",
                "2 values are left as text",
            ],
        );
    }
    assert_eq!(desk.row("select count(*) from load_batch"), "0");
    desk.load_text(
        &format!("crime_id,code,reported_on\n{rows}E1,8N,05/06/2026\n"),
        &["--extract-date", "2026-07-01"],
    );
}

#[test]
fn fault_10_plain_numbers_of_a_workbook_that_counts_from_1904_are_its_days() {
    let (desk, _) = with_workbook("days_from_1904.xlsx");
    assert_eq!(desk.rows("select reported_on from crime order by crime_id"), ["2026-06-01", "2026-06-01"]);
}

#[test]
fn fault_08_a_file_whose_last_line_does_not_end_is_told() {
    let desk = Desk::new();
    let extract = "crime_id,code,reported_on,suspect_id\r\nC1,8N,2026-06-01,N1009\r\nC2,8N,2026-06-01,N1";
    assert_contains(&desk.load_text(extract, &[]).to_string(), &["a file that may be cut short"]);
    let whole = Desk::new().load_text(&format!("{extract}\r\n"), &[]).to_string();
    assert!(!whole.contains("cut short"), "{whole}");
}

#[test]
fn fault_14_an_extract_date_that_stands_alone_is_doubted() {
    let rows = lines((0..30).map(|number| format!("C{number},8N,2026-02-{:02}", 1 + number % 20)));
    let extract = format!("crime_id,code,reported_on\n{rows}");
    let account = Desk::new().load_text(&format!("{extract}D1,8N,2026-06-20\n"), &[]).to_string();
    assert_contains(
        &account,
        &["an extract date that stands alone", "2026-06-20, which 1 crime carries", "120 days earlier"],
    );
    assert!(!Desk::new().load_text(&extract, &[]).to_string().contains("stands alone"));
}

/// 09A is a code of the FBI's: a file that says so is not asked about it, nor is a download.
#[test]
fn fault_03_a_zero_is_no_doubt_where_the_file_names_another_system() {
    let desk = Desk::new();
    let rows = "crime_id,code,code_system,reported_on\nC1,09A,nibrs,2026-06-01\nC2,09B,nibrs,2026-06-01\n";
    desk.write("extract.csv", rows);
    let said = desk.run(&["load", "extract.csv", "--extract-date", "2026-06-05", "--strict"]).succeeded();
    assert!(!said.contains("codes with a zero"), "{said}");
    desk.write("other.csv", rows.replace("nibrs", "").replace('C', "D"));
    let refused = desk.run(&["load", "other.csv", "--extract-date", "2026-06-05", "--strict"]).failed(1);
    assert_contains(&refused, &["codes with a zero before them", "09A (1)"]);
}

#[test]
fn fault_03_the_report_on_a_load_shows_what_its_account_said_has_to_be_decided() {
    let desk = Desk::new();
    let account = desk.load_text(
        "crime_id,code,reported_on,status,suspect_id\nC1,8N,2026-06-01,Q7,N1\nC2,XX9,2026-06-01,,N1; N2\n\
         C3,8N,2026-06-01,,1.23457E+11\n",
        &["--extract-date", "2026-06-30"],
    );
    desk.load_text("crime_id,code,reported_on\nC4,19C,2026-06-01\n", &["--extract-date", "2026-06-30"]);
    let report = desk.report(&["load-quality", "--load", "1"]);
    let said = |list: &serde_json::Value| -> Vec<String> {
        let list = list.as_array().expect("a list");
        list.iter().map(|one| format!("{} {} {}", one["topic"], one["quantity"], one["note"])).collect()
    };
    assert!(said(&report["rows"]).len() >= 4, "{report}");
    assert_eq!(said(&report["rows"]), said(&account["decisions"]));
    let newest = desk.report(&["load-quality"]);
    assert_eq!(said(&newest["rows"]).len(), 1, "{newest}");
    assert_contains(
        &desk.run(&["report", "load-quality", "--load", "9"]).succeeded(),
        &["there is no load 9"],
    );
}

//! Formats of the flat extract: encodings, line ends, JSON, workbooks, and what was not guessed.

use super::balance;
use super::files::{EXTRACT, assert_refused, assert_same_tables, gzip};
use crate::support::{Desk, assert_contains, lines};
use serde_json::{Value as Json, json};
use std::path::PathBuf;

/// An extract with letters beyond ASCII.
const ACCENTS: &str =
    "crime_id,code,reported_on,area\nC1,8N,2026-06-01,Café \u{2019}n\u{2019} Bar\nC2,8N,soon,x\n";
const AREA: &str = "select area from crime where crime_id = 'C1'";

fn utf16(text: &str, has_mark: bool, bytes_of: fn(u16) -> [u8; 2]) -> Vec<u8> {
    let mark = if has_mark { "\u{feff}" } else { "" };
    format!("{mark}{text}").encode_utf16().flat_map(bytes_of).collect()
}

fn windows_1252(text: &str) -> Vec<u8> {
    let byte = |letter| match letter {
        '\u{2019}' => 0x92,
        other => u8::try_from(u32::from(other)).expect("a letter of windows-1252"),
    };
    text.chars().map(byte).collect()
}

fn warnings(account: &Json) -> Vec<&str> {
    account["warnings"].as_array().expect("warnings").iter().filter_map(Json::as_str).collect()
}

/// Loads an extract with accents and returns what the account warns of.
#[track_caller]
fn accents_from(bytes: &[u8], flags: &[&str]) -> Vec<String> {
    let mut seen = Vec::new();
    for (name, bytes) in [("extract.csv", bytes.to_vec()), ("extract.csv.gz", gzip(bytes))] {
        let desk = Desk::new();
        desk.write(name, bytes);
        let account = desk.load(&[&[name], flags].concat());
        assert_eq!(balance(&account), [1, 0, 0, 0, 1], "{account}");
        assert_eq!(desk.row(AREA), "Café \u{2019}n\u{2019} Bar");
        assert_eq!(desk.row("select line from load_reject"), "3");
        assert!(desk.names().iter().all(|name| !name.starts_with('.')), "{:?}", desk.names());
        seen = warnings(&account).into_iter().map(ToOwned::to_owned).collect();
    }
    seen
}

#[test]
fn a_mark_at_the_beginning_decides_the_encoding() {
    assert!(accents_from(ACCENTS.as_bytes(), &[]).is_empty());
    assert!(accents_from(format!("\u{feff}{ACCENTS}").as_bytes(), &[]).is_empty());
    assert!(accents_from(&utf16(ACCENTS, true, u16::to_le_bytes), &[]).is_empty());
    assert!(accents_from(&utf16(ACCENTS, true, u16::to_be_bytes), &[]).is_empty());
}

#[test]
fn an_encoding_told_by_the_bytes_is_said() {
    let warned = accents_from(&windows_1252(ACCENTS), &[]);
    assert_eq!(warned.len(), 1);
    assert_contains(&warned[0], &["line 2 is not UTF-8: the file was read as windows-1252", "--encoding"]);
    let warned = accents_from(&utf16(ACCENTS, false, u16::to_le_bytes), &[]);
    assert_contains(&warned[0], &["read as utf-16le, by its bytes"]);
    let desk = Desk::new();
    desk.write("extract.csv", windows_1252(ACCENTS));
    let text = desk.run(&["load", "extract.csv"]).succeeded();
    assert_contains(&text, &["\nWARNING extract.csv: line 2 is not UTF-8"]);
    assert_eq!(desk.run(&["loads", "show", "1"]).succeeded(), text, "said again");
}

#[test]
fn an_encoding_given_is_taken_without_a_word() {
    for (bytes, name) in [
        (windows_1252(ACCENTS), "windows-1252"),
        (windows_1252(ACCENTS), "cp1252"),
        (utf16(ACCENTS, false, u16::to_be_bytes), "utf-16be"),
        (utf16(ACCENTS, true, u16::to_be_bytes), "utf-16"),
        (ACCENTS.as_bytes().to_vec(), "utf-8"),
    ] {
        assert!(accents_from(&bytes, &["--encoding", name]).is_empty(), "{name}");
    }
    let desk = Desk::new();
    desk.write("extract.csv", b"crime_id,code,reported_on,area\nC1,8N,2026-06-01,caf\xe9\x92\n");
    desk.load(&["extract.csv", "--encoding", "latin-1"]);
    assert_eq!(desk.row(AREA), "caf\u{e9}\u{92}");
}

#[test]
fn an_encoding_that_the_file_belies_is_refused() {
    let desk = Desk::new();
    desk.write("extract.csv", format!("\u{feff}{ACCENTS}"));
    let stderr = desk.run(&["load", "extract.csv", "--encoding", "windows-1252"]).failed(2);
    assert_contains(&stderr, &["it is utf-8, --encoding that it is windows-1252", "leave out --encoding"]);
}

/// As windows-1252 the letters that are UTF-8 would be read wrong in silence.
#[test]
fn a_bad_line_among_lines_of_utf8_is_refused_and_not_changed() {
    let extract = [ACCENTS.as_bytes(), b"C3,8N,2026-06-01,caf\xe9\nC4,8N,2026-06-01,plain\n"].concat();
    for flags in [&[][..], &["--encoding", "utf-8"]] {
        let desk = Desk::new();
        desk.write("extract.csv", &extract);
        let account = desk.load(&[&["extract.csv"], flags].concat());
        assert_eq!(balance(&account), [2, 0, 0, 0, 2], "{account}");
        assert_eq!(
            desk.rows("select line, crime_id, reason from load_reject order by line")[1],
            "4|C3|line cannot be read: invalid encoding"
        );
        assert_eq!(warnings(&account).len(), usize::from(flags.is_empty()), "{account}");
    }
}

#[test]
fn lines_may_end_in_any_way() {
    assert_same_tables("extract.csv", EXTRACT.replace('\n', "\r"));
    assert_same_tables("extract.csv", EXTRACT.replacen('\n', "\r\n", 2));
    assert_same_tables("extract.csv.gz", gzip(EXTRACT.replacen('\n', "\r\n", 2)));
}

#[test]
fn a_lone_carriage_return_is_not_guessed_at() {
    let hints = assert_refused(
        "extract.csv",
        "crime_id,code,reported_on,area\nC1,8N,2026-06-01,a\rb\nC2,8N,2026-06-01,c\n",
        &["a carriage return stands alone on line 2"],
    );
    assert_contains(&hints[0], &["between quotes"]);
}

#[test]
fn lines_are_counted_over_empty_ones_and_over_lines_before_the_header() {
    for (before, shift) in [("", 0), ("\n\n", 2), ("sep=;\n", 1), ("\"sep=;\"\r\n", 1)] {
        let desk = Desk::new();
        let extract = "crime_id;code;reported_on;suspect_age\nC1;8N;2026-06-01;-1\n\nC2;8N;soon;\nC3;8N\n\n\n\
                       C4;8N;2026-06-01;-1\n";
        let account = desk.load_text(&format!("{before}{extract}"), &[]);
        assert_eq!(balance(&account), [2, 0, 0, 0, 2], "{account}");
        let line = |line: i32| line + shift;
        assert_eq!(
            desk.rows("select line, crime_id from load_reject order by line"),
            [format!("{}|C2", line(4)), format!("{}|C3", line(5))],
            "{before:?}"
        );
        assert_eq!(
            desk.rows("select line from load_issue order by line"),
            [line(2).to_string(), line(8).to_string()],
            "{before:?}"
        );
    }
}

#[test]
fn delimiter_and_quote_may_be_given() {
    let desk = Desk::new();
    desk.write("extract.csv", "crime_id^code^reported_on^area\nC1^8N^2026-06-01^~a^b~\n");
    desk.load(&["extract.csv", "--delimiter", "^", "--quote", "~"]);
    assert_eq!(desk.row(AREA), "a^b");
    let desk = Desk::new();
    desk.write("extract.txt", "crime_id\tcode\treported_on\tarea\nC1\t8N\t2026-06-01\t\"5\" knife\n");
    desk.load(&["extract.txt", "--delimiter", "tab", "--quote", "none"]);
    assert_eq!(desk.row(AREA), "\"5\" knife");
    let stderr = desk.run(&["load", "extract.txt", "--delimiter", ";"]).failed(1);
    assert_contains(&stderr, &["';' does not part the first line", "leave out --delimiter"]);
    for wrong in ["", "ab", "x", "é"] {
        desk.run(&["load", "extract.txt", "--delimiter", wrong]).failed(2);
    }
}

#[test]
fn apostrophes_that_enclose_every_name_enclose_values() {
    let desk = Desk::new();
    desk.load_text("'crime_id','code','reported_on','area'\n'C1','8N','2026-06-01','a, ''b'''\n", &[]);
    assert_eq!(desk.row(AREA), "a, 'b'");
}

/// The extract as objects; what is empty is missing, null or an empty text in turn.
fn objects() -> Vec<Json> {
    let mut reader = csv::Reader::from_reader(EXTRACT.as_bytes());
    let names = reader.headers().expect("header").clone();
    let object = |(row, record): (usize, Result<csv::StringRecord, _>)| {
        let record = record.expect("record");
        let mut object = serde_json::Map::new();
        for (place, (name, value)) in names.iter().zip(&record).enumerate() {
            match (value, (row + place) % 3) {
                ("", 0) => {}
                ("", 1) => drop(object.insert(name.to_owned(), Json::Null)),
                _ => drop(object.insert(name.to_owned(), json!(value))),
            }
        }
        Json::Object(object)
    };
    reader.records().enumerate().map(object).collect()
}

#[test]
fn json_is_read_as_an_array_and_as_lines() {
    let array = serde_json::to_string_pretty(&objects()).expect("JSON");
    let rows = lines(objects().iter().map(ToString::to_string));
    assert_same_tables("extract.json", &array);
    assert_same_tables("extract.jsonl", &rows);
    assert_same_tables("extract.ndjson.gz", gzip(&rows));
    assert_same_tables("extract.txt", &array);
    assert_same_tables("extract.json", utf16(&array, true, u16::to_le_bytes));
}

#[test]
fn numbers_in_json_are_references_as_they_were_written() {
    let desk = Desk::new();
    desk.write(
        "extract.jsonl",
        r#"{"crime_id": 1e3, "code": "8N", "reported_on": "2026-06-01", "suspect_id": 12.0}
           {"crime_id": 12345678901234567890, "code": "8N", "reported_on": "2026-06-01", "suspect_id": "012"}"#,
    );
    desk.load(&["extract.jsonl"]);
    assert_eq!(desk.rows("select crime_id from crime order by 1"), ["12345678901234567890", "1e3"]);
    assert_eq!(desk.rows("select person_id from person order by 1"), ["012", "12"]);
}

#[test]
fn fractions_in_parquet_are_the_whole_numbers_they_were() {
    let desk = Desk::new();
    let path = desk.path("extract.parquet").display().to_string();
    let stock = duckdb::Connection::open_in_memory().expect("engine");
    stock
        .execute_batch(&format!(
            "copy (
                 select * from (values
                     (7.0::double, 5.00::decimal(9, 2), '8N', date '2026-06-01'),
                     (8.5::double, null, '8N', date '2026-06-01'),
                     (9.0::double, 5.50::decimal(9, 2), '8N', date '2026-06-01'),
                     ('nan'::double, 6.00, '8N', date '2026-06-01')
                 ) as t(crime_id, suspect_id, code, reported_on)
             ) to '{path}' (format parquet)"
        ))
        .expect("Parquet written");
    let account = desk.load(&["extract.parquet"]);
    assert_eq!(balance(&account), [3, 0, 0, 0, 1], "{account}");
    assert_eq!(desk.rows("select crime_id from crime order by 1"), ["7", "8.5", "9"]);
    assert_eq!(desk.rows("select person_id from person order by 1"), ["5", "5.50"]);
    assert_eq!(desk.row("select line, reason from load_reject"), "4|no crime_id");
}

#[test]
fn an_object_is_placed_by_its_line_or_its_number() {
    let row = |crime: &str, day: &str| {
        format!("{{\"crime_id\":\"{crime}\",\"code\":\"8N\",\"reported_on\":\"{day}\"}}")
    };
    let (good, bad) = (row("C1", "2026-06-01"), row("C2", "soon"));
    for (extract, line) in [(format!("{good}\n\n{bad}\n"), 3), (format!("[\n\n{good},\n{bad}\n]"), 2)] {
        let desk = Desk::new();
        desk.write("extract.json", extract);
        desk.load(&["extract.json"]);
        assert_eq!(desk.row("select line, crime_id from load_reject"), format!("{line}|C2"));
    }
}

fn workbook(name: &str) -> Vec<u8> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixture/workbook");
    std::fs::read(folder.join(name)).expect("a workbook")
}

/// A desk into which a workbook was loaded, and the account of it.
#[track_caller]
fn loaded(name: &str, flags: &[&str]) -> (Desk, Json) {
    let desk = Desk::new();
    desk.write(name, workbook(name));
    let account = desk.load(&[&[name], flags].concat());
    assert!(desk.names().iter().all(|name| !name.starts_with('.')), "{:?}", desk.names());
    (desk, account)
}

#[test]
fn a_workbook_is_read_with_dates_as_dates_and_numbers_as_references() {
    for (name, flags) in
        [("plain.xlsx", &[][..]), ("hidden_sheet.xlsx", &[]), ("second_sheet.xlsx", &["--sheet", "extract"])]
    {
        let (desk, account) = loaded(name, flags);
        assert_eq!(balance(&account), [4, 0, 0, 0, 0], "{account}");
        assert!(warnings(&account).is_empty(), "{account}");
        assert_eq!(
            desk.rows("select crime_id, reported_on from crime order by 1"),
            ["007|2026-06-01", "1e3|2026-06-02", "C3|2026-06-03"]
        );
        let people = "select person_id, birth_year from person where person_id not like 'V%' order by 1";
        assert_eq!(desk.rows(people), ["10|1991", "100|1990"]);
    }
}

#[test]
fn a_sheet_that_is_not_there_is_answered_with_those_that_are() {
    let desk = Desk::new();
    desk.write("second_sheet.xlsx", workbook("second_sheet.xlsx"));
    let stderr = desk.run(&["load", "second_sheet.xlsx", "--sheet", "Extrct"]).failed(2);
    assert_contains(&stderr, &["no sheet \"Extrct\"", "did you mean \"Extract\"?", "\"Notes\", \"Extract\""]);
    let stderr = desk.run(&["load", "second_sheet.xlsx"]).failed(1);
    assert_contains(&stderr, &["no column crime_id"]);
    desk.write("extract.csv", EXTRACT);
    let stderr = desk.run(&["load", "extract.csv", "--sheet", "Extract"]).failed(2);
    assert_contains(&stderr, &["is not a workbook: --sheet says nothing of it"]);
}

#[test]
fn titles_and_empty_rows_of_a_sheet_are_no_rows_and_shift_no_line() {
    let (desk, account) = loaded("title_and_gaps.xlsx", &[]);
    assert_eq!(balance(&account), [2, 0, 0, 0, 1], "{account}");
    assert_eq!(desk.row("select line, crime_id from load_reject"), "6|C2");
    assert_eq!(desk.row("select line, bad_value from load_issue"), "8|never");
}

#[test]
fn merged_cells_all_have_the_value_they_show() {
    let (desk, account) = loaded("merged_cells.xlsx", &[]);
    assert_eq!(balance(&account), [2, 0, 0, 0, 0], "{account}");
    assert_contains(warnings(&account)[0], &["3 merged cells were given the value they show"]);
    assert_eq!(desk.row("select count(*), count(distinct crime_key) from suspect"), "2|1");
}

#[test]
fn an_error_in_a_cell_is_no_reference_of_anybody() {
    let (desk, account) = loaded("formula_errors.xlsx", &[]);
    assert_eq!(balance(&account), [1, 0, 0, 0, 1], "{account}");
    let told = decision(&account, "cells with an error");
    assert_contains(&told, &["2 cells hold an error", "formula_errors.xlsx: #N/A in D2", "read as empty"]);
    assert_eq!(desk.row("select count(*) from person where person_id like '#%'"), "0");
}

/// What the account says is to be decided about a topic.
#[track_caller]
fn decision(account: &Json, topic: &str) -> String {
    let decisions = account["decisions"].as_array().expect("decisions");
    let found = decisions.iter().find(|decision| decision["topic"] == topic);
    found.unwrap_or_else(|| panic!("{topic} in {account}")).to_string()
}

#[test]
fn what_a_spreadsheet_loses_is_said_loudly() {
    let (_, account) = loaded("long_numbers.xlsx", &[]);
    let lost = decision(&account, "numbers that lost digits");
    assert_contains(
        &lost,
        &["1 number has sixteen digits or more", "several people may be one", "long_numbers.xlsx: A2"],
    );
    let (_, account) = loaded("beyond_the_header.xlsx", &[]);
    assert_contains(warnings(&account)[0], &["1 row has values beyond the last column", "H2"]);
    let (desk, account) = loaded("at_the_limit.xlsx", &[]);
    assert_contains(warnings(&account)[0], &["ends on line 1,048,576", "rows may be cut off"]);
    let text = desk.run(&["load", "at_the_limit.xlsx"]).succeeded();
    assert_contains(&text, &["\nWARNING at_the_limit.xlsx: ends on line 1,048,576"]);
}

#[test]
fn an_export_of_exactly_as_many_rows_as_a_tool_gives_out_is_doubted() {
    let rows = lines((0..30_000).map(|row| format!("C{row},8N,2026-06-01")));
    let extract = format!("crime_id,code,reported_on\n{rows}");
    let desk = Desk::new();
    assert_contains(warnings(&desk.load_text(&extract, &[]))[0], &["30,000 rows", "may be cut off"]);
    assert!(warnings(&desk.load_text(&format!("{extract}C,8N,2026-06-01\n"), &[])).is_empty());
}

#[test]
fn a_workbook_reaches_an_adapter_of_ones_own_as_csv() {
    let desk = Desk::new();
    desk.write("plain.xlsx", workbook("plain.xlsx"));
    desk.write(
        "own.sql",
        "select 'X' || crime_id as crime_id, code, reported_on from read_csv($path, all_varchar = true)",
    );
    let account = desk.load(&["plain.xlsx", "--adapter", "own.sql"]);
    assert_eq!(balance(&account), [4, 0, 0, 0, 0], "{account}");
    assert_eq!(desk.row("select min(crime_id) from crime"), "X007");
    desk.write("extract.csv", windows_1252(ACCENTS));
    desk.write("own.sql", "select * from read_csv($path, all_varchar = true)");
    desk.load(&["extract.csv", "--adapter", "own.sql", "--encoding", "windows-1252"]);
    assert_eq!(desk.row(AREA), "Café \u{2019}n\u{2019} Bar");
    let stderr = desk.run(&["load", "extract.csv", "--adapter", "own.sql", "--delimiter", ";"]).failed(2);
    assert_contains(&stderr, &["--delimiter and --quote are for the flat extract"]);
}

#[test]
fn columns_may_be_mapped_by_hand() {
    let desk = Desk::new();
    desk.write("extract.csv", "Our Ref,Offence,Logged,Borough,code\nC1,8N,01/06/2026,Bow,ignored\n");
    let maps = |maps: &[&'static str]| -> Vec<&'static str> {
        let flags = maps.iter().flat_map(|map| ["--map", *map]);
        ["extract.csv"].into_iter().chain(flags).collect()
    };
    let given = ["our ref=crime_id", "Offence=Code", "\"Logged\"=reported on", "Logged=committed_to_on"];
    let account = desk.load(&maps(&given));
    assert_eq!(balance(&account), [1, 0, 0, 0, 0], "{account}");
    assert_eq!(account["columns_unread"], json!(["code"]));
    assert_eq!(
        desk.row("select crime_id, code, reported_on, committed_to_on, borough from crime"),
        "C1|8N|2026-06-01|2026-06-01|Bow"
    );
    let before = desk.whole_fingerprint();
    let wrong = maps(&["Our Reff=crime_id", "Offence=cod", "Logged=reported_on"]);
    let stderr = desk.run(&[&["load"], &wrong[..]].concat()).failed(1);
    assert_contains(
        &stderr,
        &[
            "the file has no column \"Our Reff\"",
            "did you mean \"Our Ref\"?",
            "the flat extract has no column \"cod\"",
            "did you mean \"code\"?",
        ],
    );
    assert_contains(&desk.run(&["load", "extract.csv", "--map", "crime_id"]).failed(2), &["--map"]);
    assert_eq!(desk.whole_fingerprint(), before);
}

#[test]
fn fault_27_names_beneath_words_that_span_them_are_found_with_header_row() {
    let desk = Desk::new();
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixture/workbook/two_header_rows.xlsx");
    desk.write("two.xlsx", std::fs::read(path).expect("a workbook"));
    desk.write(
        "two.csv",
        "Crime,,,Suspect,,area\ncrime_id,code,reported_on,suspect_id,suspect_sex,\n\
         C1,8N,2026-06-01,N1,M,North\nC2,19C,2026-06-02,N2,M,South\n",
    );
    let mut found = Vec::new();
    for file in ["two.xlsx", "two.csv"] {
        let stderr = desk.run(&["load", file]).failed(1);
        assert_contains(
            &stderr,
            &["row 1 is not the header: the names of the columns stand in row 2", "--header-row 2"],
        );
        let account = desk.load(&[file, "--header-row", "2", "--extract-date", "2026-06-30"]);
        assert_eq!(account["rows_in"], 2, "{account}");
        found.push(desk.rows("select crime_id, code, area from crime order by 1"));
        let stderr = desk.run(&["load", file, "--header-row", "9"]).failed(1);
        assert_contains(&stderr, &["--header-row counts"]);
        // A line of a row that is refused is that of the file.
        desk.write("late.csv", "x,,\ncrime_id,code,reported_on\nC1,8N,2026-06-01\nC2,8N,nothing\n");
        let refused = desk.run(&["load", "late.csv", "--header-row", "2", "--dry-run"]).succeeded();
        assert_contains(&refused, &["late.csv line 4"]);
    }
    assert_eq!(found[0], ["C1|8N|North", "C2|19C|South"]);
    assert_eq!(found[0], found[1]);
}

#[test]
fn fault_22_a_long_value_that_nobody_reads_refuses_no_row_of_json() {
    let desk = Desk::new();
    let long = "x".repeat(3_000_000);
    desk.write(
        "long.jsonl",
        format!(
            "{{\"crime_id\":\"C1\",\"code\":\"8N\",\"reported_on\":\"2026-06-01\",\"notes\":\"{long}\"}}\n\
             {{\"crime_id\":\"C2\",\"code\":\"8N\",\"reported_on\":\"never\",\"notes\":\"é{long}\"}}\n"
        ),
    );
    let account = desk.load(&["long.jsonl", "--extract-date", "2026-06-30"]);
    assert_eq!(balance(&account), [1, 0, 0, 0, 1], "{account}");
    assert_eq!(desk.row("select line, crime_id from load_reject"), "2|C2");
}

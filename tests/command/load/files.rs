//! Files as they come: columns in any order, compressed, Parquet, other delimiters, damaged.

use super::balance;
use crate::support::{Desk, assert_contains, finish, lines, text};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::collections::BTreeMap;
use std::io::Write;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

pub const EXTRACT: &str = "\
crime_id,code,reported_on,borough,suspect_id,suspect_sex,suspect_birth,victim_id,victim_sex
007,19C,2026-06-01,\"Bow, East\",P100,M,1990-04,V1,F
007,19C,2026-06-01,\"Bow, East\",P10,M,1991,V1,F
1e3,8N,02/06/2026,\"Kew \"\"Village\"\"\",P100,M,1990-04,V2,F
C3,105A,2026-06-03,,,,,V2,F
";

/// The tables that the extract as it stands makes.
fn expected() -> &'static BTreeMap<String, String> {
    static EXPECTED: OnceLock<BTreeMap<String, String>> = OnceLock::new();
    EXPECTED.get_or_init(|| Desk::holding(EXTRACT, &[]).fingerprint())
}

#[track_caller]
pub fn assert_same_tables(name: &str, bytes: impl AsRef<[u8]>) {
    let desk = Desk::new();
    desk.write(name, bytes);
    let account = desk.load(&[name]);
    assert_eq!(balance(&account), [4, 0, 0, 0, 0], "{account}");
    assert_eq!(&desk.fingerprint(), expected(), "{name}");
}

/// The extract with its fields parted anew.
fn with_delimiter(delimiter: u8) -> Vec<u8> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(EXTRACT.as_bytes());
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
    for record in reader.records() {
        writer.write_record(&record.expect("record")).expect("written");
    }
    writer.into_inner().expect("bytes")
}

pub fn gzip(text: impl AsRef<[u8]>) -> Vec<u8> {
    let mut writer = GzEncoder::new(Vec::new(), Compression::default());
    writer.write_all(text.as_ref()).expect("compressed");
    writer.finish().expect("compressed")
}

#[test]
fn columns_are_matched_by_name_and_never_by_position() {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(EXTRACT.as_bytes());
    let records: Vec<_> = reader.records().map(|record| record.expect("record")).collect();
    let width = records[0].len();
    // Two columns of one kind swapped, and the whole order reversed.
    let place = |name: &str| records[0].iter().position(|column| column == name).expect("column");
    let mut swapped: Vec<_> = (0..width).collect();
    swapped.swap(place("suspect_id"), place("victim_id"));
    for order in [swapped, (0..width).rev().collect()] {
        let mut writer = csv::Writer::from_writer(Vec::new());
        for record in &records {
            writer.write_record(order.iter().map(|place| &record[*place])).expect("written");
        }
        assert_same_tables("swapped.csv", writer.into_inner().expect("bytes"));
    }
}

#[test]
fn headers_may_differ_in_case_blanks_and_hyphens() {
    let extract = EXTRACT
        .replace("crime_id,code,reported_on", "Crime ID, CODE ,reported-on")
        .replace("suspect_id", "SuspectID");
    assert_same_tables("extract.csv", extract);
}

#[test]
fn a_compressed_file_is_read() {
    assert_same_tables("extract.csv.gz", gzip(EXTRACT));
}

#[test]
fn semicolon_tab_and_bar_part_columns_too() {
    for delimiter in [b';', b'\t', b'|'] {
        assert_same_tables("extract.csv", with_delimiter(delimiter));
    }
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_first_column() {
    assert_same_tables("extract.csv", format!("\u{feff}{EXTRACT}"));
}

#[test]
fn windows_line_ends_and_a_missing_last_one_are_read() {
    assert_same_tables("extract.csv", EXTRACT.replace('\n', "\r\n"));
    assert_same_tables("extract.csv", EXTRACT.trim_end());
}

#[test]
fn quoted_line_breaks_stay_in_their_field() {
    let desk = Desk::holding(
        "crime_id,code,reported_on,area\nC1,8N,2026-06-01,\"first\nsecond\"\nC2,8N,2026-06-01,\"a\r\n\r\nb\"\n",
        &[],
    );
    assert_eq!(
        desk.rows("select crime_id, hex(area) from crime order by 1"),
        ["C1|66697273740A7365636F6E64", "C2|610D0A0D0A62"]
    );
}

#[test]
fn parquet_is_read_whatever_the_types_of_its_columns() {
    let desk = Desk::new();
    desk.write("extract.csv", EXTRACT);
    let csv = desk.path("extract.csv").display().to_string();
    let stock = duckdb::Connection::open_in_memory().expect("engine");
    let rows = format!("read_csv('{csv}', header = true, all_varchar = true)");
    let texts = format!("select * from {rows}");
    let typed = format!(
        "select * replace (
             coalesce(try_strptime(reported_on, '%d/%m/%Y')::date, try_cast(reported_on as date)) as reported_on
         ) from {rows}"
    );
    let instants = format!(
        "select * replace (
             coalesce(try_strptime(reported_on, '%d/%m/%Y'), try_cast(reported_on as timestamp)) as reported_on
         ) from {rows}"
    );
    for select in [texts, typed, instants] {
        let path = desk.path("extract.parquet").display().to_string();
        stock
            .execute_batch(&format!("copy ({select}) to '{path}' (format parquet)"))
            .expect("Parquet written");
        assert_same_tables("extract.parquet", std::fs::read(path).expect("bytes"));
    }
}

#[test]
fn several_files_are_one_load_in_any_order() {
    let lines: Vec<_> = EXTRACT.lines().collect();
    let desk = Desk::new();
    desk.write("a.csv", lines[..2].join("\n"));
    desk.write("b.csv.gz", gzip([&[lines[0]], &lines[2..]].concat().join("\n")));
    let account = desk.load(&["a.csv", "b.csv.gz"]);
    assert_eq!(balance(&account), [4, 0, 0, 0, 0], "{account}");
    assert_eq!(&desk.fingerprint(), expected());
    assert_eq!(
        desk.rows("select batch_key, file_number, file_name, rows_in from load_file order by 2"),
        ["1|1|a.csv|1", "1|2|b.csv.gz|3"]
    );
    std::fs::copy(Desk::new().db(), desk.db()).expect("a fresh database");
    desk.load(&["b.csv.gz", "a.csv"]);
    assert_eq!(&desk.fingerprint(), expected());
}

#[test]
fn the_record_of_a_load_holds_the_sha_256_of_the_file() {
    let desk = Desk::holding("crime_id,code,reported_on\n", &["--extract-date", "2026-06-01"]);
    assert_eq!(
        desk.row("select file_name, file_bytes, file_hash from load_file"),
        "extract.csv|26|264d9b4ca88a465c3ac37054febb090d5124b3d609b3ec7859a2f50e7660f7e0"
    );
}

/// Loads a file that must be refused with these problems, and leave no trace.
#[track_caller]
pub fn assert_refused(name: &str, bytes: impl AsRef<[u8]>, messages: &[&str]) -> Vec<String> {
    let desk = Desk::holding(EXTRACT, &[]);
    let before = desk.whole_fingerprint();
    desk.write(name, bytes);
    let problems = desk.run(&["load", name, "--errors", "json"]).problems(1);
    let found: Vec<_> = problems.iter().map(|problem| text(&problem["message"])).collect();
    assert_eq!(found.len(), messages.len(), "{found:?}");
    for (found, message) in found.iter().zip(messages) {
        assert_contains(found, &[message]);
    }
    for problem in &problems {
        assert_eq!((text(&problem["at"]), text(&problem["kind"])), (name, "failed"));
    }
    assert_eq!(desk.whole_fingerprint(), before);
    assert_eq!(desk.names().iter().filter(|name| name.starts_with('.')).count(), 0, "{:?}", desk.names());
    problems.iter().filter_map(|problem| problem["hint"].as_str().map(ToOwned::to_owned)).collect()
}

#[test]
fn every_missing_and_doubled_column_is_named_at_once() {
    let hints = assert_refused(
        "extract.csv",
        "Crime ID,crime_id,reported_date,officer\nC1,C1,2026-06-01,x\n",
        &[
            "column crime_id stands twice, as \"Crime ID\" and \"crime_id\"",
            "no column code",
            "no column reported_on",
        ],
    );
    assert_contains(
        &hints.join("\n"),
        &[
            "choose one: --map crime_id=crime_id",
            "the file has: Crime ID, crime_id, reported_date, officer",
            "is it \"reported_date\"? then: --map reported_date=reported_on",
        ],
    );
}

#[test]
fn columns_are_asked_of_parquet_too() {
    let desk = Desk::bare();
    let path = desk.path("extract.parquet").display().to_string();
    let stock = duckdb::Connection::open_in_memory().expect("engine");
    stock
        .execute_batch(&format!(
            "copy (select 'C1' as crime_ref, '8N' as code, 1 as reported_on) to '{path}' (format parquet)"
        ))
        .expect("Parquet written");
    let hints =
        assert_refused("extract.parquet", std::fs::read(path).expect("bytes"), &["no column crime_id"]);
    assert_contains(&hints[0], &["is it \"crime_ref\"?"]);
}

#[test]
fn columns_that_are_not_read_are_named_in_the_account() {
    let desk = Desk::new();
    let account = desk
        .load_text("crime_id,officer,code,reported_on,victim_name\nC1,PC Who,8N,2026-06-01,Ann Other\n", &[]);
    assert_eq!(account["columns_unread"], serde_json::json!(["officer", "victim_name"]));
    let text = desk.run(&["load", "extract.csv"]).succeeded();
    assert_contains(&text, &["columns not read: officer, victim_name\n"]);
    for table in desk.rows("select table_name from duckdb_tables() where not internal") {
        assert_eq!(
            desk.row(&format!(
                "select count(*) from {table} as t where regexp_matches(t::varchar, 'PC Who|Ann Other')"
            )),
            "0",
            "{table}"
        );
    }
}

#[test]
fn an_empty_file_is_refused() {
    assert_refused("extract.csv", "", &["is empty: not even a header"]);
}

#[test]
fn a_file_of_one_column_is_refused() {
    assert_refused("extract.csv", "crime_id\nC1\n", &["the first line is one column: \"crime_id\""]);
}

#[test]
fn a_file_that_is_not_text_is_refused() {
    assert_refused("extract.csv", b"\xff\xfe\x00\x01,\x80\n", &["cannot be read: byte 7 is not utf-16le"]);
    assert_refused("extract.csv", b"crime_id,\x81\nC1,\xff\n", &["the header is not UTF-8"]);
    assert_refused("extract.csv", b"crime_id,code\nC1,8\0N\n", &["a zero byte stands on line 2"]);
}

#[test]
fn a_truncated_compressed_file_is_refused() {
    let rows = lines((0..5000).map(|row| format!("C{row},8N,2026-06-01,P{}", row * 7919 % 5003)));
    let bytes = gzip(format!("crime_id,code,reported_on,suspect_id\n{rows}"));
    assert_refused("extract.csv.gz", &bytes[..bytes.len() / 2], &["the compressed file is cut short"]);
    assert_refused("extract.csv.gz", &bytes[..40], &["the compressed file is cut short"]);
}

#[test]
fn a_file_named_gz_that_is_not_compressed_is_refused() {
    assert_refused("extract.csv.gz", EXTRACT, &["is named .gz, but is not compressed"]);
}

#[test]
fn a_file_named_parquet_that_is_not_is_refused() {
    assert_refused("extract.parquet", EXTRACT, &["is named .parquet, but is not Parquet"]);
}

#[test]
fn a_folder_and_a_missing_file_are_refused() {
    let desk = Desk::new();
    std::fs::create_dir(desk.path("folder")).expect("folder");
    assert_contains(&desk.run(&["load", "folder"]).failed(1), &["harmrank: folder: is empty"]);
    desk.write("folder/extract.csv", EXTRACT);
    assert_contains(
        &desk.run(&["load", "folder"]).failed(1),
        &["harmrank: folder: a folder, not a file of the extract"],
    );
    assert_contains(&desk.run(&["load", "absent.csv"]).failed(1), &["harmrank: absent.csv: no such file"]);
    assert_eq!(desk.row("select count(*) from load_batch"), "0");
}

/// A file is read more than once: for its fingerprint, its header and its rows.
#[test]
fn a_pipe_is_refused() {
    let desk = Desk::new();
    let made = std::process::Command::new("mkfifo").arg(desk.path("pipe.csv")).status().expect("mkfifo");
    assert!(made.success());
    let mut child = desk.start(&["load", "pipe.csv"]);
    // Nobody writes into the pipe: to open it would be to wait for ever.
    let begun = Instant::now();
    while child.try_wait().expect("state").is_none() && begun.elapsed() < Duration::from_secs(10) {
        std::thread::sleep(Duration::from_millis(20));
    }
    let _ = child.kill();
    assert_contains(&finish(child).failed(1), &["harmrank: pipe.csv: "]);
}

#[test]
fn one_missing_file_among_several_refuses_the_load() {
    let desk = Desk::new();
    desk.write("extract.csv", EXTRACT);
    desk.run(&["load", "extract.csv", "absent.csv"]).failed(1);
    assert_eq!(desk.row("select count(*) from crime"), "0");
}

/// A header alone, and rows that are all refused: neither may move the day the lists end on.
#[test]
fn an_extract_of_which_nothing_is_taken_does_not_move_the_data_date() {
    for rows in ["", "C9,8N,soon\n"] {
        let desk = Desk::holding(EXTRACT, &[]);
        let before = desk.fingerprint();
        desk.write("extract.csv", format!("crime_id,code,reported_on\n{rows}"));
        let outcome = desk.run(&["load", "extract.csv"]);
        assert!(matches!(outcome.code, Some(0 | 1)), "{outcome:#?}");
        assert_eq!(desk.fingerprint(), before);
        assert_eq!(desk.row("select data_date from data_date"), "2026-06-03", "rows {rows:?}");
    }
}

#[test]
fn a_name_with_signs_of_a_pattern_is_one_file() {
    let desk = Desk::new();
    desk.write("a1.csv", "crime_id,code,reported_on\nother,8N,2026-06-01\n");
    for name in ["a[1].csv", "a*.csv", "a?.csv", "it's.csv"] {
        std::fs::copy(Desk::new().db(), desk.db()).expect("a fresh database");
        desk.write(name, EXTRACT);
        desk.load(&[name]);
        assert_eq!(&desk.fingerprint(), expected(), "{name}");
    }
}

#[test]
fn lines_that_look_like_comments_are_rows() {
    let desk = Desk::new();
    let account = desk.load_text("crime_id,code,reported_on\n#1,8N,2026-06-01\n#2,8N,2026-06-02\n", &[]);
    assert_eq!(balance(&account), [2, 0, 0, 0, 0], "{account}");
    assert_eq!(desk.rows("select crime_id from crime order by 1"), ["#1", "#2"]);
}

#[test]
fn rows_that_are_all_too_wide_are_refused_one_by_one() {
    let desk = Desk::new();
    let account = desk.load_text(
        "crime_id,code,reported_on\nC1,8N,2026-06-01,x\nC2,8N,2026-06-02,y\n",
        &["--extract-date", "2026-06-02"],
    );
    assert_eq!(balance(&account), [0, 0, 0, 0, 2], "{account}");
}

#[test]
fn an_idle_comma_behind_every_row_is_no_column() {
    let desk = Desk::new();
    let account = desk.load_text("crime_id,code,reported_on,\nC1,8N,2026-06-01,\n", &[]);
    assert_eq!(balance(&account), [1, 0, 0, 0, 0], "{account}");
    let account = desk.load_text("crime_id,code,reported_on\nC1,8N,2026-06-01,\n", &[]);
    assert_eq!(balance(&account), [0, 0, 1, 0, 0], "{account}");
}

/// Escape sequences in a sex, a birth, a reference, the name of a column or of a file are no orders to a terminal.
#[test]
fn fault_30_nothing_of_a_file_is_an_order_to_a_terminal() {
    let desk = Desk::new();
    let name = "a\u{1b}[31m\u{202e}.csv";
    desk.write(
        name,
        "crime_id,code,reported_on,suspect_id,suspect_sex,suspect_birth,od\u{1b}[2Jd\u{9b}\n\
         C1,19C,2026-06-01,P\u{1b}]0;x\u{7},Z\u{1b}[2J,19\u{9b}31m,x\n\
         C2,19C,no\u{202e}day,P2,M,1990,x\n",
    );
    for arguments in [
        vec!["load", name, "--extract-date", "2026-06-05"],
        vec!["loads", "show", "1"],
        vec!["loads", "list"],
        vec!["load", name, "--extract-date", "2026-06-05", "--strict"],
        vec!["load", "no\u{1b}[2J.csv"],
        vec!["report", "explain", "--person", "Q\u{1b}[2J\u{202e}"],
        vec!["report", "v\u{1b}[2J"],
        vec!["sql", "select * from \"a\u{1b}[2J\""],
        vec!["report", "explain", "--person", "P\u{1b}]0;x\u{7}"],
    ] {
        let outcome = desk.run(&arguments);
        let said = format!("{}{}", outcome.stdout, outcome.stderr);
        assert!(!said.is_empty(), "{arguments:?}");
        let is_order =
            |sign: char| sign.is_control() && sign != '\n' || ('\u{202a}'..='\u{202e}').contains(&sign);
        let found: Vec<_> = said.chars().filter(|sign| is_order(*sign)).collect();
        assert!(found.is_empty(), "{arguments:?}: {found:?} in {said}");
    }
}

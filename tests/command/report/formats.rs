//! What comes out: each report in each text format as a snapshot, binary formats read back, the same bytes for
//! the same run.

use super::held;
use crate::demo::demo;
use crate::support::{Desk, assert_contains, text};
use arrow::array::RecordBatch;
use arrow::datatypes::DataType;
use arrow::util::display::array_value_to_string;
use calamine::{Data, Reader, Xlsx, open_workbook};
use serde_json::Value as Json;
use std::fs::File;

const TEXT_FORMATS: [&str; 7] = ["table", "csv", "tsv", "json", "jsonl", "markdown", "html"];
const ENDINGS: [&str; 10] = ["txt", "csv", "tsv", "json", "jsonl", "md", "html", "xlsx", "parquet", "arrow"];
/// Each built-in report with what it needs.
const REPORTS: [&[&str]; 7] = [
    &["v100"],
    &["explain", "--person", "N101"],
    &["coverage"],
    &["reconciliation"],
    &["conflicts"],
    &["outcomes", "--band", "2"],
    &["retention", "--years", "1", "--as-of", "2027-06-15", "--kind", "person,quarantine"],
];
/// Those with harm days.
const WEIGHED: [&str; 4] = ["v100", "explain", "coverage", "outcomes"];

/// A desk with a list of one kept by a schedule: its name is the same at any time.
fn held_with_list() -> Desk {
    let desk = held();
    desk.write(
        "schedules.toml",
        "[schedule.top]\nreport = \"v100\"\nparams = { as_of = \"period-end\", limit = 1 }\nperiod = \"monthly\"\n\
         on = 1\nat = \"06:00\"\nformats = [\"csv\"]\nfolder = \"lists\"\n",
    );
    let mut run = desk.command(&["schedule", "run"]);
    let made = run.env_remove("HARMRANK_TODAY").env("HARMRANK_NOW", "2026-04-01T06:00:00Z").output();
    assert!(made.expect("run").status.success());
    desk
}

/// A text without what changes with every change of the SQL or the style.
fn settled(text: &str, meta: &Json) -> String {
    let mut settled = text.to_owned();
    for (name, value) in [("report", &meta["report_hash"]), ("SQL", &meta["sql_hash"])] {
        let hash = self::text(value);
        settled = settled.replace(hash, &format!("[hash of the {name}]"));
        settled = settled.replace(&hash[..12], &format!("[hash of the {name}]"));
    }
    for (before, after) in [("<style>", "</style>"), ("style-src '", "'")] {
        if let Some((head, rest)) = settled.split_once(before)
            && let Some((_, tail)) = rest.split_once(after)
        {
            settled = format!("{head}{before}[style]{after}{tail}");
        }
    }
    settled
        .replace(&format!("harmrank {}", env!("CARGO_PKG_VERSION")), "harmrank [version]")
        .replace(&format!("\"harmrank\": \"{}\"", env!("CARGO_PKG_VERSION")), "\"harmrank\": \"[version]\"")
}

#[test]
fn every_report_in_every_text_format_is_as_it_was_read_last() {
    let built_in = harmrank::report::built_in().expect("reports");
    assert_eq!(built_in.len(), REPORTS.len(), "a report without snapshots");
    let desk = held_with_list();
    for report in REPORTS {
        let meta = desk.report(report)["meta"].clone();
        for format in TEXT_FORMATS {
            let shown = desk.run(&[&["report"], report, &["--format", format]].concat()).succeeded();
            insta::assert_snapshot!(format!("{}_{format}", report[0]), settled(&shown, &meta));
        }
    }
}

/// Rows of a report as JSON has them: null as a dash, texts and numbers as they are.
fn rows_of(desk: &Desk, report: &[&str]) -> Vec<Vec<String>> {
    let found = desk.report(report);
    let rows = found["rows"].as_array().expect("rows");
    rows.iter().map(|row| row.as_object().expect("row").values().map(plain).collect()).collect()
}

fn plain(value: &Json) -> String {
    match value {
        Json::Null => "-".to_owned(),
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn trimmed(number: &str) -> String {
    if number.contains('.') {
        number.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        number.to_owned()
    }
}

fn rows_in(batch: &RecordBatch) -> Vec<Vec<String>> {
    let cell = |column: &arrow::array::ArrayRef, row| {
        if column.is_null(row) {
            return "-".to_owned();
        }
        let shown = array_value_to_string(column, row).expect("value");
        if column.data_type().is_numeric() { trimmed(&shown) } else { shown }
    };
    (0..batch.num_rows())
        .map(|row| batch.columns().iter().map(|column| cell(column, row)).collect())
        .collect()
}

#[test]
fn an_arrow_stream_holds_the_rows_with_the_types_of_the_engine() {
    let desk = held_with_list();
    for report in REPORTS {
        desk.run(&[&["report"], report, &["-o", "rows.arrow"]].concat()).succeeded();
        let file = File::open(desk.path("rows.arrow")).expect("file");
        let reader = arrow::ipc::reader::StreamReader::try_new(file, None).expect("a stream");
        let kinds: Vec<_> = reader.schema().fields().iter().map(|field| field.data_type().clone()).collect();
        let has_days = kinds.iter().any(|kind| matches!(kind, DataType::Decimal128(_, 4)));
        assert_eq!(has_days, WEIGHED.contains(&report[0]), "{kinds:?}");
        let rows: Vec<_> = reader.flat_map(|batch| rows_in(&batch.expect("batch"))).collect();
        assert_eq!(rows, rows_of(&desk, report), "{report:?}");
    }
}

#[test]
fn a_parquet_file_read_by_the_engine_holds_the_rows_with_its_types() {
    let desk = held_with_list();
    for report in REPORTS {
        desk.run(&[&["report"], report, &["-o", "rows.parquet"]].concat()).succeeded();
        let connection = duckdb::Connection::open_in_memory().expect("engine");
        let sql = format!("from '{}'", desk.path("rows.parquet").display());
        let mut statement = connection.prepare(&sql).expect("readable");
        let stream = statement.query_arrow([]).expect("read");
        let kinds: Vec<_> =
            stream.get_schema().fields().iter().map(|field| field.data_type().clone()).collect();
        let batches: Vec<_> = stream.collect();
        let has_days = kinds.iter().any(|kind| matches!(kind, DataType::Decimal128(_, 4)));
        assert_eq!(has_days, WEIGHED.contains(&report[0]), "{kinds:?}");
        let rows: Vec<_> = batches.iter().flat_map(rows_in).collect();
        assert_eq!(rows, rows_of(&desk, report), "{report:?}");
    }
}

#[test]
fn a_workbook_holds_the_rows_and_on_a_second_sheet_the_run() {
    let desk = held_with_list();
    for report in REPORTS {
        desk.run(&[&["report"], report, &["-o", "rows.xlsx"]].concat()).succeeded();
        let mut book: Xlsx<_> = open_workbook(desk.path("rows.xlsx")).expect("a workbook");
        assert_eq!(book.sheet_names(), ["Rows", "About"]);
        let rows = book.worksheet_range("Rows").expect("sheet");
        let found: Vec<Vec<_>> = rows.rows().skip(1).map(|row| row.iter().map(shown).collect()).collect();
        assert_eq!(found, rows_of(&desk, report), "{report:?}");
        let about = book.worksheet_range("About").expect("sheet");
        let lines: Vec<_> = about.rows().map(|row| format!("{}: {}", row[0], row[1])).collect();
        let meta = &desk.report(report)["meta"];
        for part in [
            format!("title: {}", text(&meta["title"])),
            "data of: 2026-06-30".to_owned(),
            format!("SHA-256 of the SQL: {}", text(&meta["sql_hash"])),
        ] {
            assert!(lines.contains(&part), "{part} is not in {lines:#?}");
        }
        let notes = meta["notes"].as_array().expect("notes");
        assert!(notes.iter().all(|note| lines.iter().any(|line| line.ends_with(text(&note["note"])))));
    }
}

/// A value of a sheet as JSON has it.
fn shown(value: &Data) -> String {
    match value {
        Data::Empty => "-".to_owned(),
        Data::DateTime(day) => {
            let epoch = jiff::civil::date(1899, 12, 30);
            let days: i32 = format!("{}", day.as_f64()).parse().expect("whole days");
            epoch.checked_add(jiff::Span::new().days(days)).expect("a day").to_string()
        }
        other => other.to_string(),
    }
}

#[test]
fn the_same_run_gives_the_same_bytes_in_every_format_on_any_number_of_threads() {
    let (desk, _) = demo();
    let folder = tempfile::tempdir().expect("folder");
    for ending in ENDINGS {
        let bytes = ["1", "2"].map(|threads| {
            let path = folder.path().join(format!("{threads}.{ending}"));
            let path = path.to_str().expect("UTF-8");
            let flags = ["report", "v100", "--limit", "5000", "--db", "harmrank-demo.duckdb", "-o", path];
            desk.run(&[&flags[..], &["--threads", threads]].concat()).succeeded();
            std::fs::read(path).expect("file")
        });
        assert!(bytes[0] == bytes[1], "{ending} differs between one thread and two");
        assert!(bytes[0].len() > 10_000, "{ending}");
    }
}

#[test]
fn texts_that_a_spreadsheet_would_run_are_texts_unless_asked_raw() {
    let extract = super::EXTRACT.replace("N101", "=HYPERLINK(A1)");
    let desk = Desk::holding(&extract, &super::EXTRACT_DATE);
    for format in ["csv", "tsv"] {
        let guarded = desk.run(&["report", "v100", "--format", format]).succeeded();
        assert_contains(&guarded, &["'=HYPERLINK(A1)"]);
        let raw = desk.run(&["report", "v100", "--format", format, "--raw"]).succeeded();
        assert_contains(&raw, &["=HYPERLINK(A1)"]);
        assert!(!raw.contains("'="), "{raw}");
    }
    for (flags, expected) in [(&[][..], "'=HYPERLINK(A1)"), (&["--raw"], "=HYPERLINK(A1)")] {
        desk.run(&[&["report", "v100", "-o", "list.xlsx"], flags].concat()).succeeded();
        let mut book: Xlsx<_> = open_workbook(desk.path("list.xlsx")).expect("a workbook");
        let rows = book.worksheet_range("Rows").expect("sheet");
        assert_eq!(rows.get((1, 1)), Some(&Data::String(expected.to_owned())));
        assert!(book.worksheet_formula("Rows").expect("sheet").is_empty(), "a text is no formula");
    }
    assert_contains(&desk.run(&["report", "v100", "--format", "jsonl"]).succeeded(), &["\"=HYPERLINK(A1)\""]);
}

#[test]
fn a_reader_that_went_away_is_no_failure_in_any_format() {
    let desk = held();
    for format in [&TEXT_FORMATS[..], &["xlsx", "parquet", "arrow"]].concat() {
        let mut child = desk.start(&["report", "v100", "--format", format]);
        drop(child.stdout.take());
        let ended = crate::support::finish(child);
        assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""), "{format}");
    }
}

#[test]
fn a_page_of_more_than_a_browser_opens_is_refused_before_it_is_held() {
    let desk = Desk::new();
    let wide = "select repeat('x', 30000) || range as text from range(60000)";
    let stderr = desk.run(&["sql", wide, "--format", "html", "-o", "wide.html"]).failed(1);
    assert_contains(&stderr, &["more than 256 MB", "nothing was written", "--format csv"]);
    let long = "select range as number from range(100001)";
    let stderr = desk.run(&["sql", long, "--format", "html", "-o", "long.html"]).failed(1);
    assert_contains(&stderr, &["more than 100,000 rows", "nothing was written"]);
    assert_eq!(desk.names(), ["harmrank.duckdb"]);
}

#[test]
fn a_byte_order_mark_comes_on_request() {
    let desk = held();
    assert!(
        desk.run(&["report", "v100", "--format", "csv", "--bom"])
            .succeeded()
            .starts_with("\u{feff}harm_rank,")
    );
    assert!(desk.run(&["report", "v100", "--format", "csv"]).succeeded().starts_with("harm_rank,"));
}

#[test]
fn flags_that_mean_nothing_in_a_format_are_wrong_use() {
    let desk = held();
    let stderr = desk.run(&["report", "v100", "--format", "json", "--bom"]).failed(2);
    assert_contains(&stderr, &["--bom", "json has no byte-order mark", "--format csv or tsv"]);
    let stderr = desk.run(&["report", "v100", "-o", "list.parquet", "--raw"]).failed(2);
    assert_contains(&stderr, &["--raw", "parquet leaves every text as it is"]);
    assert_eq!(desk.names(), ["extract.csv", "harmrank.duckdb"]);
}

#[test]
fn an_empty_result_is_a_whole_file_in_every_format() {
    let desk = held();
    for ending in ENDINGS {
        let name = format!("none.{ending}");
        desk.run(&["report", "v100", "--min-crimes", "999", "-o", &name]).succeeded();
        let manifest = std::fs::read(desk.path(&format!("{name}.manifest.json"))).expect("manifest");
        let manifest: Json = serde_json::from_slice(&manifest).expect("JSON");
        assert_eq!(manifest["rows"], 0, "{ending}");
    }
    let mut book: Xlsx<_> = open_workbook(desk.path("none.xlsx")).expect("a workbook");
    assert_eq!(book.worksheet_range("Rows").expect("sheet").height(), 1);
}

//! `harmrank report`: the list and its explanation in every form, their files, parameters and plain SQL.

use crate::support::{Desk, assert_contains, rows, text};
use harmrank::report::{ParameterKind, Report, built_in};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::os::unix::fs::PermissionsExt;

/// The extract of the first transcript: nine people, most cases of the rules once.
const EXTRACT: &str = include_str!("../cmd/first_list.in/extract.csv");
const EXTRACT_DATE: [&str; 2] = ["--extract-date", "2026-06-30"];

fn held() -> Desk {
    Desk::holding(EXTRACT, &EXTRACT_DATE)
}

/// Text with what changes from version to version masked.
fn masked(output: &str, desk: &Desk) -> String {
    let meta = desk.report(&["v100"])["meta"].clone();
    let hash = text(&meta["sql_hash"]);
    output.replace(hash, "[hash]").replace(&hash[..12], "[hash]").replace(env!("CARGO_PKG_VERSION"), "[version]")
}

#[test]
fn the_list_as_a_table_ends_with_what_it_says_of_itself() {
    let desk = held();
    let table = desk.run(&["report", "v100", "--limit", "4"]).succeeded();
    let lines: Vec<_> = masked(&table, &desk).lines().map(ToOwned::to_owned).collect();
    assert_eq!(lines[0], "People reported for the most harm");
    assert_eq!(lines[1], "An order of reports received. It is not a prediction and not a finding of guilt.");
    let cells: Vec<Vec<_>> = lines
        .iter()
        .skip_while(|line| !line.starts_with("---"))
        .skip(1)
        .take_while(|line| !line.is_empty())
        .map(|line| line.split('|').take(3).map(str::trim).collect())
        .collect();
    assert_eq!(
        cells,
        [["1", "N101", "1835"], ["2", "N102", "1826"], ["3", "N103", "20"], ["4", "N104", "10"], ["4", "N108", "10"], ["4", "N109", "10"]]
    );
    // The footer: words wrapped at any width.
    let footer = lines.join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
    assert_contains(
        &footer,
        &[
            "cut 6 people listed, 9 suspect-crimes, 3,711 days (10 years of 365); the cut is at 10 days, where 3 are tied",
            "coverage 9 crimes counted: 8 weighted, 1 without a weight in the index; 5 where the record leaves room between low and high",
            "7 people in the pool: 6 ranked, 1 not ranked for want of a weight",
            "1 historic crimes, committed more than 365 days before the report",
            "1 crimes, 1 people: crime is cancelled",
            "1 crimes, 1 people: detected by police",
            "1 crimes, 1 people: under 18, or possibly",
            "parameters as_of 2026-06-30, window_days 365, limit 4, index cchi-2020, scope vawg",
            "index Cambridge Crime Harm Index, 2020 values (cchi-2020)",
            "run 6 rows; data of 2026-06-30; report v100, harmrank [version], SQL [hash]",
        ],
    );
}

#[test]
fn the_list_as_csv_is_rows_alone() {
    assert_eq!(
        held().run(&["report", "v100", "--format", "csv"]).succeeded(),
        "harm_rank,person_id,harm_days,harm_days_low,harm_days_high,crimes,unweighted_crimes,victims,gravest_offence,gravest_days,\
         historic_days,first_reported_on,last_reported_on,furthest_status,is_in_custody,is_age_unknown,reported_as_victim\n\
         1,N101,1835,1827,3285,2,0,1,Rape of a female aged 16 or over,1825,0,2026-03-04,2026-04-11,charged,false,false,0\n\
         2,N102,1826,1826,1909,2,0,1,Rape of a female aged 16 or over,1825,1825,2025-07-03,2026-06-01,arrested,false,false,0\n\
         3,N103,20,20,262,2,0,1,Threats to kill,10,0,2026-05-05,2026-05-06,named,false,false,0\n\
         4,N104,10,10,10,1,0,1,Threats to kill,10,0,2026-05-06,2026-05-06,named,false,false,0\n\
         4,N108,10,2,1460,1,0,1,Assault with Injury - Assault occasioning actual bodily harm,10,0,2026-02-07,2026-02-07,named,false,false,0\n\
         4,N109,10,2,1460,1,0,1,Assault with Injury - Assault occasioning actual bodily harm,10,0,2026-02-08,2026-02-08,named,false,false,0\n"
    );
}

#[test]
fn the_list_as_json_is_an_envelope_of_meta_rows_and_end() {
    let desk = held();
    let report = desk.report(&["v100"]);
    let names: Vec<_> = report.as_object().expect("object").keys().map(String::as_str).collect();
    assert_eq!(names, ["meta", "rows", "end"]);
    assert_eq!(report["end"], serde_json::json!({ "rows": 6 }));
    assert_eq!(report["rows"].as_array().map(Vec::len), Some(6));
    assert_eq!(
        report["rows"][0],
        serde_json::json!({
            "harm_rank": 1, "person_id": "N101", "harm_days": 1835, "harm_days_low": 1827, "harm_days_high": 3285,
            "crimes": 2, "unweighted_crimes": 0, "victims": 1, "gravest_offence": "Rape of a female aged 16 or over",
            "gravest_days": 1825, "historic_days": 0, "first_reported_on": "2026-03-04", "last_reported_on": "2026-04-11",
            "furthest_status": "charged", "is_in_custody": false, "is_age_unknown": false, "reported_as_victim": 0,
        })
    );
    let meta = &report["meta"];
    assert_eq!((text(&meta["report"]), text(&meta["title"])), ("v100", "People reported for the most harm"));
    assert_eq!((text(&meta["data_date"]), text(&meta["harmrank"])), ("2026-06-30", env!("CARGO_PKG_VERSION")));
    assert_eq!((text(&meta["sql_hash"]).len(), text(&meta["report_hash"]).len()), (64, 64));
    assert_eq!(text(&meta["index"]["index_id"]), "cchi-2020");
    assert_eq!(
        meta["parameters"],
        serde_json::json!({
            "as_of": "2026-06-30", "window_days": 365, "limit": 100, "index": "cchi-2020", "scope": "vawg",
            "weight_rule": "middle", "named_by": "all", "historic": "include", "proactive": "exclude", "custody": "include",
            "min_age": 18, "min_crimes": 1, "min_victims": 1, "suspect_sex": null, "borough": null, "bcu": null, "known_on": null,
        })
    );
    let notes = meta["notes"].as_array().expect("notes");
    let pool = notes.iter().find(|note| text(&note["note"]).contains("people in the pool")).expect("the pool");
    assert_eq!((text(&pool["topic"]), &pool["quantity"]), ("coverage", &7.into()));
}

#[test]
fn an_empty_list_says_so_in_every_form() {
    let desk = held();
    let never = ["report", "v100", "--as-of", "2020-01-01"];
    assert_contains(&desk.run(&never).succeeded(), &["(no rows)", "0 rows; data of 2026-06-30"]);
    assert_eq!(desk.run(&[&never[..], &["--format", "csv"]].concat()).succeeded().lines().count(), 1);
    let report = desk.report(&never[1..]);
    assert_eq!((&report["rows"], &report["end"]["rows"]), (&serde_json::json!([]), &0.into()));
}

#[test]
fn relative_days_are_printed_absolute() {
    let desk = held();
    for (written, resolved) in [("-30d", "2026-05-31"), ("month-start", "2026-06-01"), ("today", "2026-07-01"), ("30/06/2026", "2026-06-30")] {
        assert_eq!(text(&desk.report(&["v100", "--as-of", written])["meta"]["parameters"]["as_of"]), resolved, "{written}");
    }
}

#[test]
fn the_same_question_gives_the_same_bytes() {
    let desk = held();
    for format in ["table", "csv", "json"] {
        let ask = || desk.run(&["report", "v100", "--format", format]).succeeded();
        assert_eq!(ask(), ask(), "{format}");
    }
}

#[test]
fn an_output_file_is_what_the_screen_shows_and_its_manifest_has_its_hash() {
    let desk = held();
    for (ending, format) in [("csv", "csv"), ("json", "json"), ("txt", "table"), ("CSV", "csv")] {
        let name = format!("list.{ending}");
        assert_eq!(desk.run(&["report", "v100", "-o", &name]).succeeded(), "");
        let bytes = std::fs::read(desk.path(&name)).expect("file");
        let shown = desk.run(&["report", "v100", "--format", format]).succeeded();
        assert_eq!(String::from_utf8_lossy(&bytes), shown, "{name}");
        let manifest = std::fs::read(desk.path(&format!("{name}.manifest.json"))).expect("manifest");
        let manifest: Json = serde_json::from_slice(&manifest).expect("JSON");
        let hash: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!((text(&manifest["file"]), text(&manifest["sha256"]), &manifest["rows"]), (name.as_str(), hash.as_str(), &6.into()));
        assert_eq!(manifest["meta"], desk.report(&["v100"])["meta"]);
    }
}

#[test]
fn a_format_asked_for_wins_over_the_ending() {
    let desk = held();
    desk.run(&["report", "v100", "-o", "list.csv", "--format", "json"]).succeeded();
    let bytes = std::fs::read(desk.path("list.csv")).expect("file");
    assert!(serde_json::from_slice::<Json>(&bytes).is_ok());
}

#[test]
fn an_ending_that_names_no_format_is_wrong_use() {
    let desk = held();
    for name in ["list.doc", "list"] {
        let stderr = desk.run(&["report", "v100", "-o", name]).failed(2);
        assert_contains(&stderr, &[name, "its ending names no format", "--format"]);
    }
    assert_eq!(desk.names(), ["extract.csv", "harmrank.duckdb"]);
}

#[test]
fn an_output_file_is_replaced_whole() {
    let desk = held();
    desk.write("list.csv", "old\n".repeat(10_000));
    desk.run(&["report", "v100", "-o", "list.csv"]).succeeded();
    assert_eq!(
        std::fs::read_to_string(desk.path("list.csv")).expect("file"),
        desk.run(&["report", "v100", "--format", "csv"]).succeeded()
    );
}

/// The file, its manifest and nothing else; or nothing at all.
#[test]
fn where_one_of_both_cannot_be_written_neither_is() {
    let desk = held();
    desk.write("list.csv", "old\n");
    std::fs::create_dir(desk.path("list.csv.manifest.json")).expect("folder in the way of the manifest");
    desk.run(&["report", "v100", "-o", "list.csv"]).failed(1);
    assert_eq!(std::fs::read_to_string(desk.path("list.csv")).expect("file"), "old\n");
    assert_eq!(desk.names(), ["extract.csv", "harmrank.duckdb", "list.csv", "list.csv.manifest.json"]);
}

#[test]
fn an_output_in_a_missing_folder_is_refused() {
    let desk = held();
    let stderr = desk.run(&["report", "v100", "-o", "no/such/list.csv"]).failed(1);
    assert_contains(&stderr, &["no/such/list.csv"]);
}

#[test]
fn an_output_that_is_a_folder_is_refused() {
    let desk = held();
    std::fs::create_dir(desk.path("list.csv")).expect("folder");
    assert_contains(&desk.run(&["report", "v100", "-o", "list.csv"]).failed(1), &["list.csv"]);
    assert_eq!(desk.names(), ["extract.csv", "harmrank.duckdb", "list.csv"]);
}

#[test]
fn an_output_in_a_folder_without_rights_is_refused() {
    if rustix::process::geteuid().is_root() {
        // Root may write anywhere: the folder is one where nobody can.
        let stderr = held().run(&["report", "v100", "-o", "/proc/list.csv"]).failed(1);
        assert_contains(&stderr, &["/proc/list.csv"]);
        return;
    }
    let desk = held();
    let folder = desk.path("closed");
    std::fs::create_dir(&folder).expect("folder");
    std::fs::set_permissions(&folder, PermissionsExt::from_mode(0o500)).expect("rights taken");
    assert_contains(&desk.run(&["report", "v100", "-o", "closed/list.csv"]).failed(1), &["closed/list.csv"]);
    assert_eq!(std::fs::read_dir(&folder).expect("folder").count(), 0);
}

#[test]
fn a_full_disk_leaves_no_half_file() {
    let stderr = held().run(&["report", "v100", "-o", "/dev/full"]).failed(2);
    assert_contains(&stderr, &["/dev/full"]);
}

#[test]
fn every_wrong_parameter_is_reported_at_once_with_what_would_be_right() {
    let desk = held();
    let wrong = [
        "report", "v100", "--as-of", "31/02/2026", "--limit", "0", "--window-days", "a year", "--scope", "vagw", "--index", "cchi",
        "--errors", "json",
    ];
    let problems = desk.run(&wrong).problems(2);
    let found: Vec<_> = problems.iter().map(|problem| [text(&problem["kind"]), text(&problem["at"]), text(&problem["message"])]).collect();
    assert_eq!(
        found,
        [
            ["usage", "--as-of", "\"31/02/2026\" is not a day"],
            ["usage", "--window-days", "\"a year\" is not a whole number"],
            ["usage", "--limit", "0 is not between 1 and 1000000"],
            ["usage", "--index", "\"cchi\" is not one of its choices"],
            ["usage", "--scope", "\"vagw\" is not one of its choices"],
        ]
    );
    let hint = |number: usize| text(&problems[number]["hint"]);
    assert_contains(hint(0), &["2026-06-30", "data-date", "-7d"]);
    assert_eq!(hint(4), "did you mean vawg? choices: vawg, vawg-stat, domestic, sexual, all");
    assert_contains(hint(3), &["cchi-2020"]);
    // The same in text: one block a problem.
    let stderr = desk.run(&wrong[..wrong.len() - 2]).failed(2);
    assert_eq!(stderr.lines().filter(|line| line.starts_with("harmrank: --")).count(), 5, "{stderr}");
}

#[test]
fn an_unknown_report_or_flag_is_answered_with_the_nearest() {
    let desk = held();
    assert_contains(&desk.run(&["report", "v10"]).failed(2), &["v100"]);
    assert_contains(&desk.run(&["reports", "show", "v10"]).failed(2), &["did you mean v100?", "reports: coverage, explain, v100"]);
    assert_contains(&desk.run(&["report", "v100", "--windw-days", "30"]).failed(2), &["--window-days"]);
}

#[test]
fn an_unknown_person_or_crime_is_answered_with_the_nearest() {
    let desk = held();
    let problems = desk.run(&["report", "explain", "--person", "N1O2", "--errors", "json"]).problems(2);
    assert_eq!(text(&problems[0]["message"]), "no person \"N1O2\" is held");
    assert_contains(text(&problems[0]["hint"]), &["nearest: ", "N102"]);
    let problems = desk.run(&["report", "explain", "--crime", "c06", "--errors", "json"]).problems(2);
    assert_eq!(text(&problems[0]["message"]), "no crime \"c06\" is held");
    assert_contains(text(&problems[0]["hint"]), &["nearest: C06"]);
}

#[test]
fn explain_wants_exactly_one_of_person_and_crime() {
    let desk = held();
    for arguments in [&[][..], &["--person", "N101", "--crime", "C01"]] {
        let problems = desk.run(&[&["report", "explain"], arguments, &["--errors", "json"]].concat()).problems(2);
        assert_eq!(problems.len(), 1);
        assert_eq!(text(&problems[0]["message"]), "give exactly one of --person, --crime");
        assert_contains(text(&problems[0]["hint"]), &["harmrank report explain --person"]);
    }
}

/// Exact sum of decimals written with at most four places.
fn ten_thousandths(value: &Json) -> i128 {
    let digits = value.to_string();
    let (whole, part) = digits.split_once('.').unwrap_or((&digits, ""));
    format!("{whole}{part:0<4}").parse().unwrap_or_else(|_| panic!("no decimal: {value}"))
}

fn assert_explanations_add_up(desk: &Desk, flags: &[&str]) {
    let list = desk.report(&[&["v100", "--limit", "1000"], flags].concat());
    let people = list["rows"].as_array().expect("rows");
    assert!(!people.is_empty(), "{flags:?}");
    for person in people {
        let reference = text(&person["person_id"]);
        let explanation = desk.report(&[&["explain", "--person", reference], flags].concat());
        let counted: Vec<_> =
            explanation["rows"].as_array().expect("rows").iter().filter(|row| row["is_counted"] == true).collect();
        assert_eq!(Json::from(counted.len()), person["crimes"], "{reference} {flags:?}");
        for column in ["harm_days", "harm_days_low", "harm_days_high"] {
            let weighted = counted.iter().filter(|row| !row[column].is_null());
            let sum: i128 = weighted.map(|row| ten_thousandths(&row[column])).sum();
            assert_eq!(sum, ten_thousandths(&person[column]), "{column} of {reference} {flags:?}");
        }
        let rank = format!("{reference}: rank {} with {} days", person["harm_rank"], person["harm_days"]);
        let notes = explanation["meta"]["notes"].as_array().expect("notes");
        assert!(notes.iter().any(|note| note["note"] == *rank), "{rank}: {notes:?}");
    }
}

#[test]
fn the_counted_days_of_an_explanation_add_up_to_the_score() {
    let desk = held();
    for flags in [
        &[][..],
        &["--scope", "all", "--weight-rule", "high", "--proactive", "include"],
        &["--window-days", "36500", "--min-age", "10", "--scope", "vawg-stat"],
        &["--scope", "domestic", "--historic", "exclude"],
    ] {
        assert_explanations_add_up(&desk, flags);
    }
}

#[test]
fn an_explanation_shows_each_crime_with_the_rule_that_left_it_out() {
    let explained = |person: &str| -> Vec<String> {
        let report = held().report(&["explain", "--person", person]);
        let rows = report["rows"].as_array().expect("rows");
        rows.iter().map(|row| format!("{} {} {}", text(&row["crime_id"]), row["is_counted"], text(&row["reason"]))).collect()
    };
    assert_eq!(
        explained("N107"),
        ["C12 false detected by police", "C11 false crime is cancelled", "C10 false outside the scope"]
    );
    assert_eq!(explained("N104"), ["C06 true counted", "C07 false reported outside the window"]);
    assert_eq!(explained("N105"), ["C08 false under 18, or possibly"]);
    assert_eq!(explained("N106"), ["C09 true counted, but no weight in the index"]);
}

fn notes(report: &Json) -> Vec<&str> {
    report["meta"]["notes"].as_array().expect("notes").iter().map(|note| text(&note["note"])).collect()
}

#[test]
fn an_explanation_says_what_leaves_the_window_in_seven_days() {
    let desk = held();
    // Reported on 3 July 2025: the window of 30 June 2026 begins on 1 July 2025, a week later on 8 July.
    let line = |as_of: &str| {
        let report = desk.report(&["explain", "--person", "N102", "--as-of", as_of]);
        let found = notes(&report).into_iter().find(|note| note.contains("leave the window")).map(ToOwned::to_owned);
        found.unwrap_or_else(|| panic!("{report}"))
    };
    assert_eq!(line("2026-06-30"), "N102: 1 counted crimes with 1825 days leave the window in the next seven days");
    assert_eq!(line("2026-06-26"), "N102: 1 counted crimes with 1825 days leave the window in the next seven days");
    assert_eq!(line("2026-06-25"), "N102: 0 counted crimes with 0 days leave the window in the next seven days");
    // The first day it is out, seven days after the first on which it was said to leave.
    assert_eq!(line("2026-07-03"), "N102: 0 counted crimes with 0 days leave the window in the next seven days");
}

#[test]
fn explaining_a_crime_shows_each_of_its_suspects() {
    let desk = held();
    let report = desk.report(&["explain", "--crime", "C06"]);
    let people: Vec<_> = report["rows"].as_array().expect("rows").iter().map(|row| text(&row["person_id"])).collect();
    assert_eq!(people, ["N103", "N104"]);
    assert_contains(
        &notes(&report).join("\n"),
        &["N103: rank 3 with 20 days", "N104: rank 4 with 10 days", "N104: this crime does not leave the window"],
    );
}

#[test]
fn an_explanation_says_why_somebody_has_no_rank() {
    let desk = held();
    for (person, reason) in [
        ("N107", "N107: no rank, for no crime is counted"),
        ("N106", "N106: no rank, for no counted crime has a weight in the index"),
    ] {
        let report = desk.report(&["explain", "--person", person]);
        assert!(notes(&report).contains(&reason), "{:?}", notes(&report));
    }
    let report = desk.report(&["explain", "--person", "N109", "--min-crimes", "2"]);
    assert!(notes(&report).contains(&"N109: no rank, for the list asks for more crimes, more victims or another place"));
}

#[test]
fn an_explanation_measures_the_distance_to_the_cut() {
    let desk = held();
    let cut = |person: &str, limit: &str| {
        let report = desk.report(&["explain", "--person", person, "--limit", limit]);
        notes(&report).into_iter().find(|note| note.contains("the cut at")).unwrap_or_default().to_owned()
    };
    assert_eq!(cut("N101", "2"), "N101: on the list; 9 days above the cut at 1826");
    assert_eq!(cut("N103", "2"), "N103: 1806 days short of the cut at 1826");
    assert_eq!(cut("N108", "4"), "N108: on the list; 0 days above the cut at 10");
}

#[test]
fn the_help_of_a_report_has_its_title_and_every_parameter_with_its_default() {
    let desk = Desk::bare();
    for report in built_in().expect("reports") {
        for flag in ["--help", "-h"] {
            let help = desk.run(&["report", &report.name, flag]).succeeded();
            let words = help.split_whitespace().collect::<Vec<_>>().join(" ");
            assert_contains(&words, &[&report.header.title, &report.header.summary, &report.header.statement]);
            for parameter in &report.header.parameters {
                assert_contains(&words, &[&format!("--{}", parameter.flag()), &parameter.help]);
                if let Some(default) = parameter.default_text() {
                    let of_it = words.split(&format!("--{} ", parameter.flag())).nth(1).unwrap_or_default();
                    assert!(of_it.split(" --").next().unwrap_or_default().contains(&format!("[default: {default}]")), "{}: {words}", parameter.name);
                }
            }
        }
    }
}

#[test]
fn the_reports_are_listed_with_what_a_row_is() {
    let desk = Desk::bare();
    let list = desk.run(&["reports", "list"]).succeeded();
    let reports = built_in().expect("reports");
    assert_eq!(list.lines().count(), reports.len());
    for (line, report) in list.lines().zip(&reports) {
        assert!(line.starts_with(&report.name) && line.ends_with(&report.header.summary), "{line}");
        assert_eq!(desk.run(&["reports", "show", &report.name]).succeeded(), report.text);
    }
}

/// One report's parameters as `set variable`, then its statements one by one in a plain connection.
fn run_plain(desk: &Desk, report: &Report, parameters: &Json) -> (Vec<String>, Vec<String>) {
    let connection = desk.connection();
    let mut script = String::new();
    for parameter in &report.header.parameters {
        let value = match (&parameters[&parameter.name], parameter.kind) {
            (Json::Null, ParameterKind::Date) => "null::date".to_owned(),
            (Json::Null, ParameterKind::Integer) => "null::integer".to_owned(),
            (Json::Null, _) => "null::varchar".to_owned(),
            (Json::String(day), ParameterKind::Date) => format!("date '{day}'"),
            (Json::String(word), _) => format!("'{word}'"),
            (number, _) => format!("{number}::integer"),
        };
        writeln!(script, "set variable \"{}\" = {value};", parameter.name).expect("written");
    }
    connection.execute_batch(&script).unwrap_or_else(|error| panic!("{script}: {error}"));
    for sql in &report.setup_sql {
        connection.execute_batch(sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
    }
    // Kept in a table first: a prepared statement, as the crate makes of every query, does not read variables.
    let kept = |sql: &str, columns: &str| {
        connection
            .execute_batch(&format!("create or replace temp table kept as {sql}"))
            .unwrap_or_else(|error| panic!("{sql}: {error}"));
        rows(&connection, &format!("select {columns} from kept"))
    };
    let notes = report.notes_sql.iter().flat_map(|sql| kept(sql, "topic, quantity, note"));
    (notes.collect(), kept(&report.rows_sql, "*"))
}

/// A value as the engine writes it: decimals with all their places.
fn plain(value: &Json) -> String {
    match value {
        Json::Null => "-".to_owned(),
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Idle zeros behind a decimal point taken away.
fn trimmed(row: &str) -> String {
    let cell = |cell: &str| match cell.split_once('.') {
        Some((whole, part)) if whole.parse::<i128>().is_ok() && part.bytes().all(|byte| byte.is_ascii_digit()) => {
            cell.trim_end_matches('0').trim_end_matches('.').to_owned()
        }
        _ => cell.to_owned(),
    };
    row.split('|').map(cell).collect::<Vec<_>>().join("|")
}

#[test]
fn the_sql_of_every_report_runs_unchanged_in_a_plain_connection_with_the_same_rows() {
    let desk = held();
    for report in built_in().expect("reports") {
        let flags: &[&[&str]] = match report.name.as_str() {
            "explain" => &[&["--person", "N102"], &["--crime", "C06"]],
            "v100" => &[&[], &["--limit", "4", "--suspect-sex", "M", "--borough", "Bow", "--known-on", "2026-06-30"]],
            _ => &[&[]],
        };
        for flags in flags {
            let ours = desk.report(&[&[report.name.as_str()], *flags].concat());
            let (notes, rows) = run_plain(&desk, &report, &ours["meta"]["parameters"]);
            let expected: Vec<_> = ours["rows"]
                .as_array()
                .expect("rows")
                .iter()
                .map(|row| row.as_object().expect("object").values().map(plain).collect::<Vec<_>>().join("|"))
                .collect();
            assert!(!expected.is_empty(), "{} {flags:?} shows nothing", report.name);
            assert_eq!(rows.iter().map(|row| trimmed(row)).collect::<Vec<_>>(), expected, "{} {flags:?}", report.name);
            let expected: Vec<_> = ours["meta"]["notes"]
                .as_array()
                .expect("notes")
                .iter()
                .map(|note| [&note["topic"], &note["quantity"], &note["note"]].map(plain).join("|"))
                .collect();
            assert_eq!(notes, expected, "{} {flags:?}", report.name);
        }
    }
}

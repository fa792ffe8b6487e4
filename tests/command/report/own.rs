//! Reports of the user's own: added, checked before anything runs, and kept from doing more than reading.

use super::held;
use crate::support::{Desk, assert_contains, text};
use serde_json::Value as Json;
use std::process::Command;

/// A header without parameters, closed; its SQL begins on line 5.
const HEAD: &str = "/*\ntitle = 't'\nsummary = 's'\nstatement = 'x'\n*/\n";
/// A header left open after line 4.
const OPEN: &str = "/*\ntitle = 't'\nsummary = 's'\nstatement = 'x'\n";

/// A desk with data and a folder of the user's reports.
fn with_reports(reports: &[(&str, &str)]) -> Desk {
    let desk = held();
    std::fs::create_dir(desk.path("mine")).expect("folder");
    for (name, text) in reports {
        desk.write(&format!("mine/{name}.sql"), text);
    }
    desk
}

fn told(problems: &[Json]) -> Vec<String> {
    problems.iter().map(|problem| format!("{} {}", text(&problem["at"]), text(&problem["message"]))).collect()
}

/// Every parameter type, in a report that shows what it was given and of which type it is.
const TYPES: &str = "/*
title = 'Types'
summary = 'One row.'
statement = 'For a test.'
[param.day]
type = 'date'
default = '-7d'
range = ['2026-01-01', 'data-date']
help = 'A day.'
[param.whole]
type = 'integer'
optional = true
help = 'A number.'
[param.large]
type = 'integer'
default = 5000000000
range = [0, 9000000000]
help = 'A large number.'
[param.exact]
type = 'decimal'
default = '0.10'
range = ['-1', 1.5]
help = 'A decimal.'
[param.truth]
type = 'boolean'
default = false
help = 'A truth.'
[param.word]
type = 'text'
help = 'A text.'
[param.words]
type = 'list'
default = ['a', 'b']
choices = ['a', 'b', 'c']
help = 'Texts.'
[param.numbers]
type = 'list'
of = 'integer'
optional = true
help = 'Numbers.'
[param.who]
type = 'person'
optional = true
help = 'A person.'
*/
select
    $day as day, typeof($day) as day_type,
    $whole as whole, $large as large, typeof($large) as large_type,
    $exact as exact, typeof($exact) as exact_type,
    $truth as truth, $word as word,
    array_to_string($words, '+') as words, list_sum($numbers) as numbers, $who as who";

#[test]
fn each_type_is_bound_as_what_it_is() {
    let desk = with_reports(&[("types", TYPES)]);
    let row = |flags: &[&str]| {
        desk.report(&[&["types", "--reports", "mine", "--word", "it's; $x"], flags].concat())["rows"][0]
            .clone()
    };
    assert_eq!(
        row(&[]),
        serde_json::json!({
            "day": "2026-06-23", "day_type": "DATE", "whole": null, "large": 5_000_000_000_i64, "large_type": "BIGINT",
            "exact": 0.1, "exact_type": "DECIMAL(18,2)", "truth": false, "word": "it's; $x", "words": "a+b",
            "numbers": null, "who": null,
        })
    );
    let given = row(&[
        "--day=1/2/2026",
        "--whole",
        "-3",
        "--large",
        "7",
        "--exact",
        "-0.125",
        "--truth",
        "--words",
        "c,a",
        "--words",
        "b",
        "--numbers",
        "1, 2",
        "--numbers=-4",
        "--who",
        "N102",
    ]);
    assert_eq!(
        given,
        serde_json::json!({
            "day": "2026-02-01", "day_type": "DATE", "whole": -3, "large": 7, "large_type": "BIGINT",
            "exact": -0.125, "exact_type": "DECIMAL(18,3)", "truth": true, "word": "it's; $x", "words": "c+a+b",
            "numbers": -1, "who": "N102",
        })
    );
}

#[test]
fn every_problem_of_every_type_is_reported_together() {
    let desk = with_reports(&[("types", TYPES)]);
    let wrong = [
        "report",
        "types",
        "--reports",
        "mine",
        "--errors",
        "json",
        "--day",
        "2026-07-01",
        "--whole",
        "1.5",
        "--large",
        "-1",
        "--exact",
        "1,5",
        "--truth=perhaps",
        "--words",
        "a,d,ab",
        "--numbers",
        "1,x",
        "--who",
        "N1O2",
        "--wrod",
        "x",
        "--whole",
    ];
    assert_eq!(
        told(&desk.run(&wrong).problems(2)),
        [
            "--wrod no parameter of the report types",
            "--whole has no value",
            "--day 2026-07-01 is not between 2026-01-01 and 2026-06-30",
            "--whole \"1.5\" is not a whole number",
            "--large -1 is not between 0 and 9000000000",
            "--exact \"1,5\" is not a decimal number",
            "--truth \"perhaps\" is neither true nor false",
            "--word is missing",
            "--words \"d\" is not one of its choices",
            "--words \"ab\" is not one of its choices",
            "--numbers \"x\" is not a whole number",
            "--who no person \"N1O2\" in the database",
        ]
    );
    // What shows without a database is told without one.
    let bare = Desk::bare();
    std::fs::create_dir(bare.path("mine")).expect("folder");
    bare.write("mine/types.sql", TYPES);
    assert_eq!(bare.run(&wrong).problems(2).len(), 10);
}

#[test]
fn a_new_report_runs_and_says_what_it_is() {
    let desk = with_reports(&[]);
    assert_contains(
        &desk.run(&["reports", "new", "monthly", "--reports", "mine"]).succeeded(),
        &["mine/monthly.sql"],
    );
    desk.run(&["reports", "new", "monthly", "--reports", "mine"]).failed(2);
    for name in ["v100", "Monthly", "../x", ""] {
        desk.run(&["reports", "new", name, "--reports", "mine"]).failed(2);
    }
    assert_eq!(
        desk.run(&["reports", "validate", "mine"]).succeeded(),
        "9 reports are sound, 1 of them yours\n"
    );
    assert_contains(
        &desk.run(&["report", "monthly", "--reports", "mine"]).succeeded(),
        &["2026-06-01", "crimes are held"],
    );
    assert_contains(
        &desk.run(&["report", "monthly", "--reports", "mine", "--help"]).succeeded(),
        &["[default: 12] [1 to 120]"],
    );
    assert_contains(&desk.run(&["reports", "list", "--reports=mine"]).succeeded(), &["monthly", "(yours)"]);
}

#[test]
fn only_a_new_report_that_is_made_begins_its_folder() {
    let desk = Desk::bare();
    assert_contains(&desk.run(&["reports", "new", "--help", "--reports", "mine"]).succeeded(), &["NAME"]);
    desk.run(&["reports", "new", "--reports", "mine"]).failed(2);
    assert!(!desk.path("mine").exists());
    desk.run(&["reports", "new", "monthly", "--reports", "mine"]).succeeded();
    assert!(desk.path("mine/monthly.sql").is_file());
}

#[test]
fn a_folder_of_reports_is_named_by_flag_environment_or_configuration() {
    let desk = with_reports(&[("mine", &format!("{HEAD}select 1 as one"))]);
    let is_there = |outcome: crate::support::Outcome| outcome.succeeded().contains("(yours)");
    assert!(!is_there(desk.run(&["reports", "list"])));
    assert!(is_there(desk.run(&["reports", "list", "--reports", "mine"])));
    let from_environment =
        desk.command(&["reports", "list"]).env("HARMRANK_REPORTS", "mine").output().expect("run");
    assert!(is_there(crate::support::Outcome::of(&[], from_environment)));
    desk.write("harmrank.toml", "reports = 'mine'\n");
    assert!(is_there(desk.run(&["reports", "list"])));
    // Beside the database, wherever the user is.
    let elsewhere = Desk::bare();
    let database = desk.db();
    assert!(is_there(elsewhere.run(&["reports", "list", "--db", database.to_str().expect("path")])));
    desk.write("harmrank.toml", "\nrepotrs = 'mine'\n");
    let problems = desk.run(&["reports", "list", "--errors", "json"]).problems(2);
    assert_contains(&told(&problems)[0], &["harmrank.toml:2:1", "unknown field `repotrs`"]);
    desk.run(&["reports", "list", "--reports", "nowhere"]).failed(2);
}

/// Each kind of mistake, where it is and what is said of it.
const MISTAKES: [(&str, &str, &str, &str); 38] = [
    (
        "no_evidence",
        "/*\nevidence = 'none'\ntitle = 't'\nsummary = 's'\nstatement = 'x'\n*/ select 1 as a",
        "2:1",
        "which is none",
    ),
    (
        "evidence_parameters",
        "/*\nevidence = 'suspicion'\ntitle = 't'\nsummary = 's'\nstatement = 'x'\n*/ select 1 as a",
        "2:1",
        "needs parameters the report lacks: known_on",
    ),
    ("no_header", "select 1", "1:1", "no header between /* and */"),
    ("toml_syntax", "/*\ntitle = \n*/ select 1", "2:9", ""),
    ("unknown_key", "/*\ntitle = 't'\ncolour = 'red'\n*/ select 1", "3:1", "unknown field `colour`"),
    ("no_title", "/*\nsummary = 's'\n*/ select 1", "", "missing field `title`"),
    ("no_such_type", "{O}[param.a]\ntype = 'dat'\nhelp = 'h'\n*/ select $a", "6:8", "unknown variant `dat`"),
    (
        "reserved",
        "{O}[param.format]\ntype = 'text'\nhelp = 'h'\n*/ select $format",
        "6:1",
        "--format is a flag of the program",
    ),
    (
        "bad_name",
        "{O}[param.Day]\ntype = 'text'\nhelp = 'h'\n*/ select $Day",
        "6:1",
        "no name of a parameter",
    ),
    (
        "bad_default",
        "{O}[param.a]\ntype = 'integer'\ndefault = 'x'\nhelp = 'h'\n*/ select $a",
        "7:1",
        "the default cannot be",
    ),
    (
        "far_default",
        "{O}[param.a]\ntype = 'decimal'\nrange = ['0', '1']\ndefault = 2\nhelp = 'h'\n*/ select $a",
        "8:1",
        "2 is not between 0 and 1",
    ),
    (
        "bad_range",
        "{O}[param.a]\ntype = 'integer'\nrange = [2, 1]\nhelp = 'h'\n*/ select $a",
        "7:1",
        "the range cannot be",
    ),
    (
        "text_range",
        "{O}[param.a]\ntype = 'text'\nrange = [1, 2]\nhelp = 'h'\n*/ select $a",
        "7:1",
        "not for text",
    ),
    ("no_choices", "{O}[param.a]\ntype = 'choice'\nhelp = 'h'\n*/ select $a", "6:1", "without choices"),
    (
        "optional_default",
        "{O}[param.a]\ntype = 'text'\ndefault = 'x'\noptional = true\nhelp = 'h'\n*/ select $a",
        "8:1",
        "exclude each other",
    ),
    ("undeclared", "{H}select\n    'é', $a", "7:10", "$a is in the SQL but not in the header"),
    (
        "idle",
        "{O}[param.a]\nhelp = 'h'\ntype = 'text'\n*/ select 1",
        "7:1",
        "a is in the header but not in the SQL",
    ),
    ("no_sql", "{H}-- nothing\n", "7:1", "no SQL after the header"),
    (
        "no_parent",
        "/*\nparameters_of = \"v10\"\ntitle = 't'\nsummary = 's'\nstatement = 'x'\n*/ select 1",
        "2:1",
        "parameters_of names no report",
    ),
    (
        "one_of",
        "/*\none_of = [['a']]\ntitle = 't'\nsummary = 's'\nstatement = 'x'\n*/ select 1",
        "2:1",
        "one_of names \"a\"",
    ),
    ("sql_syntax", "{H}select\n    1 +\nfrom crime", "8:1", "syntax error"),
    ("no_table", "{H}select 1\nfrom crimes", "7:6", "crimes"),
    ("no_column", "{H}select 'é', nothing\nfrom crime", "6:13", "nothing"),
    (
        "wrong_type",
        "{O}[param.day]\ntype = 'text'\ndefault = 'x'\nhelp = 'h'\n*/\nselect 1 from harm_ranking(as_of := $day)",
        "10:1",
        "harm_ranking",
    ),
    ("no_notes", "{H}select 1 as a;\n\nselect 2 as b", "8:1", "lacks topic, quantity, note"),
    (
        "setup_column",
        "{H}create temp table x as\nselect nothing\nfrom crime;\nselect 1 as a from x",
        "7:8",
        "nothing",
    ),
    (
        "choices_query",
        "{O}[param.a]\ntype = 'choice'\nchoices_from = 'select x from nowhere'\nhelp = 'h'\n*/ select $a",
        "7:1",
        "nowhere",
    ),
    (
        "first_column",
        "/*\ntitle = 't'\nsummary = 's'\nstatement = 'x'\ncolumns_first = ['b']\n*/ select 1 as a",
        "5:1",
        "\"b\", which is no column",
    ),
    ("two_columns", "{H}select 1 as a, 2 as a", "6:1", "two columns are called"),
    ("Bad-Name", "{H}select 1 as a", "", "no name of a report"),
    ("v100", "{H}select 1 as a", "", "does not replace"),
    ("function", "{H}select no_such_function(1) as a", "6:8", "no_such_function"),
    (
        "bar",
        "/*\ntitle = 't'\nsummary = 's'\nstatement = 'x'\nbar = 'b'\n*/ select 1 as a",
        "5:1",
        "bar names \"b\", which is no column",
    ),
    (
        "chart_value",
        "{O}[[chart]]\nkind = 'bars'\ntitle = 'A'\nvalue = 'b'\n*/ select 1 as a",
        "8:1",
        "value of the chart \"A\" names \"b\", which is no column",
    ),
    (
        "chart_label",
        "{O}[[chart]]\nkind = 'bars'\ntitle = 'A'\nvalue = 'a'\n[[chart]]\nkind = 'line'\ntitle = 'B'\nvalue = 'b'\nlabel = 'a'\nquery = 'select 1 as b'\n*/ select 1 as a",
        "13:1",
        "label of the chart \"B\" names \"a\", which is no column",
    ),
    (
        "chart_query",
        "{O}[[chart]]\nkind = 'bars'\ntitle = 'A'\nvalue = 'a'\nquery = '''\nselect a\nfrom nowhere'''\n*/ select 1 as a",
        "11:6",
        "nowhere",
    ),
    (
        "chart_parameter",
        "{O}[[chart]]\nkind = 'bars'\ntitle = 'A'\nvalue = 'a'\nquery = 'select $day as a'\n*/ select 1 as a",
        "9:17",
        "$day is in the query of a chart but not in the header",
    ),
    (
        "example",
        "/*\nexample = '--limt 3'\ntitle = 't'\nsummary = 's'\nstatement = 'x'\n*/ select 1 as a",
        "2:1",
        "--limt",
    ),
];

#[test]
fn each_mistake_is_told_with_its_line_and_column() {
    for (name, body, place, message) in MISTAKES {
        let body = body.replace("{O}", OPEN).replace("{H}", HEAD);
        let desk = Desk::bare();
        std::fs::create_dir(desk.path("mine")).expect("folder");
        desk.write(&format!("mine/{name}.sql"), body);
        let problems = told(&desk.run(&["reports", "validate", "mine", "--errors", "json"]).problems(5));
        let at = format!("mine/{name}.sql{}{place} ", if place.is_empty() { "" } else { ":" });
        assert_eq!(problems.len(), 1, "{name}: {problems:?}");
        assert!(place.is_empty() || problems[0].starts_with(&at), "{name}: {at:?} {problems:?}");
        assert_contains(&problems[0], &[message]);
        // The others go on.
        desk.run(&["reports", "list", "--reports", "mine"]).succeeded();
    }
}

#[test]
fn all_mistakes_of_a_folder_are_told_at_once() {
    let two = format!("{OPEN}[param.db]\ntype = 'text'\nhelp = 'h'\n*/\nselect $db, $other");
    let desk = with_reports(&[("first", &two), ("second", &format!("{HEAD}select nothing from crime"))]);
    let problems = told(&desk.run(&["reports", "validate", "mine", "--errors", "json"]).problems(5));
    assert_eq!(problems.len(), 3, "{problems:?}");
    // Run, a broken report is wrong use, and the others are not.
    assert_eq!(desk.run(&["report", "first", "--reports", "mine", "--errors", "json"]).problems(2).len(), 2);
    let problems = desk.run(&["report", "second", "--reports", "mine", "--errors", "json"]).problems(2);
    assert_contains(&told(&problems)[0], &["mine/second.sql:6:8", "nothing"]);
    desk.run(&["report", "v100", "--reports", "mine"]).succeeded();
}

/// Statements that would do more than read the database.
const HARMFUL: [&str; 23] = [
    "copy crime to 'stolen.csv'",
    "with stolen as (copy crime to 'stolen.csv') select 1 as a",
    "select (with gone as (delete from crime returning 1) select 1) as a",
    "with new as (insert into exclusion select null returning 1) select 1 as a",
    "attach 'other.duckdb' as other",
    "install icu",
    "load icu",
    "set threads = 1",
    "reset threads",
    "pragma database_list",
    "select * from read_csv('extract.csv')",
    "select * from read_blob('/etc/hostname')",
    "select * from 'extract.csv'",
    "select * from \"extract.csv\"",
    "from glob('*')",
    "from query('select 1')",
    "create table stolen as select 1",
    "create or replace temp macro sum(x) as 42",
    "call checkpoint()",
    "from duckdb_settings()",
    "from duckdb_databases()",
    "select getenv('HOME') as a",
    "select current_setting('threads') as a",
];

#[test]
fn a_report_may_read_the_database_and_nothing_else() {
    let desk = with_reports(&[]);
    for (number, sql) in HARMFUL.iter().enumerate() {
        desk.write(&format!("mine/harmful_{number}.sql"), format!("{HEAD}select 1 as a;\n{sql}"));
    }
    let before = (desk.names(), std::fs::read(desk.db()).expect("bytes"));
    let all = told(&desk.run(&["reports", "validate", "mine", "--errors", "json"]).problems(5));
    for (number, sql) in HARMFUL.iter().enumerate() {
        let place = format!("mine/harmful_{number}.sql:7:");
        assert!(all.iter().any(|problem| problem.starts_with(&place)), "{sql}: {all:?}");
        let report = format!("harmful_{number}");
        let problems = desk.run(&["report", &report, "--reports", "mine", "--errors", "json"]).problems(2);
        assert!(text(&problems[0]["at"]).starts_with(&place), "{sql}: {problems:?}");
    }
    assert_eq!((desk.names(), std::fs::read(desk.db()).expect("bytes")), before);
    let through_choices = format!(
        "{OPEN}[param.a]\ntype = 'choice'\nchoices_from = \"select filename from read_text('*')\"\nhelp = 'h'\n*/ select $a"
    );
    let desk = with_reports(&[("harmful", &through_choices)]);
    let problems =
        desk.run(&["report", "harmful", "--reports", "mine", "--a", "x", "--errors", "json"]).problems(2);
    assert_contains(&told(&problems)[0], &["mine/harmful.sql:7:1", "read_text()"]);
}

/// A chart is declared in the head: its query is SQL of the user's as much as what stands below.
#[test]
fn the_query_of_a_chart_may_read_the_database_and_nothing_else() {
    let with_chart = |sql: &str| {
        format!(
            "{OPEN}[[chart]]\nkind = 'bars'\ntitle = 'A'\nvalue = 'a'\nquery = '''\n{sql}'''\n*/\nselect 1 as a"
        )
    };
    let desk = with_reports(&[]);
    for (number, sql) in HARMFUL.iter().enumerate() {
        desk.write(&format!("mine/harmful_{number}.sql"), with_chart(sql));
    }
    desk.write("mine/sound.sql", with_chart("select count(*) as a from crime"));
    let before = (desk.names(), std::fs::read(desk.db()).expect("bytes"));
    let all = told(&desk.run(&["reports", "validate", "mine", "--errors", "json"]).problems(5));
    for (number, sql) in HARMFUL.iter().enumerate() {
        let place = format!("mine/harmful_{number}.sql:10:");
        assert!(all.iter().any(|problem| problem.starts_with(&place)), "{sql}: {all:?}");
        let report = format!("harmful_{number}");
        // Refused in every format, also in those that draw nothing.
        for format in ["html", "csv"] {
            let flags = ["report", &report, "--reports", "mine", "--format", format, "--errors", "json"];
            let problems = desk.run(&flags).problems(2);
            assert!(text(&problems[0]["at"]).starts_with(&place), "{sql}: {problems:?}");
        }
    }
    assert!(!all.iter().any(|problem| problem.contains("sound")), "{all:?}");
    assert_eq!((desk.names(), std::fs::read(desk.db()).expect("bytes")), before);
    let page = desk.run(&["report", "sound", "--reports", "mine", "--format", "html"]).succeeded();
    assert_contains(&page, &["<figure>", "<svg"]);
}

/// Rows of the first statement that yields some, in a stock client; nothing where there is none here.
fn rows_in_stock_client(desk: &Desk, script: &str) -> Option<usize> {
    const PROGRAM: &str = "
import sys
try: import duckdb
except ImportError: sys.exit(3)
if not duckdb.__version__.startswith('2.'): sys.exit(3)
connection = duckdb.connect('harmrank.duckdb', read_only=True)
counts = []
for statement in duckdb.extract_statements(open('script.sql').read()):
    result = connection.execute(statement)
    if statement.type in (duckdb.StatementType.SELECT, duckdb.StatementType.EXECUTE): counts.append(len(result.fetchall()))
print(counts[0])
";
    desk.write("script.sql", script);
    let output = Command::new("python3").args(["-c", PROGRAM]).current_dir(desk.path("")).output().ok()?;
    if output.status.code() == Some(3) {
        return None;
    }
    assert!(output.status.success(), "{}\n{script}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().parse().ok()
}

#[test]
fn what_is_printed_runs_in_a_stock_client_with_the_same_rows() {
    let desk = with_reports(&[("types", TYPES)]);
    for call in [
        &["v100", "--limit", "4", "--suspect-sex", "M"][..],
        &["explain", "--person", "N102"],
        &["coverage"],
        &["types", "--reports", "mine", "--word", "it's", "--numbers", "1,2", "--exact", "0.125"],
    ] {
        let script = desk.run(&[&["report"], call, &["--print-sql"]].concat()).succeeded();
        let rows = desk.report(call)["rows"].as_array().map(Vec::len);
        if let Some(found) = rows_in_stock_client(&desk, &script) {
            assert_eq!(Some(found), rows, "{script}");
        }
        // The same in an engine of our own, one statement after the other; the variables stay.
        let connection = desk.connection();
        for statement in script.split(";\n").filter(|statement| !statement.trim().is_empty()) {
            connection.execute_batch(statement).unwrap_or_else(|error| panic!("{error}: {statement}"));
        }
    }
}

#[test]
fn the_prepared_form_runs_with_the_defaults() {
    let desk = with_reports(&[("types", TYPES)]);
    for (name, flags) in [("v100", &[][..]), ("coverage", &[]), ("types", &["--word", "x"])] {
        let script = desk.run(&["reports", "show", name, "--as", "prepare", "--reports", "mine"]).succeeded();
        let rows =
            desk.report(&[&[name, "--reports", "mine"], flags].concat())["rows"].as_array().map(Vec::len);
        if let Some(found) = rows_in_stock_client(&desk, &script) {
            assert_eq!(Some(found), rows, "{script}");
        }
        assert!(!script.contains("create "), "1.5 prepares no CREATE: {script}");
        desk.connection().execute_batch(&script).unwrap_or_else(|error| panic!("{error}: {script}"));
    }
}

#[test]
fn the_catalogue_has_every_parameter_and_column() {
    let desk = with_reports(&[("types", TYPES), ("broken", "select 1")]);
    let json = desk.run(&["reports", "list", "--format", "json", "--reports", "mine"]).succeeded();
    let catalogue: Json = serde_json::from_str(&json).expect("JSON");
    let names: Vec<_> = catalogue["reports"]
        .as_array()
        .expect("reports")
        .iter()
        .map(|report| text(&report["name"]))
        .collect();
    assert_eq!(
        names,
        [
            "conflicts",
            "coverage",
            "explain",
            "load-quality",
            "outcomes",
            "reconciliation",
            "retention",
            "types",
            "v100"
        ]
    );
    assert_eq!(text(&catalogue["broken"][0]["name"]), "broken");
    let types = &catalogue["reports"][7];
    assert_eq!(types["is_built_in"], false);
    assert_eq!(
        types["parameters"][0],
        serde_json::json!({
            "name": "day", "flag": "--day", "type": "date", "default": "-7d", "is_required": false, "is_repeated": false,
            "range": ["2026-01-01", "data-date"], "choices": null, "choices_from": null, "values_from": null, "known_from": null,
            "help": "A day.",
        })
    );
    let word = &types["parameters"][5];
    assert_eq!((text(&word["name"]), &word["is_required"]), ("word", &true.into()));
    assert_eq!(types["columns"][1], serde_json::json!({ "name": "day_type", "type": "VARCHAR" }));
}

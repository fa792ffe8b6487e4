//! One query, a file of them, or standard input.

use crate::database::held;
use crate::support::{Desk, Outcome, assert_contains, text, wait_until};
use serde_json::Value as Json;
use std::io::Write;
use std::process::Stdio;

/// The program with a text on its standard input.
fn piped(desk: &Desk, arguments: &[&str], input: &str) -> Outcome {
    let mut command = desk.command(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("started");
    child.stdin.take().expect("piped").write_all(input.as_bytes()).expect("written");
    Outcome::of(arguments, child.wait_with_output().expect("ended"))
}

#[test]
fn an_answer_comes_in_the_format_asked_for() {
    let desk = held();
    let sql = "select 1 as a, null as b, '=x' as c, true as d, date '2026-06-30' as e, 0.50 as f";
    let csv = desk.run(&["sql", sql, "--format", "csv"]).succeeded();
    assert_eq!(csv, "a,b,c,d,e,f\n1,,'=x,true,2026-06-30,0.5\n");
    let table = desk.run(&["sql", sql]).succeeded();
    assert_contains(&table, &[" a | b    | c  | d    | e", "null", "true", "(1 row)"]);
    let json: Json =
        serde_json::from_str(&desk.run(&["sql", sql, "--format", "json"]).succeeded()).expect("JSON");
    assert_eq!(json["rows"][0]["a"], 1);
    assert_eq!(text(&json["meta"]["report"]), "sql");
    assert_eq!(json["end"]["rows"], 1);
    for (format, beginning) in [("jsonl", "{\"a\":1,"), ("markdown", "# Query"), ("html", "<!doctype html>")]
    {
        let shown = desk.run(&["sql", sql, "--format", format]).succeeded();
        assert!(shown.to_lowercase().starts_with(&beginning.to_lowercase()), "{format}: {shown}");
    }
    for ending in ["csv", "parquet", "arrow", "xlsx", "txt"] {
        let file = format!("answer.{ending}");
        desk.run(&["sql", sql, "-o", &file]).succeeded();
        assert!(std::fs::metadata(desk.path(&file)).expect("written").len() > 0);
    }
}

#[test]
fn no_rows_is_an_answer() {
    let desk = held();
    assert_eq!(desk.run(&["sql", "select 1 as a where false"]).succeeded(), "(no rows)\n");
    assert_eq!(desk.run(&["sql", "select 1 as a where false", "--format", "csv"]).succeeded(), "a\n");
}

#[test]
fn columns_of_one_name_are_told_apart() {
    let shown = held().run(&["sql", "select 1 as a, 2 as a", "--format", "csv"]).succeeded();
    assert_eq!(shown, "a,a_1\n1,2\n");
}

#[test]
fn statements_run_in_order_and_stop_at_the_first_error() {
    let desk = held();
    desk.write(
        "steps.sql",
        "-- steps\nset variable a = 2;\ncreate temp table t as select $a + 1 as b;\nfrom t;\n",
    );
    assert_contains(&desk.run(&["sql", "-f", "steps.sql"]).succeeded(), &["b\n---\n 3\n(1 row)\n"]);
    assert_contains(&desk.run(&["sql", "-f", "steps.sql", "--format", "csv"]).succeeded(), &["b\n3\n"]);

    let outcome = desk.run(&["sql", "select 1 as a;\nselect 2 as é, crim_id\nfrom crime; select 3"]);
    assert_eq!(outcome.code, Some(2));
    assert_contains(&outcome.stdout, &["(1 row)"]);
    assert!(!outcome.stdout.contains('3'), "{outcome:?}");
    assert_contains(
        &outcome.stderr,
        &[
            "harmrank: query:2:16: ",
            "\n  select 2 as é, crim_id\n                 ^\n",
            "did you mean crime_id?",
        ],
    );
}

#[test]
fn sql_comes_from_a_file_or_standard_input() {
    let desk = held();
    for arguments in [&["sql"][..], &["sql", "-"], &["sql", "-f", "-"]] {
        let shown =
            piped(&desk, &[arguments, &["--format", "csv"]].concat(), "\u{feff}select 1 as a;").succeeded();
        assert_eq!(shown, "a\n1\n", "{arguments:?}");
    }
    assert_contains(&piped(&desk, &["sql"], "-- nothing").failed(2), &["standard input: no statement"]);
    desk.write("latin.sql", b"select '\xe9'");
    assert_contains(&desk.run(&["sql", "-f", "latin.sql"]).failed(2), &["latin.sql", "UTF-8"]);
    assert_contains(&desk.run(&["sql", "-f", "none.sql"]).failed(2), &["none.sql"]);
    desk.write("wrong.sql", "select 1;\n\nselect nothing");
    assert_contains(&desk.run(&["sql", "-f", "wrong.sql"]).failed_after_rows(2), &["wrong.sql:3:8: "]);
}

#[test]
fn parameters_are_typed() {
    let desk = held();
    let asked = |parameters: &[&str], sql: &str| {
        let flags: Vec<_> = parameters.iter().flat_map(|parameter| ["--param", parameter]).collect();
        desk.run(&[&["sql", sql, "--format", "csv"][..], &flags].concat())
    };
    let types = "select typeof($a) as a, typeof($b) as b, typeof($c) as c, typeof($d) as d, typeof($e) as e";
    let given = ["a=1", "b=0.50", "c=2026-06-30", "d=true", "e=007"];
    let shown = asked(&given, types).succeeded();
    assert_eq!(shown, "a,b,c,d,e\nINTEGER,\"DECIMAL(18,2)\",DATE,BOOLEAN,VARCHAR\n");
    assert_eq!(asked(&["a:text=1"], "select typeof($a) as a").succeeded(), "a\nVARCHAR\n");
    assert_eq!(asked(&["a:list=x,y"], "select 'y' in $a as a").succeeded(), "a\ntrue\n");
    assert_eq!(asked(&["a:date=data-date"], "select $a as a").succeeded(), "a\n2026-06-02\n");
    assert_contains(
        &asked(&["a=1", "b=2"], "select $a as a").failed(2),
        &["--param b: $b is not in the SQL"],
    );
    assert_contains(
        &asked(&[], "select 1, $a").failed(2),
        &["query:1:11: $a has no value", "--param a=VALUE"],
    );
    let problems = asked(&["a:date=x", "b:integer=1.5"], "select $a, $b").failed(2);
    assert_contains(
        &problems,
        &["--param a: \"x\" is not a day", "--param b: \"1.5\" is not a whole number"],
    );
}

#[test]
fn a_limit_is_told_wherever_it_cuts() {
    let desk = held();
    let sql = "select range as a from range(5000)";
    let cut = desk.run(&["sql", sql, "--limit", "3"]).succeeded();
    assert_contains(&cut, &["(3 rows)\ncut after 3 rows: there are more, all with --limit 0\n"]);
    let outcome = desk.run(&["sql", sql, "--limit", "3", "--format", "csv"]);
    assert_eq!((outcome.code, outcome.stdout.as_str()), (Some(0), "a\n0\n1\n2\n"));
    assert_contains(&outcome.stderr, &["cut after 3 rows"]);
    let whole = desk.run(&["sql", sql, "--limit", "5000", "--format", "csv"]).succeeded();
    assert_eq!(whole.lines().count(), 5001, "a limit that cuts nothing says nothing");
    assert_eq!(desk.run(&["sql", sql, "--format", "csv"]).succeeded(), whole, "none in a pipe");
}

#[test]
fn a_file_is_written_whole_or_not_at_all() {
    let desk = held();
    let sql = "select 1 / (5000 - range) as a, error(if(range = 90000, 'x', null)) as b from range(100000)";
    desk.write("answer.csv", "before");
    let names = desk.names();
    desk.run(&["sql", sql, "-o", "answer.csv"]).failed(1);
    assert_eq!(std::fs::read(desk.path("answer.csv")).expect("read"), b"before");
    assert_eq!(desk.names(), names);
    let several = desk.run(&["sql", "select 1; select 2", "-o", "answer.csv"]).failed(2);
    assert_contains(&several, &["2 of the statements yield rows"]);
}

#[test]
fn a_pivot_says_that_its_columns_are_to_be_named() {
    let said = held().run(&["sql", "pivot person on sex using count(*)"]).failed(2);
    assert_contains(&said, &["PIVOT needs its columns named here: pivot TABLE on COLUMN in (VALUE, VALUE)"]);
}

#[test]
fn a_plan_stands_as_it_is_drawn() {
    let shown = held().run(&["sql", "explain select count(*) from crime"]).succeeded();
    assert!(shown.starts_with(['╭', '┌']) && shown.lines().count() > 2, "{shown}");
}

#[test]
fn what_holds_is_said() {
    let shown = held().run(&["sql", "--about"]).succeeded();
    assert_contains(&shown, &["opened for reading", "files ", "network ", "1000 MB for the engine"]);
}

#[test]
fn what_does_not_fit_is_put_aside_and_gone_afterwards() {
    let desk = held();
    if !desk.run(&["sql", "--about"]).succeeded().contains("encrypted (AES") {
        return;
    }
    let names = desk.names();
    let sql = "select max(c) as m from (select row_number() over (order by b) as c
               from (select md5(range::varchar) || repeat('x', 100) as b from range(1000000)))";
    let shown = desk.run(&["sql", sql, "--memory", "100MB", "--format", "csv"]).succeeded();
    assert_eq!(shown, "m\n1000000\n");
    assert_eq!(desk.names(), names);
}

#[test]
fn a_database_that_cannot_be_read_is_told_as_everywhere() {
    let desk = Desk::bare();
    assert_contains(&desk.run(&["sql", "select 1"]).failed(1), &["harmrank.duckdb: no such database"]);
    desk.write("harmrank.duckdb", "nonsense");
    assert_contains(&desk.run(&["sql", "select 1"]).failed(1), &["harmrank.duckdb: not a DuckDB database"]);
}

#[test]
fn the_database_opens_elsewhere_as_is_said() {
    let desk = held();
    let flags = |client: &str| desk.run(&["sql", client, "--reason", "a plot"]);
    let path = desk.db().canonicalize().expect("path").display().to_string();
    assert_contains(
        &flags("--open").succeeded(),
        &["not in the ledger", &format!("\nduckdb -readonly {path}\n")],
    );
    assert_contains(&flags("--open=r").succeeded(), &["read_only = TRUE", &path]);
    let python = flags("--open=python").succeeded();
    assert_contains(&python, &["read_only=True", &path]);
    let script =
        format!("{python}\nprint(connection.execute('select count(*) from harm_index').fetchone()[0])");
    let output = std::process::Command::new("python3").args(["-c", &script]).output();
    // Where the stock engine is there, it does what is said.
    if let Ok(output) = output.map(|output| Outcome::of(&[], output))
        && !output.stderr.contains("No module named")
    {
        assert_eq!(output.succeeded(), "2\n");
    }
    assert_contains(&desk.run(&["sql", "--open"]).failed(2), &["--reason"]);
    desk.write("harmrank.toml", "[sql]\nopen = false\n");
    assert_contains(&flags("--open").failed(2), &["switched off", "harmrank.toml"]);
}

#[test]
fn every_query_is_in_the_ledger_without_whom_it_names() {
    let desk = held();
    let sql = "select person_id from person where person_id = 'N101' or person_id = $other";
    desk.run(&["sql", sql, "--param", "other=N102", "--reason", "a check of N101"]).succeeded();
    desk.run(&["sql", "copy person to 'stolen.csv'"]).failed(2);
    let shown = desk.run(&["ledger", "show", "--format", "jsonl"]).succeeded();
    let asked: Vec<_> = shown.lines().filter(|line| line.contains("\"sql\"")).collect();
    assert_eq!(asked.len(), 2, "{shown}");
    assert!(!shown.contains("N101") && !shown.contains("N102") && !shown.contains("stolen"), "{shown}");
    assert_contains(&shown, &["select person_id from person where person_id = ", "\"rows\":2", "failed"]);
    let found = desk.run(&["ledger", "show", "--person", "N102", "--format", "jsonl"]).succeeded();
    assert_eq!(found.lines().filter(|line| line.contains("\"sql\"")).count(), 1, "{found}");

    desk.write("harmrank.toml", "[ledger]\nreason = \"required\"\n");
    assert_contains(&desk.run(&["sql", "select 1"]).failed(2), &["--reason"]);
    desk.run(&["sql", "select 1", "--reason", "a check"]).succeeded();
}

#[cfg(target_os = "linux")]
#[test]
fn a_program_that_is_killed_takes_its_query_along() {
    let desk = held();
    let mut program = desk.start(&["sql", "select sleep_ms(600000)"]);
    let children = format!("/proc/{0}/task/{0}/children", program.id());
    let inner = || std::fs::read_to_string(&children).unwrap_or_default().trim().to_owned();
    wait_until("the query has a process", || !inner().is_empty());
    let inner = format!("/proc/{}", inner());
    program.kill().expect("killed");
    program.wait().expect("ended");
    wait_until("the process of the query is gone", || !std::path::Path::new(&inner).exists());
}

#[test]
fn fault_31_a_time_with_a_zone_is_london_s_in_every_format() {
    let desk = held();
    let sql = "select timestamptz '2026-06-30 23:30:00+00' as t, now() is not null as is_now, now() as at";
    for format in ["table", "csv", "tsv", "json", "jsonl", "markdown", "html"] {
        let shown = desk.run(&["sql", sql, "--format", format]).succeeded();
        assert_contains(&shown, &["2026-07-01T00:30:00+01:00"]);
        assert!(!shown.to_lowercase().contains("error"), "{shown}");
    }
    desk.run(&["sql", sql, "-o", "times.xlsx"]).succeeded();
    let refused = desk.run(&["sql", "select [now()] as t", "--format", "csv"]).failed(2);
    assert_contains(&refused, &["column \"t\" holds times with a zone in a list"]);
}

#[test]
fn fault_31_a_database_without_a_load_has_a_workbook_all_the_same() {
    let desk = Desk::new();
    desk.run(&["sql", "select 1 as a", "-o", "x.xlsx"]).succeeded();
    assert!(desk.path("x.xlsx").exists());
}

#[test]
fn fault_25_a_column_that_is_elsewhere_is_named_with_its_tables() {
    let desk = held();
    let refused = |sql: &str| desk.run(&["sql", sql]).failed(2);
    let text = refused("select person_id from suspect");
    assert_contains(&text, &["person_id is a column of ", "person", "custody"]);
    assert!(!text.contains("did you mean"), "{text}");
    let text = refused("select code from crime as c, crime as d");
    assert!(text.contains("Ambiguous reference") && !text.contains("did you mean"), "{text}");
    assert_contains(&refused("select crime_idd from crime"), &["did you mean crime_id?"]);
}

#[test]
fn fault_34_a_file_of_another_form_is_no_database() {
    let desk = Desk::bare();
    desk.write("some.csv", "a,b\n");
    for verb in [&["report", "v100"][..], &["sql", "select 1"], &["loads", "list"]] {
        let text = desk.run(&[verb, &["--db", "some.csv"]].concat()).failed(1);
        assert_contains(&text, &["some.csv: not a DuckDB database", "--db FILE"]);
    }
}

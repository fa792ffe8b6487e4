//! Adapters: the built-in ones by name, and a user's own file with one SELECT.

use super::balance;
use crate::support::{Desk, assert_contains, text};

/// An American export: other names, month first.
const SOURCE: &str =
    "ref,hocode,rep,nominal\nC1,8N,06/30/2026,P1\nC2,8N,06/13/2026,P1\nC3,19C,01/02/2026,P2\n";

fn refused(adapter: &str) -> String {
    let desk = Desk::new();
    desk.write("source.csv", SOURCE);
    desk.write("own.sql", adapter);
    let before = desk.whole_fingerprint();
    let problems = desk.run(&["load", "source.csv", "--adapter", "own.sql", "--errors", "json"]).problems(2);
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert_eq!((text(&problems[0]["kind"]), text(&problems[0]["at"])), ("usage", "own.sql"));
    assert_contains(text(&problems[0]["hint"]), &["one SELECT over `$path`"]);
    assert_eq!(desk.whole_fingerprint(), before);
    text(&problems[0]["message"]).to_owned()
}

#[test]
fn an_adapter_of_ones_own_renames_columns_and_reads_month_first_dates() {
    let desk = Desk::new();
    desk.write("source.csv", SOURCE);
    desk.write(
        "own.sql",
        "-- One row per crime and suspect; \"nominal\" is the person.\n\
         select ref as crime_id, hocode as code, strptime(rep, '%m/%d/%Y')::date as reported_on, nominal as suspect_id\n\
         from read_csv($path, header = true, all_varchar = true);\n",
    );
    let account = desk.load(&["source.csv", "--adapter", "own.sql"]);
    assert_eq!(balance(&account), [3, 0, 0, 0, 0], "{account}");
    assert_eq!(
        desk.rows("select crime_id, reported_on from crime order by 1"),
        ["C1|2026-06-30", "C2|2026-06-13", "C3|2026-01-02"]
    );
    assert_eq!(desk.row("select adapter, length(adapter_hash) from load_batch"), "own.sql|64");
}

#[test]
fn the_adapter_in_the_help_of_load_works_as_printed() {
    let desk = Desk::new();
    let help = desk.run(&["load", "--help"]).succeeded();
    let from = help.find("  select ref as crime_id").expect("an adapter in the help");
    let until =
        help[from..].find("all_varchar = true)").expect("its end") + from + "all_varchar = true)".len();
    desk.write("own.sql", &help[from..until]);
    desk.write("source.csv", SOURCE);
    desk.load(&["source.csv", "--adapter", "own.sql"]);
    assert_eq!(desk.row("select reported_on from crime where crime_id = 'C1'"), "2026-06-30");
}

#[test]
fn an_adapter_of_two_statements_is_refused() {
    let message = refused("select 'C1' as crime_id, $path as code; select 2");
    assert_eq!(message, "an adapter holds exactly one statement");
}

#[test]
fn an_adapter_without_a_statement_is_refused() {
    assert_eq!(refused("-- select $path;\n"), "an adapter holds exactly one statement");
}

#[test]
fn an_adapter_that_does_not_read_its_path_is_refused() {
    assert_eq!(
        refused("select 'C1' as crime_id, '8N' as code, '$path' as reported_on"),
        "the adapter does not read $path"
    );
}

#[test]
fn an_adapter_with_an_unknown_parameter_is_refused() {
    let message = refused("select * from read_csv($path, delim = $separator)");
    assert_eq!(message, "$separator is not given to adapters, only $path is");
}

#[test]
fn an_adapter_that_is_not_there_is_refused() {
    let desk = Desk::new();
    desk.write("source.csv", SOURCE);
    let stderr = desk.run(&["load", "source.csv", "--adapter", "absent.sql"]).failed(2);
    assert_contains(&stderr, &["harmrank: absent.sql: adapter cannot be read"]);
}

#[test]
fn a_mistyped_adapter_is_answered_with_the_nearest() {
    let desk = Desk::new();
    desk.write("source.csv", SOURCE);
    let stderr = desk.run(&["load", "source.csv", "--adapter", "nibr"]).failed(2);
    assert_contains(
        &stderr,
        &["no adapter \"nibr\"", "did you mean nibrs?", "built in: flat, nibrs", "ending in .sql"],
    );
}

#[test]
fn an_adapter_whose_sql_fails_is_named_with_the_reason() {
    let desk = Desk::new();
    desk.write("source.csv", SOURCE);
    desk.write("own.sql", "select nonesuch as crime_id from read_csv($path)");
    let before = desk.whole_fingerprint();
    let stderr = desk.run(&["load", "source.csv", "--adapter", "own.sql"]).failed(1);
    assert_contains(&stderr, &["source.csv: adapter own.sql cannot read it", "nonesuch"]);
    assert_eq!(desk.whole_fingerprint(), before);
}

#[test]
fn an_adapter_must_yield_the_required_columns() {
    let desk = Desk::new();
    desk.write("source.csv", SOURCE);
    desk.write(
        "own.sql",
        "select ref as crime_id, nominal as suspect_id from read_csv($path, all_varchar = true)",
    );
    let problems = desk.run(&["load", "source.csv", "--adapter", "own.sql", "--errors", "json"]).problems(1);
    let messages: Vec<_> = problems.iter().map(|problem| text(&problem["message"])).collect();
    assert_eq!(messages, ["no column code", "no column reported_on"]);
}

#[test]
fn an_adapter_cannot_write_to_the_database() {
    let desk = Desk::new();
    desk.write("source.csv", SOURCE);
    for sql in ["drop table staged_file -- $path", "insert into crime select $path", "attach $path as other"]
    {
        desk.write("own.sql", format!("{sql}\n, $path"));
        let before = desk.whole_fingerprint();
        desk.run(&["load", "source.csv", "--adapter", "own.sql"]).failed(1);
        assert_eq!(desk.whole_fingerprint(), before, "{sql}");
    }
}

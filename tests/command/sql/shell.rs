//! The shell, as somebody at a terminal has it.

use super::terminal::Terminal;
use crate::database::held;
use crate::support::{Desk, assert_contains};
use rustix::process::Signal;
use std::os::unix::fs::PermissionsExt;
use std::time::Duration;

fn shell(desk: &Desk) -> Terminal {
    let mut terminal = Terminal::start(desk, &["sql"]);
    terminal.wait_for("harmrank> ");
    terminal
}

#[test]
fn a_statement_of_several_lines_runs_at_its_semicolon() {
    let desk = held();
    let mut terminal = shell(&desk);
    terminal.type_in("select 40 + 1 as a,\r");
    terminal.type_in("  'x;' as b;\r");
    let shown = terminal.wait_for("(1 row)");
    assert_contains(&shown, &[" a  | b", " 41 | x;"]);
    terminal.wait_for("harmrank> ");
    // An empty line ends it too.
    terminal.type_in("select 42 as c\r\r");
    assert_contains(&terminal.wait_for("(1 row)"), &[" 42"]);
    terminal.wait_for("harmrank> ");
    assert_eq!(terminal.leave(), Some(0));
}

#[test]
fn tab_completes_columns_macros_and_their_parameters() {
    let desk = held();
    let mut terminal = shell(&desk);
    // The words are there once the database is open.
    terminal.ask("select 1;");
    terminal.type_in("from crime where incid\t");
    terminal.wait_for("incident_id");
    terminal.drop_line();
    terminal.type_in("from harm_rank\t");
    terminal.wait_for("harm_ranking(");
    terminal.type_in("as_o\t");
    terminal.wait_for("as_of := ");
    terminal.type_in("date '2026-06-02', window_d\t");
    terminal.wait_for("window_days := ");
    terminal.drop_line();
    terminal.type_in("from harm_\t\t");
    terminal.wait_for("harm_ranking(as_of date, window_days integer,");
    terminal.drop_line();
    terminal.type_in(".report v10\t");
    terminal.wait_for("v100");
    terminal.drop_line();
    assert_eq!(terminal.leave(), Some(0));
}

#[test]
fn ctrl_c_cancels_the_query_and_keeps_the_shell_and_what_was_made_in_it() {
    let desk = held();
    let mut terminal = shell(&desk);
    assert_contains(&terminal.ask("create temp table t as select 7 as kept;"), &["made table t"]);
    terminal.type_in(
        "select count(*) from range(1000000000) a (i), range(1000000000) b (j) where hash(i, j) = 1;\r",
    );
    std::thread::sleep(Duration::from_millis(500));
    terminal.interrupt();
    assert_contains(&terminal.wait_for("harmrank> "), &["cancelled; nothing was changed"]);
    assert_contains(&terminal.ask("from t;"), &["7", "(1 row)"]);

    // What does not hear is ended with its process.
    terminal.type_in("select levenshtein(repeat('a', 300000), repeat('b', 300000));\r");
    std::thread::sleep(Duration::from_millis(500));
    terminal.interrupt();
    assert_contains(
        &terminal.wait_for("harmrank> "),
        &["cancelled", "another one started", "temporary tables"],
    );
    assert_contains(&terminal.ask("select 41 + 1 as a;"), &["42"]);
    assert_contains(&terminal.ask("from t;"), &["Table with name t does not exist"]);
    assert_eq!(terminal.leave(), Some(0));
    assert!(desk.names().iter().all(|name| !name.starts_with(".harmrank-sql-")), "{:?}", desk.names());
}

#[test]
fn a_query_over_its_limits_ends_and_the_shell_lives_on() {
    let desk = held();
    let mut terminal = Terminal::start(&desk, &["sql", "--timeout", "1s"]);
    terminal.wait_for("harmrank> ");
    assert_contains(&terminal.ask("select sleep_ms(600000);"), &["the time limit of 1s was reached"]);
    let mut large = shell(&desk);
    assert_contains(&large.ask("select length(repeat('x', 2000000000));"), &["--memory"]);
    for mut terminal in [terminal, large] {
        assert_contains(&terminal.ask("select 41 + 1 as a;"), &["42"]);
        assert_eq!(terminal.leave(), Some(0));
    }
}

#[test]
fn the_history_is_by_statement_searchable_and_private() {
    let desk = held();
    let mut terminal = Terminal::start(&desk, &["sql"]);
    assert_contains(&terminal.wait_for("harmrank> "), &["Worth trying:", ".describe crime"]);
    terminal.type_in("select 1 as first,\r 2 as second;\r");
    terminal.wait_for("(1 row)");
    terminal.wait_for("harmrank> ");
    terminal.ask("select 3 as third;");
    assert_eq!(terminal.leave(), Some(0));
    let file = desk.path("state/harmrank/history");
    let mode = std::fs::metadata(&file).expect("history").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);

    let mut again = Terminal::start(&desk, &["sql"]);
    assert!(!again.wait_for("harmrank> ").contains("Worth trying"), "only the first time");
    // Up twice: the whole statement of two lines.
    again.type_in("\u{1b}[A\u{1b}[A");
    again.wait_for("2 as second;");
    again.type_in("\u{5}\r");
    again.wait_for("(1 row)");
    again.wait_for("harmrank> ");
    // Ctrl-R searches.
    again.type_in("\u{12}third");
    again.wait_for("3 as third");
    again.type_in("\r");
    again.wait_for("(1 row)");
    again.wait_for("harmrank> ");
    assert_eq!(again.leave(), Some(0));

    let before = std::fs::read(&file).expect("history");
    let mut silent = Terminal::start(&desk, &["sql", "--no-history"]);
    silent.wait_for("harmrank> ");
    silent.ask("select 'secret' as word;");
    assert_eq!(silent.leave(), Some(0));
    assert_eq!(std::fs::read(&file).expect("history"), before);
}

#[test]
fn a_long_answer_goes_to_the_pager_and_last_shows_all_of_it() {
    let desk = held();
    let mut command = desk.command(&["sql", "--limit", "60"]);
    command.env("PAGER", "cat > paged.txt");
    let mut terminal = Terminal::of(command, &desk);
    terminal.wait_for("harmrank> ");
    let shown = terminal.ask("select range as number from range(5000);");
    assert!(!shown.contains("(60 rows)"), "{shown}");
    let paged = || std::fs::read_to_string(desk.path("paged.txt")).expect("paged");
    assert_contains(&paged(), &["(60 rows)", "cut after 60 rows: there are more, all with .last"]);
    terminal.ask(".last");
    assert_contains(&paged(), &[" 4999", "(5,000 rows)"]);
    assert_contains(&terminal.ask("select 1 as short;"), &["(1 row)"]);
    assert_eq!(terminal.leave(), Some(0));
}

#[test]
fn dot_commands_know_the_data() {
    let desk = held();
    let mut terminal = shell(&desk);
    assert_contains(&terminal.ask(".tables"), &["crime", "One row per recorded crime"]);
    let crime = terminal.ask(".describe crime");
    assert_contains(
        &crime,
        &["crime: One row per recorded crime", " rows", "reported_on", "date", "day", "all"],
    );
    assert_contains(&terminal.ask(".describe harm_ranking"), &["harm_ranking(as_of date,"]);
    assert_contains(
        &terminal.ask(".describe crme"),
        &["no table, view or macro crme", "did you mean crime?"],
    );
    assert_contains(&terminal.ask(".schema custody"), &["CREATE TABLE custody("]);
    assert_contains(
        &terminal.ask(".macros ranking"),
        &["harm_ranking(as_of date, window_days integer", "rows"],
    );
    assert_contains(&terminal.ask(".reports"), &["v100", "explain"]);
    assert_contains(&terminal.ask(".mode csv"), &["format: csv"]);
    assert_contains(&terminal.ask("select 1 as a, null as b;"), &["a,b\n1,\n"]);
    assert_contains(&terminal.ask(".mode xlsx"), &["unknown format \"xlsx\"", "table, csv"]);
    assert_contains(&terminal.ask(".timer on"), &["timer on", " s\n"]);
    assert_contains(&terminal.ask(".about"), &["opened for reading"]);
    assert_contains(&terminal.ask(".help"), &[".describe NAME", "Ctrl-R"]);
    assert_contains(&terminal.ask(".tabels"), &["did you mean .tables?"]);
    assert_contains(&terminal.ask("select * from crme;"), &["did you mean crime?"]);
    terminal.type_in(".quit\r");
    assert_eq!(terminal.end(), Some(0));
}

#[test]
fn reports_run_beside_the_session_whatever_was_made_in_it() {
    let desk = held();
    let mut terminal = shell(&desk);
    terminal.ask("create temp macro harm_ranking(as_of) as table select 1 as wrong;");
    terminal.ask("create temp view crime as select 1 as wrong;");
    let plain = desk.run(&["report", "v100", "--format", "csv"]).succeeded();
    assert!(terminal.ask(".report v100 --format csv").contains(&plain));
    assert_contains(&terminal.ask(".person P1"), &["P1", "harmrank 0.1.0"]);
    assert_contains(&terminal.ask(".report v101"), &["v101"]);
    assert_eq!(terminal.leave(), Some(0));
}

#[test]
fn no_flag_of_a_report_in_the_shell_names_a_file() {
    let desk = held();
    let mut terminal = shell(&desk);
    let before = std::fs::read(desk.db()).expect("bytes");
    for flags in [
        "-o harmrank.duckdb --format csv",
        "-oharmrank.duckdb --format csv",
        "--output list.csv",
        "--output=list.csv",
        "--archive",
        "--archive=elsewhere",
        "--reports /tmp",
        "--db other.duckdb",
    ] {
        let shown = terminal.ask(&format!(".report v100 --limit 1 {flags}"));
        assert_contains(&shown, &["the shell writes and reads no file", "leave the shell"]);
    }
    assert_contains(&terminal.ask(".report v100 --limit 1 --format csv"), &["harm_rank,"]);
    assert!(std::fs::read(desk.db()).expect("bytes") == before, "the database was changed");
    assert_eq!(terminal.leave(), Some(0));
    let made = desk.names().into_iter().filter(|name| name != "state").collect::<Vec<_>>();
    assert_eq!(made, ["extract.csv", "harmrank.duckdb"]);
}

#[test]
fn a_safe_shell_runs_no_pager_of_the_users() {
    let desk = held();
    let mut command = desk.command(&["sql", "--safe", "--limit", "60"]);
    // Without `less` on the path a long answer is printed.
    command.env("PAGER", "cat > paged.txt").env("PATH", desk.path("nothing"));
    let mut terminal = Terminal::of(command, &desk);
    terminal.wait_for("harmrank> ");
    assert_contains(&terminal.ask("select range as number from range(60);"), &[" 59", "(60 rows)"]);
    terminal.ask(".report v100");
    assert_eq!(terminal.leave(), Some(0));
    assert!(!desk.path("paged.txt").exists());
}

#[test]
fn a_signal_at_the_prompt_ends_the_shell_and_leaves_nothing_behind() {
    let desk = held();
    let names = desk.names();
    let mut command = desk.command(&["sql", "--no-history"]);
    command.env("PAGER", "cat");
    let mut terminal = Terminal::of(command, &desk);
    terminal.wait_for("harmrank> ");
    terminal.ask("select 1;");
    terminal.signal(Signal::TERM);
    assert_eq!(terminal.end(), Some(130));
    assert_eq!(desk.names(), names);
}

#[test]
fn without_a_terminal_there_is_no_shell() {
    let desk = held();
    assert_contains(&desk.run(&["sql"]).failed(2), &["standard input: no statement in it"]);
}

#[test]
fn a_reason_is_asked_for_once_a_session_where_one_is_required() {
    let desk = held();
    desk.write("harmrank.toml", "[ledger]\nreason = \"required\"\n");
    let mut terminal = Terminal::start(&desk, &["sql", "--no-history"]);
    terminal.wait_for("Why are the data read");
    terminal.type_in("a weekly check\r");
    terminal.wait_for("harmrank> ");
    assert_contains(&terminal.ask("select 41 + 1 as a;"), &["42"]);
    assert_contains(&terminal.ask(".report v100 --limit 1"), &["People reported"]);
    assert_eq!(terminal.leave(), Some(0));
    let shown = desk.run(&["ledger", "show", "--format", "csv"]).succeeded();
    assert_eq!(shown.matches("a weekly check").count(), 2, "{shown}");

    let mut none = Terminal::start(&desk, &["sql", "--no-history"]);
    none.wait_for("Why are the data read");
    none.type_in("\r");
    none.wait_for("no reason given");
    assert_eq!(none.end(), Some(2));
}

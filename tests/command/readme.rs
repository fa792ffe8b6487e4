//! What README.md tells a user to type works, and shows what it says.

use crate::demo::{demo, open};
use crate::support::{Desk, assert_contains};

const README: &str = include_str!("../../README.md");

/// The commands set off by four spaces that call the program, without its name.
fn commands() -> Vec<Vec<&'static str>> {
    let lines = README.lines().filter_map(|line| line.strip_prefix("    "));
    let calls = lines.filter_map(|line| line.trim_start_matches("$ ").strip_prefix("harmrank "));
    calls.map(|call| call.split_whitespace().collect()).collect()
}

/// The block of SQL that begins with these words, up to the empty line after it.
fn sql_block(beginning: &str) -> String {
    let start = README.find(beginning).expect("the block is in the README");
    let block = README[start..].split("\n\n").next().expect("a block");
    block.lines().map(str::trim_start).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_command_runs_in_the_order_it_stands() {
    let desk = Desk::bare();
    desk.write("extract.csv", "crime_id,code,reported_on,suspect_id,victim_sex\nC1,8N,30/06/2026,N1,F\n");
    desk.write("export.csv", "ref,hocode,rep\nC2,8N,06/30/2026\n");
    desk.write("c.csv", "crime_id,code,reported_on\nC3,8N,30/06/2026\n");
    desk.write("s.csv", "crime_id,person_id\nC3,N1\n");
    desk.write("corrected.csv", "crime_id,person_id\nC3,N2\n");
    desk.write("v.csv", "crime_id,person_id\nC3,N3\n");
    desk.write("p.csv", "person_id,sex\nN3,F\n");
    desk.write("protected.csv", "person_id,ethnicity\nN3,W1\n");
    desk.write("question.sql", sql_block("select code, count(*) as crimes"));
    desk.write("my_force.sql", sql_block("select ref as crime_id"));
    desk.write("schedules.toml", sql_block("[schedule.v100]"));
    let on_demo = ["--limit", "explain"];
    let (demo_commands, own_commands): (Vec<_>, Vec<_>) =
        commands().into_iter().partition(|call| call.iter().any(|word| on_demo.contains(word)));
    assert!(own_commands.len() >= 5 && demo_commands.len() >= 3, "{own_commands:?} {demo_commands:?}");
    for call in own_commands {
        // The data are of a day long past: so is the moment.
        if call.starts_with(&["schedule", "status"]) {
            for call in [&["schedule", "run"], call.as_slice()] {
                let mut command = desk.command(call);
                let output =
                    command.env("HARMRANK_NOW", "2026-06-29T05:00:00Z").output().expect("program run");
                assert!(output.status.success(), "{output:?}");
            }
            continue;
        }
        let outcome = desk.run(&call);
        if call[0] == "sql" && outcome.stderr.contains("withheld from the tables") {
            // Somebody was restricted before.
            assert_eq!((outcome.code, outcome.stderr.lines().count()), (Some(0), 1), "{outcome:?}");
        } else {
            outcome.succeeded();
        }
    }
    for mut call in demo_commands {
        call.extend(["--db", "harmrank-demo.duckdb"]);
        demo().0.run(&call).succeeded();
    }
}

#[test]
fn fault_28_the_example_of_a_schedule_makes_its_list_on_the_demo() {
    let line = README.lines().find(|line| line.starts_with("    HARMRANK_NOW=")).expect("a line");
    let (moment, call) = line.trim().split_once(' ').expect("a moment and a command");
    let desk = Desk::new();
    desk.write("schedules.toml", sql_block("[schedule.v100]"));
    let demo = demo().0.path("harmrank-demo.duckdb").display().to_string();
    let call = call.replace("harmrank-demo.duckdb", &demo);
    let words: Vec<_> = call.split_whitespace().skip(1).chain(["--file", "schedules.toml"]).collect();
    let run = |words: &[&str]| {
        let mut command = desk.command(words);
        command.env("HARMRANK_NOW", moment.trim_start_matches("HARMRANK_NOW=")).output().expect("program run")
    };
    let dry = run(&[&words[..], &["--dry-run"]].concat());
    assert_contains(&String::from_utf8_lossy(&dry.stdout), &["v100 2026-W27: would be made"]);
    let made = run(&words);
    assert!(made.status.success(), "{made:?}");
    assert_contains(&String::from_utf8_lossy(&made.stdout), &["v100 2026-W27: 5"]);
}

#[test]
fn the_first_screen_shows_the_list_of_the_demo() {
    let shown = README.lines().skip_while(|line| !line.contains("+-------+"));
    let shown: Vec<_> = shown.skip(1).take(5).collect();
    let listed =
        demo().0.run(&["report", "v100", "--limit", "5", "--db", "harmrank-demo.duckdb"]).succeeded();
    for row in shown {
        let values: Vec<_> = row.split('|').map(str::trim).take(6).collect();
        let found = listed.lines().any(|line| {
            let cells: Vec<_> = line.split('|').map(str::trim).take(6).collect();
            cells == values
        });
        assert!(found, "the README shows {values:?}, the demo\n{listed}");
    }
}

#[test]
fn its_query_for_other_clients_and_its_query_for_nibrs_run() {
    let connection = open(&demo().0.path("harmrank-demo.duckdb"));
    for beginning in
        ["select harm_rank, person_id, harm_days\n", "select\n        count(distinct suspect.person_key)"]
    {
        let sql = sql_block(beginning);
        connection.prepare(&sql).and_then(|mut query| query.execute([])).expect("the query runs");
    }
    assert_contains(README, &["(2,808, 2,871, 3,016, 3,544)"]);
}

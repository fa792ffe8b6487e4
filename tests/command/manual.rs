//! What README.md and the manual show a user to type works, and prints what they show.

use crate::demo::{demo, open};
use crate::report::terminal::at_terminal;
use crate::support::{Desk, assert_contains};
use std::fs;
use std::path::Path;

const README: &str = include_str!("../../README.md");

/// Words of commands that are shown for what only a user can give, or are run by another test.
const NOT_RUN: [&str; 2] = ["harmrank-demo", "--systemd"];

/// The topics of the manual, by name.
fn topics() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/manual");
    let mut topics: Vec<_> = fs::read_dir(folder)
        .expect("the manual")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .map(|path| {
            let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
            (name, fs::read_to_string(&path).expect("a topic"))
        })
        .collect();
    topics.sort();
    topics
}

/// The commands of a text that call the program: the arguments of each.
fn commands(text: &str) -> Vec<Vec<String>> {
    let lines = text.lines().filter_map(|line| line.strip_prefix("    "));
    let calls = lines.filter_map(|line| line.trim_start_matches("$ ").strip_prefix("harmrank "));
    calls.map(|call| shlex::split(call).expect("words")).collect()
}

/// The indented block that begins with these words, up to the empty line after it.
fn block(text: &str, beginning: &str) -> String {
    let start = text.find(beginning).unwrap_or_else(|| panic!("no block {beginning:?}"));
    let block = text[start..].split("\n\n").next().expect("a block");
    block.lines().map(|line| line.strip_prefix("    ").unwrap_or(line)).collect::<Vec<_>>().join("\n")
}

fn topic(name: &str) -> String {
    topics().into_iter().find(|(found, _)| found == name).expect("the topic").1
}

/// A folder with everything that the commands of the manual name.
fn desk() -> Desk {
    let desk = Desk::bare();
    desk.write(
        "extract.csv",
        "crime_id,code,reported_on,suspect_id,suspect_sex,victim_sex,Crime Ref,officer,unit,status\n\
         C1,8N,30/06/2026,N1,M,F,C1,O1,U1,recorded\nC2,8N,29/06/2026,N2,M,F,C2,O1,U1,recorded\n",
    );
    desk.write("export.csv", "ref,hocode,rep\nC2,8N,06/30/2026\n");
    desk.write("c.csv", "crime_id,code,reported_on\nC3,8N,30/06/2026\n");
    desk.write("s.csv", "crime_id,person_id\nC3,N1\n");
    desk.write("corrected.csv", "crime_id,person_id\nC3,N2\n");
    desk.write("v.csv", "crime_id,person_id\nC3,N3\n");
    desk.write("p.csv", "person_id,sex\nN3,F\n");
    desk.write("protected.csv", "person_id,ethnicity\nN3,W1\n");
    desk.write("question.sql", block(&topic("sql"), "select code, count(*) as crimes"));
    desk.write("my_force.sql", block(&topic("adapters"), "select\n        ref as crime_id"));
    desk.write("schedules.toml", block(&topic("schedule"), "[schedule.v100]"));
    desk
}

#[test]
fn every_command_of_readme_and_manual_runs() {
    let mut count = 0;
    for (name, text) in topics().into_iter().chain([("README".to_owned(), README.to_owned())]) {
        let desk = desk();
        let calls = commands(&text);
        if !calls.iter().any(|call| call[0] == "init") {
            desk.run(&["init"]).succeeded();
            desk.run(&["load", "extract.csv", "--extract-date", "2026-06-30"]).succeeded();
            desk.run(&["report", "v100", "--archive", "--limit", "9"]).succeeded();
        }
        for call in calls {
            let call: Vec<_> = call.iter().map(String::as_str).collect();
            if call == ["demo"]
                || call.iter().any(|word| NOT_RUN.contains(word))
                || call.contains(&"--limit") && name == "README"
            {
                continue;
            }
            count += 1;
            let outcome = run(&desk, &call);
            assert!(outcome.is_ok(), "{name}: harmrank {}\n{}", call.join(" "), outcome.unwrap_err());
        }
    }
    assert!(count > 60, "{count}");
}

/// Runs a command of the manual in the state that its text supposes.
fn run(desk: &Desk, call: &[&str]) -> Result<(), String> {
    if call.starts_with(&["loads", "undo"]) {
        // The manual undoes the fifth load: it is made the newest.
        let newest = || desk.row("select max(batch_key) from load_batch").parse::<i32>().expect("a number");
        while newest() < 5 {
            desk.run(&["load", "extract.csv", "--extract-date", "2026-06-30"]).succeeded();
        }
        if newest() > 5 {
            desk.run(&["loads", "undo", "6", "--with-later"]).succeeded();
        }
    }
    if call.starts_with(&["runs", "diff"]) {
        desk.run(&["report", "v100", "--archive"]).succeeded();
    }
    // The data are of a day long past: so is the moment.
    let moment = "2026-06-29T05:00:00Z";
    if call.starts_with(&["schedule", "status"]) {
        let made = desk.command(&["schedule", "run"]).env("HARMRANK_NOW", moment).status();
        assert!(made.expect("program run").success());
    }
    let mut command = desk.command(call);
    command.env("HARMRANK_NOW", moment);
    let output = command.output().expect("program run");
    if output.status.success() {
        return Ok(());
    }
    Err(String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn fault_28_the_example_of_a_schedule_makes_its_list_on_the_demo() {
    let text = topic("schedule");
    let line = text.lines().find(|line| line.starts_with("    HARMRANK_NOW=")).expect("a line");
    let (moment, call) = line.trim().split_once(' ').expect("a moment and a command");
    let desk = Desk::new();
    desk.write("schedules.toml", block(&text, "[schedule.v100]"));
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
fn the_first_screen_is_what_the_command_prints_at_a_hundred_columns() {
    let shown: Vec<_> = README
        .lines()
        .skip_while(|line| !line.starts_with("    $ harmrank"))
        .skip(1)
        .take_while(|line| line.is_empty() || line.starts_with("    "))
        .map(|line| line.strip_prefix("    ").unwrap_or(line))
        .collect();
    let desk = &demo().0;
    let seen = at_terminal(
        desk,
        100,
        200,
        "cat",
        &["report", "v100", "--limit", "5", "--db", "harmrank-demo.duckdb"],
    );
    let mut printed = seen.screen.lines().map(str::trim_end);
    assert!(shown.len() > 15, "{shown:?}");
    for (place, line) in shown.iter().enumerate() {
        if *line == "..." {
            let next = shown.get(place + 1).expect("a line after what is left out");
            let rest: Vec<_> = printed.clone().collect();
            let at = rest.iter().position(|line| line == next);
            let at = at.unwrap_or_else(|| panic!("{next:?} is not printed:\n{}", seen.screen));
            for _ in 0..at {
                printed.next();
            }
        } else if !(line.is_empty() && place + 1 == shown.len()) {
            assert_eq!(printed.next(), Some(*line), "{}", seen.screen);
        }
    }
}

#[test]
fn readme_names_every_topic_and_is_short() {
    for (name, _) in topics() {
        assert!(README.contains(&format!("(src/manual/{name}.md)")), "README.md has no link to {name}");
    }
    assert!(README.lines().count() <= 150);
}

#[test]
fn help_shows_every_topic_and_needs_no_database() {
    let desk = Desk::bare();
    let listed = desk.run(&["help"]).succeeded();
    for (name, text) in topics() {
        let title = text.lines().next().expect("a title").trim_start_matches("# ");
        assert_contains(&listed, &[&name, title]);
        assert_contains(&desk.run(&["help", &name]).succeeded(), &[title]);
    }
    assert_contains(
        &desk.run(&["help", "loads", "undo"]).succeeded(),
        &["--with-later", "harmrank help load"],
    );
    assert_contains(
        &desk.run(&["help", "lods"]).failed(2),
        &["no topic and no command", "did you mean load"],
    );
    assert!(desk.names().is_empty());
}

#[test]
fn man_pages_and_completions_come_from_the_same_commands() {
    let desk = Desk::bare();
    desk.run(&["man", "pages"]).succeeded();
    let page = |name: &str| fs::read_to_string(desk.path("pages").join(name)).expect(name);
    assert_contains(&page("harmrank-load.1"), &["\\-\\-extract\\-date"]);
    assert_contains(&page("harmrank-report-v100.1"), &["\\-\\-window\\-days"]);
    assert_contains(&page("harmrank-rules.7"), &[".SH NAME", "Ranks are 1, 2, 2, 4"]);
    for shell in ["bash", "zsh", "fish"] {
        assert_contains(
            &desk.run(&["completions", shell]).succeeded(),
            &["extract-date", "window-days", "who-saw"],
        );
    }
}

#[test]
fn the_topic_of_columns_has_every_column_of_the_flat_extract() {
    let text = topic("columns");
    let desk = Desk::new();
    for row in desk.rows("select column_name || ' | ' || kind || case when is_required then ', required' else '' end || ' | ' || meaning from flat_column") {
        let row = row.split(" | ").collect::<Vec<_>>();
        assert_contains(&text, &[&format!("| `{}` | {} | {} |", row[0], row[1], row[2])]);
    }
}

#[test]
fn its_query_for_other_clients_runs() {
    let connection = open(&demo().0.path("harmrank-demo.duckdb"));
    let sql = block(&topic("other-clients"), "select harm_rank, person_id, harm_days\n");
    connection.prepare(&sql).and_then(|mut query| query.execute([])).expect("the query runs");
}

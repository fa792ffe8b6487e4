//! `harmrank demo`: a synthetic force near what is published, the same for the same seed, in a file of its own.

use crate::support::{Desk, assert_contains, fingerprint, finish, rows, text, wait_until};
use duckdb::{AccessMode, Config, Connection};
use rustix::process::{Pid, Signal, kill_process};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::OnceLock;
use std::time::Duration;

/// The demo at its default size, made once, and what it printed.
pub fn demo() -> &'static (Desk, String) {
    static DEMO: OnceLock<(Desk, String)> = OnceLock::new();
    DEMO.get_or_init(|| {
        let desk = Desk::shared("demo");
        let printed = desk.run(&["demo"]).succeeded();
        (desk, printed)
    })
}

pub fn open(path: &Path) -> Connection {
    let config = Config::default().access_mode(AccessMode::ReadOnly).expect("configured");
    Connection::open_with_flags(path, config).expect("database opened")
}

/// The single value of a query over the default demo.
fn number(sql: &str) -> f64 {
    let found = rows(&open(&demo().0.path("harmrank-demo.duckdb")), sql);
    found[0].parse().unwrap_or_else(|_| panic!("{sql}: {found:?}"))
}

#[track_caller]
fn assert_between(least: f64, most: f64, sql: &str) {
    let found = number(sql);
    assert!((least..=most).contains(&found), "{found} is not between {least} and {most}: {sql}");
}

const POOL: &str = "harm_ranking(as_of := date '2026-06-30')";
const HUNDRED: &str =
    "(from harm_ranking(as_of := date '2026-06-30', list_size := 100) where harm_rank <= 100)";

#[test]
fn the_pool_is_near_thirty_six_thousand_people() {
    assert_between(35_000.0, 37_000.0, &format!("select count(*) from {POOL}"));
}

#[test]
fn the_median_total_is_near_eleven_days() {
    assert_between(
        10.0,
        12.0,
        &format!("select quantile_disc(harm_days, 0.5) from {POOL} where harm_days is not null"),
    );
}

#[test]
fn five_to_ten_in_a_hundred_carry_four_fifths_of_the_harm() {
    assert_between(
        5.0,
        10.0,
        &format!(
            "with ranked as (
                 select harm_days, sum(harm_days) over (order by harm_days desc, person_id) as so_far from {POOL} where harm_days is not null
             )
             select 100.0 * count(*) filter (where so_far - harm_days < 0.8 * (select sum(harm_days) from ranked)) / count(*) from ranked"
        ),
    );
}

#[test]
fn the_hundred_have_four_to_five_crimes_each() {
    assert_between(4.0, 5.0, &format!("select avg(crimes) from {HUNDRED}"));
}

#[test]
fn the_hundred_carry_some_fourteen_hundred_years() {
    assert_between(1_300.0, 1_500.0, &format!("select sum(harm_days) / 365 from {HUNDRED}"));
}

#[test]
fn the_hundred_have_some_two_hundred_victims() {
    assert_between(
        170.0,
        240.0,
        &format!(
            "select count(*) from (
                 select distinct victim.person_key, victim.unidentified_in
                 from harm_evidence(date '2026-06-30') as evidence
                 inner join person using (person_key)
                 inner join victim_known_on(null) as victim using (crime_key)
                 where evidence.is_counted and is_victim_in_scope('vawg', victim.sex, victim.kind)
                     and person.person_id in (select person_id from {HUNDRED})
             )"
        ),
    );
}

#[test]
fn two_of_the_hundred_have_fifteen_victims_or_more() {
    assert_between(2.0, 2.0, &format!("select count(*) from {HUNDRED} where victims >= 15"));
}

#[test]
fn some_are_tied_at_the_cut() {
    assert_between(
        2.0,
        15.0,
        &format!("select count(*) from {HUNDRED} where harm_days = (select min(harm_days) from {HUNDRED})"),
    );
}

fn hundred_of(day: &str) -> BTreeSet<String> {
    let sql = format!(
        "select person_id from harm_ranking(as_of := date '{day}', list_size := 100) where harm_rank <= 100"
    );
    rows(&open(&demo().0.path("harmrank-demo.duckdb")), &sql).into_iter().collect()
}

#[test]
fn few_of_one_year_are_on_the_list_of_the_next() {
    let both = hundred_of("2026-06-30").intersection(&hundred_of("2025-06-30")).count();
    assert!((1..=10).contains(&both), "{both}");
}

#[test]
fn most_of_one_week_are_on_the_list_of_the_next() {
    let both = hundred_of("2026-06-30").intersection(&hundred_of("2026-06-23")).count();
    assert!(both >= 90, "{both}");
}

#[test]
fn the_demo_prints_the_list_its_footer_and_three_commands_that_run() {
    let (desk, printed) = demo();
    assert_eq!(desk.names(), ["harmrank-demo.duckdb"]);
    let list = desk.run(&["report", "v100", "--db", "harmrank-demo.duckdb"]).succeeded();
    let rest = printed.strip_prefix(&list).expect("the list and its footer as report v100 prints them");
    assert_contains(
        &list,
        &[
            "People reported for the most harm",
            "people in the pool",
            "parameters",
            "index ",
            "data of 2026-06-30",
        ],
    );
    assert_contains(rest, &["These people do not exist."]);
    let commands = commands(rest);
    assert_eq!(commands.len(), 3, "{rest}");
    for command in &commands {
        let words: Vec<_> = command.iter().skip(1).map(String::as_str).collect();
        let shown = desk.run(&words).succeeded();
        assert!(!shown.contains("(no rows)"), "{command:?} shows nothing:\n{shown}");
    }
    assert_contains(&commands[0].join(" "), &["report explain --person "]);
    let first = desk
        .run(&["report", "v100", "--db", "harmrank-demo.duckdb", "--limit", "1", "--format", "csv"])
        .succeeded();
    assert_contains(&first, &[&format!("1,{},", commands[0][4])]);
}

/// The commands printed, taken into words as a shell does.
fn commands(printed: &str) -> Vec<Vec<String>> {
    let lines = printed.lines().map(str::trim).filter(|line| line.starts_with("harmrank "));
    lines
        .map(|line| {
            let output = std::process::Command::new("sh")
                .args(["-c", &format!("for word in {line}; do printf '%s\\n' \"$word\"; done")])
                .output()
                .expect("a shell");
            String::from_utf8(output.stdout).expect("UTF-8").lines().map(ToOwned::to_owned).collect()
        })
        .collect()
}

#[test]
fn the_commands_run_as_printed_from_a_folder_with_a_blank_in_its_name() {
    let desk = Desk::bare();
    std::fs::create_dir(desk.path("my force")).expect("folder");
    let printed =
        desk.run(&["demo", "--suspects", "100", "--years", "1", "--db", "my force/demo.duckdb"]).succeeded();
    let commands = commands(&printed);
    assert_eq!(commands.len(), 3);
    for command in commands {
        desk.run(&command.iter().skip(1).map(String::as_str).collect::<Vec<_>>()).succeeded();
    }
}

/// Makes a small force; its tables and what was printed.
fn small(flags: &[&str]) -> (Vec<(String, String)>, String) {
    let desk = Desk::bare();
    let printed = desk.run(&[&["demo", "--suspects", "150", "--years", "1"], flags].concat()).succeeded();
    (fingerprint(&open(&desk.path("harmrank-demo.duckdb"))).into_iter().collect(), printed)
}

#[test]
fn the_same_seed_makes_the_same_force_and_another_seed_another() {
    let first = small(&["--seed", "7"]);
    assert_eq!(small(&["--seed", "7"]), first);
    assert_eq!(small(&["--seed", "7", "--threads", "1"]), first);
    let (tables, printed) = small(&["--seed", "8"]);
    assert_ne!(printed, first.1);
    let differing: Vec<_> = tables
        .iter()
        .zip(&first.0)
        .filter(|(other, first)| other != first)
        .map(|((table, _), _)| table.as_str())
        .collect();
    for table in ["crime", "person", "suspect", "suspicion", "victim"] {
        assert!(differing.contains(&table), "{table} is the same for two seeds");
    }
}

#[test]
fn the_default_seed_is_one() {
    assert_eq!(small(&[]), small(&["--seed", "1"]));
}

#[test]
fn the_default_force_is_the_same_on_any_day() {
    let desk = Desk::bare();
    let mut command = desk.command(&["demo", "--suspects", "150", "--years", "1"]);
    command.env("HARMRANK_TODAY", "2031-02-03");
    let output = command.output().expect("program run");
    assert_eq!(String::from_utf8_lossy(&output.stdout), small(&[]).1);
}

#[test]
fn a_demo_replaces_an_earlier_one() {
    let desk = Desk::bare();
    let first = desk.run(&["demo", "--suspects", "100", "--years", "1", "--seed", "7"]).succeeded();
    let second = desk.run(&["demo", "--suspects", "100", "--years", "1", "--seed", "8"]).succeeded();
    assert_ne!(first, second);
    assert_eq!(desk.names(), ["harmrank-demo.duckdb"]);
    assert_eq!(rows(&open(&desk.path("harmrank-demo.duckdb")), "select count(*) from load_batch"), ["1"]);
}

#[test]
fn a_demo_replaces_one_that_another_version_made() {
    let desk = Desk::bare();
    let make = ["demo", "--suspects", "100", "--years", "1"];
    let printed = desk.run(&make).succeeded();
    let older = Connection::open(desk.path("harmrank-demo.duckdb")).expect("database opened");
    older
        .execute_batch("update harmrank_stamp set sql_hash = 'older'; drop macro table harm_ranking")
        .expect("made older");
    drop(older);
    assert_eq!(desk.run(&make).succeeded(), printed);
}

/// A file that the demo did not make: refused by name, not a byte changed, nothing left beside it.
#[track_caller]
fn assert_left_alone(desk: &Desk) {
    let before = std::fs::read(desk.db()).expect("bytes");
    let names = desk.names();
    let stderr = desk.run(&["demo", "--suspects", "100", "--db", "harmrank.duckdb"]).failed(1);
    assert_contains(&stderr, &["harmrank: harmrank.duckdb: ", "name another file with --db FILE"]);
    assert_eq!(std::fs::read(desk.db()).expect("bytes"), before);
    assert_eq!(desk.names(), names);
}

#[test]
fn a_forces_own_database_is_never_overwritten() {
    let desk = Desk::holding("crime_id,code,reported_on\nC1,8N,2026-06-01\n", &[]);
    assert_left_alone(&desk);
    assert_left_alone(&Desk::new());
}

#[test]
fn a_demo_into_which_a_force_has_loaded_is_never_overwritten() {
    let desk = Desk::bare();
    desk.run(&["demo", "--suspects", "100", "--years", "1", "--db", "harmrank.duckdb"]).succeeded();
    desk.load_text("crime_id,code,reported_on\nC1,8N,2026-06-01\n", &[]);
    assert_left_alone(&desk);
}

#[test]
fn another_programs_database_is_never_overwritten() {
    let desk = Desk::bare();
    Connection::open(desk.db())
        .and_then(|other| other.execute_batch("create table t as select 1 as a"))
        .expect("other database");
    assert_left_alone(&desk);
}

#[test]
fn a_text_file_is_never_overwritten() {
    let desk = Desk::bare();
    desk.write("harmrank.duckdb", "my notes\n");
    let stderr = desk.run(&["demo", "--suspects", "100", "--db", "harmrank.duckdb"]).failed(1);
    assert_contains(&stderr, &["harmrank: harmrank.duckdb: not a DuckDB database"]);
    assert_eq!(std::fs::read(desk.db()).expect("bytes"), b"my notes\n");
    assert_eq!(desk.names(), ["harmrank.duckdb"]);
}

#[test]
fn an_interrupted_demo_leaves_nothing() {
    for pause in [0, 1500] {
        let desk = Desk::bare();
        let child = desk.start(&["demo", "--suspects", "20000"]);
        wait_until("the demo is on its way", || !desk.names().is_empty());
        std::thread::sleep(Duration::from_millis(pause));
        kill_process(Pid::from_child(&child), Signal::INT).expect("signal sent");
        finish(child).failed(130);
        assert!(desk.names().is_empty(), "{:?}", desk.names());
    }
}

#[test]
fn a_size_out_of_range_is_wrong_use() {
    let desk = Desk::bare();
    for flags in [["--suspects", "99"], ["--years", "0"], ["--seed", "-1"]] {
        desk.run(&[&["demo"], &flags[..]].concat()).failed(2);
    }
    assert!(desk.names().is_empty());
}

#[test]
fn the_demo_says_what_was_left_out() {
    let (_, printed) = demo();
    let words = printed.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_contains(
        &words,
        &[
            "crime is cancelled",
            "detected by police",
            "suspect acquitted",
            "under 18 or age uncertain",
            "placeholder record, not a person",
            "dead",
        ],
    );
    let report = demo().0.report(&["v100", "--db", "harmrank-demo.duckdb"]);
    assert_eq!(text(&report["meta"]["data_date"]), "2026-06-30");
}

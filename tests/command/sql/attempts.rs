//! What a query may and may not do, attempt by attempt; after each the database and its folder are as they were.

use crate::database::held;
use crate::support::{Desk, Outcome};

const ATTEMPTS: &str = include_str!("../../fixture/sql_attempts.txt");

struct Attempt {
    verdict: &'static str,
    sql: String,
}

fn attempts(desk: &Desk) -> Vec<Attempt> {
    let path = |name: &str| desk.path(name).display().to_string();
    let lines = ATTEMPTS.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let (verdict, rest) = line.split_once(" | ").expect("a verdict");
            let (sql, why) = rest.rsplit_once(" | ").expect("a reason");
            assert!(!why.trim().is_empty(), "{line}");
            let sql = sql
                .replace("\\|", "|")
                .replace("{db}", &path("harmrank.duckdb"))
                .replace("{other}", &path("extract.csv"))
                .replace("{folder}", path("").trim_end_matches('/'));
            Attempt { verdict, sql }
        })
        .collect()
}

fn judge(attempt: &Attempt, outcome: &Outcome) -> Result<(), String> {
    let said = |words: &str| outcome.stderr.contains(words);
    let is_so = match attempt.verdict {
        "allowed" => outcome.code == Some(0) && outcome.stderr.is_empty(),
        "refused" => outcome.code == Some(2) && !said("Error:"),
        "fails" => outcome.code == Some(1) && said("read-only mode"),
        "time" => outcome.code == Some(4) && said("the time limit of "),
        "memory" => outcome.code == Some(1) && said("--memory"),
        other => return Err(format!("no such verdict: {other}")),
    };
    if is_so { Ok(()) } else { Err(format!("{} is not {}: {outcome:#?}", attempt.sql, attempt.verdict)) }
}

#[test]
fn every_attempt_ends_as_it_should_and_leaves_nothing_behind() {
    let desk = held();
    let attempts = attempts(&desk);
    assert!(attempts.len() >= 60, "{}", attempts.len());
    let (names, bytes) = (desk.names(), std::fs::read(desk.db()).expect("bytes"));
    let mut wrong = Vec::new();
    for attempt in &attempts {
        let timeout = if attempt.verdict == "time" { "1s" } else { "60s" };
        let outcome = desk.run(&["sql", "--timeout", timeout, &attempt.sql]);
        wrong.extend(judge(attempt, &outcome).err());
        assert_eq!(desk.names(), names, "the folder after {}", attempt.sql);
        assert!(std::fs::read(desk.db()).expect("bytes") == bytes, "the database after {}", attempt.sql);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

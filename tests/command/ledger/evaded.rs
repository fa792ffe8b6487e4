//! Ways around the ledger: none leads to people without a line, and what was done to a whole chain is found.

use super::{content, file, held, lines, set, told};
use crate::support::{Desk, assert_contains, text};
use harmrank::embedded_sql::to_hex;
use sha2::{Digest, Sha256};
use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};

#[test]
fn a_link_to_the_database_leads_to_its_settings_and_its_folder() {
    let desk = held();
    set(&desk, "reason = \"required\"");
    fs::create_dir(desk.path("elsewhere")).expect("folder");
    symlink(desk.db(), desk.path("elsewhere/link.duckdb")).expect("linked");
    let before = content(&desk);
    let read = ["report", "v100", "--db", "elsewhere/link.duckdb", "--archive"];
    assert_contains(&desk.run(&read).failed(2), &["no reason given"]);
    assert_eq!(content(&desk), before);
    desk.run(&[&read[..], &["--reason", "a test"]].concat()).succeeded();
    assert!(content(&desk).len() > before.len());
    assert!(desk.path("harmrank-runs").is_dir());
    assert_eq!(fs::read_dir(desk.path("elsewhere")).expect("folder").count(), 1, "the link alone");
}

#[test]
fn settings_that_cannot_be_followed_are_not_taken_for_none() {
    let desk = held();
    symlink("away.toml", desk.path("harmrank.toml")).expect("linked");
    assert_contains(&desk.run(&["report", "v100"]).failed(2), &["harmrank.toml", "link to nothing"]);
}

#[test]
fn nothing_is_adopted_where_it_cannot_be_logged() {
    let desk = held();
    let run = desk.run(&["report", "v100", "--archive"]).succeeded();
    let manifest = desk.path("harmrank-runs").join(run.trim()).join("manifest.json");
    let before = fs::read(&manifest).expect("manifest");
    let adopt = ["runs", "adopt", run.trim(), "--role", "a panel", "--note", "worked"];
    fs::rename(desk.db(), desk.path("away.duckdb")).expect("moved");
    assert_contains(&desk.run(&adopt).failed(1), &["no such database"]);
    desk.write("harmrank.duckdb", "something else");
    fs::rename(desk.path("harmrank.ledger"), desk.path("closed.ledger")).expect("moved");
    desk.run(&adopt).failed(1);
    assert_eq!(fs::read(&manifest).expect("manifest"), before);
}

#[test]
fn to_print_the_sql_of_a_report_is_logged_for_it_looks_people_up() {
    let desk = held();
    desk.run(&["report", "explain", "--person", "N10", "--print-sql"]).failed(2);
    assert_eq!(told(&desk)[2..], ["report begun", "report ended"]);
    set(&desk, "reason = \"required\"");
    desk.run(&["report", "v100", "--print-sql"]).failed(2);
    assert_eq!(told(&desk).len(), 4);
}

#[test]
fn a_reason_keeps_no_reference_however_it_is_written() {
    let desk = held();
    let asked = [
        ("select $$N101$$ as who", "about n101 and N101"),
        ("select $q$N102$q$ as who", "N102, see n102."),
        ("select count(*) as n from crime where incident_id = '8' or crime_key = 7741", "number 7741"),
    ];
    for (sql, reason) in asked {
        desk.run(&["sql", sql, "--reason", reason]).succeeded();
    }
    desk.run(&["report", "explain", "--person", "N101", "--reason", "n101 again"]).succeeded();
    let reasons: Vec<_> =
        lines(&desk).iter().filter_map(|line| line["reason"].as_str().map(str::to_lowercase)).collect();
    assert_eq!(reasons.len(), 4);
    for reason in reasons {
        assert!(!reason.contains("n101") && !reason.contains("n102") && !reason.contains("7741"), "{reason}");
        assert_contains(&reason, &["hmac:"]);
    }
}

/// A chain with every line changed and sealed anew, as only a forger who knows the form could.
fn forged(desk: &Desk, change: impl Fn(usize, &str) -> String) -> String {
    let mut before = "0".repeat(64);
    let mut text = String::new();
    for (place, line) in content(desk).lines().enumerate() {
        let body = change(place, line.split(",\"hash\":").next().expect("a hash"));
        let (head, _) = body.rsplit_once(",\"before\":").expect("a hash before");
        let body = format!("{head},\"before\":\"{before}\"");
        before = to_hex(&Sha256::digest(&body));
        text.push_str(&[body.as_str(), ",\"hash\":\"", &before, "\"}\n"].concat());
    }
    text
}

/// What is said of the ledger.
#[track_caller]
fn found(desk: &Desk, what: &[&str]) {
    let outcome = desk.run(&["ledger", "verify"]);
    assert_eq!(outcome.code, Some(5), "{outcome:#?}");
    assert_contains(&outcome.stderr, what);
}

#[test]
fn what_was_done_to_a_whole_chain_is_found() {
    let desk = held();
    desk.run(&["report", "coverage"]).succeeded();
    let (path, whole) = (file(&desk), content(&desk));
    let at = lines(&desk)[2]["at"].as_str().expect("a time").to_owned();
    fs::write(
        &path,
        forged(
            &desk,
            |place, line| {
                if place == 2 { line.replace(&at, "2020-01-01T00:00:00Z") } else { line.to_owned() }
            },
        ),
    )
    .expect("written");
    found(&desk, &[".jsonl:3", "is before", "earlier line"]);
    fs::write(&path, &whole).expect("written");

    let user = text(&lines(&desk)[0]["user"]).to_owned();
    let others = forged(&desk, |_, line| line.replace(&format!("\"user\":\"{user}\""), "\"user\":\"other\""));
    fs::write(&path, others).expect("written");
    found(&desk, &[".jsonl:1", "account \"other\"", "file of another"]);
    fs::write(&path, &whole).expect("written");

    let copy = path.with_file_name("zz.jsonl");
    fs::write(&copy, &whole).expect("written");
    fs::set_permissions(&copy, fs::Permissions::from_mode(0o600)).expect("rights");
    found(&desk, &["zz.jsonl:1", "the same line"]);
    fs::remove_file(&copy).expect("removed");

    fs::set_permissions(&path, fs::Permissions::from_mode(0o666)).expect("rights");
    found(&desk, &["666", "chmod 600"]);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("rights");

    fs::hard_link(&path, desk.path("second")).expect("linked");
    found(&desk, &["2 names"]);
    fs::remove_file(desk.path("second")).expect("removed");

    let key = fs::read_to_string(desk.path("harmrank.ledger.key")).expect("key");
    desk.write("harmrank.ledger.key", "ab".repeat(32) + "\n");
    found(&desk, &["made with the key", "put the right key back"]);
    desk.write("harmrank.ledger.key", key);
    assert_contains(&desk.run(&["ledger", "verify"]).succeeded(), &["whole"]);

    fs::rename(&path, desk.path("moved.jsonl")).expect("moved");
    symlink("/dev/null", &path).expect("linked");
    assert_contains(&desk.run(&["report", "v100"]).failed(1), &["the ledger cannot be written"]);
    fs::remove_file(&path).expect("removed");
    symlink(desk.path("moved.jsonl"), &path).expect("linked");
    found(&desk, &["is a link"]);
}

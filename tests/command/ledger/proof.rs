//! `ledger verify`: every kind of tampering is found, and where.

use super::{content, file, held, lines};
use crate::support::{Desk, assert_contains, text};
use harmrank::embedded_sql::to_hex;
use sha2::{Digest, Sha256};
use std::os::unix::fs::PermissionsExt;

/// A ledger of eight lines.
fn filled() -> Desk {
    let desk = held();
    for _ in 0..3 {
        desk.run(&["report", "coverage", "--reason", "a check"]).succeeded();
    }
    assert_eq!(lines(&desk).len(), 8);
    desk
}

/// What is said of the ledger after its lines were changed; what is whole is told of as well.
fn after(desk: &Desk, change: impl FnOnce(Vec<String>) -> Vec<String>) -> String {
    let changed = change(content(desk).lines().map(ToOwned::to_owned).collect());
    std::fs::write(file(desk), changed.into_iter().map(|line| line + "\n").collect::<String>())
        .expect("written");
    refused(desk)
}

fn refused(desk: &Desk) -> String {
    let outcome = desk.run(&["ledger", "verify"]);
    assert_eq!(outcome.code, Some(5), "{outcome:#?}");
    assert!(!outcome.stdout.contains("whole"), "{outcome:#?}");
    outcome.stderr
}

/// Cuts off what stands after so many lines.
fn keep(desk: &Desk, number: usize) {
    let kept: String = content(desk).split_inclusive('\n').take(number).collect();
    std::fs::write(file(desk), kept).expect("written");
}

/// A line with its hash made anew.
fn resealed(line: &str) -> String {
    let body = line.split(",\"hash\":").next().expect("a hash");
    format!("{body},\"hash\":\"{}\"}}", to_hex(&Sha256::digest(body)))
}

#[test]
fn an_edited_line_is_found() {
    let desk = filled();
    let whole = content(&desk);
    for place in 1..=8 {
        std::fs::write(file(&desk), &whole).expect("written");
        let said = after(&desk, |mut lines| {
            lines[place - 1] = lines[place - 1].replace("\"uid\":", "\"uid\":1");
            lines
        });
        assert_contains(&said, &[&format!(".jsonl:{place}: edited")]);
        assert_eq!(said.lines().count(), 1, "nothing else is told of: {said}");
    }
}

#[test]
fn an_edited_line_with_a_hash_made_anew_is_found_by_the_next() {
    let desk = filled();
    let said = after(&desk, |mut lines| {
        lines[4] = resealed(&lines[4].replace("a check", "a chock"));
        lines
    });
    assert_contains(&said, &[".jsonl:5: edited"]);
    assert_eq!(said.lines().count(), 1, "{said}");
}

#[test]
fn a_missing_line_is_found() {
    let desk = filled();
    let said = after(&desk, |mut lines| {
        lines.remove(3);
        lines
    });
    assert_contains(&said, &[".jsonl:4: line 4 of the chain is missing before it"]);
    let desk = filled();
    let said = after(&desk, |lines| lines[2..].to_vec());
    assert_contains(&said, &[".jsonl:1: lines 1 to 2 of the chain are missing before it"]);
}

#[test]
fn lines_in_another_order_or_twice_are_found() {
    let desk = filled();
    let said = after(&desk, |mut lines| {
        lines.swap(2, 3);
        lines
    });
    assert_contains(&said, &[".jsonl:3: out of order"]);
    let desk = filled();
    let said = after(&desk, |mut lines| {
        lines.insert(5, lines[4].clone());
        lines
    });
    assert_contains(&said, &[".jsonl:6: "]);
}

#[test]
fn lines_put_in_are_found() {
    let desk = filled();
    let said = after(&desk, |mut lines| {
        lines.insert(4, "{\"n\":5,\"at\":\"2026-07-01T05:00:00Z\",\"event\":\"done\"}".to_owned());
        lines
    });
    assert_contains(&said, &[".jsonl:5: "]);
    let desk = filled();
    assert_contains(&after(&desk, |lines| [vec![String::new()], lines].concat()), &[".jsonl:1: "]);
}

#[test]
fn a_line_cut_short_is_found() {
    let desk = filled();
    let all = content(&desk);
    std::fs::write(file(&desk), &all[..all.len() - 40]).expect("written");
    assert_contains(&refused(&desk), &[".jsonl:8: cut short"]);
}

#[test]
fn a_cut_tail_is_found_by_a_hash_noted_elsewhere() {
    let desk = filled();
    let head = text(&lines(&desk)[7]["hash"]).to_owned();
    assert_contains(&desk.run(&["ledger", "verify", "--head", &head]).succeeded(), &["found: 1"]);
    keep(&desk, 6);
    desk.run(&["ledger", "verify"]).succeeded();
    let outcome = desk.run(&["ledger", "verify", "--head", &head]);
    assert_eq!(outcome.code, Some(5));
    assert_contains(&outcome.stderr, &[&head, "cut off"]);
}

#[test]
fn a_cut_tail_is_found_by_the_manifest_of_a_kept_run() {
    let desk = filled();
    let id = desk.run(&["report", "v100", "--archive"]).succeeded();
    assert_contains(&desk.run(&["ledger", "verify"]).succeeded(), &["found: 1"]);
    keep(&desk, 8);
    assert_contains(&refused(&desk), &["line 9 is not the one that ", id.trim()]);
    // Nor does it help to throw all of it away.
    std::fs::remove_file(file(&desk)).expect("removed");
    assert_contains(&refused(&desk), &[id.trim()]);
}

#[test]
fn a_line_torn_by_a_crash_is_marked_by_the_next_and_not_hidden() {
    let desk = filled();
    let all = content(&desk);
    std::fs::write(file(&desk), &all[..all.len() - 40]).expect("written");
    desk.run(&["report", "coverage"]).succeeded();
    let told = desk.run(&["ledger", "verify"]).succeeded();
    assert_contains(&told, &[".jsonl:8: a piece of a line", "whole"]);
    let lines: Vec<_> = content(&desk).lines().map(ToOwned::to_owned).collect();
    assert_eq!(lines.len(), 10);
    // The piece is part of the record from then on.
    for change in [
        |lines: &mut Vec<String>| drop(lines.remove(7)),
        |lines: &mut Vec<String>| lines[7] = lines[7].replace("ended", "begun"),
    ] {
        let mut changed = lines.clone();
        change(&mut changed);
        std::fs::write(file(&desk), changed.join("\n") + "\n").expect("written");
        refused(&desk);
    }
}

#[test]
fn an_edited_last_line_is_not_whitewashed_by_the_next_read() {
    let desk = filled();
    let edited = content(&desk).trim_end().to_owned();
    let (before, last) = edited.rsplit_once('\n').expect("lines");
    std::fs::write(file(&desk), format!("{before}\n{}\n", last.replace("coverage", "v100")))
        .expect("written");
    desk.run(&["report", "coverage"]).succeeded();
    assert_contains(&refused(&desk), &[".jsonl:8: edited"]);
}

#[test]
fn the_answer_is_to_be_had_as_json() {
    let desk = filled();
    let told: serde_json::Value =
        serde_json::from_str(&desk.run(&["ledger", "verify", "--format", "json"]).succeeded()).expect("JSON");
    assert_eq!(told["files"][0]["lines"], 8);
    assert_eq!(told["files"][0]["head"], lines(&desk)[7]["hash"]);
    assert_eq!(told["problems"].as_array().map(Vec::len), Some(0));
}

#[test]
fn a_ledger_that_may_not_be_read_is_a_failure_and_not_whole() {
    let desk = filled();
    std::fs::set_permissions(file(&desk), PermissionsExt::from_mode(0o200)).expect("rights");
    let Some(outcome) = desk.run_bound_by_rights(&["ledger", "verify"]) else { return };
    assert_contains(&outcome.failed(1), &["cannot be read"]);
}

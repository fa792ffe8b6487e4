//! What is written, of whom nothing is, and what is not read where nothing can be written.

use super::{EXTRACT, EXTRACT_DATE, content, file, held, lines, set, told};
use crate::support::{Desk, Outcome, assert_contains, finish, text, wait_until};
use rustix::process::{Pid, Signal, kill_process};
use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixDatagram;
use std::process::{Command, Stdio};

#[test]
fn a_read_has_a_line_before_it_and_one_after() {
    let desk = held();
    desk.run(&["report", "v100", "--reason", "the weekly list"]).succeeded();
    assert_eq!(told(&desk), ["load begun", "load ended", "report begun", "report ended"]);
    let lines = lines(&desk);
    let (begun, ended) = (&lines[2], &lines[3]);
    assert_eq!((text(&begun["what"]), text(&begun["kind"])), ("v100", "consultation"));
    assert_eq!(text(&begun["reason"]), "the weekly list");
    assert_eq!(begun["uid"], rustix::process::getuid().as_raw());
    assert!(begun["tables"].as_array().expect("tables").contains(&"suspicion".into()), "{begun}");
    assert_eq!((&ended["of"], &ended["rows"], text(&ended["outcome"])), (&begun["n"], &6.into(), "done"));
    assert_eq!(text(&ended["parameters"]["as_of"]), "2026-06-30");
    assert!(text(&begun["at"]).ends_with('Z'), "UTC: {begun}");
    for path in [file(&desk), desk.path("harmrank.ledger.key")] {
        assert_eq!(path.metadata().expect("file").permissions().mode() & 0o777, 0o600, "{}", path.display());
    }
}

#[test]
fn every_verb_that_reads_or_changes_is_there_and_no_other() {
    let desk = Desk::bare();
    desk.run(&["init"]).succeeded();
    desk.load_text(EXTRACT, &EXTRACT_DATE);
    desk.write("merged.csv", "person_id,is_person_id\nN102,N101\n");
    desk.load(&["--identities", "merged.csv", "--extract-date", "2026-06-30"]);
    let first = desk.run(&["report", "v100", "--archive"]).succeeded();
    let second = desk.run(&["report", "v100", "--archive", "--recipient", "the panel"]).succeeded();
    desk.run(&["runs", "show", first.trim()]).succeeded();
    desk.run(&["runs", "verify", first.trim()]).succeeded();
    desk.run(&["runs", "diff", first.trim(), second.trim()]).succeeded();
    desk.run(&["loads", "list"]).succeeded();
    desk.run(&["loads", "show", "1"]).succeeded();
    desk.run(&["loads", "undo", "2"]).succeeded();
    desk.run(&["upgrade"]).succeeded();
    let before = content(&desk);
    for verb in [
        &["report", "v100", "--help"][..],
        &["reports", "list"],
        &["runs", "list"],
        &["ledger", "show"],
        &["ledger", "verify"],
        &["adapter", "list"],
    ] {
        desk.run(verb).succeeded();
    }
    assert_eq!(content(&desk), before, "what reads no data is not logged");
    let kinds: Vec<_> = lines(&desk)
        .iter()
        .filter(|line| line["event"] != "ended")
        .map(|line| format!("{} {}", text(&line["verb"]), text(&line["kind"])))
        .collect();
    assert_eq!(
        kinds,
        [
            "init alteration",
            "load collection",
            "load collection",
            "load combination",
            "report consultation",
            "report consultation",
            "report disclosure",
            "runs show consultation",
            "runs verify consultation",
            "runs diff consultation",
            "loads list consultation",
            "loads show consultation",
            "loads undo alteration",
            "upgrade alteration",
        ]
    );
    let disclosure =
        lines(&desk).into_iter().find(|line| line["kind"] == "disclosure").expect("a disclosure");
    assert_eq!((text(&disclosure["recipient"]), &disclosure["rows"]), ("the panel", &5.into()));
}

#[test]
fn no_reference_and_no_literal_is_in_it() {
    let desk = held();
    let person = &desk.list(&["--limit", "1"])[0];
    let person = person.split(' ').nth(1).expect("a person");
    desk.run(&["report", "explain", "--person", person, "--reason", &format!("asked of {person}, urgent")])
        .succeeded();
    let crime = desk.row("select min(crime_id) from crime");
    desk.run(&["report", "explain", "--crime", &crime, "--recipient", &format!("who has {crime}")])
        .succeeded();
    // To the wrong flag, wrongly spelt, and one that nobody has.
    desk.run(&["report", "v100", "--borough", person]).failed(2);
    desk.run(&["report", "v100", "--scope", person]).failed(2);
    desk.run(&["report", "explain", "--person", "N1O1"]).failed(2);
    let all = content(&desk);
    for secret in [person, &crime, "N1O1"] {
        assert!(!all.contains(secret), "{secret} is in the ledger:\n{all}");
    }
    assert_contains(&all, &["asked of hmac:", ", urgent", "who has hmac:"]);
    let asked = |flags: &[&str]| -> usize {
        let shown = desk.run(&[&["ledger", "show", "--format", "csv"], flags].concat()).succeeded();
        shown.lines().count() - 1
    };
    assert_eq!(asked(&["--person", person]), 3, "by its flag, by the wrong ones");
    assert_eq!(asked(&["--crime", &crime]), 2, "the read and the disclosure");
    assert_eq!(asked(&["--person", "N1O1"]), 1, "one that failed");
    assert_eq!(asked(&["--person", "nobody"]), 0);
    let day = text(&lines(&desk)[0]["at"])[..10].to_owned();
    assert!(asked(&["--from", "2026-01-01"]) > 5 || *day < *"2026-01-01");
    let backwards = ["ledger", "show", "--from", "2026-06-02", "--to", "2026-06-01"];
    assert_contains(&desk.run(&backwards).failed(2), &["ends on 2026-06-01 cannot begin on 2026-06-02"]);
    assert_eq!(asked(&["--to", "2020-01-01"]), 0);
    assert_eq!(asked(&["--user", "nobody-of-that-name"]), 0);
    assert!(asked(&["--user", text(&lines(&desk)[0]["user"])]) > 5);
}

#[test]
fn a_reason_is_given_where_one_is_required() {
    let desk = held();
    set(&desk, "reason = \"required\"");
    let before = content(&desk);
    for verb in [
        &["report", "v100"][..],
        &["report", "v100", "--reason", "  "],
        &["report", "v100", "--print-sql"],
        &["loads", "list"],
    ] {
        let stderr = desk.run(verb).failed(2);
        assert_contains(&stderr, &["--reason", "reason = \"required\"", "harmrank.toml"]);
    }
    assert_eq!(content(&desk), before);
    desk.run(&["report", "v100", "--reason", "the weekly list"]).succeeded();
    desk.run(&["loads", "list", "--reason", "a check"]).succeeded();
}

#[test]
fn it_cannot_be_set_off() {
    let desk = held();
    for settings in ["off = true", "enabled = false", "reason = \"off\"", "folder = false"] {
        set(&desk, settings);
        assert_contains(&desk.run(&["report", "v100"]).failed(2), &["harmrank.toml:2"]);
    }
}

#[test]
fn where_it_cannot_be_written_nothing_is_read() {
    let desk = held();
    // A folder where nobody can write, not even root.
    set(&desk, "folder = \"/proc/harmrank.ledger\"\nkey = \"key\"");
    for verb in [
        &["report", "v100"][..],
        &["report", "v100", "-o", "list.csv"],
        &["loads", "list"],
        &["load", "extract.csv"],
    ] {
        let stderr = desk.run(verb).failed(1);
        assert_contains(
            &stderr,
            &["/proc/harmrank.ledger", "the ledger cannot be written", "folder = \"DIR\""],
        );
    }
    assert_eq!(desk.names(), ["extract.csv", "harmrank.duckdb", "harmrank.toml"]);
    std::fs::create_dir(desk.path("elsewhere")).expect("folder");
    set(&desk, "folder = \"elsewhere/ledger\"\nkey = \"secret.key\"");
    desk.run(&["report", "v100"]).succeeded();
    assert!(desk.path("elsewhere/ledger").is_dir() && desk.path("secret.key").is_file());
    desk.run(&["ledger", "verify"]).succeeded();
}

/// Runs the program where no file may grow beyond so many KiB, as on a full disk.
fn within(desk: &Desk, kib: u64, arguments: &str) -> Outcome {
    let program = env!("CARGO_BIN_EXE_harmrank");
    let script = format!("trap '' XFSZ; ulimit -f {kib}; exec '{program}' {arguments}");
    let mut command = Command::new("bash");
    command.args(["-c", &script]).current_dir(desk.path("")).env("HARMRANK_TODAY", crate::support::TODAY);
    command.env("XDG_CACHE_HOME", env!("CARGO_TARGET_TMPDIR")).env_remove("HARMRANK_DB");
    let child =
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("bash");
    finish(child)
}

#[test]
fn a_full_disk_refuses_the_read_and_leaves_no_piece_of_a_line() {
    let desk = held();
    while content(&desk).len() < 4000 {
        desk.run(&["report", "coverage"]).succeeded();
    }
    let before = content(&desk);
    let kib = before.len() as u64 / 1024;
    let stderr = within(&desk, kib, "report v100").failed(1);
    assert_contains(&stderr, &["the ledger cannot be written", "free some room"]);
    assert_eq!(content(&desk), before);
    desk.run(&["report", "v100"]).succeeded();
    desk.run(&["ledger", "verify"]).succeeded();
}

#[test]
fn writers_at_once_do_not_tear_it() {
    let desk = held();
    let children: Vec<_> = (0..12).map(|_| desk.start(&["report", "coverage", "--threads", "1"])).collect();
    for child in children {
        finish(child).succeeded();
    }
    let lines = lines(&desk);
    assert_eq!(lines.len(), 2 + 2 * 12);
    assert!(lines.iter().zip(1..).all(|(line, number)| line["n"] == number));
    assert_contains(&desk.run(&["ledger", "verify"]).succeeded(), &["26 lines", "whole"]);
}

#[test]
fn the_line_is_on_the_disk_before_a_row_leaves() {
    let desk = held();
    // The pipe takes little: the program waits for its reader with rows in hand.
    let mut child = desk.start(&["report", "v100", "--format", "html"]);
    let mut first = [0; 1];
    child.stdout.as_mut().expect("stdout").read_exact(&mut first).expect("a byte");
    assert_eq!(told(&desk)[2], "report begun");
    finish(child);
}

#[test]
fn a_killed_report_leaves_its_beginning_and_the_next_goes_on() {
    let desk = held();
    let mut kills = 0;
    // Killed once it has begun; some may be done by then.
    for _ in 0..20 {
        let lines_before = lines(&desk).len();
        let mut child = desk.start(&["report", "v100", "--archive"]);
        wait_until("it has begun", || content(&desk).lines().count() > lines_before);
        let pid = Pid::from_raw(i32::try_from(child.id()).expect("a process")).expect("a process");
        let _ = kill_process(pid, Signal::KILL);
        child.wait().expect("ended");
        kills += usize::from(lines(&desk).len() == lines_before + 1);
        if kills == 2 {
            break;
        }
    }
    assert!(kills > 0, "no kill came in time");
    desk.run(&["report", "coverage"]).succeeded();
    let told = desk.run(&["ledger", "verify"]).succeeded();
    assert_eq!(told.matches("has no end").count(), kills, "{told}");
    let shown = desk.run(&["ledger", "show", "--format", "csv"]).succeeded();
    assert_eq!(shown.matches("no end").count(), kills, "{shown}");
}

#[test]
fn how_a_read_ended_is_said() {
    let desk = held();
    desk.run(&["report", "v100", "-o", "no/such/list.csv"]).failed(1);
    desk.run(&["report", "v100", "--recipient", "nobody", "-o", "no/list.csv"]).failed(1);
    desk.run(&["report", "v100", "--timeout", "1ms"]).failed(4);
    let lines = lines(&desk);
    let ended = lines.iter().filter(|line| line["verb"] == "report" && line["event"] == "ended");
    let outcomes: Vec<_> = ended.map(|line| text(&line["outcome"])).collect();
    assert_eq!(outcomes[..2], ["failed", "failed"]);
    assert!(outcomes.get(2).is_none_or(|outcome| *outcome == "timeout"), "{outcomes:?}");
    assert!(lines.iter().all(|line| line["kind"] != "disclosure"), "nothing went to nobody");
}

#[test]
fn a_manifest_names_the_line() {
    let desk = held();
    desk.run(&["report", "v100", "-o", "list.csv"]).succeeded();
    let manifest = std::fs::read_to_string(desk.path("list.csv.manifest.json")).expect("manifest");
    let manifest: serde_json::Value = serde_json::from_str(&manifest).expect("JSON");
    let lines = lines(&desk);
    assert_eq!(manifest["ledger"]["hash"], lines[2]["hash"]);
    assert_eq!(manifest["ledger"]["line"], 3);
    assert_eq!(lines[3]["result"]["sha256"], manifest["sha256"]);
}

#[test]
fn the_hash_goes_to_the_system_log_where_that_is_set() {
    let desk = held();
    let log = UnixDatagram::bind(desk.path("log")).expect("socket");
    set(&desk, &format!("syslog = \"{}\"", desk.path("log").display()));
    desk.run(&["report", "coverage"]).succeeded();
    let mut bytes = [0; 1024];
    let length = log.recv(&mut bytes).expect("a message");
    let message = String::from_utf8_lossy(&bytes[..length]).into_owned();
    assert_contains(&message, &["<86>harmrank: ledger ", " line 3 ", text(&lines(&desk)[2]["hash"])]);
    drop(log);
    std::fs::remove_file(desk.path("log")).expect("removed");
    assert_contains(&desk.run(&["report", "coverage"]).failed(1), &["system log", "syslog"]);
}

#[test]
fn a_key_that_everybody_may_read_is_refused() {
    let desk = held();
    let key = desk.path("harmrank.ledger.key");
    std::fs::set_permissions(&key, PermissionsExt::from_mode(0o644)).expect("rights");
    assert_contains(&desk.run(&["report", "v100"]).failed(1), &["harmrank.ledger.key", "chmod 600"]);
    std::fs::set_permissions(&key, PermissionsExt::from_mode(0o640)).expect("rights");
    desk.run(&["report", "v100"]).succeeded();
}

#[test]
fn without_its_key_the_ledger_is_whole_and_says_nothing_of_anybody() {
    let desk = held();
    desk.run(&["report", "explain", "--person", "N101"]).succeeded();
    std::fs::remove_file(desk.path("harmrank.ledger.key")).expect("removed");
    let lost = ["the key of the ledger is not there", "from a backup", "move "];
    let before = content(&desk);
    assert_contains(&desk.run(&["report", "explain", "--person", "N101"]).failed(1), &lost);
    assert!(!desk.path("harmrank.ledger.key").exists(), "no other key is made in silence");
    assert_eq!(content(&desk), before);
    assert_contains(&desk.run(&["ledger", "verify"]).failed_after_rows(5), &lost);
    assert_contains(
        &desk.run(&["ledger", "show", "--person", "N101"]).failed(1),
        &["key of the ledger is not there"],
    );
    // Destroyed on purpose: the old ledger is kept, a new one begins.
    std::fs::rename(desk.path("harmrank.ledger"), desk.path("closed.ledger")).expect("moved");
    desk.run(&["report", "explain", "--person", "N101"]).succeeded();
    let shown = desk.run(&["ledger", "show", "--person", "N101", "--format", "csv"]).succeeded();
    assert_eq!(shown.lines().count(), 2, "the newer read alone: {shown}");
}

#[test]
fn nothing_is_begun_where_there_is_no_database() {
    let desk = Desk::bare();
    desk.run(&["report", "v100"]).failed(1);
    desk.run(&["upgrade"]).failed(1);
    desk.run(&["ledger", "verify"]).failed(1);
    desk.run(&["ledger", "show"]).failed(1);
    assert!(desk.all_names().is_empty(), "{:?}", desk.all_names());
}

//! Once and only once: overlaps, kills, full disks, busy databases, data too old.

use super::{WEEKLY, assert_whole, at, command, desk, json, load, periods, read, shelf};
use crate::support::{Desk, Outcome, assert_contains, finish, text, wait_until};
use rustix::process::{Pid, Signal, kill_process};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const MONDAY: &str = "2026-07-06T05:00:00Z";

/// The Monday so many weeks later, at six by the clocks.
fn monday(weeks: i64) -> String {
    let first: jiff::Timestamp = MONDAY.parse().expect("moment");
    (first + jiff::SignedDuration::from_hours(weeks * 168)).to_string()
}

#[test]
fn a_period_is_made_when_it_is_due_and_not_again() {
    let desk = desk(WEEKLY);
    // A minute before it is due, the week before is the newest.
    at(&desk, "2026-07-06T04:59:59Z", &["run"]).succeeded();
    assert_eq!(periods(&desk, "top"), ["2026-W26"]);
    let made = at(&desk, MONDAY, &["run"]).succeeded();
    assert_contains(
        &made,
        &[
            "top 2026-W27: 5 rows",
            "since 2026-W26, made of data of 2026-12-31, later than the day it was due; ",
        ],
    );
    let before = read(&desk, "top/2026-W27/manifest.json");
    assert_eq!(at(&desk, MONDAY, &["run"]).succeeded(), "", "nothing is due, nothing is said");
    assert_eq!(read(&desk, "top/2026-W27/manifest.json"), before);
    let manifest = json(&before);
    assert_eq!(manifest["meta"]["parameters"]["as_of"], "2026-07-05", "the last day of the period");
    let folder = desk.path("lists/top/2026-W27");
    desk.run(&["runs", "verify", &folder.display().to_string()]).succeeded();
    let entries = json(&desk.run(&["ledger", "show", "--format", "json"]).succeeded());
    let runs: Vec<_> = entries["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .filter(|row| row["verb"] == "schedule run")
        .collect();
    assert_eq!(runs.len(), 2, "{runs:#?}");
    assert_contains(&runs[1]["parameters"].to_string(), &["2026-W27", "top", "2026-07-05"]);
    // A ledger whose end was cut off is found out by the list.
    desk.run(&["ledger", "verify"]).succeeded();
    let folder = desk.path("harmrank.ledger");
    let file = folder.join(&super::names(&folder)[0]);
    let text = std::fs::read_to_string(&file).expect("ledger");
    let head = manifest["ledger"]["line"].as_u64().expect("line");
    let kept = text.lines().take(usize::try_from(head).expect("number") - 1);
    std::fs::write(&file, crate::support::lines(kept.map(ToOwned::to_owned))).expect("cut");
    assert_contains(&desk.run(&["ledger", "verify"]).failed_saying(5), &["ledger"]);
}

#[test]
fn a_period_is_repeated_when_asked_and_replaced_only_then() {
    let desk = desk(WEEKLY);
    at(&desk, MONDAY, &["run", "top", "--period", "2026-W20"]).succeeded();
    let stderr = at(&desk, MONDAY, &["run", "top", "--period", "2026-W20"]).failed(2);
    assert_contains(&stderr, &["the list of 2026-W20 is there already", "--again"]);
    let before = json(&read(&desk, "top/2026-W20/manifest.json"));
    at(&desk, MONDAY, &["run", "top", "--period", "2026-W20", "--again"]).succeeded();
    let after = json(&read(&desk, "top/2026-W20/manifest.json"));
    assert_ne!(before["id"], after["id"]);
    assert_eq!(before["sha256"], after["sha256"], "the same question of the same data");
    assert_whole(&desk, "top");
    for (period, words) in [
        ("2026-W27x", "is no period of this schedule"),
        ("2026-07", "is no period of this schedule"),
        ("2026-W28", "has not ended yet"),
    ] {
        assert_contains(
            &at(&desk, MONDAY, &["run", "top", "--period", period]).failed(2),
            &[words, "2026-W27"],
        );
    }
    assert_contains(&at(&desk, MONDAY, &["run", "topp"]).failed(2), &["did you mean top?"]);
    assert_eq!(shelf(&desk, "top"), ["2026-W20", "index.html", "latest"]);
}

#[test]
fn missed_periods_are_caught_up_oldest_first_and_no_more_than_stated() {
    let desk = desk(WEEKLY);
    at(&desk, MONDAY, &["run"]).succeeded();
    let made = at(&desk, &monday(6), &["run"]).succeeded();
    let made: Vec<_> = made.lines().filter_map(|line| line.split([' ', ':']).nth(1)).collect();
    assert_eq!(made, ["2026-W30", "2026-W31", "2026-W32", "2026-W33"], "four, the oldest first");
    assert_contains(&read(&desk, "top/index.html"), &["2026-W28 to 2026-W29", "no list"]);
    assert_eq!(json(&read(&desk, "top/2026-W30/schedule.json"))["since"], "2026-W27");
}

#[test]
fn two_at_once_make_one() {
    let desk = desk(WEEKLY);
    let mut runs: Vec<_> = (0..4)
        .map(|_| {
            let mut run = command(&desk, MONDAY, &["run", "--wait", "60"]);
            run.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("started")
        })
        .collect();
    let outputs: Vec<_> = runs.drain(..).map(|run| finish(run).succeeded()).collect();
    assert_eq!(outputs.iter().filter(|output| !output.is_empty()).count(), 1, "{outputs:?}");
    let lock = std::fs::File::open(desk.path("lists/top/.lock")).expect("lock");
    lock.lock().expect("held");
    let stderr = at(&desk, &monday(1), &["run", "--wait", "0"]).failed(3);
    assert_contains(&stderr, &["another run of this schedule goes on"]);
    assert_eq!(periods(&desk, "top"), ["2026-W27"]);
}

#[test]
fn data_too_old_are_not_published_and_the_command_runs_once() {
    let told = "on_failure = [\"sh\", \"-c\", \"echo $HARMRANK_SCHEDULE $HARMRANK_PERIOD $HARMRANK_OUTCOME >> told\"]\n";
    let desk = Desk::new();
    load(&desk, "2026-12-20");
    desk.write("schedules.toml", format!("{WEEKLY}fresh = \"7d\"\n{told}"));
    let now = "2027-01-04T06:00:00Z";
    for _ in 0..2 {
        let stderr = at(&desk, now, &["run"]).failed(5);
        assert_contains(
            &stderr,
            &["top: 2026-W53: the data are of 2026-12-20, more than 7d before 2027-01-03", "not published"],
        );
    }
    assert_eq!(
        std::fs::read_to_string(desk.path("told")).expect("told"),
        "top 2026-W53 stale\n",
        "once, not each hour"
    );
    assert_eq!(shelf(&desk, "top"), ["2026-W53.failed.json", "index.html"]);
    assert_contains(&read(&desk, "top/index.html"), &["no list (stale)"]);
    let outcome = at(&desk, now, &["status"]);
    assert_eq!(outcome.code, Some(5));
    assert_contains(&outcome.stdout, &["top  failed: 2026-W53 stale: the data are of 2026-12-20"]);
    load(&desk, "2027-01-01");
    at(&desk, now, &["run"]).succeeded();
    assert_eq!(shelf(&desk, "top"), ["2026-W53", "index.html", "latest"]);
    at(&desk, now, &["status"]).succeeded();
}

#[test]
fn a_busy_database_is_waited_for_and_tried_again() {
    let desk = desk(WEEKLY);
    let holder = desk.writer();
    assert_contains(&at(&desk, MONDAY, &["run", "--wait", "0"]).failed(3), &["the database is in use by"]);
    assert_eq!(periods(&desk, "top"), [""; 0]);
    let mut run = command(&desk, MONDAY, &["run", "--wait", "60"]);
    let run = run.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("started");
    std::thread::sleep(Duration::from_millis(500));
    drop(holder);
    finish(run).succeeded();
    assert_eq!(shelf(&desk, "top"), ["2026-W27", "index.html", "latest"]);
}

#[test]
fn a_full_disk_leaves_no_list_and_the_next_run_makes_it() {
    let desk = desk(&WEEKLY.replace("\"html\"", "\"html\", \"xlsx\""));
    let program = env!("CARGO_BIN_EXE_harmrank");
    let script = format!("trap '' XFSZ; ulimit -f 8; exec '{program}' schedule run");
    let mut command = Command::new("bash");
    command.args(["-c", &script]).current_dir(desk.path("")).env("HARMRANK_NOW", MONDAY);
    command.env("XDG_CACHE_HOME", env!("CARGO_TARGET_TMPDIR")).env_remove("HARMRANK_DB");
    let outcome = Outcome::of(&[], command.output().expect("bash"));
    assert_contains(&outcome.failed(1), &["top: 2026-W27: "]);
    assert_eq!(periods(&desk, "top"), [""; 0]);
    assert!(shelf(&desk, "top").iter().all(|name| !name.starts_with(".draft")), "{:?}", shelf(&desk, "top"));
    at(&desk, MONDAY, &["run"]).succeeded();
    assert_eq!(shelf(&desk, "top"), ["2026-W27", "index.html", "latest"]);
}

#[test]
fn a_command_that_fails_is_told_of_and_the_list_is_there() {
    let desk = desk(&format!("{WEEKLY}on_success = [\"sh\", \"-c\", \"ls $HARMRANK_FOLDER; exit 7\"]\n"));
    let outcome = at(&desk, MONDAY, &["run"]);
    assert_eq!(outcome.code, Some(1));
    assert_contains(
        &outcome.stderr,
        &["v100.csv", "sh: top: 2026-W27 is done, but its command failed: exit status: 7"],
    );
    assert_eq!(periods(&desk, "top"), ["2026-W27"]);
    assert_eq!(at(&desk, MONDAY, &["run"]).succeeded(), "", "it is not done again");
}

#[test]
fn a_run_told_to_stop_stops_and_leaves_no_word_of_failure() {
    let desk = desk(&format!("{WEEKLY}on_failure = [\"touch\", \"told\"]\n"));
    let holder = desk.writer();
    let mut run = command(&desk, MONDAY, &["run", "--wait", "60"]);
    let run = run.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("started");
    let ledger = desk.path("harmrank.ledger");
    let begun = || {
        super::names(&ledger).iter().any(|name| {
            std::fs::read_to_string(ledger.join(name)).is_ok_and(|text| text.contains("schedule run"))
        })
    };
    wait_until("it has begun", begun);
    kill_process(Pid::from_child(&run), Signal::TERM).expect("signal");
    let outcome = finish(run);
    assert_eq!(outcome.code, Some(130), "{outcome:?}");
    drop(holder);
    assert_eq!(shelf(&desk, "top"), [""; 0]);
    assert!(!desk.path("told").exists());
    at(&desk, MONDAY, &["run"]).succeeded();
    assert_eq!(periods(&desk, "top"), ["2026-W27"]);
}

/// `HARMRANK_KILLS` sets how often.
#[test]
fn a_run_killed_at_any_moment_leaves_nothing_half_and_is_picked_up() {
    let kills: i64 = std::env::var("HARMRANK_KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(10);
    let desk = desk(&format!("{WEEKLY}keep = \"6w\"\n"));
    let begun = Instant::now();
    at(&desk, MONDAY, &["run"]).succeeded();
    let whole = begun.elapsed();
    let mut seed = 0x9e37_79b9_7f4a_7c15_u64 ^ u64::from(std::process::id());
    for week in 1..=kills {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        let share = u32::try_from(seed % 1_100).expect("share");
        let mut run = command(&desk, &monday(week), &["run"]);
        let mut run = run.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("started");
        std::thread::sleep(whole * share / 1_000);
        run.kill().expect("killed");
        run.wait().expect("ended");
        assert_whole(&desk, "top");
        let link = std::fs::read_link(desk.path("lists/top/latest")).expect("link");
        assert!(desk.path("lists/top").join(&link).join("v100.csv").is_file(), "{link:?}");
        at(&desk, &monday(week), &["run"]).succeeded();
        assert_whole(&desk, "top");
        let names = shelf(&desk, "top");
        assert!(names.iter().all(|name| !name.starts_with('.')), "{names:?}");
        let newest = periods(&desk, "top").pop().expect("a list");
        assert_eq!(
            std::fs::read_link(desk.path("lists/top/latest")).expect("link").display().to_string(),
            newest
        );
        assert_contains(&read(&desk, "top/index.html"), &[&newest]);
    }
    let listed = json(&at(&desk, &monday(kills), &["list", "--format", "json"]).succeeded());
    assert_eq!(text(&listed[0]["state"]), "ok", "{listed:#}");
    desk.run(&["ledger", "verify"]);
}

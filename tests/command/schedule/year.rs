//! A year of weekly and monthly lists, and what happens in a year.

use super::{WEEKLY, assert_whole, at, command, desk, json, periods, read};
use crate::support::{Desk, Outcome, assert_contains};
use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp, ToSpan};
use std::process::{Command, Stdio};

/// Weekly in the night in which the clocks change; monthly on the first.
fn schedules() -> String {
    let weekly = WEEKLY.replace("\"monday\"", "\"sunday\"").replace("06:00", "01:30");
    let monthly = WEEKLY.replace("top", "month").replace("weekly", "monthly").replace("\"monday\"", "1");
    format!("{weekly}{monthly}")
}

fn tick(desk: &Desk, now: Timestamp) -> Outcome {
    at(desk, &now.to_string(), &["run", "--wait", "0"])
}

/// Three in the morning, UTC.
fn morning(day: Date) -> Timestamp {
    day.at(3, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).expect("moment").timestamp()
}

/// On a disk that is full once the ledger has grown to its end.
fn on_full_disk(desk: &Desk, now: Timestamp) -> Outcome {
    let program = env!("CARGO_BIN_EXE_harmrank");
    let script = format!("trap '' XFSZ; ulimit -f 8; exec '{program}' schedule run");
    let mut command = Command::new("bash");
    command.args(["-c", &script]).current_dir(desk.path("")).env("HARMRANK_NOW", now.to_string());
    command.env("XDG_CACHE_HOME", env!("CARGO_TARGET_TMPDIR")).env_remove("HARMRANK_DB");
    Outcome::of(&[], command.output().expect("bash"))
}

fn killed(desk: &Desk, now: Timestamp) {
    let mut run = command(desk, &now.to_string(), &["run"]);
    let mut run = run.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("started");
    std::thread::sleep(std::time::Duration::from_millis(120));
    run.kill().expect("killed");
    run.wait().expect("ended");
}

#[test]
fn a_year_has_every_list_once_whatever_happens() {
    let desk = desk(&schedules());
    let mut day = date(2026, 1, 4);
    while day <= date(2027, 1, 3) {
        // Days on which nothing may be due are tried once a week.
        let is_tried = day.day() == 1 || day.weekday().to_sunday_zero_offset() % 4 == 0;
        if !is_tried {
            day = day.saturating_add(1.day());
            continue;
        }
        let now = morning(day);
        let minutes = |minutes: i64| now + SignedDuration::from_mins(minutes - 180);
        let is_due = |label: &str| periods(&desk, "top").contains(&label.to_owned());
        match day.strftime("%m-%d").to_string().as_str() {
            // 01:30 is not on the clocks: the list comes at 02:30, which is 01:30 UTC.
            "03-29" => {
                tick(&desk, minutes(89)).succeeded();
                assert!(!is_due("2026-W12"));
                tick(&desk, minutes(90)).succeeded();
                assert!(is_due("2026-W12"));
            }
            // 01:30 is there twice: the list comes at the first, which is 00:30 UTC, and not at the second.
            "10-25" => {
                tick(&desk, minutes(29)).succeeded();
                assert!(!is_due("2026-W42"));
                assert_contains(&tick(&desk, minutes(30)).succeeded(), &["top 2026-W42"]);
                assert_eq!(tick(&desk, minutes(90)).succeeded(), "");
            }
            // Switched off for three weeks.
            "05-03" => day = date(2026, 5, 24),
            "06-14" => {
                let holder = desk.writer();
                tick(&desk, now).failed(3);
                drop(holder);
            }
            "07-12" => {
                on_full_disk(&desk, now).failed(1);
            }
            "08-16" => killed(&desk, now),
            "09-10" => desk.write("schedules.toml", schedules().replace("limit = 5", "limit = 8")),
            _ => {
                tick(&desk, now).succeeded();
            }
        }
        day = day.saturating_add(1.day());
    }
    let weeks: Vec<_> = (0..52).map(|week| date(2025, 12, 22).saturating_add((week * 7).days())).collect();
    let labels: Vec<_> = weeks
        .iter()
        .map(|monday| {
            let week = monday.iso_week_date();
            format!("{:04}-W{:02}", week.year(), week.week())
        })
        .collect();
    assert_eq!(periods(&desk, "top"), [labels, vec!["2026-W52".to_owned()]].concat()[..53].to_vec());
    let months: Vec<_> = (1..=12).map(|month| format!("2026-{month:02}")).collect();
    assert_eq!(periods(&desk, "month"), [vec!["2025-12".to_owned()], months].concat());
    for name in ["top", "month"] {
        assert_whole(&desk, name);
        assert!(
            super::shelf(&desk, name).iter().all(|name| !name.starts_with('.') && !name.contains("failed"))
        );
    }
    assert_contains(&read(&desk, "top/2026-W36/movement.html"), &["limit: 5 became 8"]);
    assert_eq!(json(&read(&desk, "top/2026-W19/schedule.json"))["since"], "2026-W18", "oldest first");
    // A list is made once: no more runs ended well in the ledger than lists are there.
    let entries = json(&desk.run(&["ledger", "show", "--format", "json"]).succeeded());
    let rows = entries["rows"].as_array().expect("rows");
    let done = rows.iter().filter(|row| row["verb"] == "schedule run" && row["outcome"] == "done").count();
    let lists = periods(&desk, "top").len() + periods(&desk, "month").len();
    assert!(done == lists || done + 1 == lists, "{done} runs, {lists} lists: one run was killed");
}

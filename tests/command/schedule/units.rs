//! The system's clock, and whether it runs.

use super::{WEEKLY, at, desk, names};
use crate::support::{assert_contains, text};
use std::process::Command;

const NOW: &str = "2026-07-06T05:00:00Z";

#[test]
#[allow(clippy::print_stderr, reason = "whoever runs the tests hears that one was skipped")]
fn systemd_accepts_the_units() {
    let monthly = WEEKLY.replace("top", "late").replace("weekly", "monthly").replace("\"monday\"", "31");
    let desk = desk(&format!("{WEEKLY}{monthly}"));
    let wrote = at(&desk, NOW, &["units", "--systemd", "units here"]).succeeded();
    assert_contains(&wrote, &["harmrank-schedule.timer", "systemctl enable --now"]);
    let folder = desk.path("units here");
    let units = ["harmrank-schedule-failed.service", "harmrank-schedule.service", "harmrank-schedule.timer"];
    assert_eq!(names(&folder), units);
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).expect("unit");
    assert_contains(
        &read(units[2]),
        &[
            "OnCalendar=Mon *-*-* 06:00:00 Europe/London",
            "OnCalendar=*-*-28..31 06:00:00 Europe/London",
            "OnCalendar=hourly",
            "Persistent=true",
        ],
    );
    let service = read(units[1]);
    let lists = format!("ReadWritePaths={}", desk.path("lists").canonicalize().expect("lists").display());
    assert_contains(
        &service,
        &[
            "OnFailure=harmrank-schedule-failed.service",
            "ProtectSystem=strict",
            &lists,
            "PrivateNetwork=true",
            "NoNewPrivileges=true",
        ],
    );
    let Ok(version) = Command::new("systemd-analyze").arg("--version").output() else {
        eprintln!("skipped: systemd-analyze is not installed");
        return;
    };
    assert!(version.status.success());
    let mut verify = Command::new("systemd-analyze");
    verify.arg("verify").args(["--man=no", "--recursive-errors=no"]);
    let output = verify.args(units.map(|name| folder.join(name))).output().expect("systemd-analyze");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.trim().is_empty(), "{said}");
    for time in read(units[2]).lines().filter_map(|line| line.strip_prefix("OnCalendar=")) {
        let checked = Command::new("systemd-analyze").args(["calendar", time]).output().expect("calendar");
        assert!(checked.status.success(), "{time}: {}", String::from_utf8_lossy(&checked.stderr));
    }
}

#[test]
fn cron_and_windows_get_a_line_each() {
    let desk = desk(WEEKLY);
    let cron = at(&desk, NOW, &["units", "--cron"]).succeeded();
    assert_contains(&cron, &["*/10 * * * * /", "schedule --file /", "run --wait 300 > /dev/null\n"]);
    let windows = at(&desk, NOW, &["units", "--windows"]).succeeded();
    assert_contains(&windows, &["UNTESTED", "schtasks /Create"]);
}

#[test]
fn status_is_loud_when_a_list_is_not_there() {
    let desk = desk(WEEKLY);
    at(&desk, "2026-07-06T05:10:00Z", &["status"]).succeeded();
    at(&desk, NOW, &["run"]).succeeded();
    let status = at(&desk, NOW, &["status", "--fresh", "8d"]).succeeded();
    assert_contains(&status, &["top  ok; last 2026-W27, made 2026-07-06 06:00, 5 rows"]);
    at(&desk, "2026-07-13T05:30:00Z", &["status"]).succeeded();
    let late = at(&desk, "2026-07-13T06:01:00Z", &["status", "--errors", "json"]).failed_saying(5);
    assert_contains(&late, &["no list of 2026-W28, due 2026-07-13 06:00", "is the clock running?"]);
    at(&desk, "2026-07-13T04:00:00Z", &["status", "--fresh", "7d"]).succeeded();
    let old = at(&desk, "2026-07-13T04:00:00Z", &["status", "--fresh", "6d"]).failed_saying(5);
    assert_contains(&old, &["the newest list is older than 6d"]);
    let json = at(&desk, NOW, &["status", "--format", "json"]).succeeded();
    let json = super::json(&json);
    assert_eq!(text(&json["schedules"][0]["state"]), "ok");
    assert_eq!(json["review"]["decisions"], 0);
}

#[test]
fn decisions_past_their_review_are_told_of_without_a_name() {
    let desk = desk(WEEKLY);
    desk.write(
        "exclusions.csv",
        "person_id,from_on,review_on,decided_by,reason\nN1,2026-01-01,2026-06-30,Superintendent,abroad\nN2,2026-01-01,2026-07-06,Superintendent,ill\n",
    );
    let mut load = desk.command(&["load", "--exclusions", "exclusions.csv", "--extract-date", "2026-12-31"]);
    assert!(load.env("HARMRANK_TODAY", "2027-01-01").output().expect("load").status.success());
    at(&desk, NOW, &["run"]).succeeded();
    let status = at(&desk, NOW, &["status"]).succeeded();
    assert_contains(
        &status,
        &["review  1 decision to leave someone out past the day of review, the earliest 2026-06-30"],
    );
    assert!(!status.contains("N1"), "{status}");
}

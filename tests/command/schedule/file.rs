//! What a schedule file says, and everything wrong in it at once.

use super::{WEEKLY, at, desk};
use crate::support::{Desk, assert_contains, text};

const NOW: &str = "2026-07-06T05:00:00Z";

#[test]
fn every_problem_is_told_at_once_with_file_line_and_column() {
    let desk = Desk::new();
    let wrong = "[schedule.weekly]
report = \"v10\"
period = \"weekly\"
on = \"mondy\"
at = \"6am\"
recipient = [\"panel\"]

[schedule.\"a b\"]
report = \"v100\"
params = { as_of = \"period-ende\", limits = 5, scope = \"vag\" }
period = \"fortnightly\"
formats = [\"csv\", \"htm\"]
keep = \"8 days\"

[[other]]
";
    desk.write("schedules.toml", wrong);
    let problems = at(&desk, NOW, &["validate", "--errors", "json"]).problems(2);
    let told: Vec<_> = problems
        .iter()
        .map(|problem| {
            let hint = problem["hint"].as_str().unwrap_or_default();
            (text(&problem["at"]), text(&problem["message"]), hint)
        })
        .collect();
    let expected = [
        ("./schedules.toml:4:6", "is no day of a week", "did you mean monday?"),
        ("./schedules.toml:5:6", "\"6am\" is no time of day", "06:00"),
        (
            "./schedules.toml:6:1",
            "no setting \"recipient\" of a schedule is known",
            "did you mean recipients?",
        ),
        ("./schedules.toml:8:11", "\"a b\" is no name", "letters"),
        ("./schedules.toml:11:10", "\"fortnightly\" is no period", "known are daily, weekly, monthly"),
        ("./schedules.toml:12:19", "\"htm\" is no format", "did you mean html?"),
        ("./schedules.toml:13:8", "\"8 days\" is no length of time", "keep = \"8d\""),
        ("./schedules.toml:15:3", "no setting \"other\" is known", "[schedule.NAME]"),
    ];
    for (place, message, hint) in expected {
        let is_there = told
            .iter()
            .any(|(found, words, help)| *found == place && *words == message && help.contains(hint));
        assert!(is_there, "{place} {message} {hint}\n{told:#?}");
    }
    assert_eq!(told.len(), expected.len(), "{told:#?}");
}

#[test]
fn parameters_are_held_against_the_head_of_the_report() {
    let desk = Desk::new();
    let file = "[[schedule]]
name = \"one\"
report = \"v100\"
params = { as_of = \"period-ende\", limits = 5, scope = \"vag\", min_age = 18 }
period = \"monthly\"
for_each = { boroug = [\"Camden\"] }

[[schedule]]
name = \"two\"
report = \"v10\"
period = \"daily\"

[[schedule]]
name = \"three\"
report = \"explain\"
period = \"daily\"
";
    desk.write("schedules.toml", file);
    let stderr = at(&desk, NOW, &["validate"]).failed(2);
    assert_contains(
        &stderr,
        &[
            "schedules.toml:4:35: the report v100 has no parameter \"limits\"\n  did you mean limit?",
            "schedules.toml:6:14: the report v100 has no parameter \"boroug\"\n  did you mean borough?",
            "schedules.toml:10:10: no report \"v10\"",
            "schedules.toml:13:1: give exactly one of",
        ],
    );
    desk.write("schedules.toml", file.replace("for_each = { boroug = [\"Camden\"] }\n", ""));
    let stderr = at(&desk, NOW, &["validate"]).failed(2);
    assert_contains(
        &stderr,
        &["schedules.toml:4:20: as_of \"period-ende\" is not a day", "or period-start, period-end"],
    );
    assert_contains(
        &stderr,
        &["schedules.toml:4:55: scope \"vag\" is not one of its choices", "did you mean vawg?"],
    );
}

#[test]
fn a_sound_file_says_so_and_a_missing_one_where_it_would_be() {
    let desk = desk(WEEKLY);
    assert_eq!(at(&desk, NOW, &["validate"]).succeeded(), "1 schedule is sound\n");
    std::fs::rename(desk.path("schedules.toml"), desk.path("other.toml")).expect("renamed");
    let stderr = at(&desk, NOW, &["validate"]).failed(2);
    assert_contains(&stderr, &["./schedules.toml: No such file", "--file names another"]);
    assert_eq!(at(&desk, NOW, &["validate", "--file", "other.toml"]).succeeded(), "1 schedule is sound\n");
    desk.write("harmrank.toml", "[schedule]\nfile = \"other.toml\"\n");
    assert_eq!(at(&desk, NOW, &["validate"]).succeeded(), "1 schedule is sound\n");
    desk.write("harmrank.toml", "[schedule]\nfile = \"other.toml\"\n[ledger]\nreason = \"required\"\n");
    assert_contains(
        &at(&desk, NOW, &["validate"]).failed(2),
        &["other.toml:1:11: has no reason, and one is required here"],
    );
}

#[test]
fn fault_28_a_dry_run_says_which_list_the_data_are_too_old_for() {
    let desk = desk(&format!("{WEEKLY}fresh = \"8d\"\n"));
    let dry = |now: &str| at(&desk, now, &["run", "--dry-run"]).succeeded();
    assert_contains(&dry("2027-01-04T06:30:00Z"), &["top 2026-W53: would be made"]);
    let told = dry("2027-02-01T06:30:00Z");
    assert_contains(
        &told,
        &[
            "top 2027-W04: would not be made, due 2027-02-01 06:00: the data are of 2026-12-31, more than 8d before 2027-01-31",
        ],
    );
    // As the run itself has it.
    let stderr = at(&desk, "2027-02-01T06:30:00Z", &["run"]).failed(5);
    assert_contains(&stderr, &["the data are of 2026-12-31, more than 8d before 2027-01-31"]);
}

#[test]
fn what_is_next_is_listed_and_a_dry_run_does_nothing() {
    let desk = desk(WEEKLY);
    let listed = at(&desk, NOW, &["list"]).succeeded();
    let next = "next   2026-W28, due 2026-07-13 06:00";
    assert_contains(
        &listed,
        &["top  v100, weekly on Monday at 06:00", "last   none yet", next, "state  due"],
    );
    let dry = at(&desk, NOW, &["run", "--dry-run"]).succeeded();
    assert_contains(&dry, &["top 2026-W27: would be made, due 2026-07-06 06:00"]);
    assert!(!desk.path("lists").exists(), "nothing was done");
    at(&desk, NOW, &["run"]).succeeded();
    let dry = at(&desk, NOW, &["run", "--dry-run"]).succeeded();
    assert_eq!(dry, "top: nothing is due; 2026-W28 is next, 2026-07-13 06:00\n");
    let listed = super::json(&at(&desk, NOW, &["list", "--format", "json"]).succeeded());
    assert_eq!((text(&listed[0]["state"]), text(&listed[0]["last"])), ("ok", "2026-W27"));
}

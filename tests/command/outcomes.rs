//! What followed a kept list, counted by hand; and the decision to adopt it.

use crate::support::{Desk, assert_contains, text};
use serde_json::Value as Json;

/// On 31 January P1 (two rapes, the first on the day before the thirty) and P2 stand above a cut of two, P3 and P4 below it. Rapes are 1825 days, ABH is 10.
const BEFORE: &str = "\
crime_id,code,reported_on,suspect_id,suspect_sex,suspect_birth,victim_id,victim_sex
A1,19C,2026-01-01,P1,M,1990,V1,F
A2,19C,2026-01-20,P1,M,1990,V2,F
A3,19C,2026-01-02,P2,M,1980,V3,F
A4,8N,2026-01-03,P3,M,1980,V4,F
A5,105A,2026-01-04,P4,M,1980,V5,F
";

/// Within 30 days of it: P2 on the last day. Within 90: P1 and P3. A crime of no weight in the list's scope for P4.
const AFTER: &str = "\
A6,8N,2026-03-02,P2,M,1980,V3,F
A7,8N,2026-03-03,P1,M,1990,V3,F
A8,8N,2026-03-04,P3,M,1980,V3,F
A9,46,2026-03-05,P4,M,1980,V3,M
";

fn held() -> (Desk, String) {
    let desk = Desk::holding(BEFORE, &["--extract-date", "2026-01-31"]);
    let id = desk.run(&["report", "v100", "--limit", "2", "--archive"]).succeeded().trim().to_owned();
    desk.load_text(&format!("{BEFORE}{AFTER}"), &["--extract-date", "2026-05-31"]);
    desk.write(
        "actions.csv",
        "person_id,acted_on,kind,reason\nP1,2026-03-02,arrest,R1\nP1,2026-03-03,charge,\nP2,2026-01-31,arrest,\n\
         P3,2026-02-10,removed,R2\nP4,2026-03-03,safeguarding,\n",
    );
    // Twice the same ten days, and from the day before the list.
    desk.write(
        "custody.csv",
        "person_id,from_on,to_on\nP1,2026-02-01,2026-02-10\nP1,2026-02-05,2026-02-10\nP3,2026-01-20,2026-02-02\n",
    );
    desk.load(&["--actions", "actions.csv", "--custody", "custody.csv", "--extract-date", "2026-05-31"]);
    (desk, id)
}

fn outcomes(desk: &Desk, id: &str, flags: &[&str]) -> Json {
    desk.report(&[&["outcomes", "--run", id], flags].concat())
}

/// `people within: persons with_action before after liberty harm_before harm_after`; a span that is not over is blank.
fn lines(report: &Json) -> Vec<String> {
    let rows = report["rows"].as_array().expect("rows");
    rows.iter()
        .map(|row| {
            format!(
                "{} {}: {} {} {} {} {} {} {} {}",
                text(&row["people"]),
                row["within_days"],
                row["persons"],
                row["with_action"],
                row["crimes_before"],
                row["crimes_after"],
                row["days_at_liberty"],
                row["harm_days_before"],
                row["harm_days_after"],
                text(&row["state"])
            )
        })
        .collect()
}

#[test]
fn what_followed_is_counted_by_person_day_and_crime_above_the_cut_first() {
    let (desk, id) = held();
    let report = outcomes(&desk, &id, &[]);
    assert_eq!(
        lines(&report),
        [
            "just above 30: 2 1 2 1 50 3650 10 over",
            "just below 30: 2 0 2 0 58 11 0 over",
            "just above 90: 2 1 3 2 170 5475 20 over",
            "just below 90: 2 1 2 1 178 11 10 over",
            "just above 365: 2 null 3 null null 5475 null not over",
            "just below 365: 2 null 2 null null 11 null not over",
            "all listed 30: 2 1 2 1 50 3650 10 over",
            "next hundred 30: 2 0 2 0 58 11 0 over",
            "all listed 90: 2 1 3 2 170 5475 20 over",
            "next hundred 90: 2 1 2 1 178 11 10 over",
            "all listed 365: 2 null 3 null null 5475 null not over",
            "next hundred 365: 2 null 2 null null 11 null not over",
        ]
    );
    let notes = report["meta"]["notes"].to_string();
    assert_contains(
        &notes,
        &[
            "above against below",
            "within 90 days: in 0 of 1 list the harm",
            "before against after alone tells nothing",
            "within 365 days: 1 list is not over and left blank, the first will be on 2027-01-31; the data reach to 2026-05-31",
            "1 compared, 0 of them adopted; 0 left out",
            "5 loaded, the newest of 2026-03-03",
        ],
    );
    assert_contains(text(&report["meta"]["statement"]), &["not an experiment"]);
}

#[test]
fn the_band_is_nearest_to_the_cut() {
    let (desk, id) = held();
    let report = outcomes(&desk, &id, &["--band", "1"]);
    assert_eq!(
        lines(&report)[..2],
        ["just above 30: 1 0 1 1 30 1825 10 over", "just below 30: 1 0 1 0 28 10 0 over"],
        "P2 and P3"
    );
}

#[test]
fn who_is_restricted_or_forgotten_is_left_out_and_counted() {
    let (desk, id) = held();
    desk.run(&["restrict", "--person", "P2", "--why", "contested"]).succeeded();
    let report = outcomes(&desk, &id, &[]);
    assert_contains(&lines(&report)[0], &["just above 30: 1 1 1 0 20"]);
    assert_contains(
        &report["meta"]["notes"].to_string(),
        &["0 of the lists or the next hundreds are no longer held, 1 are restricted"],
    );
    desk.run(&["forget", "--person", "P3", "--why", "order"]).succeeded();
    assert_contains(&lines(&outcomes(&desk, &id, &[]))[1], &["just below 30: 1 0 1 0 30"]);
}

/// Rows of one span as `list people persons`.
fn people(report: &Json, within: i64) -> Vec<String> {
    let rows = report["rows"].as_array().expect("rows").iter().filter(|row| row["within_days"] == within);
    rows.map(|row| format!("{} {} {}", text(&row["list"]), text(&row["people"]), row["persons"])).collect()
}

/// P5 and P6 were reported in Camden, the others nowhere: P5 is first there, P6 next, whoever stands between them
/// elsewhere.
const LOCAL: &str = "\
crime_id,code,reported_on,suspect_id,suspect_sex,suspect_birth,victim_id,victim_sex,borough
B1,19C,2026-01-05,P5,M,1990,V1,F,Camden
B2,105A,2026-01-06,P6,M,1980,V2,F,Camden
B3,8N,2026-01-07,P7,M,1980,V2,F,Barnet
";

#[test]
fn a_list_cut_by_place_is_ranked_again_as_it_stood_then_to_see_who_was_next() {
    let desk = Desk::holding(LOCAL, &["--extract-date", "2026-01-31"]);
    let local = ["report", "v100", "--borough", "Camden", "--limit", "1", "--archive"];
    let id = desk.run(&local).succeeded().trim().to_owned();
    // Later P8 outranks P6 there, as of the same day: the list of then did not know.
    let later =
        format!("{LOCAL}B4,8N,2026-01-08,P8,M,1980,V2,F,Camden\nB5,46,2026-03-03,P6,M,1980,V2,F,Barnet\n");
    desk.load_text(&later, &["--extract-date", "2026-05-31"]);
    let report = outcomes(&desk, &id, &[]);
    let expected = ["just above 1", "just below 1", "all listed 1", "next hundred 1"];
    assert_eq!(people(&report, 30), expected.map(|words| format!("{id} {words}")));
    let below = report["rows"].as_array().expect("rows").iter().find(|row| row["people"] == "just below");
    assert_eq!(below.expect("a row")["harm_days_before"], 1, "P6, and neither P7 nor P8");
    desk.run(&["loads", "undo", "2"]).succeeded();
    desk.run(&["loads", "undo", "1"]).succeeded();
    desk.load_text(&LOCAL.replace("B1,19C", "B1,8N"), &["--extract-date", "2026-01-31"]);
    let stderr = desk.run(&["report", "outcomes", "--run", &id]).failed(5);
    assert_contains(
        &stderr,
        &["no longer give the same list", "the loads up to number 1 are not those of the run"],
    );
    let report = desk.report(&["outcomes"]);
    assert_eq!(report["rows"].as_array().map(Vec::len), Some(0));
    assert_contains(
        &report["meta"]["notes"].to_string(),
        &["0 compared, 0 of them adopted; 1 left out", &format!("{id}: who stood next to it cannot be told")],
    );
}

#[test]
fn who_was_forgotten_since_is_why_a_list_cut_by_place_cannot_be_ranked_again() {
    let desk = Desk::holding(LOCAL, &["--extract-date", "2026-01-31"]);
    let local = ["report", "v100", "--borough", "Camden", "--archive"];
    let id = desk.run(&local).succeeded().trim().to_owned();
    desk.run(&["forget", "--person", "P5", "--why", "order"]).succeeded();
    let stderr = desk.run(&["report", "outcomes", "--run", &id]).failed(5);
    assert_contains(&stderr, &["no longer give the same list", "somebody on it was forgotten on 2026-07-01"]);
}

#[test]
fn all_kept_lists_stand_in_one_report_those_adopted_first_and_the_newest_before_the_others() {
    let (desk, older) = held();
    let keep = |flags: &[&str]| {
        desk.run(&[&["report", "v100", "--archive"], flags].concat()).succeeded().trim().to_owned()
    };
    let newer = keep(&["--limit", "1", "--as-of", "2026-03-01"]);
    let victims = keep(&["--limit", "1", "--as-of", "2026-02-01", "--min-victims", "2"]);
    keep(&["--as-of", "2026-01-01", "--scope", "all"]);
    desk.run(&["report", "coverage", "--archive"]).succeeded();
    desk.write(
        "schedules.toml",
        "[schedule.local]\nreport = \"v100\"\nparams = { as_of = \"period-end\", limit = 1 }\n\
         period = \"monthly\"\non = 1\nat = \"06:00\"\nformats = [\"csv\"]\nfolder = \"lists\"\n\
         for_each = { scope = [\"vawg\", \"all\"] }\n",
    );
    let mut run = desk.command(&["schedule", "run"]);
    let made = run.env_remove("HARMRANK_TODAY").env("HARMRANK_NOW", "2026-05-01T06:00:00Z").output();
    assert!(made.expect("run").status.success());
    desk.run(&["runs", "adopt", &older, "--role", "panel", "--note", "all"]).succeeded();
    let report = desk.report(&["outcomes", "--band", "1"]);
    let mut lists: Vec<_> =
        report["rows"].as_array().expect("rows").iter().map(|row| text(&row["list"])).collect();
    lists.dedup();
    assert_eq!(lists[..5], [&older, "local/2026-04/all", "local/2026-04/vawg", &newer, &victims]);
    assert_eq!(lists.len(), 6, "{lists:?}");
    assert_contains(&report["meta"]["notes"].to_string(), &["6 compared, 1 of them adopted; 0 left out"]);
    // Each as if it had been asked for alone.
    let all = report["rows"].as_array().expect("rows");
    for list in lists {
        let alone = outcomes(&desk, list, &["--band", "1"]);
        let rows: Vec<_> = all.iter().filter(|row| row["list"] == list).collect();
        assert_eq!(alone["rows"].as_array().expect("rows").iter().collect::<Vec<_>>(), rows, "{list}");
    }
    assert_eq!(people(&outcomes(&desk, "local/2026-04/v", &[]), 30).len(), 4, "the beginning of its name");
}

#[test]
fn a_span_not_over_and_actions_never_loaded_are_blank_and_not_zero() {
    let desk = Desk::holding(BEFORE, &["--extract-date", "2026-01-31"]);
    desk.run(&["report", "v100", "--limit", "2", "--archive"]).succeeded();
    desk.load_text(BEFORE, &["--extract-date", "2026-03-02"]);
    let report = desk.report(&["outcomes"]);
    let lines = lines(&report);
    assert_eq!(lines[0], "just above 30: 2 null 2 0 60 3650 0 over");
    assert_eq!(lines[2], "just above 90: 2 null 3 null null 5475 null not over");
    assert_contains(
        &report["meta"]["notes"].to_string(),
        &["none are loaded, so that nothing is said of them", "no spells are loaded"],
    );
    for row in report["rows"].as_array().expect("rows") {
        let is_over = row["state"] == "over";
        for (column, value) in row.as_object().expect("row") {
            let is_after = ["after", "again", "liberty", "per_year"].iter().any(|word| column.contains(word));
            assert!(is_over || !is_after || value.is_null(), "{column} of {row}");
            assert!(!column.contains("action") || value.is_null(), "{column} of {row}");
        }
    }
    let table = desk.run(&["report", "outcomes"]).succeeded();
    assert_contains(&table, &["What followed the lists", "not an experiment"]);
}

#[test]
fn a_kept_report_of_outcomes_comes_out_the_same_and_names_the_lists_it_read() {
    let (desk, id) = held();
    let kept = desk.run(&["report", "outcomes", "--archive"]).succeeded().trim().to_owned();
    let manifest = std::fs::read_to_string(desk.path("harmrank-runs").join(&kept).join("manifest.json"));
    let manifest: Json = serde_json::from_str(&manifest.expect("manifest")).expect("JSON");
    assert_eq!(manifest["lists"][0]["run"], *id);
    // Later lists, loads and decisions change nothing.
    desk.run(&["report", "v100", "--archive"]).succeeded();
    desk.load_text(BEFORE, &["--extract-date", "2026-06-30"]);
    assert_contains(&desk.run(&["runs", "verify", &kept]).succeeded(), &["identical"]);
    std::fs::remove_dir_all(desk.path("harmrank-runs").join(&id)).expect("removed");
    let said = desk.run(&["runs", "verify", &kept]).failed_after_rows(5);
    assert!(said.contains("does not come out as it was"), "{said}");
    let shown = desk.run(&["runs", "verify", &kept]).stdout;
    assert_contains(&shown, &[&format!("{id} is no longer kept")]);
    let entries = desk.run(&["ledger", "show", "--format", "json"]).succeeded();
    let entries: Json = serde_json::from_str(&entries).expect("JSON");
    let of_report = |entry: &&Json| entry["verb"] == "report" && entry["what"] == "outcomes";
    let entry = entries["rows"].as_array().expect("rows").iter().find(of_report);
    assert_contains(&entry.unwrap_or(&Json::Null).to_string(), &["suspicion", "custody"]);
}

#[test]
fn what_is_no_kept_list_is_refused() {
    let (desk, id) = held();
    desk.run(&["report", "v100", "-o", "list.csv"]).succeeded();
    let stderr = desk.run(&["report", "outcomes", "--run", "list.csv"]).failed(2);
    assert_contains(&stderr, &["no kept list begins with \"list.csv\"", "--archive"]);
    let stderr = desk.run(&["report", "outcomes", "--run", "v101", "--band", "0"]).failed(2);
    assert_contains(&stderr, &["--band"]);
    assert!(!stderr.contains("no kept list"), "{stderr}");
    desk.run(&["report", "outcomes", "--run", &id, "-o", "o.xlsx"]).succeeded();
    std::fs::remove_file(desk.path("harmrank-runs").join(&id).join("evidence.parquet")).expect("removed");
    let stderr = desk.run(&["report", "outcomes", "--run", &id]).failed(5);
    assert_contains(&stderr, &["its rows or its evidence are no longer there"]);
}

#[test]
fn a_list_is_adopted_by_a_role_and_every_decision_stays() {
    let (desk, id) = held();
    let adopt = |role: &str, note: &str| desk.run(&["runs", "adopt", &id, "--role", role, "--note", note]);
    let said = adopt("superintendent", "first ten to be visited").succeeded();
    assert_eq!(said, format!("{id} is recorded as adopted by superintendent\n"));
    adopt("panel", "all of it").succeeded();
    let shown = desk.run(&["runs", "show", &id]).succeeded();
    assert_contains(&shown, &["by superintendent (", "): first ten to be visited\n", "by panel ("]);
    assert_contains(&desk.run(&["runs", "list"]).succeeded(), &["2 rows, adopted by panel\n"]);
    let verified = desk.run(&["runs", "verify", &id]).succeeded();
    assert_contains(&verified, &["identical"]);
    adopt("", "x").failed(2);
    adopt("panel", " ").failed(2);
    desk.run(&["report", "v100", "-o", "list.csv"]).succeeded();
    let stderr = desk.run(&["runs", "adopt", "list.csv", "--role", "panel", "--note", "x"]).failed(2);
    assert_contains(&stderr, &["only a run in an archive is adopted", "--archive"]);
}

#[test]
fn actions_are_a_list_that_is_checked_replaced_and_taken_back() {
    let (desk, _) = held();
    let before = desk.fingerprint();
    desk.write(
        "more.csv",
        "person_id,acted_on,kind\nP1,2026-03-02,Arrest\nP9,2026-03-09,conviction\n,2026-03-09,arrest\nP1,soon,arrest\nP1,2026-03-09,stern word\n",
    );
    let account = desk.load(&["--actions", "more.csv", "--extract-date", "2026-06-01"]);
    assert_eq!(account["rows_refused"], 3);
    assert_eq!(account["rows_new"], 2, "the first had a reason before");
    assert_eq!(
        desk.rows("select person_id, kind, person_key is null from action order by all"),
        ["P1|arrest|false", "P9|conviction|true"]
    );
    assert_eq!(desk.row("select count(*) from action_history"), "5");
    let account = desk.load(&["--actions", "more.csv", "--extract-date", "2026-05-30"]);
    assert_eq!(account["rows_outdated"], 2, "an older list does not replace a newer one");
    desk.run(&["loads", "undo", "5"]).succeeded();
    desk.run(&["loads", "undo", "4"]).succeeded();
    assert_eq!(desk.fingerprint(), before);
}

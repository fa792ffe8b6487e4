//! Parameters: checked all at once, with what would be right; their help.

use super::held;
use crate::support::{Desk, assert_contains, text};
use harmrank::report::built_in;

#[test]
fn relative_days_are_printed_absolute() {
    let desk = held();
    for (written, resolved) in [
        ("-30d", "2026-05-31"),
        ("month-start", "2026-06-01"),
        ("today", "2026-07-01"),
        ("30/06/2026", "2026-06-30"),
    ] {
        assert_eq!(
            text(&desk.report(&["v100", "--as-of", written])["meta"]["parameters"]["as_of"]),
            resolved,
            "{written}"
        );
    }
}

#[test]
fn every_wrong_parameter_is_reported_at_once_with_what_would_be_right() {
    let desk = held();
    let wrong = [
        "report",
        "v100",
        "--as-of",
        "31/02/2026",
        "--limit",
        "0",
        "--window-days",
        "a year",
        "--scope",
        "vagw",
        "--index",
        "cchi",
        "--errors",
        "json",
    ];
    let problems = desk.run(&wrong).problems(2);
    let found: Vec<_> = problems
        .iter()
        .map(|problem| [text(&problem["kind"]), text(&problem["at"]), text(&problem["message"])])
        .collect();
    assert_eq!(
        found,
        [
            ["usage", "--as-of", "\"31/02/2026\" is not a day"],
            ["usage", "--window-days", "\"a year\" is not a whole number"],
            ["usage", "--limit", "0 is not between 1 and 1000000"],
            ["usage", "--index", "\"cchi\" is not one of its choices"],
            ["usage", "--scope", "\"vagw\" is not one of its choices"],
        ]
    );
    let hint = |number: usize| text(&problems[number]["hint"]);
    assert_contains(hint(0), &["2026-06-30", "data-date", "-7d"]);
    assert_eq!(hint(4), "did you mean vawg? choices: vawg, vawg-stat, domestic, sexual, all");
    assert_contains(hint(3), &["cchi-2020"]);
    // The same in text: one block a problem.
    let stderr = desk.run(&wrong[..wrong.len() - 2]).failed(2);
    assert_eq!(stderr.lines().filter(|line| line.starts_with("harmrank: --")).count(), 5, "{stderr}");
}

#[test]
fn an_unknown_report_or_flag_is_answered_with_the_nearest() {
    let desk = held();
    assert_contains(&desk.run(&["report", "v10"]).failed(2), &["v100"]);
    assert_contains(
        &desk.run(&["reports", "show", "v10"]).failed(2),
        &[
            "did you mean v100?",
            "reports: conflicts, coverage, explain, load-quality, outcomes, reconciliation, retention, v100",
        ],
    );
    assert_contains(&desk.run(&["report", "v100", "--windw-days", "30"]).failed(2), &["--window-days"]);
}

#[test]
fn an_unknown_person_or_crime_is_answered_with_the_nearest() {
    let desk = held();
    let problems = desk.run(&["report", "explain", "--person", "N1O2", "--errors", "json"]).problems(2);
    assert_eq!(text(&problems[0]["message"]), "no person \"N1O2\" in the database");
    assert_contains(text(&problems[0]["hint"]), &["nearest: ", "N102"]);
    let problems = desk.run(&["report", "explain", "--crime", "c06", "--errors", "json"]).problems(2);
    assert_eq!(text(&problems[0]["message"]), "no crime \"c06\" in the database");
    assert_contains(text(&problems[0]["hint"]), &["nearest: C06"]);
}

#[test]
fn explain_wants_exactly_one_of_person_and_crime() {
    let desk = held();
    for arguments in [&[][..], &["--person", "N101", "--crime", "C01"]] {
        let problems =
            desk.run(&[&["report", "explain"], arguments, &["--errors", "json"]].concat()).problems(2);
        assert_eq!(problems.len(), 1);
        assert_eq!(text(&problems[0]["message"]), "give exactly one of --person, --crime");
        assert_contains(text(&problems[0]["hint"]), &["harmrank report explain --person"]);
    }
}

#[test]
fn the_help_of_a_report_has_its_title_and_every_parameter_with_its_default() {
    let desk = Desk::bare();
    for report in built_in().expect("reports") {
        for flag in ["--help", "-h"] {
            let help = desk.run(&["report", &report.name, flag]).succeeded();
            let words = help.split_whitespace().collect::<Vec<_>>().join(" ");
            assert_contains(
                &words,
                &[&report.header.title, &report.header.summary, &report.header.statement],
            );
            for parameter in &report.header.parameters {
                assert_contains(&words, &[&format!("--{}", parameter.flag()), &parameter.help]);
                if let Some(default) = parameter.default_text() {
                    let of_it = words.split(&format!("--{} ", parameter.flag())).nth(1).unwrap_or_default();
                    assert!(
                        of_it
                            .split(" --")
                            .next()
                            .unwrap_or_default()
                            .contains(&format!("[default: {default}]")),
                        "{}: {words}",
                        parameter.name
                    );
                }
            }
        }
    }
}

#[test]
fn the_reports_are_listed_with_what_a_row_is() {
    let desk = Desk::bare();
    let list = desk.run(&["reports", "list"]).succeeded();
    let reports = built_in().expect("reports");
    assert_eq!(list.lines().count(), reports.len());
    for (line, report) in list.lines().zip(&reports) {
        assert!(line.starts_with(&report.name) && line.ends_with(&report.header.summary), "{line}");
        assert_eq!(desk.run(&["reports", "show", &report.name]).succeeded(), report.text);
    }
}

/// A desk with one crime of 2026-06-01 in Camden, data of 2026-06-05.
fn of_camden() -> Desk {
    let desk = Desk::new();
    desk.write(
        "extract.csv",
        "crime_id,code,reported_on,suspect_id,suspect_sex,suspect_birth,victim_id,victim_sex,borough\n\
         C1,19C,2026-06-01,P1,M,1990,V1,F,Camden\n",
    );
    desk.load(&["extract.csv", "--extract-date", "2026-06-05"]);
    desk
}

#[test]
fn fault_15_a_place_is_known_in_any_case_and_an_unknown_one_is_refused() {
    let desk = of_camden();
    let rows =
        |flags: &[&str]| desk.run(&[&["report", "v100", "--format", "csv"], flags].concat()).succeeded();
    for flags in
        [["--borough", "camden"], ["--borough", "CAMDEN"], ["--scope", "VAWG"], ["--suspect-sex", "m"]]
    {
        assert!(rows(&flags).contains(",P1,"), "{flags:?}");
    }
    let refused = desk.run(&["report", "v100", "--borough", "Camdn"]).failed(2);
    assert_contains(&refused, &["--borough: \"Camdn\" is not one", "did you mean Camden?"]);
    // The value as the data have it is what the output states.
    let shown = desk.run(&["report", "v100", "--borough", "camden", "--format", "json"]).succeeded();
    assert_contains(&shown, &["\"borough\": \"Camden\""]);
    // No place is known where the data name none.
    let refused = desk.run(&["report", "v100", "--bcu", "Central North"]).failed(2);
    assert_contains(&refused, &["--bcu: has no choices"]);
}

#[test]
fn fault_14_a_window_beyond_the_data_is_said_before_the_first_row() {
    let desk = of_camden();
    let warning = "the data end on 2026-06-05, 10 days before the window does";
    let shown = desk.run(&["report", "v100", "--as-of", "2026-06-15"]).succeeded();
    let place = |text: &str| shown.find(text).unwrap_or_else(|| panic!("{text}: {shown}"));
    assert!(
        place("Warning: the data end on 2026-06-05, 10 days before the window does") < place("P1"),
        "{shown}"
    );
    for format in ["markdown", "html", "json"] {
        let shown = desk.run(&["report", "v100", "--as-of", "2026-06-15", "--format", format]).succeeded();
        assert_contains(&shown, &[warning]);
    }
    // Rows alone say nothing of themselves: then it is said beside them.
    let outcome = desk.run(&["report", "v100", "--as-of", "2026-06-15", "--format", "csv"]);
    assert_contains(&outcome.stderr, &["harmrank: warning: ", warning]);
    assert!(!outcome.stdout.contains("data end"), "{}", outcome.stdout);
    let outcome = desk.run(&["report", "v100", "--as-of", "2019-01-01", "--format", "csv"]);
    assert_contains(
        &outcome.stderr,
        &["the window ends on 2019-01-01, before the first report there is, of 2026-06-01"],
    );
    let outcome = desk.run(&["report", "v100", "--as-of", "2026-06-05", "--format", "csv"]);
    assert_eq!(outcome.stderr, "");
}

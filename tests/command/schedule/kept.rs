//! What is kept: outputs per value, movement, recipients, retention, the page.

use super::{WEEKLY, at, desk, json, load, names, periods, read, shelf};
use crate::support::{Desk, assert_contains};

#[test]
fn the_first_list_says_so_and_later_ones_who_moved_and_for_how_long() {
    let desk = desk(WEEKLY);
    at(&desk, "2026-07-06T05:00:00Z", &["run"]).succeeded();
    let first = read(&desk, "top/2026-W27/movement.csv");
    assert_eq!(first.lines().count(), 1 + 5, "{first}");
    assert!(
        first
            .lines()
            .skip(1)
            .all(|line| line.starts_with("first list,") && line.ends_with(",1,2026-W27,the first list")),
        "{first}"
    );
    assert_contains(
        &read(&desk, "top/2026-W27/movement.html"),
        &["2026-W27 is the first list: there is none to compare it with"],
    );
    for week in ["2026-07-13", "2026-07-20", "2026-07-27"] {
        at(&desk, &format!("{week}T05:00:00Z"), &["run"]).succeeded();
    }
    let (earlier, later) = (read(&desk, "top/2026-W29/rows.csv"), read(&desk, "top/2026-W30/rows.csv"));
    let people = |rows: &str| -> Vec<String> {
        rows.lines().skip(1).filter_map(|row| row.split(',').nth(1).map(ToOwned::to_owned)).collect()
    };
    let (earlier, later) = (people(&earlier), people(&later));
    let moved = read(&desk, "top/2026-W30/movement.csv");
    assert_eq!(
        moved.lines().next(),
        Some(
            "movement,person_id,harm_rank,earlier_rank,harm_days,earlier_days,days_to_cut,lists_in_a_row,on_list_since,why"
        )
    );
    let of = |word: &str| -> Vec<String> {
        let rows = moved.lines().map(|line| line.split(',').collect::<Vec<_>>());
        rows.filter(|row| row[0] == word).map(|row| row[1].to_owned()).collect()
    };
    let mut new: Vec<_> = later.iter().filter(|person| !earlier.contains(person)).cloned().collect();
    let mut found = of("new");
    new.sort();
    found.sort();
    assert_eq!(found, new);
    let mut left: Vec<_> = earlier.iter().filter(|person| !later.contains(person)).cloned().collect();
    let mut found = of("left");
    left.sort();
    found.sort();
    assert_eq!(found, left);
    // Weeks in a row, counted anew from the lists themselves.
    let lists: Vec<_> = ["2026-W27", "2026-W28", "2026-W29", "2026-W30"]
        .map(|period| people(&read(&desk, &format!("top/{period}/rows.csv"))))
        .into();
    for line in moved.lines().skip(1).filter(|line| !line.starts_with("left")) {
        let cells: Vec<_> = line.split(',').collect();
        let in_a_row = lists.iter().rev().take_while(|list| list.contains(&cells[1].to_owned())).count();
        assert_eq!(cells[7], in_a_row.to_string(), "{line}");
    }
    assert!(moved.contains("days)"), "somebody's days changed, and why is said: {moved}");
    let edition = json(&read(&desk, "top/2026-W30/schedule.json"));
    assert_eq!(edition["parts"][0]["movement"]["new"], new.len());
}

#[test]
fn fault_20_nobody_rises_or_falls_whose_score_is_as_it_was() {
    let desk = desk(WEEKLY);
    let mut seen = std::collections::BTreeMap::new();
    for week in ["06", "13", "20", "27"] {
        at(&desk, &format!("2026-07-{week}T05:00:00Z"), &["run"]).succeeded();
    }
    for period in ["2026-W28", "2026-W29", "2026-W30"] {
        for line in read(&desk, &format!("top/{period}/movement.csv")).lines().skip(1) {
            let cells: Vec<_> = line.splitn(10, ',').collect();
            let number = |place: usize| cells[place].parse::<f64>().ok();
            let (now, before) = (number(4).unwrap_or(0.0), number(5).unwrap_or(0.0));
            *seen.entry(cells[0].to_owned()).or_insert(0) += 1;
            match cells[0] {
                "risen" => assert!(now > before, "{period} {line}"),
                "fallen" => assert!(now < before, "{period} {line}"),
                "overtaken" => {
                    assert!(now >= before && line.contains("overtaken by others"), "{period} {line}");
                }
                "moved up" => assert!(now <= before, "{period} {line}"),
                "left" => assert!(number(6).is_some_and(|short| short > 0.0), "{period} {line}"),
                _ => {}
            }
            // Who left for nothing but a place has the rank beyond the cut.
            assert!(cells[0] != "left" || now == 0.0 || number(2).is_some_and(|rank| rank > 5.0), "{line}");
        }
    }
    assert!(seen.contains_key("left") && seen.contains_key("overtaken"), "{seen:?}");
}

#[test]
fn fault_36_scheduled_lists_are_among_the_runs_and_compared_by_their_period() {
    let desk = desk(WEEKLY);
    for week in ["06", "13"] {
        at(&desk, &format!("2026-07-{week}T05:00:00Z"), &["run"]).succeeded();
    }
    let listed = desk.run(&["runs", "list"]).succeeded();
    assert_contains(&listed, &["top/2026-W27", "top/2026-W28"]);
    assert_contains(&desk.run(&["runs", "list", "--format", "json"]).succeeded(), &["\"top/2026-W28\""]);
    let diff =
        |names: &[&str]| desk.run(&[&["runs", "diff"], names, &["--format", "csv"]].concat()).succeeded();
    let by_period = diff(&["2026-W27", "2026-W28"]);
    assert!(by_period.lines().count() > 1, "{by_period}");
    assert_eq!(diff(&["top/2026-W27", "top/2026-W28"]), by_period);
    assert_eq!(diff(&["--since", "last", "top/2026-W28"]), by_period);
    assert_contains(
        &desk.run(&["runs", "diff", "2026-W26", "2026-W28"]).failed(2),
        &["no run \"2026-W26\"", "runs list"],
    );
    // A period of two schedules names both.
    desk.write("schedules.toml", format!("{WEEKLY}{}", WEEKLY.replace("schedule.top", "schedule.more")));
    at(&desk, "2026-07-13T05:00:00Z", &["run"]).succeeded();
    assert_contains(
        &desk.run(&["runs", "diff", "2026-W27", "2026-W28"]).failed(2),
        &["2 lists are of \"2026-W28\"", "more/2026-W28", "top/2026-W28"],
    );
}

#[test]
fn fault_36_who_moved_on_a_list_of_ones_own_is_told_too() {
    let desk = desk(&WEEKLY.replace("\"v100\"", "\"own\"").replace(", window_days = 90, limit = 5", ""));
    std::fs::create_dir(desk.path("reports")).expect("folder");
    desk.write(
        "reports/own.sql",
        "/*\ntitle = \"Own\"\nsummary = \"One row per person.\"\nstatement = \"Reports.\"\n\
         [param.as_of]\ntype = \"date\"\ndefault = \"data-date\"\nhelp = \"Day.\"\n*/\n\
         select harm_rank, person_id, harm_days\n\
         from harm_ranking(as_of := $as_of, window_days := 90, list_size := 5)\n\
         order by harm_rank, person_id\n",
    );
    for week in ["06", "13"] {
        at(&desk, &format!("2026-07-{week}T05:00:00Z"), &["run", "--reports", "reports"]).succeeded();
    }
    let moved = read(&desk, "top/2026-W28/movement.csv");
    // Of somebody new it is not known what they had before; of who was there before, it is.
    assert_contains(
        &moved,
        &["new,", ",not known: the report keeps no evidence of those beyond its cut", "overtaken by others"],
    );
}

#[test]
fn the_days_of_a_reason_are_exact() {
    let desk = Desk::new();
    desk.write(
        "half.csv",
        "crime_id,item,reported_on,suspect_id,suspect_sex,suspect_birth\n\
         C1,92A.92.11.0,2026-06-01,N1,M,1980\nC2,92A.92.10.0,2026-07-01,N1,M,1980\n",
    );
    desk.load(&["half.csv", "--extract-date", "2026-07-01"]);
    desk.write(
        "schedules.toml",
        WEEKLY.replace("limit = 5", "limit = 5, scope = \"all\", proactive = \"include\""),
    );
    at(&desk, "2026-06-29T05:00:00Z", &["run"]).succeeded();
    at(&desk, "2026-07-06T05:00:00Z", &["run"]).succeeded();
    let days = desk
        .row("select days::varchar from harm_weight where item = '92A.92.10.0' and index_id = 'cchi-2020'");
    let days = days.trim_end_matches('0');
    assert!(days.contains('.') && !days.ends_with('.'), "{days} is no whole number");
    assert_contains(&read(&desk, "top/2026-W27/movement.csv"), &[&format!("new crime (+{days} days)")]);
}

#[test]
fn a_report_of_ones_own_has_an_output_for_each_of_its_choices() {
    let desk = Desk::new();
    desk.load_text(
        "crime_id,code,reported_on,borough\nC1,8N,2026-06-01,Camden\nC2,8N,2026-06-02,Brent / Harrow\nC3,8N,2026-06-03,Camden\n",
        &["--extract-date", "2026-06-30"],
    );
    std::fs::create_dir(desk.path("reports")).expect("folder");
    desk.write(
        "reports/crimes.sql",
        "/*
title = \"Crimes\"
summary = \"One row: how many.\"
statement = \"Crimes as recorded.\"
[param.borough]
type = \"choice\"
choices_from = \"select distinct crime.borough from crime\"
help = \"Borough.\"
*/
select count(*) as crimes from crime where crime.borough = $borough;
",
    );
    desk.write("harmrank.toml", "reports = \"reports\"\n");
    desk.write(
        "schedules.toml",
        "[schedule.top]\nreport = \"crimes\"\nperiod = \"daily\"\nat = \"23:55\"\nformats = [\"csv\"]\nfolder = \"lists\"\nfor_each = { borough = \"all\" }\n",
    );
    at(&desk, "2026-07-02T22:56:00Z", &["run"]).succeeded();
    assert_eq!(names(&desk.path("lists/top/2026-07-01")), ["Brent---Harrow", "Camden", "schedule.json"]);
    assert_eq!(read(&desk, "top/2026-07-01/Camden/crimes.csv"), "crimes\n2\n");
    assert!(!names(&desk.path("lists/top/2026-07-01/Camden")).iter().any(|name| name.contains("movement")));
    assert_contains(
        &read(&desk, "top/index.html"),
        &["the report is no list of people", "Brent / Harrow, 1 row<"],
    );
}

#[test]
fn one_output_per_value_and_each_recipient_a_disclosure() {
    let file = WEEKLY.replace("limit = 5 }", "limit = 5 }\nfor_each = { scope = [\"vawg\", \"domestic\"] }")
        + "recipients = [\"panel\", \"chief\"]\nreason = \"weekly\"\n";
    let desk = desk(&file);
    let made = at(&desk, "2026-07-06T05:00:00Z", &["run"]).succeeded();
    assert_contains(&made, &["in 2 outputs"]);
    assert_eq!(names(&desk.path("lists/top/2026-W27")), ["domestic", "schedule.json", "vawg"]);
    let manifest = json(&read(&desk, "top/2026-W27/domestic/manifest.json"));
    assert_eq!(manifest["meta"]["parameters"]["scope"], "domestic");
    assert!(names(&desk.path("lists/top/2026-W27/vawg")).contains(&"movement.html".to_owned()));
    let entries = json(&desk.run(&["ledger", "show", "--format", "json"]).succeeded());
    let rows = entries["rows"].as_array().expect("rows");
    let given: Vec<_> = rows.iter().filter(|row| row["kind"] == "disclosure").collect();
    assert_eq!(given.len(), 2, "{given:#?}");
    assert_eq!(
        (given[0]["recipient"].as_str(), given[1]["recipient"].as_str()),
        (Some("panel"), Some("chief"))
    );
    let run = rows.iter().find(|row| row["verb"] == "schedule run").expect("a run");
    assert_contains(&run["parameters"].to_string(), &["domestic", "vawg"]);
    assert_contains(
        &read(&desk, "top/index.html"),
        &["2 outputs", "2026-W27/domestic/v100.html", "given to", "panel, chief"],
    );
}

#[test]
fn what_is_past_its_time_goes_logged_and_the_newest_stays() {
    let desk = desk(&format!("{WEEKLY}keep = \"15d\"\n"));
    for day in ["2026-06-29", "2026-07-06", "2026-07-13"] {
        at(&desk, &format!("{day}T05:00:00Z"), &["run"]).succeeded();
    }
    assert_eq!(periods(&desk, "top"), ["2026-W26", "2026-W27", "2026-W28"]);
    let said = at(&desk, "2026-07-20T05:00:00Z", &["run"]).succeeded();
    assert_contains(&said, &["top 2026-W26: removed, kept for 15d"]);
    assert_eq!(periods(&desk, "top"), ["2026-W27", "2026-W28", "2026-W29"]);
    assert_eq!(
        at(&desk, "2026-07-20T05:00:00Z", &["run"]).succeeded(),
        "",
        "what was removed is not made again"
    );
    // Data too old from here on: the newest good list stays, however old.
    desk.write("schedules.toml", format!("{WEEKLY}keep = \"15d\"\nfresh = \"1d\"\n"));
    at(&desk, "2027-06-07T05:00:00Z", &["run"]).failed_saying(5);
    assert_eq!(periods(&desk, "top"), ["2026-W29"]);
    let entries = json(&desk.run(&["ledger", "show", "--format", "json"]).succeeded());
    let erased =
        entries["rows"].as_array().expect("rows").iter().filter(|row| row["kind"] == "erasure").count();
    assert_eq!(erased, 3);
}

#[test]
fn the_page_links_to_files_that_are_there_and_needs_nothing_else() {
    let desk = desk(WEEKLY);
    for day in ["2026-06-29", "2026-07-06"] {
        at(&desk, &format!("{day}T05:00:00Z"), &["run"]).succeeded();
    }
    assert_eq!(shelf(&desk, "top"), ["2026-W26", "2026-W27", "index.html", "latest"]);
    let page = read(&desk, "top/index.html");
    let links: Vec<_> = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(links.len() > 8, "{links:?}");
    for link in links {
        assert!(desk.path("lists/top").join(link).exists(), "{link}");
    }
    for foreign in ["<script", "http:", "https:", "src="] {
        assert!(!page.contains(foreign), "{foreign}");
    }
    assert_contains(&page, &["default-src 'none'", "first list", "22 Jun \u{2013} 28 Jun 2026"]);
}

/// Camden from the beginning, Barnet from 10 June, and Ealing until 5 April.
const PLACES: &str = "\
crime_id,code,reported_on,suspect_id,suspect_sex,suspect_birth,victim_id,victim_sex,borough,bcu
C1,8N,2026-04-05,N1,M,1980,V1,F,Ealing,West
C2,8N,2026-05-01,N2,M,1980,V2,F,Camden,Central
C3,8N,2026-06-10,N3,M,1980,V3,F,Barnet,North
C4,8N,2026-06-11,N2,M,1980,V4,F,,
";

#[test]
fn every_place_that_stands_in_the_window_has_an_output_and_one_that_is_gone_is_named() {
    let desk = Desk::holding(PLACES, &["--extract-date", "2026-07-01"]);
    let schedule = |name: &str| {
        WEEKLY
            .replace("top", name)
            .replace("limit = 5 }", &format!("limit = 5 }}\nfor_each = {{ {name} = \"all\" }}"))
    };
    desk.write("schedules.toml", schedule("borough") + &schedule("bcu"));
    assert_eq!(at(&desk, "2026-07-01T05:00:00Z", &["validate"]).succeeded(), "2 schedules are sound\n");
    let dry = |now: &str| at(&desk, now, &["run", "borough", "--dry-run"]).succeeded();
    assert_contains(
        &dry("2026-06-08T05:00:00Z"),
        &["borough 2026-W23: would be made", "\n  2 outputs, one for each borough: Camden, Ealing\n"],
    );
    at(&desk, "2026-06-08T05:00:00Z", &["run"]).succeeded();
    assert_contains(
        &dry("2026-07-06T05:00:00Z"),
        &["\n  3 outputs, one for each borough: Barnet, Camden, Ealing\n"],
    );
    at(&desk, "2026-07-06T05:00:00Z", &["run"]).succeeded();
    assert_eq!(names(&desk.path("lists/bcu/2026-W23")), ["Central", "West", "schedule.json"]);
    assert_eq!(names(&desk.path("lists/borough/2026-W24")), ["Barnet", "Camden", "Ealing", "schedule.json"]);
    let edition = json(&read(&desk, "borough/2026-W24/schedule.json"));
    assert_eq!(edition["parts"][0]["movement"]["is_first"], true, "Barnet was not there before");
    assert_eq!(edition["parts"][1]["movement"]["is_first"], false);
    assert_eq!(edition["gone"], serde_json::Value::Null);
    // 90 days back from Sunday 5 July is 7 April.
    let said =
        at(&desk, "2026-07-06T05:00:00Z", &["run", "borough", "--period", "2026-W27", "--again"]).succeeded();
    assert_contains(&said, &["in 2 outputs", "no longer there: Ealing"]);
    assert_eq!(names(&desk.path("lists/borough/2026-W27")), ["Barnet", "Camden", "schedule.json"]);
    assert_contains(&read(&desk, "borough/index.html"), &["<dt>no longer there</dt><dd>Ealing</dd>"]);
    desk.write("schedules.toml", schedule("borough").replace("v100", "coverage"));
    assert_contains(
        &at(&desk, "2026-07-06T05:00:00Z", &["validate"]).failed(2),
        &["no parameter \"borough\""],
    );
    desk.write("schedules.toml", schedule("limit").replace(", limit = 5", ""));
    assert_contains(
        &at(&desk, "2026-07-06T05:00:00Z", &["validate"]).failed(2),
        &["the report lists no values of limit: name them"],
    );
    let none = PLACES.replace("borough,bcu", "other,another");
    let empty = Desk::holding(&none, &["--extract-date", "2026-07-01"]);
    empty.write("schedules.toml", schedule("borough"));
    let stderr = at(&empty, "2026-07-06T05:00:00Z", &["run"]).failed_saying(1);
    assert_contains(&stderr, &["no borough stands in the data: there is no output to make"]);
}

#[test]
fn a_list_made_late_says_how_late_and_of_what_data() {
    let desk = desk(&format!("{WEEKLY}fresh = \"3d\"\n"));
    desk.writer()
        .execute_batch("update load_batch set extract_on = date '2026-07-05'")
        .expect("an older extract");
    let said = at(&desk, "2026-07-06T05:00:00Z", &["run"]).succeeded();
    assert!(!said.contains("after it was due"), "{said}");
    assert!(!read(&desk, "top/index.html").contains("after it was due"));
    // The machine is off for two weeks. Until then the data are too old for the next list.
    assert_contains(
        &at(&desk, "2026-07-13T05:00:00Z", &["run"]).failed_saying(5),
        &["the data are of 2026-07-05, more than 3d before 2026-07-12", "not published"],
    );
    load(&desk, "2026-07-27");
    let said = at(&desk, "2026-07-27T09:00:00Z", &["run"]).succeeded();
    let late = "made 14 days after it was due, of data of 2026-07-27, which came since";
    assert_contains(&said, &["top 2026-W28: ", late, "made 7 days after it was due, of data of 2026-07-27"]);
    assert_eq!(said.matches("after it was due").count(), 2, "the last is of the day it was due: {said}");
    let edition = json(&read(&desk, "top/2026-W28/schedule.json"));
    assert_eq!(
        (&edition["to"], &edition["due_at"], &edition["made_at"], &edition["data_date"]),
        (
            &"2026-07-12".into(),
            &"2026-07-13T05:00:00Z".into(),
            &"2026-07-27T09:00:00Z".into(),
            &"2026-07-27".into()
        )
    );
    let manifest = json(&read(&desk, "top/2026-W28/manifest.json"));
    assert_eq!(manifest["meta"]["parameters"]["as_of"], "2026-07-12", "that of its period");
    assert_eq!(manifest["meta"]["data_date"], "2026-07-27", "that of the data held when it was made");
    assert_contains(&read(&desk, "top/index.html"), &[&format!("<p class=\"said\">{late}</p>")]);
    assert_contains(&read(&desk, "top/2026-W28/v100.html"), &["2026-07-12", "data of 2026-07-27"]);
    // The newest is made on its day.
    assert!(!read(&desk, "top/index.html").contains("<dt>mind</dt>"));
}

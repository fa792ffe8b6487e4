//! A person forgotten who is on scheduled lists: in no byte and no name below the folder of lists, and the page says so.

use super::{assert_whole, at, extract, json, names, periods, read};
use crate::support::{Desk, assert_contains, lines, rows};
use duckdb::Connection;
use std::path::Path;

/// Lists of two boroughs in every format, an explanation for each of two people, and a list that is given up later.
const SCHEDULES: &str = "\
[schedule.local]
report = \"v100\"
params = { as_of = \"period-end\", window_days = 90, limit = 5 }
for_each = { borough = [\"Camden\", \"Barnet\"] }
period = \"weekly\"
on = \"monday\"
at = \"06:00\"
formats = [\"csv\", \"tsv\", \"json\", \"jsonl\", \"markdown\", \"html\", \"xlsx\", \"parquet\", \"arrow\"]
folder = \"lists\"

[schedule.about]
report = \"explain\"
params = { as_of = \"period-end\" }
for_each = { person = [\"QX7701\", \"N4\"] }
period = \"weekly\"
on = \"monday\"
at = \"06:00\"
formats = [\"html\", \"csv\"]
folder = \"lists\"
catch_up = 1
";
const GIVEN_UP: &str = "\
[schedule.old]
report = \"v100\"
params = { as_of = \"period-end\", window_days = 90, limit = 5 }
period = \"weekly\"
on = \"monday\"
at = \"06:00\"
formats = [\"csv\", \"html\"]
folder = \"lists\"
";

/// The crimes of everyone else, every second in Camden; with theirs, of which nobody else is suspected.
fn extract_with(their_crimes: &[&str]) -> String {
    let others = extract();
    let rows = others.lines().enumerate().map(|(number, row)| match number {
        0 => format!("{row},borough"),
        number => format!("{row},{}", if number % 2 == 0 { "Camden" } else { "Barnet" }),
    });
    lines(rows.chain(their_crimes.iter().map(|crime| (*crime).to_owned())))
}

fn load(desk: &Desk, arguments: &[&str]) {
    let mut load = desk.command(&[&["load", "--extract-date", "2026-12-31"], arguments].concat());
    let output = load.env("HARMRANK_TODAY", "2027-01-31").output().expect("load");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("extract.csv", extract_with(&[]));
    load(&desk, &["extract.csv"]);
    desk.write("schedules.toml", [SCHEDULES, GIVEN_UP].concat());
    // They are not held yet: why there is no list names them.
    at(&desk, "2026-06-29T05:00:00Z", &["run"]).failed_saying(2);
    assert_contains(&read(&desk, "about/2026-W26.failed.json"), &["QX7701"]);
    let theirs = [
        "KX501,19C,2026-06-01,QX7701,M,1980,named,V1,F,Camden",
        "KX502,19C,2026-06-20,QX7702,M,1980,named,V2,F,Camden",
    ];
    desk.write("extract.csv", extract_with(&theirs));
    load(&desk, &["extract.csv"]);
    desk.write("identities.csv", "person_id,is_person_id\nQX7702,QX7701\n");
    load(&desk, &["--identities", "identities.csv"]);
    for week in ["2026-07-06", "2026-07-13", "2026-07-20"] {
        at(&desk, &format!("{week}T05:00:00Z"), &["run"]).succeeded();
    }
    desk.write("schedules.toml", SCHEDULES);
    desk
}

/// What is theirs alone: their references, also in capitals of another case, and their crimes.
const THEIRS: [&str; 4] = ["QX7701", "QX7702", "KX501", "KX502"];

/// Files and folders below a folder whose name or bytes hold what is theirs; Parquet also as it is read.
fn found_in(folder: &Path, engine: &Connection) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("folder") {
        let path = entry.expect("entry").path();
        let shown = path.display().to_string();
        let name = path.file_name().expect("name").to_string_lossy().into_owned();
        let has = |bytes: &[u8]| {
            THEIRS.iter().any(|word| {
                let is_it = |window: &[u8]| window.eq_ignore_ascii_case(word.as_bytes());
                bytes.windows(word.len()).any(is_it)
            })
        };
        if has(name.as_bytes()) {
            found.push(format!("name of {shown}"));
        }
        if path.is_dir() {
            found.extend(found_in(&path, engine));
            continue;
        }
        let bytes = std::fs::read(&path).expect("file");
        let mut texts = vec![bytes];
        if name.ends_with(".parquet") {
            let rows = rows(engine, &format!("select one::varchar from '{shown}' as one"));
            texts.push(rows.join("\n").into_bytes());
        }
        if texts.iter().any(|text| has(text)) {
            found.push(shown);
        }
    }
    found
}

#[test]
fn who_is_forgotten_is_in_no_byte_of_scheduled_lists_and_the_page_says_that_somebody_was_removed() {
    let desk = desk();
    let (lists, engine) = (desk.path("lists"), Connection::open_in_memory().expect("engine"));
    let before = found_in(&lists, &engine);
    for part in [
        "local/2026-W28/Camden/v100.csv",
        "local/2026-W28/Camden/v100.html",
        "local/2026-W28/Camden/evidence.parquet",
        "local/2026-W28/Camden/movement.parquet",
        "local/2026-W28/Barnet/evidence.parquet",
        "local/latest/Camden/rows.csv",
        "about/2026-W26.failed.json",
        "about/2026-W28/schedule.json",
        "about/index.html",
        "name of",
        "old/2026-W27/v100.csv",
    ] {
        assert!(before.iter().any(|found| found.contains(part)), "{part} is not in {before:#?}");
    }
    let order = ["forget", "--person", "QX7702", "--why", "order of a court"];
    let rows_before = json(&read(&desk, "local/2026-W28/schedule.json"))["parts"].clone();
    let mut busy = desk.command(&order);
    let lock = std::fs::File::open(lists.join("local/.lock")).expect("lock");
    lock.try_lock().expect("locked");
    let busy = busy.arg("--wait=0").output().expect("run");
    assert_eq!(busy.status.code(), Some(3), "a list in the making would bring them back");
    drop(lock);
    desk.run(&order).succeeded();
    assert_eq!(found_in(&lists, &engine), Vec::<String>::new());
    assert_eq!(found_in(&desk.path("harmrank.ledger"), &engine), Vec::<String>::new());

    for schedule in ["local", "about", "old"] {
        assert_whole(&desk, schedule);
        let page = read(&desk, &format!("{schedule}/index.html"));
        let links: Vec<_> = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert!(links.len() > 3, "{schedule}: {links:?}");
        for link in links {
            assert!(lists.join(schedule).join(link).exists(), "{schedule}/{link}");
        }
        assert_contains(&page, &["a person was removed on 2026-07-01"]);
        assert!(lists.join(schedule).join("latest/schedule.json").is_file());
    }
    let page = read(&desk, "local/index.html");
    assert_contains(
        &page,
        &[
            "v100.md, v100.html, v100.xlsx, v100.arrow, movement.html withdrawn: a person was removed on 2026-07-01",
        ],
    );
    let camden = json(&read(&desk, "local/2026-W28/schedule.json"))["parts"][0].clone();
    let left = rows_before[0]["rows"].as_u64().expect("rows") - 1;
    assert_eq!(camden["rows"], left);
    assert_eq!(read(&desk, "local/2026-W28/Camden/rows.csv").lines().count() as u64, 1 + left);
    let barnet = json(&read(&desk, "local/2026-W28/schedule.json"))["parts"][1].clone();
    assert_eq!((&barnet["amended_on"], &barnet["rows"]), (&serde_json::Value::Null, &rows_before[1]["rows"]));
    let about = json(&read(&desk, "about/2026-W28/schedule.json"))["parts"].clone();
    assert_eq!((&about[0]["value"], &about[1]["value"]), (&"(forgotten)".into(), &"N4".into()));
    assert_eq!(names(&lists.join("about/2026-W28")).len(), 3, "two outputs and the account");

    assert_contains(&desk.run(&["ledger", "verify"]).succeeded(), &["whole: every line"]);
    let verify = |list: &str| desk.run(&["runs", "verify", &format!("lists/{list}")]);
    assert_contains(&verify("local/2026-W28/Barnet").succeeded(), &["identical", "somebody was forgotten"]);
    assert_contains(
        &verify("local/2026-W28/Camden").stdout,
        &["v100.csv was amended on 2026-07-01: somebody was forgotten"],
    );

    // Again: nothing is left to be done, and the next list follows those that were amended.
    let pages = ["local", "about", "old"].map(|schedule| read(&desk, &format!("{schedule}/index.html")));
    desk.run(&order).succeeded();
    let again = ["local", "about", "old"].map(|schedule| read(&desk, &format!("{schedule}/index.html")));
    assert_eq!(again, pages);
    desk.write("schedules.toml", SCHEDULES.replace("\"QX7701\", ", ""));
    at(&desk, "2026-07-27T05:00:00Z", &["run"]).succeeded();
    assert_eq!(periods(&desk, "local"), ["2026-W26", "2026-W27", "2026-W28", "2026-W29", "2026-W30"]);
    assert_eq!(found_in(&lists, &engine), Vec::<String>::new());
}

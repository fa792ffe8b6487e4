//! A person forgotten: gone from data, history, quarantine and archive, and from the bytes of the file; not taken in
//! again.

mod whole;

use crate::support::{Desk, assert_contains, rows, wait_until};
use duckdb::Connection;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value as Json;
use std::path::Path;
use std::time::Duration;

/// QX7701 is suspect, co-suspect, victim, merged with QX7702, in quarantine, in a doubted value and in what was
/// carried along.
const EXTRACT: &str = "\
crime_id,code,reported_on,suspect_id,suspect_sex,suspect_birth,victim_id,victim_sex,victim_age,officer
C1,19C,2026-06-01,QX7701,M,1990-04,V1,F,30,PC 12
C2,8N,2026-06-02,QX7701,M,1990-04,V2,F,41,PC 13
C2,8N,2026-06-02,P2,M,1980,V2,F,41,seen by QX7702
C3,8N,2026-06-02,QX7702,M,1990-04,V2,F,41,PC 14
C4,8N,2026-06-03,P4,M,1970,QX7701,F,36,PC 15
C5,105A,2026-06-04,P5,M,1975,V5,F,29,told of QX7701.
,105A,2026-06-04,QX7701,M,1990-04,V5,F,29,PC 17
C6,105A,2026-06-04,QX7702,M,1990-99,V5,F,29,PC 18
C7,105A,2026-06-05,QX77011,M,1960,V7,F,44,PC 19
";

const LATER: &str = "\
crime_id,code,reported_on,suspect_id,suspect_sex,suspect_birth,victim_id,victim_sex,victim_age,officer
C1,19C,2026-06-01,QX7701,M,1990-05,V1,F,30,PC 12
";

const FORGET: [&str; 5] = ["forget", "--person", "QX7702", "--why", "order of a court"];

fn held() -> Desk {
    let desk = Desk::new();
    desk.load_text(EXTRACT, &["--extract-date", "2026-06-05", "--carry", "officer"]);
    desk.write("identities.csv", "person_id,is_person_id\nQX7702,QX7701\n");
    desk.write("custody.csv", "person_id,from_on,to_on\nQX7701,2026-06-01,2026-06-02\nP4,2026-06-01,\n");
    desk.write(
        "exclusions.csv",
        "person_id,from_on,review_on,decided_by,reason\n\
         QX7701,2026-06-01,2026-12-01,superintendent,informant\n\
         P5,2026-06-01,2026-12-01,superintendent,as for QX7701 and others\n",
    );
    desk.write("actions.csv", "person_id,acted_on,kind,reason\nQX7702,2026-06-02,arrest,\nP4,2026-06-03,charge,with QX7701 and others\n");
    desk.load(&[
        "--identities",
        "identities.csv",
        "--custody",
        "custody.csv",
        "--exclusions",
        "exclusions.csv",
        "--actions",
        "actions.csv",
        "--extract-date",
        "2026-06-06",
    ]);
    desk.load_text(LATER, &["--extract-date", "2026-06-07", "--carry", "officer"]);
    // Files of the user are not this program's.
    for name in ["extract.csv", "identities.csv", "custody.csv", "exclusions.csv", "actions.csv"] {
        std::fs::remove_file(desk.path(name)).expect("removed");
    }
    desk
}

/// Every file below the folder that holds the letters, in plain.
fn found_in(folder: &Path, letters: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("folder") {
        let path = entry.expect("entry").path();
        if path.is_dir() {
            found.extend(found_in(&path, letters));
        } else {
            let bytes = std::fs::read(&path).expect("file");
            // QX77011 is somebody else.
            let is_there = bytes
                .windows(letters.len() + 1)
                .any(|window| window.starts_with(letters.as_bytes()) && !window.ends_with(b"1"));
            if is_there {
                found.push(path.display().to_string());
            }
        }
    }
    found
}

/// Every column of every table, as text, that holds the letters.
fn columns_with(connection: &Connection, letters: &str) -> Vec<String> {
    let columns = rows(
        connection,
        "select table_name, column_name from duckdb_columns() where not internal
         and table_name in (select table_name from duckdb_tables())",
    );
    assert!(columns.len() > 200, "{columns:?}");
    columns
        .into_iter()
        .filter(|column| {
            let (table, column) = column.split_once('|').expect("two");
            let sql = format!(
                "select 1 from {table} where replace({column}::varchar, 'QX77011', '') like '%{letters}%'"
            );
            !rows(connection, &sql).is_empty()
        })
        .collect()
}

#[test]
fn before_they_are_forgotten_the_letters_are_found_where_the_test_looks_for_them() {
    let desk = held();
    assert!(!found_in(&desk.path(""), "QX770").is_empty());
    let mut tables: Vec<_> = columns_with(&desk.connection(), "QX770")
        .into_iter()
        .map(|column| column.split_once('|').expect("two").0.to_owned())
        .collect();
    tables.dedup();
    tables.sort();
    tables.dedup();
    let expected =
        ["action", "crime", "custody", "exclusion", "identity", "load_reject", "person", "person_history"];
    assert_eq!(tables, expected);
}

#[test]
fn a_person_forgotten_is_nowhere_in_the_folder_and_in_no_table() {
    let desk = held();
    desk.run(&["report", "v100", "--archive"]).succeeded();
    std::fs::create_dir(desk.path("harmrank.duckdb.tmp")).expect("folder");
    desk.write("harmrank.duckdb.tmp/spilled", "QX7701");
    std::fs::create_dir(desk.path(".harmrank-forget-999999999-x")).expect("folder");
    desk.write(".harmrank-forget-999999999-x/draft.duckdb", "QX7701");
    let said = desk.run(&FORGET).succeeded();
    assert_contains(
        &said,
        &[
            "forgotten: QX7701, QX7702, merged references of one person\n",
            "        2  references; 2 in superseded versions\n",
            "        1  merges of references\n",
            "        4  crimes of which they are a suspect; 1 in superseded versions\n",
            "        1  crimes of which they are a victim: the crime keeps a victim without identifier\n",
            "        1  spells in custody\n",
            "        1  decisions to leave them out\n",
            "        1  decisions about others that named them\n",
            "        1  rows in quarantine whose text was removed\n",
            "        1  actions\n",
        ],
    );
    assert_eq!(columns_with(&desk.connection(), "QX770"), Vec::<String>::new());
    assert_eq!(found_in(&desk.path(""), "QX770"), Vec::<String>::new());
    let names = desk.all_names();
    let expected = ["harmrank-runs", "harmrank.duckdb", "harmrank.ledger", "harmrank.ledger.key"];
    assert_eq!(names, expected, "no log and no draft is left");
}

#[test]
fn what_belongs_to_others_stays() {
    let desk = held();
    desk.run(&FORGET).succeeded();
    assert_eq!(
        desk.rows(
            "select crime_id, person_id from suspect inner join crime using (crime_key)
             inner join person using (person_key) order by all"
        ),
        ["C2|P2", "C4|P4", "C5|P5", "C7|QX77011"]
    );
    assert_eq!(
        desk.rows("select crime_id, sex, age, person_key from victim inner join crime using (crime_key) where crime_id = 'C4'"),
        ["C4|F|-|-"],
        "that a woman was the victim belongs to the crime"
    );
    assert_eq!(desk.row("select count(*) from crime"), "7");
    assert_eq!(desk.row("select reason from exclusion"), "as for (forgotten) and others");
    assert_eq!(
        desk.rows("select crime_id, carried from crime where carried is not null order by all"),
        ["C7|{\"officer\":\"PC 19\"}"]
    );
    assert_eq!(desk.row("select reason from load_reject"), "no crime_id", "that it was refused stays");
    desk.run(&["report", "v100"]).succeeded();
    desk.run(&["upgrade"]).succeeded();
}

#[test]
fn the_file_stays_as_it_was_made() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = held();
    std::fs::set_permissions(desk.db(), std::fs::Permissions::from_mode(0o640)).expect("mode");
    let objects = "select 'table', table_name, comment from duckdb_tables() where not internal union all
         select 'view', view_name, comment from duckdb_views() where not internal union all
         select 'macro', function_name || parameters::varchar, comment from duckdb_functions() where not internal union all
         select table_name, column_name || data_type, comment from duckdb_columns() where not internal union all
         select table_name, constraint_text, '' from duckdb_constraints() order by all";
    desk.writer().execute_batch("create table of_my_own as select 7 as one").expect("made");
    let before = desk.rows(objects);
    let stamp = desk.rows("from harmrank_stamp");
    desk.run(&FORGET).succeeded();
    assert_eq!(desk.rows(objects), before);
    assert_eq!(desk.rows("from harmrank_stamp"), stamp);
    assert_eq!(desk.row("from of_my_own"), "7");
    assert_eq!(std::fs::metadata(desk.db()).expect("file").permissions().mode() & 0o777, 0o640);
}

#[test]
fn the_next_extract_does_not_bring_them_back_and_balances() {
    let desk = held();
    desk.run(&FORGET).succeeded();
    let again = EXTRACT.replace(
        "C1,19C,2026-06-01,QX7701",
        "C8,19C,2026-06-01,QX7701,M,1990-04,V1,F,30,PC 12\nC1,19C,2026-06-01,QX7701",
    );
    let account = desk.load_text(&again, &["--extract-date", "2026-06-20", "--carry", "officer"]);
    let sum: i64 = ["new", "replaced", "unchanged", "outdated", "refused"]
        .iter()
        .map(|part| account[format!("rows_{part}")].as_i64().expect("count"))
        .sum();
    assert_eq!(Json::from(sum), account["rows_in"]);
    assert_eq!(account["rows_refused"], 1, "the row without a crime");
    assert_eq!(
        account["rows_suppressed"], 9,
        "all but that of QX77011: two name them in what is carried along"
    );
    std::fs::remove_file(desk.path("extract.csv")).expect("removed");
    assert_eq!(columns_with(&desk.connection(), "QX770"), Vec::<String>::new());
    assert_eq!(found_in(&desk.path(""), "QX770"), Vec::<String>::new());
    assert_eq!(desk.row("select count(*) from crime"), "8", "a crime is not theirs alone");
    assert_eq!(
        desk.row("select count(*) from victim inner join crime using (crime_key) where crime_id = 'C8'"),
        "1"
    );
    let account = desk.load_text(&again, &["--extract-date", "2026-06-21", "--carry", "officer"]);
    assert_eq!(account["rows_unchanged"], 9, "{account}");
}

#[test]
fn lists_and_tables_do_not_bring_them_back_either() {
    let desk = held();
    desk.run(&FORGET).succeeded();
    desk.write("s.csv", "crime_id,person_id\nC2,QX7701\nC7,QX7702\nC7,QX77011\n");
    desk.write("i.csv", "person_id,is_person_id\nQX7702,QX7701\nP2,P4\n");
    desk.write("c.csv", "person_id,from_on\nQX7701,2026-06-01\nP4,2026-06-01\n");
    desk.write("p.csv", "person_id,sex,birth\nQX7701,M,1990\nP2,M,1980\n");
    let account = desk.load(&[
        "--suspects",
        "s.csv",
        "--identities",
        "i.csv",
        "--custody",
        "c.csv",
        "--persons",
        "p.csv",
        "--extract-date",
        "2026-06-20",
    ]);
    assert_eq!(account["rows_suppressed"], 5);
    assert_eq!(account["rows_refused"], 3);
    assert_eq!(account["refusals"][0]["what"], "names somebody forgotten");
    for name in ["s.csv", "i.csv", "c.csv", "p.csv"] {
        std::fs::remove_file(desk.path(name)).expect("removed");
    }
    assert_eq!(columns_with(&desk.connection(), "QX770"), Vec::<String>::new());
    assert_eq!(desk.row("select count(*) from load_reject where row_text = ''"), "4", "without their text");
    assert_eq!(
        desk.rows(
            "select crime_id, person_id from suspect inner join crime using (crime_key)
             inner join person using (person_key) where crime_id in ('C2', 'C7') order by all"
        ),
        ["C7|QX77011"],
        "the newer word of C2 names nobody who is taken in"
    );
}

#[test]
fn a_load_from_before_cannot_be_taken_back_and_one_from_after_can() {
    let desk = held();
    desk.run(&FORGET).succeeded();
    let stderr = desk.run(&["loads", "undo", "3"]).failed(2);
    assert_contains(&stderr, &["load 3 cannot be taken back: somebody was forgotten on 2026-07-01"]);
    desk.load_text(EXTRACT, &["--extract-date", "2026-06-20"]);
    desk.run(&["loads", "undo", "4"]).succeeded();
    std::fs::remove_file(desk.path("extract.csv")).expect("removed");
    assert_eq!(columns_with(&desk.connection(), "QX770"), Vec::<String>::new());
}

#[test]
fn without_the_key_nothing_is_loaded() {
    let desk = held();
    desk.run(&FORGET).succeeded();
    std::fs::remove_file(desk.path("harmrank.ledger.key")).expect("removed");
    desk.write("extract.csv", EXTRACT);
    let stderr = desk.run(&["load", "extract.csv"]).failed(1);
    assert_contains(&stderr, &["put the key of the ledger back"]);
    std::fs::rename(desk.path("harmrank.ledger"), desk.path("closed.ledger")).expect("moved");
    let stderr = desk.run(&["load", "extract.csv"]).failed(1);
    assert_contains(&stderr, &["people were forgotten under the key ", "put the key of the ledger back"]);
}

#[test]
fn archived_runs_are_rewritten_or_withdrawn_and_say_so() {
    let desk = held();
    let run = |arguments: &[&str]| {
        desk.run(&[&["report"], arguments, &["--archive"]].concat()).succeeded().trim().to_owned()
    };
    desk.write("none.csv", "person_id,from_on,review_on,decided_by,reason\n");
    desk.load(&["--exclusions", "none.csv", "--extract-date", "2026-06-08"]);
    let json = run(&["v100"]);
    let csv = run(&["v100", "--format", "csv"]);
    let html = run(&["v100", "--format", "html"]);
    let parquet = run(&["v100", "--format", "parquet"]);
    let about = run(&["explain", "--person", "QX7702"]);
    let other = run(&["coverage"]);
    let untouched =
        std::fs::read(desk.path("harmrank-runs").join(&other).join("manifest.json")).expect("manifest");
    let dry = desk.run(&[&FORGET[..], &["--dry-run"]].concat()).succeeded();
    assert_contains(&dry, &["would be forgotten: QX7701, QX7702", "nothing was changed\n"]);
    assert!(!columns_with(&desk.connection(), "QX770").is_empty());
    let said = desk.run(&[&FORGET[..], &["--format", "json"]].concat()).succeeded();
    let said: Json = serde_json::from_str(&said).expect("JSON");
    assert_eq!(said["runs"].as_array().expect("runs").len(), 5, "{said:#}");
    assert_eq!(found_in(&desk.path("harmrank-runs"), "QX770"), Vec::<String>::new());
    let folder = |id: &str| desk.path("harmrank-runs").join(id);
    let manifest = |id: &str| -> Json {
        serde_json::from_slice(&std::fs::read(folder(id).join("manifest.json")).expect("manifest"))
            .expect("JSON")
    };
    let engine = Connection::open_in_memory().expect("engine");
    for id in [&json, &csv, &html, &parquet] {
        let manifest = manifest(id);
        assert_eq!(manifest["rows"], 4, "{id}");
        let evidence = folder(id).join("evidence.parquet");
        let left =
            rows(&engine, &format!("select distinct person_id from '{}' order by 1", evidence.display()));
        assert_eq!(left, ["P2", "P4", "P5", "QX77011"]);
        let amended = manifest["amended"].as_array().expect("amended");
        assert_eq!(amended.len(), 3, "{id}: output, rows and evidence");
        assert!(amended.iter().all(|said| said["before"] != said["after"]));
    }
    assert_eq!(manifest(&html)["amended"][2]["after"], Json::Null, "it is withdrawn");
    assert!(!folder(&html).join("v100.html").exists());
    let list: Json =
        serde_json::from_slice(&std::fs::read(folder(&json).join("v100.json")).expect("list")).expect("JSON");
    assert_eq!(list["end"]["rows"], 4);
    assert_eq!(list["rows"].as_array().expect("rows").len(), 4);
    assert_eq!(manifest(&about)["meta"]["parameters"]["person"], "(forgotten)");
    assert_eq!(std::fs::read_dir(folder(&about)).expect("folder").count(), 2, "report and manifest");
    assert_eq!(std::fs::read(folder(&other).join("manifest.json")).expect("manifest"), untouched);
    assert_contains(
        &desk.run(&["runs", "show", &html]).succeeded(),
        &["v100.html on 2026-07-01, for somebody was forgotten: withdrawn"],
    );
    let verified = desk.run(&["runs", "verify", &csv]);
    assert_eq!(verified.code, Some(5));
    assert_contains(&verified.stdout, &["v100.csv was amended on 2026-07-01: somebody was forgotten"]);
    assert!(!verified.stdout.contains("is not what was written"), "{}", verified.stdout);
}

#[test]
fn a_reference_that_is_a_number_is_not_taken_for_an_amount() {
    let desk = Desk::new();
    desk.load_text(
        "crime_id,code,reported_on,suspect_id,suspect_sex,suspect_birth,victim_id,victim_sex\n\
         C1,19C,2026-06-01,1825,M,1990-04,V1,F\nC2,19C,2026-06-01,1826,M,1990-04,V1,F\n",
        &[],
    );
    desk.run(&["report", "v100", "--archive", "--format", "csv"]).succeeded();
    let said = desk.run(&["forget", "--person", "1825", "--why", "a test"]).succeeded();
    assert_contains(&said, &["1 row taken out"]);
    assert_eq!(desk.list(&[]), ["1 1826 1825"]);
}

#[test]
fn who_is_unknown_is_not_forgotten_and_who_was_is_told_so() {
    let desk = held();
    let stderr = desk.run(&["forget", "--person", "QX7703", "--why", "x"]).failed(2);
    assert_contains(&stderr, &["nothing is held of \"QX7703\"", "letter for letter"]);
    assert_eq!(desk.row("select count(*) from suppression"), "0");
    desk.run(&["forget", "--person", "QX7701", "--why", " "]).failed(2);
    desk.run(&FORGET).succeeded();
    let said = desk.run(&FORGET).succeeded();
    assert_contains(
        &said,
        &["on the list of those not taken in since 2026-07-01", "the database holds nothing of them"],
    );
    assert_eq!(desk.row("select count(*) from suppression where mark like 'hmac:%'"), "2");
}

#[test]
fn the_ledger_knows_of_it_by_keyed_hash_alone() {
    let desk = held();
    desk.run(&["forget", "--person", "QX7701", "--why", "QX7701, also QX7702, asked for it"]).succeeded();
    assert_eq!(found_in(&desk.path("harmrank.ledger"), "QX770"), Vec::<String>::new());
    let all = desk.run(&["ledger", "show", "--format", "csv"]).succeeded();
    assert_contains(&all, &["forget", "erasure"]);
}

/// Whether a moment has come, told by the folder.
type Moment<'a> = &'a dyn Fn(&Path) -> bool;

/// Killed at any moment it leaves the old database or the new one, and the next time completes it.
#[test]
fn killed_at_any_moment_it_is_completed_the_next_time() {
    let has = |folder: &Path, name: &str| {
        let entries = std::fs::read_dir(folder).expect("folder").flatten();
        let mut workshops =
            entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(".harmrank-forget-"));
        workshops.any(|workshop| workshop.path().join(name).exists())
    };
    let is_amended = |folder: &Path| {
        let runs = std::fs::read_dir(folder.join("harmrank-runs")).expect("archive").flatten();
        runs.map(|run| std::fs::read_to_string(run.path().join("manifest.json")).unwrap_or_default())
            .any(|manifest| manifest.contains("\"amended\""))
    };
    let moments: [(&str, Moment<'_>, u64); 5] = [
        ("its folder is there", &|folder| has(folder, ""), 0),
        ("a run is amended", &is_amended, 0),
        ("the new file is begun", &|folder| has(folder, "draft.duckdb"), 0),
        ("the new file is half done", &|folder| has(folder, "draft.duckdb"), 60),
        ("the new file is about to take its place", &|folder| has(folder, "draft.duckdb"), 250),
    ];
    for (moment, is_now, later) in moments {
        let desk = held();
        desk.run(&["report", "v100", "--archive"]).succeeded();
        let mut child = desk.start(&FORGET);
        wait_until(moment, || is_now(&desk.path("")) || child.try_wait().expect("state").is_some());
        std::thread::sleep(Duration::from_millis(later));
        let process = Pid::from_raw(i32::try_from(child.id()).expect("a process number")).expect("a process");
        let _ = kill_process(process, Signal::KILL);
        child.wait().expect("ended");
        desk.run(&["report", "v100"]).succeeded();
        let is_old = desk.row("select count(*) > 0 from person where person_id = 'QX7701'") == "true";
        if !is_old || is_amended(&desk.path("")) {
            assert_eq!(desk.row("select count(*) from suppression"), "2", "{moment}: the list came first");
        }
        desk.run(&FORGET).succeeded();
        assert_eq!(columns_with(&desk.connection(), "QX770"), Vec::<String>::new(), "{moment}");
        assert_eq!(found_in(&desk.path(""), "QX770"), Vec::<String>::new(), "{moment}");
        assert!(desk.names().iter().all(|name| !name.starts_with('.')), "{moment}: {:?}", desk.names());
    }
}

#[test]
fn a_busy_database_is_not_touched() {
    let desk = held();
    let reader = desk.connection();
    let stderr = desk.run(&[&FORGET[..], &["--wait", "0"]].concat()).failed(3);
    assert_contains(&stderr, &["the database is in use by "]);
    drop(reader);
    assert_eq!(desk.row("select count(*) from suppression"), "0");
}

#[test]
fn what_killed_processes_left_goes_first_and_what_one_uses_stays() {
    let desk = held();
    desk.run(&["report", "v100", "--archive"]).succeeded();
    // Number 1 is alive everywhere: in a container it is every process's own.
    let folders = [
        ".harmrank-load-1-abc",
        ".harmrank-diff-abc",
        ".harmrank-seen-abc",
        ".harmrank-sql-abc",
        "harmrank-runs/.harmrank-run-abc",
        "tmp/.harmrank-look-abc",
        // Of a schedule whose first run was killed.
        "harmrank-lists/weekly/.draft-abc",
    ];
    for folder in folders.iter().chain(&[".harmrank-load-used"]) {
        std::fs::create_dir_all(desk.path(folder)).expect("folder");
        desk.write(&format!("{folder}/rows.csv"), "person_id\nQX7701\n");
    }
    desk.write("harmrank-runs/.draft-abc", "QX7702");
    desk.write(".harmrank-load-used/rows.csv", "of somebody else");
    desk.write(".harmrank-load-used/.in-use", "");
    let used = std::fs::File::open(desk.path(".harmrank-load-used/.in-use")).expect("file");
    used.lock().expect("locked");
    let outcome = desk.command(&FORGET).env("TMPDIR", desk.path("tmp")).output().expect("program run");
    assert!(outcome.status.success(), "{outcome:?}");
    assert_eq!(found_in(&desk.path(""), "QX770"), Vec::<String>::new());
    assert!(desk.path(".harmrank-load-used/rows.csv").exists());
    drop(used);
    desk.load_text(LATER, &["--extract-date", "2026-06-08", "--carry", "officer"]);
    assert!(!desk.path(".harmrank-load-used").exists());
}

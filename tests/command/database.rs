//! The database file: made once, upgraded, and refused where it is not ours.

use crate::support::{Desk, Outcome, assert_contains, finish};
use duckdb::Connection;
use harmrank::database::SCHEMA_VERSION;
use rustix::process::{Pid, Signal, kill_process};
use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::Duration;

pub const EXTRACT: &str = "\
crime_id,code,reported_on,suspect_id,suspect_sex,suspect_birth,victim_id,victim_sex
C1,19C,2026-06-01,P1,M,1990,V1,F
C2,8N,2026-06-02,P2,M,1991,V2,F
";

/// Verbs that open the database.
pub const READERS: [&[&str]; 4] = [
    &["report", "v100"],
    &["report", "coverage"],
    &["report", "explain", "--person", "P1"],
    &["load", "extract.csv"],
];

/// One verb that reads and one that writes.
const LIST_AND_LOAD: [&[&str]; 2] = [&["report", "v100"], &["load", "extract.csv"]];

pub fn held() -> Desk {
    Desk::holding(EXTRACT, &[])
}

#[test]
fn init_makes_a_database_once() {
    let desk = Desk::bare();
    assert_eq!(desk.run(&["init"]).succeeded(), "created harmrank.duckdb\n");
    assert_eq!(desk.names(), ["harmrank.duckdb"]);
    let bytes = std::fs::read(desk.db()).expect("bytes");
    let stderr = desk.run(&["init"]).failed(1);
    assert_contains(
        &stderr,
        &["harmrank: harmrank.duckdb: exists already; nothing was changed", "harmrank upgrade"],
    );
    assert_eq!(std::fs::read(desk.db()).expect("bytes"), bytes);
}

#[test]
fn the_database_is_named_by_flag_or_environment() {
    let desk = Desk::bare();
    assert_eq!(desk.run(&["init", "--db", "flag.duckdb"]).succeeded(), "created flag.duckdb\n");
    let mut command = desk.command(&["init"]);
    command.env("HARMRANK_DB", "environment.duckdb");
    let outcome = Outcome::of(&["init"], command.output().expect("program run"));
    assert_eq!(outcome.succeeded(), "created environment.duckdb\n");
    assert_eq!(desk.names(), ["environment.duckdb", "flag.duckdb"]);
}

#[test]
fn init_does_not_make_folders() {
    let desk = Desk::bare();
    assert_contains(
        &desk.run(&["init", "--db", "no/such/file.duckdb"]).failed(1),
        &["no/such: no such folder"],
    );
    assert!(desk.names().is_empty());
}

#[test]
fn files_are_for_their_owner_alone() {
    let desk = Desk::bare();
    desk.run(&["init"]).succeeded();
    desk.load_text(EXTRACT, &[]);
    for output in ["list.csv", "list.json", "list.txt"] {
        desk.run(&["report", "v100", "-o", output]).succeeded();
        for name in [output.to_owned(), format!("{output}.manifest.json")] {
            assert_eq!(mode(&desk.path(&name)), 0o600, "{name}");
        }
    }
    assert_eq!(mode(&desk.db()), 0o600);
}

fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap_or_else(|error| panic!("{}: {error}", path.display())).permissions().mode()
        & 0o777
}

#[test]
fn upgrade_of_a_fresh_database_finds_it_up_to_date() {
    let desk = Desk::new();
    let before = desk.whole_fingerprint();
    assert_eq!(desk.run(&["upgrade"]).succeeded(), "harmrank.duckdb was up to date\n");
    assert_eq!(desk.whole_fingerprint(), before);
}

/// A change by hand must be refused by these verbs with the word upgrade, and mended by it, the data kept.
#[track_caller]
fn assert_noticed_and_mended(change: &str, verbs: &[&[&str]]) {
    let desk = held();
    let sound = (desk.whole_fingerprint(), desk.run(&["report", "v100"]).succeeded());
    desk.writer().execute_batch(change).unwrap_or_else(|error| panic!("{change}: {error}"));
    let changed = desk.whole_fingerprint();
    for verb in verbs {
        let stderr = desk.run(verb).failed(1);
        assert_contains(&stderr, &["harmrank: harmrank.duckdb: ", "`harmrank upgrade`; the data are kept"]);
    }
    assert_eq!(desk.whole_fingerprint(), changed, "a refusal changes nothing");
    assert_eq!(desk.run(&["upgrade"]).succeeded(), "harmrank.duckdb brought up to this program's SQL\n");
    assert_eq!((desk.whole_fingerprint(), desk.run(&["report", "v100"]).succeeded()), sound, "{change}");
    assert_eq!(desk.run(&["upgrade"]).succeeded(), "harmrank.duckdb was up to date\n");
}

#[test]
fn a_macro_changed_by_hand_is_refused_until_upgrade() {
    assert_noticed_and_mended("create or replace macro is_recorded_crime(status_of_crime) as true", &READERS);
}

#[test]
fn a_macro_added_by_hand_is_refused_until_upgrade() {
    assert_noticed_and_mended("create macro mine(x) as x + 1", &LIST_AND_LOAD);
}

#[test]
fn a_macro_dropped_by_hand_is_refused_until_upgrade() {
    assert_noticed_and_mended("drop macro table harm_ranking", &LIST_AND_LOAD);
}

#[test]
fn a_view_changed_by_hand_is_refused_until_upgrade() {
    assert_noticed_and_mended(
        "create or replace view data_date as select date '2020-01-01' as data_date",
        &LIST_AND_LOAD,
    );
}

#[test]
fn a_view_dropped_by_hand_is_refused_until_upgrade() {
    assert_noticed_and_mended("drop view data_date", &LIST_AND_LOAD);
}

#[test]
fn a_weight_changed_by_hand_is_refused_until_upgrade() {
    assert_noticed_and_mended(
        "update harm_weight set days = days + 1 where item = '19C.19.8.0'",
        &LIST_AND_LOAD,
    );
}

#[test]
fn a_code_a_scope_or_a_typical_item_changed_by_hand_is_refused_until_upgrade() {
    assert_noticed_and_mended("update vawg_code set is_vawg = false where ho_code = '19C'", &LIST_AND_LOAD);
    assert_noticed_and_mended("delete from offence_code where code = '19C'", &LIST_AND_LOAD);
    assert_noticed_and_mended("update typical_item set item = '8N.8.1.1' where code = '8N'", &LIST_AND_LOAD);
    assert_noticed_and_mended("delete from offence_code_alias", &LIST_AND_LOAD);
}

/// The days a list adds up stand in a table made from the weights; a change there changes the list.
#[test]
fn the_days_of_a_code_changed_by_hand_are_refused_until_upgrade() {
    assert_noticed_and_mended(
        "update offence_weight set days_low = 0, days_middle = 0 where candidates > 0",
        &LIST_AND_LOAD,
    );
}

#[test]
fn a_database_of_another_version_is_refused_until_upgrade() {
    assert_noticed_and_mended("update harmrank_stamp set sql_hash = 'older'", &LIST_AND_LOAD);
    assert_noticed_and_mended("delete from harmrank_stamp", &LIST_AND_LOAD);
}

/// A load looks only at whom it speaks of: what another program found of the others is found anew by upgrade.
#[test]
fn upgrade_judges_anew_who_stands_for_nobody() {
    let desk = held();
    let sound = desk.whole_fingerprint();
    desk.writer()
        .execute_batch(
            "update person set is_placeholder = not is_placeholder;
             update suspicion set is_placeholder_suspect = not is_placeholder_suspect;
             update harmrank_stamp set sql_hash = 'older'",
        )
        .expect("another judgement");
    assert_ne!(desk.whole_fingerprint(), sound);
    desk.run(&["upgrade"]).succeeded();
    assert_eq!(desk.whole_fingerprint(), sound);
}

#[test]
fn upgrade_keeps_a_supplement() {
    let desk = held();
    desk.writer()
        .execute_batch(
            "insert into harm_weight by name
             select * replace ('NEW.1.1.0' as item, 'supplement' as basis) from harm_weight where item = '19C.19.8.0';
             update harmrank_stamp set sql_hash = 'older'",
        )
        .expect("supplement");
    desk.run(&["upgrade"]).succeeded();
    assert_eq!(desk.rows("select item from harm_weight where basis = 'supplement'"), ["NEW.1.1.0"]);
}

#[test]
fn fault_17_a_supplement_is_in_force_once_it_is_upgraded_and_named_with_every_list() {
    // Non-fatal strangulation, which the index does not have.
    let desk = Desk::holding(
        "crime_id,code,reported_on,suspect_id,suspect_sex,suspect_birth,victim_id,victim_sex\n\
         C1,105A,2026-06-01,N1,M,1990,V1,F\nC2,37/3,2026-06-02,N2,M,1990,V2,F\n",
        &["--extract-date", "2026-06-30", "--map", "code=code"],
    );
    let listed = desk.list(&["--scope", "all"]);
    desk.writer()
        .execute_batch(
            "insert into harm_weight by name
             select * replace ('NFS' as item, '105A' as ho_code, null as ho_class, 900 as days, 'supplement' as basis,
                 'A panel of 2026' as source)
             from harm_weight where item = '19C.19.8.0'",
        )
        .expect("supplement");
    // Not at all: no list without it is taken for one with it.
    for verb in [&["report", "v100"][..], &["report", "coverage"], &["load", "extract.csv"]] {
        let stderr = desk.run(verb).failed(1);
        assert_contains(&stderr, &["changed by hand", "harmrank upgrade", "supplement"]);
    }
    desk.run(&["upgrade"]).succeeded();
    // And then at once, without a load.
    assert_ne!(desk.list(&["--scope", "all", "--weight-rule", "high"]), listed);
    assert_eq!(desk.list(&["--scope", "all", "--weight-rule", "high"])[0], "1 N1 900");
    for report in ["v100", "coverage"] {
        assert_contains(
            &desk.run(&["report", report]).succeeded(),
            &["1 item of a supplement, provisional: NFS", "A panel of 2026"],
        );
    }
    desk.run(&["report", "v100", "-o", "list.csv"]).succeeded();
    let manifest = std::fs::read_to_string(desk.path("list.csv.manifest.json")).expect("manifest");
    assert_contains(&manifest, &["A panel of 2026"]);
}

/// Puts the tables back into the form of version 1.
const TO_VERSION_1: &str = "
    drop table identity_history; drop table custody_history; drop table exclusion_history;
    drop table crime_confirmed; drop table load_undone; drop table table_column;
    create table c as select * exclude (carried, crime_content, suspects_content, victims_content),
        crime_content as content from crime; drop table crime; alter table c rename to crime;
    create table c as select * exclude (carried, crime_content, suspects_content, victims_content),
        crime_content as content from crime_history; drop table crime_history; alter table c rename to crime_history;
    create table s as select * exclude (batch_key) from suspicion; drop table suspicion;
    alter table s rename to suspicion;
    create table s as select * exclude (batch_key) from suspicion_history; drop table suspicion_history;
    alter table s rename to suspicion_history;
    drop table suppression; drop table restriction; drop table action; drop table action_history;
    create table b as select * exclude (columns_unread, rows_suppressed, warnings) from load_batch; drop table load_batch;
    alter table b rename to load_batch;
    update harmrank_stamp set schema_version = 1";

#[test]
fn a_database_of_version_1_is_brought_up_with_its_data() {
    let desk = held();
    desk.load_text(EXTRACT, &["--extract-date", "2026-06-30"]);
    let report = desk.run(&["report", "v100"]).succeeded();
    let whole = desk.fingerprint();
    desk.writer().execute_batch(TO_VERSION_1).expect("tables of version 1");
    assert_contains(&desk.run(&["report", "v100"]).failed(1), &["`harmrank upgrade`; the data are kept"]);
    assert_eq!(desk.run(&["upgrade"]).succeeded(), "harmrank.duckdb brought up to this program's SQL\n");
    assert_eq!(desk.run(&["report", "v100"]).succeeded(), report);
    for table in ["person", "suspect", "victim", "suspicion", "offence", "person_history", "identity"] {
        assert_eq!(desk.fingerprint()[table], whole[table], "{table}");
    }
    let refused = desk.writer().execute_batch("insert into crime (crime_key) values (1)");
    assert!(refused.is_err(), "its checks are back");
    assert_eq!(desk.run(&["upgrade"]).succeeded(), "harmrank.duckdb was up to date\n");
}

/// Puts the tables back into the form of version 2.
const TO_VERSION_2: &str = "
    drop table suppression; drop table restriction; drop table action; drop table action_history;
    create table b as select * exclude (rows_suppressed, warnings) from load_batch; drop table load_batch;
    alter table b rename to load_batch;
    update harmrank_stamp set schema_version = 2";

#[test]
fn a_database_of_version_2_is_brought_up_with_all_it_held() {
    let desk = held();
    desk.load_text(EXTRACT, &["--extract-date", "2026-06-30"]);
    // Which loads described suspects is worked out of what is known of these now: one whose people were all described
    // anew by a later load does not show.
    let all_but = |mut tables: BTreeMap<String, String>| {
        tables.remove("describing_load");
        tables
    };
    let whole = all_but(desk.whole_fingerprint());
    desk.writer().execute_batch(TO_VERSION_2).expect("tables of version 2");
    desk.run(&["upgrade"]).succeeded();
    assert_eq!(all_but(desk.whole_fingerprint()), whole);
    assert_eq!(desk.row("select count(*) > 0 from describing_load"), "true");
}

/// Puts the tables back into the form of version 4, which took a status that it did not understand for none.
const TO_VERSION_4: &str = "
    drop table describing_load; drop table load_decision;
    update crime set status = 'recorded' where status = 'not_understood';
    update suspect set status = 'named' where status = 'not_understood';
    update suspicion set crime_status = 'recorded' where crime_status = 'not_understood';
    update suspicion set suspect_status = 'named' where suspect_status = 'not_understood';
    update load_issue set issue = 'not understood or not possible: blanked'
    where issue = 'not understood: counts for nothing';
    update harmrank_stamp set schema_version = 4";

#[test]
fn fault_04_statuses_that_an_older_program_blanked_count_for_nothing_once_it_is_upgraded() {
    let desk = Desk::new();
    let head = "crime_id,code,reported_on,status,suspect_id,suspect_sex,suspect_birth,suspect_status,victim_id,victim_sex\n";
    desk.load_text(
        &format!(
            "{head}C1,19C,2026-06-01,Q7,N1,M,1990,named,V1,F\nC2,19C,2026-06-02,,N2,M,1990,Q8,V2,F\n\
             C3,8N,2026-06-03,,N3,M,1990,,V3,F\nC4,19C,2026-06-04,Q7,N4,M,1990,Q8,V4,F\n"
        ),
        &["--extract-date", "2026-06-05"],
    );
    // Said again since, and understood: the doubt is of the older word.
    desk.load_text(
        &format!("{head}C4,19C,2026-06-04,recorded,N4,M,1990,charged,V4,F\n"),
        &["--extract-date", "2026-06-06"],
    );
    let (whole, listed) = (desk.fingerprint(), desk.list(&[]));
    assert_eq!(listed, ["1 N4 1825", "2 N3 10"]);
    desk.writer().execute_batch(TO_VERSION_4).expect("tables of version 4");
    desk.run(&["upgrade"]).succeeded();
    assert_eq!(desk.list(&[]), listed);
    for table in ["crime", "suspect", "suspicion", "person"] {
        assert_eq!(desk.fingerprint()[table], whole[table], "{table}");
    }
    assert_eq!(
        desk.rows("select crime_id, status from crime order by 1"),
        ["C1|not_understood", "C2|recorded", "C3|recorded", "C4|recorded"]
    );
}

#[test]
fn tables_of_a_newer_version_are_refused_by_every_verb() {
    let desk = held();
    desk.writer()
        .execute_batch("update harmrank_stamp set schema_version = schema_version + 1")
        .expect("stamp");
    let before = desk.whole_fingerprint();
    let (newer, known) = (SCHEMA_VERSION + 1, SCHEMA_VERSION);
    let message = format!("made by a newer harmrank: tables of version {newer}, this program knows {known}");
    for verb in READERS.into_iter().chain([&["upgrade"][..]]) {
        let stderr = desk.run(verb).failed(1);
        assert_contains(&stderr, &[&message, "use the newer program"]);
    }
    assert_eq!(desk.whole_fingerprint(), before);
}

/// Every verb must refuse the file with these words and leave its bytes alone.
#[track_caller]
fn assert_file_refused(desk: &Desk, parts: &[&str]) {
    let bytes = std::fs::read(desk.db()).ok();
    desk.write("extract.csv", EXTRACT);
    for verb in READERS.into_iter().chain([&["upgrade"][..]]) {
        assert_contains(&desk.run(verb).failed(1), &[&["harmrank.duckdb"], parts].concat());
    }
    assert_eq!(std::fs::read(desk.db()).ok(), bytes);
    assert!(desk.names().iter().all(|name| !name.starts_with('.')), "{:?}", desk.names());
}

#[test]
fn a_missing_database_is_refused_and_not_made() {
    assert_file_refused(&Desk::bare(), &["no such database", "harmrank init"]);
}

#[test]
fn a_text_file_is_not_a_database() {
    let desk = Desk::bare();
    desk.write("harmrank.duckdb", "notes of a meeting\n".repeat(1000));
    assert_file_refused(&desk, &["not a DuckDB database"]);
    for verb in [&["sql", "select 1"][..], &["forget", "--person", "P1", "--why", "asked"]] {
        assert_contains(&desk.run(verb).failed(1), &["not a DuckDB database"]);
    }
    assert_eq!(desk.all_names(), ["extract.csv", "harmrank.duckdb"], "and no ledger is begun");
}

#[test]
fn an_empty_file_is_not_a_database() {
    let desk = Desk::bare();
    desk.write("harmrank.duckdb", "");
    assert_file_refused(&desk, &["not a DuckDB database"]);
    assert_eq!(desk.all_names(), ["extract.csv", "harmrank.duckdb"], "and no ledger is begun");
}

#[test]
fn a_folder_is_not_a_database() {
    let desk = Desk::bare();
    std::fs::create_dir(desk.db()).expect("folder");
    assert_file_refused(&desk, &["a folder, not a database file"]);
    desk.run(&["init"]).failed(1);
}

#[test]
fn another_programs_database_is_not_ours() {
    let desk = Desk::bare();
    Connection::open(desk.db())
        .and_then(|other| other.execute_batch("create table t as select 1 as a"))
        .expect("other database");
    assert_file_refused(&desk, &["a DuckDB database, but not one that harmrank made"]);
}

#[test]
fn a_truncated_database_is_said_to_be_damaged() {
    let whole = std::fs::read(held().db()).expect("bytes");
    // A shorter cut may take nothing that a report reads: damage is found where it is read.
    for length in [whole.len() / 2, 5000] {
        let desk = Desk::bare();
        desk.write("harmrank.duckdb", &whole[..length]);
        assert_file_refused(&desk, &["file is damaged", "backup"]);
    }
}

#[test]
fn nothing_loaded_yet_is_said() {
    let desk = Desk::new();
    let stderr = desk.run(&["report", "v100"]).failed(1);
    assert_contains(&stderr, &["nothing has been loaded yet", "harmrank load FILE"]);
}

/// Ctrl-C stops an upgrade while it makes the SQL anew, and leaves the database as it was.
#[test]
fn upgrade_hears_a_signal_and_changes_nothing() {
    let desk = Desk::new();
    let stop = "update harmrank_stamp set sql_hash = 'older'";
    let is_stopped = [50, 100, 200, 400, 25].iter().any(|wait| {
        desk.writer().execute_batch(stop).expect("changed");
        let child = desk.start(&["upgrade"]);
        std::thread::sleep(Duration::from_millis(*wait));
        let process = Pid::from_raw(i32::try_from(child.id()).expect("a process number")).expect("a process");
        let _ = kill_process(process, Signal::INT);
        let outcome = finish(child);
        if outcome.code == Some(130) {
            assert_contains(&outcome.stderr, &["interrupted; nothing was changed"]);
            assert_eq!(desk.row("select sql_hash from harmrank_stamp"), "older");
        }
        outcome.code == Some(130)
    });
    assert!(is_stopped, "at none of these moments");
    desk.run(&["upgrade"]).succeeded();
    assert_eq!(desk.run(&["upgrade"]).succeeded(), "harmrank.duckdb was up to date\n");
}

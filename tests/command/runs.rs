//! A run as a record: kept, run again as the data were known then, compared.

use crate::support::{Desk, assert_contains, lines, text};
use harmrank::embedded_sql::to_hex;
use serde_json::Value as Json;
use sha2::{Digest, Sha256};

const HEAD: &str =
    "crime_id,code,reported_on,suspect_id,suspect_sex,suspect_birth,suspect_status,victim_id,victim_sex";

fn extract(rows: &[&str]) -> String {
    lines(std::iter::once(HEAD).chain(rows.iter().copied()).map(ToOwned::to_owned))
}

/// Five people of whom each will change otherwise.
fn first() -> String {
    extract(&[
        "C1,19C,2026-03-04,N1,M,1980,charged,V1,F",
        "C2,8N,2025-07-03,N2,M,1980,named,V2,F",
        "C3,8N,2026-04-04,N3,M,1980,named,V3,F",
        "C4,8N,2026-05-04,N4,M,1980,named,V4,F",
        "C5,8N,2026-06-04,N5,M,1980,named,V5,F",
    ])
}

/// A week later: N1 has another crime, N2's leaves the window, N3 is acquitted, C4 is of another suspect, C5 of
/// another code.
fn second() -> String {
    extract(&[
        "C3,8N,2026-04-04,N3,M,1980,acquitted,V3,F",
        "C4,8N,2026-05-04,N6,M,1980,named,V4,F",
        "C5,19C,2026-06-04,N5,M,1980,named,V5,F",
        "C7,8N,2026-07-06,N1,M,1980,named,V1,F",
    ])
}

fn held() -> Desk {
    Desk::holding(&first(), &["--extract-date", "2026-06-30"])
}

fn load_second(desk: &Desk) {
    desk.write("second.csv", second());
    let mut load = desk.command(&["load", "second.csv", "--extract-date", "2026-07-07"]);
    assert!(load.env("HARMRANK_TODAY", "2026-07-08").output().expect("run").status.success());
}

fn archive(desk: &Desk, flags: &[&str]) -> String {
    let id = desk.run(&[&["report", "v100", "--archive"], flags].concat()).succeeded();
    id.trim_end().to_owned()
}

fn json(text: &str) -> Json {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

#[test]
fn a_kept_run_has_its_output_rows_evidence_and_report() {
    let desk = held();
    let id = archive(&desk, &[]);
    assert_eq!(desk.names(), ["extract.csv", "harmrank-runs", "harmrank.duckdb"]);
    let file = |name: &str| desk.path(&format!("harmrank-runs/{id}/{name}"));
    let manifest = json(&desk.run(&["runs", "show", &id, "--format", "json"]).succeeded());
    for (name, hash) in [(&manifest["file"], &manifest["sha256"])]
        .into_iter()
        .chain(manifest["kept"].as_array().expect("kept").iter().map(|kept| (&kept["file"], &kept["sha256"])))
    {
        let bytes = std::fs::read(file(text(name))).expect("file");
        assert_eq!(text(hash), to_hex(&Sha256::digest(&bytes)), "{name}");
    }
    assert_eq!(std::fs::read_dir(file("")).expect("folder").count(), 5);
    // The output is what the screen shows, and the rows are those of CSV.
    assert_eq!(
        std::fs::read_to_string(file("v100.json")).expect("output"),
        desk.run(&["report", "v100", "--format", "json"]).succeeded()
    );
    let rows = std::fs::read_to_string(file("rows.csv")).expect("rows");
    assert_eq!(rows.lines().count(), 6);
    let evidence = desk.row(&format!(
        "select concat_ws(' ', count(*), count(distinct person_id), sum(harm_days) filter (where is_counted)::integer)
         from read_parquet('{}')",
        file("evidence.parquet").display()
    ));
    assert_eq!(evidence, "5 5 1865");
    assert_contains(&desk.run(&["runs", "list"]).succeeded(), &[&id, "data of 2026-06-30, 5 rows"]);
    assert_contains(&desk.run(&["runs", "show", &id[..20]]).succeeded(), &["scope vawg", "engine v2"]);
}

#[test]
fn the_clock_is_in_the_manifest_and_nowhere_else() {
    let desk = held();
    let ids: Vec<_> = (0..2).map(|_| archive(&desk, &["--format", "json", "-o", "list.json"])).collect();
    assert_ne!(ids[0], ids[1]);
    let manifests: Vec<_> =
        ids.iter().map(|id| json(&desk.run(&["runs", "show", id, "--format", "json"]).succeeded())).collect();
    for name in ["sha256", "kept", "data", "index_hash", "meta", "rows"] {
        assert_eq!(manifests[0][name], manifests[1][name], "{name}");
    }
    assert_ne!(manifests[0]["at"], manifests[1]["at"]);
    // The file beside is that of the second run, and can be asked for by its name.
    assert_contains(&desk.run(&["runs", "show", "list.json"]).succeeded(), &[&ids[1]]);
    assert_contains(&desk.run(&["runs", "verify", "list.json.manifest.json"]).succeeded(), &["identical"]);
}

#[test]
fn a_run_comes_out_the_same_after_newer_extracts() {
    let desk = held();
    let kept = archive(&desk, &[]);
    desk.run(&["report", "v100", "-o", "list.txt"]).succeeded();
    let before = desk.list(&[]);
    load_second(&desk);
    assert_ne!(desk.list(&[]), before);
    for run in [&kept, "list.txt"] {
        assert_contains(&desk.run(&["runs", "verify", run]).succeeded(), &[": identical\n"]);
    }
}

#[test]
fn how_the_output_was_wanted_is_part_of_the_run() {
    let desk = held();
    // A text that a spreadsheet would run: --raw shows in the bytes.
    desk.write("formula.csv", extract(&["C9,8N,2026-06-05,=N9,M,1980,named,V9,F"]));
    desk.run(&["load", "formula.csv", "--extract-date", "2026-06-30"]).succeeded();
    desk.run(&["report", "v100", "-o", "plain.csv"]).succeeded();
    desk.run(&["report", "v100", "-o", "raw.csv", "--raw", "--bom"]).succeeded();
    desk.run(&["report", "v100", "-o", "page.html"]).succeeded();
    let of_both = desk.run(&["runs", "show", "raw.csv", "--format", "json"]).succeeded();
    assert_eq!((&json(&of_both)["raw"], &json(&of_both)["bom"]), (&Json::Bool(true), &Json::Bool(true)));
    let [plain, raw] = ["plain.csv", "raw.csv"].map(|name| std::fs::read(desk.path(name)).expect("list"));
    assert_ne!(raw.strip_prefix(b"\xef\xbb\xbf").expect("a mark"), plain, "--raw left no trace");
    for file in ["plain.csv", "raw.csv", "page.html"] {
        assert_contains(&desk.run(&["runs", "verify", file]).succeeded(), &[": identical\n"]);
    }
}

/// What a day knows would not do here: an older extract, loaded later, belongs to days before.
#[test]
fn a_run_comes_out_the_same_after_older_extracts_corrections_and_withdrawals() {
    let desk = held();
    desk.write("spells.csv", "person_id,from_on,to_on\nN1,2026-05-01,2026-05-20\n");
    desk.write("same_people.csv", "person_id,is_person_id\nN5,N2\n");
    desk.run(&[
        "load",
        "--custody",
        "spells.csv",
        "--identities",
        "same_people.csv",
        "--extract-date",
        "2026-06-30",
    ])
    .succeeded();
    let kept = [archive(&desk, &["--deep"]), archive(&desk, &["--scope", "all", "--limit", "3"])];
    desk.run(&["report", "explain", "--person", "N4", "-o", "n4.json"]).succeeded();
    desk.run(&["report", "coverage", "-o", "coverage.txt"]).succeeded();
    desk.write(
        "late.csv",
        extract(&["C9,19C,2026-06-01,N9,M,1980,named,V1,F", "C3,19C,2026-04-04,N3,F,1999,named,V9,F"]),
    );
    desk.load(&["late.csv", "--extract-date", "2026-06-29"]);
    desk.write(
        "same.csv",
        extract(&["C9,8N,2026-06-02,N4,M,1981,named,V8,M", "C1,8N,2026-03-04,N1,M,1980,acquitted,,F"]),
    );
    desk.load(&["same.csv", "--extract-date", "2026-06-30", "--full", "2026-03-01..2026-06-30"]);
    desk.write("spells.csv", "person_id,from_on,to_on\nN3,2026-05-01,2026-05-20\n");
    desk.write("same_people.csv", "person_id,is_person_id\nN4,N2\n");
    desk.run(&[
        "load",
        "--custody",
        "spells.csv",
        "--identities",
        "same_people.csv",
        "--extract-date",
        "2026-06-30",
    ])
    .succeeded();
    let deep = desk.run(&["runs", "verify", &kept[0], "--deep"]).succeeded();
    assert_eq!(deep, format!("{}: identical\n", kept[0]), "the rows too are those of then");
    assert_eq!(desk.row("select count(*) from load_batch"), "5");
    assert_ne!(desk.list(&[])[0], "1 N1 1825", "the list is another");
    for run in kept.iter().map(String::as_str).chain(["n4.json", "coverage.txt"]) {
        assert_contains(&desk.run(&["runs", "verify", run]).succeeded(), &[": identical\n"]);
    }
    // Taken back, the loads of the runs are the last again; the first taken back as well, they are not.
    for number in ["5", "4", "3"] {
        desk.run(&["loads", "undo", number]).succeeded();
    }
    assert_contains(&desk.run(&["runs", "verify", &kept[0]]).succeeded(), &[": identical\n"]);
}

#[test]
fn a_load_taken_back_is_told() {
    let desk = held();
    load_second(&desk);
    let id = archive(&desk, &[]);
    desk.run(&["loads", "undo", "2"]).succeeded();
    let outcome = desk.run(&["runs", "verify", &id]);
    assert_eq!(outcome.code, Some(5));
    assert_contains(
        &outcome.stdout,
        &[": different", "data", "the loads up to number 2 are not those of the run"],
    );
    assert_contains(&outcome.stderr, &["the run does not come out as it was"]);
}

#[test]
fn what_has_changed_is_named() {
    let desk = held();
    let id = archive(&desk, &["--deep"]);
    assert_contains(&desk.run(&["runs", "verify", &id, "--deep"]).succeeded(), &[": identical\n"]);
    let verdict = || json(&desk.run(&["runs", "verify", &id, "--deep", "--format", "json"]).stdout);
    // A file changed by hand is told, though the run comes out the same.
    desk.write(&format!("harmrank-runs/{id}/v100.json"), "{}");
    let found = verdict();
    assert_eq!(
        (&found["is_identical"], &found["changes"]),
        (&true.into(), &serde_json::json!([{ "what": "file", "how": "v100.json is not what was written" }]))
    );
    let outcome = desk.run(&["runs", "verify", &id]);
    assert_eq!(outcome.code, Some(5), "whoever checks by the exit code must hear of it");
    assert_contains(&outcome.stdout, &["what was kept of it is not what was written"]);
    assert_contains(&outcome.stderr, &["kept files of the run are not what was written"]);
    // Rows changed behind the program's back.
    desk.writer().execute_batch("update suspicion set suspect_status = 'eliminated'").expect("changed");
    let found = verdict();
    assert_eq!((&found["is_identical"], &found["are_rows_identical"]), (&false.into(), &false.into()));
    assert_contains(&found["changes"].to_string(), &["the rows are not those of the run"]);
    // Another program, another SQL, other parameters.
    let path = desk.path(&format!("harmrank-runs/{id}/manifest.json"));
    let mut manifest = json(&std::fs::read_to_string(&path).expect("manifest"));
    manifest["meta"]["harmrank"] = "0.0.9".into();
    manifest["meta"]["sql_hash"] = "0".into();
    manifest["meta"]["report_hash"] = "0".into();
    manifest["index_hash"] = "0".into();
    manifest["data"]["chain"] = "0".into();
    manifest["meta"]["parameters"]["gone"] = 1.into();
    manifest["meta"]["parameters"].as_object_mut().expect("object").remove("custody");
    desk.write(&format!("harmrank-runs/{id}/manifest.json"), manifest.to_string());
    let found = verdict();
    let named: Vec<_> =
        found["changes"].as_array().expect("changes").iter().map(|change| text(&change["what"])).collect();
    assert_eq!(named, ["data", "SQL", "SQL", "index", "program", "file", "parameters", "parameters", "data"]);
}

#[test]
fn a_comparison_says_who_moved_and_why() {
    let desk = held();
    archive(&desk, &[]);
    load_second(&desk);
    archive(&desk, &[]);
    let csv = desk.run(&["runs", "diff", "--since", "last", "--format", "csv"]).succeeded();
    let told: Vec<_> = csv
        .lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<_> = line.split(',').collect();
            [cells[0], cells[1], cells[7], cells[10]].join(" ")
        })
        .collect();
    assert_eq!(
        told,
        [
            "entered N6 newly named as suspect 10",
            "left N2 aged out of the window -10",
            "left N3 suspect status changed -10",
            "left N4 suspect ended -10",
            "stayed N1 new crime 10",
            "stayed N5 record corrected 1815",
        ]
    );
    assert_contains(
        &desk.run(&["runs", "diff", "--since", "last"]).succeeded(),
        &["1 entered, 3 left; 0 rose and 0 fell by their own score"],
    );
    desk.run(&["runs", "diff", "--since", "last", "-o", "diff.json"]).succeeded();
    // The days of the reasons add up to the change of each person.
    let diff = json(&std::fs::read_to_string(desk.path("diff.json")).expect("file"));
    for row in diff["rows"].as_array().expect("rows") {
        let days = |name: &str| row[name].as_i64().unwrap_or(0);
        assert_eq!(days("later_days") - days("earlier_days"), days("days"), "{row}");
    }
}

/// Lists of three. N1 keeps a rape, N2 loses a day, N3 nothing; N4 and N5 come above both.
fn overtaken() -> Desk {
    let rows = [
        "C1,19C,2026-03-04,N1,M,1980,charged,V1,F",
        "C2,20A,2026-03-04,N2,M,1980,named,V2,F",
        "C3,105A,2025-07-03,N2,M,1980,named,V2,F",
        "C4,8N,2026-04-04,N3,M,1980,named,V3,F",
        "C5,105A,2026-05-04,N6,M,1980,named,V4,F",
    ];
    let desk = Desk::holding(&extract(&rows), &["--extract-date", "2026-06-30"]);
    archive(&desk, &["--limit", "3"]);
    desk.write(
        "second.csv",
        extract(&["C7,19C,2026-07-02,N4,M,1980,named,V7,F", "C8,19C,2026-07-02,N5,M,1980,named,V8,F"]),
    );
    let mut load = desk.command(&["load", "second.csv", "--extract-date", "2026-07-07"]);
    assert!(load.env("HARMRANK_TODAY", "2026-07-08").output().expect("run").status.success());
    archive(&desk, &["--limit", "3"]);
    desk
}

#[test]
fn fault_20_who_is_overtaken_is_told_so_and_who_left_where_they_stand() {
    let desk = overtaken();
    let csv = desk.run(&["runs", "diff", "--since", "last", "--format", "csv"]).succeeded();
    let told: Vec<_> = csv.lines().collect();
    assert_eq!(
        told,
        [
            "movement,person_id,earlier_rank,later_rank,earlier_days,later_days,days_to_cut,why,is_cause,crimes,days",
            "entered,N4,,1,,1825,,new crime,true,1,1825",
            "entered,N5,,1,,1825,,new crime,true,1,1825",
            // The day that left the window put nobody out: two others came above.
            "left,N2,2,4,20,19,1806,overtaken by others,true,0,0",
            "left,N2,2,4,20,19,1806,aged out of the window,false,1,-1",
            "left,N3,3,5,10,10,1815,overtaken by others,true,0,0",
        ]
    );
}

#[test]
fn fault_20_ranks_that_others_moved_are_apart_from_those_of_an_own_score() {
    let desk = held();
    archive(&desk, &[]);
    desk.write(
        "second.csv",
        extract(&["C2,19C,2025-07-03,N2,M,1980,named,V2,F", "C7,8N,2026-06-06,N5,M,1980,named,V1,F"]),
    );
    desk.load(&["second.csv", "--extract-date", "2026-06-30"]);
    archive(&desk, &[]);
    let csv = desk.run(&["runs", "diff", "--since", "last", "--format", "csv"]).succeeded();
    let told: Vec<_> = csv.lines().skip(1).map(|line| line.split(',').collect::<Vec<_>>()).collect();
    let told: Vec<_> = told.iter().map(|row| [row[0], row[1], row[2], row[3], row[7]].join(" ")).collect();
    assert_eq!(
        told,
        [
            "rose N2 2 1 record corrected",
            // Of two crimes now, and passed by N2 all the same.
            "overtaken N5 2 3 overtaken by others",
            "overtaken N5 2 3 crime recorded since",
            "overtaken N3 2 4 overtaken by others",
            "overtaken N4 2 4 overtaken by others",
        ]
    );
}

/// A report of one's own over the list, with or without days, that keeps no evidence.
fn own_report(days: &str) -> String {
    format!(
        "/*\ntitle = \"Own\"\nsummary = \"One row per person.\"\nstatement = \"Reports.\"\n*/\n\
         select harm_rank, person_id{days}\n\
         from harm_ranking(as_of := (select data_date from data_date), list_size := 3)\n\
         order by harm_rank, person_id\n"
    )
}

#[test]
fn fault_36_a_report_of_ones_own_is_compared_by_person_and_rank() {
    let desk = held();
    std::fs::create_dir(desk.path("mine")).expect("folder");
    desk.write("mine/own.sql", own_report(", harm_days"));
    desk.write("mine/bare.sql", own_report(""));
    let keep = |name: &str| desk.run(&["report", name, "--reports", "mine", "--archive"]).succeeded();
    for name in ["own", "bare"] {
        keep(name);
    }
    load_second(&desk);
    for (name, expected) in [
        ("own", "stayed N1 1 1 own score, and the report keeps no evidence of why"),
        ("bare", "left N2 2  not known: the report keeps no evidence of those beyond its cut"),
    ] {
        let id = keep(name);
        let csv = desk
            .run(&["runs", "diff", id.trim(), "--since", "last", "--reports", "mine", "--format", "csv"])
            .succeeded();
        let told: Vec<_> = csv.lines().skip(1).map(|line| line.split(',').collect::<Vec<_>>()).collect();
        let told: Vec<_> = told
            .iter()
            .map(|row| [row[0], row[1], row[2], row[3], &row[7..row.len() - 3].join(",")].join(" "))
            .collect();
        assert!(told.iter().any(|row| row.replace('"', "") == expected), "{name}: {told:?}");
    }
}

#[test]
fn a_list_written_to_a_file_is_compared_by_running_it_again() {
    let desk = held();
    desk.run(&["report", "v100", "-o", "before.csv"]).succeeded();
    let before = archive(&desk, &[]);
    load_second(&desk);
    desk.run(&["report", "v100", "-o", "after.html"]).succeeded();
    let after = archive(&desk, &[]);
    let of_files = desk.run(&["runs", "diff", "before.csv", "after.html", "--format", "csv"]).succeeded();
    let of_kept = desk.run(&["runs", "diff", &before, &after, "--format", "csv"]).succeeded();
    assert_eq!(of_files, of_kept);
    // What does not come out as it was explains nothing.
    let path = desk.path("before.csv.manifest.json");
    let mut manifest = json(&std::fs::read_to_string(&path).expect("manifest"));
    manifest["sha256"] = "0".into();
    desk.write("before.csv.manifest.json", manifest.to_string());
    assert_contains(
        &desk.run(&["runs", "diff", "before.csv", "after.html"]).failed(5),
        &["does not come out as it was", "runs verify"],
    );
}

#[test]
fn a_run_that_is_not_there_and_one_without_evidence_are_wrong_use() {
    let desk = held();
    desk.run(&["runs", "list"]).succeeded();
    desk.run(&["runs", "show", "v100"]).failed(2);
    desk.run(&["runs", "diff"]).failed(2);
    desk.run(&["runs", "diff", "--since", "last"]).failed(2);
    desk.run(&["report", "coverage", "-o", "list.csv"]).succeeded();
    let id = archive(&desk, &[]);
    assert_contains(
        &desk.run(&["runs", "diff", "list.csv", &id]).failed(2),
        &["its rows are not people with a rank", "person_id and harm_rank"],
    );
    archive(&desk, &[]);
    assert_contains(&desk.run(&["runs", "show", "v100"]).failed(2), &["2 runs begin with"]);
    assert_contains(
        &desk.run(&["runs", "show", &id.replace("v100", "v10")]).failed(2),
        &["did you mean v100-"],
    );
}

#[test]
fn a_run_that_fails_leaves_nothing_in_the_archive() {
    let desk = held();
    desk.run(&["report", "v100", "--archive", "--limit", "0"]).failed(2);
    desk.run(&["report", "v100", "--archive", "-o", "list.doc"]).failed(2);
    assert!(!desk.path("harmrank-runs").exists());
    std::fs::create_dir(desk.path("mine")).expect("folder");
    desk.run(&["report", "v100", "--archive=mine", "--limit", "0"]).failed(2);
    assert_eq!(
        std::fs::read_dir(desk.path("mine")).map_or(9, Iterator::count),
        0,
        "a folder of the user's stays"
    );
}

#[test]
fn a_report_of_the_users_is_kept_and_verified_as_well() {
    let desk = held();
    std::fs::create_dir(desk.path("mine")).expect("folder");
    desk.write("harmrank.toml", "reports = 'mine'\narchive = 'kept'\n");
    let head = "/*\ntitle = 't'\nsummary = 's'\nstatement = 'x'\n";
    desk.write("mine/count.sql", format!("{head}*/\nselect count(*) as crimes from crime"));
    let v100 =
        harmrank::report::built_in().expect("reports").into_iter().find(|report| report.name == "v100");
    let own = v100.expect("v100").text.replace("People reported", "Our people reported");
    desk.write("mine/ours.sql", own);
    let count = desk.run(&["report", "count", "--archive"]).succeeded();
    let ours = desk.run(&["report", "ours", "--archive"]).succeeded();
    for id in [&count, &ours] {
        assert_contains(&desk.run(&["runs", "verify", id.trim()]).succeeded(), &["identical"]);
    }
    assert!(desk.path(&format!("kept/{}/evidence.parquet", ours.trim())).is_file());
    load_second(&desk);
    for id in [&count, &ours] {
        assert_contains(&desk.run(&["runs", "verify", id.trim()]).succeeded(), &["identical"]);
    }
    desk.write("mine/count.sql", format!("{head}*/\nselect count(*) as crimes, 1 as one from crime"));
    assert_contains(
        &desk.run(&["runs", "verify", count.trim()]).stdout,
        &["mine/count.sql is not as it was"],
    );
}

/// A least age that is lower puts nobody out: it is the birth that became another.
#[test]
fn a_corrected_birth_is_told_from_a_least_age_that_differs() {
    let head = "crime_id,code,reported_on,suspect_id,suspect_sex,suspect_birth,victim_id,victim_sex\n";
    let born = |year: &str| {
        format!("{head}C1,19C,2026-06-01,P1,M,{year}-04,V1,F\nC2,8N,2026-06-02,P3,M,1980-01,V2,F\n")
    };
    let desk = Desk::holding(&born("1990"), &["--extract-date", "2026-06-05"]);
    let run = |flags: &[&str]| {
        desk.run(&[&["report", "v100", "--archive"], flags].concat()).succeeded().trim().to_owned()
    };
    let why = |earlier: &str, later: &str| -> Vec<String> {
        let diff = desk.run(&["runs", "diff", earlier, later, "--format", "csv"]).succeeded();
        diff.lines().filter(|line| line.contains(",P1,")).map(str::to_owned).collect()
    };
    let as_adult = run(&[]);
    let as_older = run(&["--min-age", "40"]);
    desk.load_text(&born("2012"), &["--extract-date", "2026-06-08"]);
    let as_child = run(&["--min-age", "16"]);
    assert_eq!(why(&as_adult, &as_child), ["left,P1,1,,1825,,,record corrected,true,1,-1825"]);
    assert_eq!(why(&as_adult, &as_older), ["left,P1,1,,1825,,,parameters differ,true,1,-1825"]);
}

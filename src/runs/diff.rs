//! Who moved between two runs, and why: the evidence of both, side by side in an engine of its own.

use super::archive::{EVIDENCE, ROWS};
use super::input::{is_list_of_people, take_in};
use super::manifest::Manifest;
use crate::database::{Access, run, sql_file};
use crate::embedded_sql;
use crate::failure::Failure;
use crate::interrupt;
use crate::report::{Meta, Origin, Report};
use crate::wording;
use duckdb::{AccessMode, Connection};
use serde_json::{Map, Value as Json};
use std::path::PathBuf;

/// What is made of both runs, in this order.
const VIEWS: [&str; 7] =
    ["parameter_change", "unexplained", "change", "reasoned", "standing", "moved", "own_score"];

/// What holds both runs, ready for the report that compares them.
pub(crate) struct Comparison {
    pub(crate) connection: Connection,
    /// The report that compares them.
    pub(crate) report: Report,
    /// What its output states about itself.
    pub(crate) meta: Meta,
}

/// A run to be compared: its manifest, and the folder of its rows and its evidence.
pub(crate) struct Side<'a> {
    pub(crate) manifest: &'a Manifest,
    pub(crate) folder: PathBuf,
}

/// Takes in two runs, without the people of these references, whose records are restricted.
pub(crate) fn compare(
    earlier: &Side<'_>,
    later: &Side<'_>,
    restricted: &[String],
    access: &Access,
) -> Result<Comparison, Failure> {
    let connection = Connection::open_in_memory_with_flags(access.config(&AccessMode::Automatic)?)?;
    interrupt::watch(&connection);
    let path = |side: &Side<'_>, name: &str| side.folder.join(name).display().to_string();
    let paths = [
        ("earlier_rows", path(earlier, ROWS)),
        ("later_rows", path(later, ROWS)),
        ("earlier_evidence", path(earlier, EVIDENCE)),
        ("later_evidence", path(later, EVIDENCE)),
    ];
    for side in [earlier, later] {
        if !is_list_of_people(&side.folder, &connection)? {
            return Err(Failure::usage("its rows are not people with a rank: who moved cannot be said")
                .at(side.manifest.id.clone())
                .hint("a report is compared whose rows have person_id and harm_rank, a row a person"));
        }
    }
    for file in embedded_sql::layer("run/reason") {
        run(&connection, &file)?;
    }
    take_in("run/input.sql", &paths, &connection)?;
    let is_evident = [earlier, later].iter().all(|side| side.folder.join(EVIDENCE).is_file());
    let evidence = if is_evident { "run/evidence.sql" } else { "run/no_evidence.sql" };
    take_in(evidence, &paths, &connection)?;
    take_parameters("earlier_parameter", earlier.manifest, &connection)?;
    take_parameters("later_parameter", later.manifest, &connection)?;
    for note in differences(earlier.manifest, later.manifest) {
        connection.execute("insert into run_difference values (?)", [note])?;
    }
    leave_out(restricted, &connection)?;
    for name in VIEWS {
        run(&connection, &sql_file(&format!("run/{name}.sql"))?)?;
    }
    let file = sql_file("run/diff.sql")?;
    let report = Report::parse("diff", file.text, Origin::BuiltIn, None)?;
    let meta = meta(&report, earlier.manifest, later.manifest);
    Ok(Comparison { connection, report, meta })
}

/// The references of people whose record is restricted now, in a database.
pub(crate) fn restricted_in(database: &Connection) -> Result<Vec<String>, Failure> {
    let mut query = database.prepare(sql_file("run/restricted.sql")?.text)?;
    let references = query.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(references)
}

fn leave_out(restricted: &[String], connection: &Connection) -> Result<(), Failure> {
    connection.execute_batch("create table restricted_reference (person_id varchar not null)")?;
    for reference in restricted {
        connection.execute("insert into restricted_reference values (?)", [reference])?;
    }
    run(connection, &sql_file("run/without_restricted.sql")?)
}

fn take_parameters(table: &str, manifest: &Manifest, connection: &Connection) -> Result<(), Failure> {
    for (name, value) in manifest.parameters() {
        let shown = match value {
            Json::Null => None,
            Json::String(text) => Some(text.clone()),
            other => Some(other.to_string()),
        };
        connection.execute(&format!("insert into {table} values (?, ?)"), duckdb::params![name, shown])?;
    }
    Ok(())
}

/// What else is not the same in both runs, in words.
fn differences(earlier: &Manifest, later: &Manifest) -> Vec<String> {
    let one = |which: &str, manifest: &Manifest| {
        let as_of = manifest.meta["parameters"]["as_of"].as_str().map(|day| format!("as of {day}, "));
        let as_of = as_of.unwrap_or_default();
        format!(
            "{which}: {}, {as_of}data of {}, {}",
            manifest.id,
            manifest.stated("data_date"),
            wording::rows(manifest.rows)
        )
    };
    let mut notes = vec![one("earlier", earlier), one("later", later)];
    let mut note = |is_same: bool, words: &str| {
        if !is_same {
            notes.push(words.to_owned());
        }
    };
    note(earlier.report == later.report, "they are runs of different reports");
    note(earlier.index_hash == later.index_hash, "the values of the index differ");
    note(earlier.stated("sql_hash") == later.stated("sql_hash"), "the SQL in the database differs");
    note(earlier.stated("report_hash") == later.stated("report_hash"), "the file of the report differs");
    note(earlier.stated("harmrank") == later.stated("harmrank"), "the version of the program differs");
    notes
}

fn meta(report: &Report, earlier: &Manifest, later: &Manifest) -> Meta {
    let ids = [("earlier", earlier), ("later", later)];
    let parameters: Map<_, _> =
        ids.into_iter().map(|(name, manifest)| (name.to_owned(), Json::from(manifest.id.clone()))).collect();
    let data_date = later.stated("data_date").to_owned();
    Meta { report: "runs diff".to_owned(), ..Meta::of(report, parameters, None, data_date, Vec::new()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An engine with two runs made by hand: 30 June and 7 July 2026, 365 days each.
    fn runs(evidence: &str, parameters: &str) -> Connection {
        let connection = Connection::open_in_memory().expect("engine");
        for file in embedded_sql::layer("run/reason") {
            run(&connection, &file).expect("rules");
        }
        let script = format!(
            "create table evidence (
                run varchar, person_id varchar, crime_id varchar, reported_on date, code varchar,
                harm_days decimal(18, 4), is_counted boolean, reason varchar, identities varchar[]
            );
            insert into evidence values {evidence};
            create table earlier_evidence as select * exclude (run), 'named' as suspect_status, true as is_in_place, rule_of_reason(reason) as rule from evidence where run = 'earlier';
            create table later_evidence as select * exclude (run), 'named' as suspect_status, true as is_in_place, rule_of_reason(reason) as rule from evidence where run = 'later';
            create table earlier_row as
            select person_id, rank() over (order by sum(harm_days) desc) as harm_rank, sum(harm_days)::decimal(18, 4) as harm_days
            from earlier_evidence where is_counted group by person_id;
            create table later_row as
            select person_id, rank() over (order by sum(harm_days) desc) as harm_rank, sum(harm_days)::decimal(18, 4) as harm_days
            from later_evidence where is_counted group by person_id;
            create table earlier_parameter (name varchar, shown varchar);
            create table later_parameter (name varchar, shown varchar);
            insert into earlier_parameter values ('as_of', '2026-06-30'), ('window_days', '365'), ('scope', 'vawg'), ('index', 'cchi-2020');
            insert into later_parameter values ('as_of', '2026-07-07'), ('window_days', '365'), ('scope', 'vawg'), ('index', 'cchi-2020');
            create table run_difference (note varchar);
            {parameters}"
        );
        connection.execute_batch(&script).unwrap_or_else(|error| panic!("{script}: {error}"));
        for name in VIEWS {
            run(&connection, &sql_file(&format!("run/{name}.sql")).expect("file")).expect("views");
        }
        connection
    }

    fn told(connection: &Connection) -> Vec<String> {
        let report =
            Report::parse("diff", sql_file("run/diff.sql").expect("file").text, Origin::BuiltIn, None);
        let sql = format!(
            "select concat_ws(' ', movement, person_id, why, crimes, days::integer) from ({})",
            report.expect("report").rows_sql.sql
        );
        let mut prepared = connection.prepare(&sql).expect("statement");
        let rows = prepared.query_map([], |row| row.get(0)).expect("rows");
        rows.collect::<Result<_, _>>().expect("texts")
    }

    /// One person's evidence in both runs gives one reason.
    #[track_caller]
    fn assert_why(evidence: &[&str], parameters: &str, expected: &[&str]) {
        // Somebody of whom nothing changes, far above.
        let constant = "('earlier', 'Z', 'CZ', '2026-01-01', '1', 9000, true, 'counted', null),
            ('later', 'Z', 'CZ', '2026-01-01', '1', 9000, true, 'counted', null)";
        let all: Vec<_> = evidence.iter().copied().chain([constant]).collect();
        let connection = runs(&all.join(", "), parameters);
        assert_eq!(told(&connection), expected, "{evidence:?}");
    }

    const OTHER_SCOPE: &str = "update later_parameter set shown = 'all' where name = 'scope';";

    #[test]
    fn each_reason_has_its_case() {
        assert_why(
            &["('later', 'P', 'C1', '2026-07-01', '1', 10, true, 'counted', null)"],
            "",
            &["entered P new crime 1 10"],
        );
        assert_why(
            &["('earlier', 'P', 'C1', '2025-07-07', '1', 10, true, 'counted', null)"],
            "",
            &["left P aged out of the window 1 -10"],
        );
        // The first day of the later window: withdrawn, not aged out.
        assert_why(
            &["('earlier', 'P', 'C1', '2025-07-08', '1', 10, true, 'counted', null)"],
            "",
            &["left P suspect ended, or crime withdrawn 1 -10"],
        );
        assert_why(
            &[
                "('earlier', 'P', 'C1', '2026-01-01', '1', 10, true, 'counted', null)",
                "('earlier', 'Q', 'C1', '2026-01-01', '1', 10, true, 'counted', null)",
                "('later', 'Q', 'C1', '2026-01-01', '1', 10, true, 'counted', null)",
            ],
            "",
            &["left P suspect ended 1 -10"],
        );
        assert_why(
            &[
                "('earlier', 'P', 'C1', '2026-01-01', '1', 10, true, 'counted', null)",
                "('later', 'P', 'C1', '2026-01-01', '1', 10, false, 'suspect acquitted', null)",
            ],
            "",
            &["left P suspect status changed 1 -10"],
        );
        assert_why(
            &[
                "('earlier', 'P', 'C1', '2026-01-01', '1', 10, true, 'counted', null)",
                "('later', 'P', 'C1', '2026-01-01', '1', 10, false, 'left out by a recorded decision', null)",
            ],
            "",
            &["left P excluded 1 -10"],
        );
        assert_why(
            &[
                "('earlier', 'P', 'C1', '2026-01-01', '1', 10, true, 'counted', null)",
                "('later', 'P', 'C1', '2026-01-01', '1', 20, true, 'counted', null)",
            ],
            "",
            &["stayed P weight changed 1 10"],
        );
        assert_why(
            &[
                "('earlier', 'P', 'C1', '2026-01-01', '1', 10, true, 'counted', null)",
                "('later', 'P', 'C1', '2026-01-01', '2', 20, true, 'counted', null)",
            ],
            "",
            &["stayed P record corrected 1 10"],
        );
        assert_why(
            &["('later', 'P', 'C1', '2026-06-01', '1', 10, true, 'counted', null)"],
            "",
            &["entered P crime recorded since 1 10"],
        );
    }

    #[test]
    fn a_merge_is_told_on_both_sides_and_so_is_its_end() {
        let apart = ["P", "Q"]
            .map(|person| format!("'{person}', 'C{person}', '2026-01-01', '1', 10, true, 'counted', null)"));
        let as_one = ["P", "Q"]
            .map(|crime| format!("'P', 'C{crime}', '2026-01-01', '1', 10, true, 'counted', ['P', 'Q'])"));
        let in_run = |run: &str, rows: &[String; 2]| rows.each_ref().map(|row| format!("('{run}', {row}"));
        let merged = [in_run("earlier", &apart), in_run("later", &as_one)].concat();
        let merged: Vec<_> = merged.iter().map(String::as_str).collect();
        assert_why(&merged, "", &["left Q identity merged 1 -10", "stayed P identity merged 1 10"]);
        let unmerged = [in_run("earlier", &as_one), in_run("later", &apart)].concat();
        let unmerged: Vec<_> = unmerged.iter().map(String::as_str).collect();
        assert_why(&unmerged, "", &["entered Q identity unmerged 1 10", "stayed P identity unmerged 1 -10"]);
    }

    #[test]
    fn what_a_parameter_decides_is_laid_to_the_parameter() {
        let evidence = [
            "('earlier', 'P', 'C1', '2026-01-01', '1', 10, false, 'outside the scope', null)",
            "('later', 'P', 'C1', '2026-01-01', '1', 10, true, 'counted', null)",
        ];
        assert_why(&evidence, OTHER_SCOPE, &["entered P parameters differ 1 10"]);
        assert_why(&evidence, "", &["entered P record corrected 1 10"]);
        // A shorter window, and a day it no longer reaches though the earlier length would.
        assert_why(
            &["('earlier', 'P', 'C1', '2026-01-01', '1', 10, true, 'counted', null)"],
            "update later_parameter set shown = '90' where name = 'window_days';",
            &["left P parameters differ 1 -10"],
        );
        // Another cut: nothing in the evidence of those it leaves out.
        assert_why(
            &[
                "('earlier', 'P', 'C1', '2026-01-01', '1', 10, true, 'counted', null)",
                "('later', 'P', 'C1', '2026-01-01', '1', 10, true, 'counted', null)",
            ],
            "delete from later_row where person_id = 'P'; insert into later_parameter values ('limit', '1');",
            &["left P parameters differ 0 0"],
        );
    }

    #[test]
    fn who_is_overtaken_is_told_so_and_what_is_not_explained_as_well() {
        assert_why(
            &[
                "('earlier', 'P', 'C1', '2026-01-01', '1', 10, true, 'counted', null)",
                "('later', 'P', 'C1', '2026-01-01', '1', 10, true, 'counted', null)",
                "('later', 'Q', 'C2', '2026-07-02', '1', 50, true, 'counted', null)",
            ],
            "",
            &["entered Q new crime 1 50", "overtaken P overtaken by others 0 0"],
        );
        assert_why(
            &[
                "('earlier', 'P', 'C1', '2026-01-01', '1', 10, true, 'counted', null)",
                "('later', 'P', 'C1', '2026-01-01', '1', 10, true, 'counted', null)",
            ],
            "update later_row set harm_days = 12 where person_id = 'P';",
            &["stayed P not explained by the evidence 0 2"],
        );
    }
}

//! Admits a report of the user's own: its SQL passes the same gate as a query, see [`crate::sql_guard`].

use super::file::{Origin, READS_THE_DATABASE, Report};
use crate::database::quoted;
use crate::failure::{Failure, Kind, Problem};
use crate::source_position;
use crate::sql_guard::{Judge, MEMORY, RestrictedViews};
use duckdb::Connection;
use std::path::Path;

/// Everything in a report of the user's that is not allowed, with file, line and column; nothing of a built-in one.
pub(super) fn problems(
    report: &Report,
    connection: &Connection,
    restricted: &RestrictedViews,
) -> Result<Vec<Problem>, Failure> {
    let mut problems = Vec::new();
    if report.origin == Origin::BuiltIn {
        return Ok(problems);
    }
    let judge = Judge { session_macros: &[], restricted, connection, may_read_path: false };
    let mut add = |sql: &str, place_of: &dyn Fn(usize) -> usize| -> Result<(), Failure> {
        problems.extend(judge.refusals(sql)?.into_iter().map(|(position, message)| Problem {
            message,
            hint: Some(READS_THE_DATABASE.to_owned()),
            at: Some(source_position::at(&report.shown_path(), &report.text, place_of(position))),
        }));
        Ok(())
    };
    let selects = report.setup.iter().map(super::file::Setup::select);
    let others = [&report.rows_sql].into_iter().chain(&report.notes_sql).cloned();
    let charts = (0..report.header.charts.len()).filter_map(|number| report.chart_sql(number));
    for statement in selects.chain(others).chain(charts) {
        add(&statement.sql, &|position| statement.begin + position)?;
    }
    for parameter in &report.header.parameters {
        let queries = [
            ("choices_from", &parameter.choices_from),
            ("values_from", &parameter.values_from),
            ("known_from", &parameter.known_from),
        ];
        for (key, query) in queries.into_iter().filter_map(|(key, query)| Some((key, query.as_ref()?))) {
            let byte = report.positions.key(&["param", &parameter.name, key]);
            add(query, &|_| byte)?;
        }
    }
    Ok(problems)
}

/// Refuses a report of the user's that may do more than read. Of one that may not, it makes the views that leave
/// restricted people out and shuts the engine: no other file, no network, no extension, no change of settings. Says how
/// many people are left out.
///
/// The program may write the evidence of a run into one folder.
pub(super) fn admit(
    report: &Report,
    connection: &Connection,
    evidence_folder: Option<&Path>,
    memory: Option<&str>,
) -> Result<u64, Failure> {
    if report.origin == Origin::BuiltIn {
        return Ok(0);
    }
    let judging = connection.try_clone()?;
    let restricted = RestrictedViews::create(connection)?;
    let problems = problems(report, &judging, &restricted)?;
    if !problems.is_empty() {
        return Err(Failure::of(Kind::Usage, problems));
    }
    if memory.is_none() {
        connection.execute_batch(&format!("set memory_limit = '{}KiB'", MEMORY / 1024))?;
    }
    if let Some(folder) = evidence_folder {
        let folder = quoted(&format!("{}/", folder.display()));
        connection.execute_batch(&format!("set allowed_directories = [{folder}]"))?;
    }
    connection.execute_batch("set enable_external_access = false; set lock_configuration = true;")?;
    Ok(restricted.people)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::database::{self, Access};
    use std::time::Duration;

    const REPORT: &str = "/*\ntitle = 't'\nsummary = 's'\nstatement = 'x'\n*/\nselect 1 as one";

    #[test]
    fn a_report_of_the_users_own_runs_within_the_limits_of_the_shell() -> Result<(), Failure> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("held.duckdb");
        let access = Access { path, wait: Duration::ZERO, threads: None, memory: None };
        database::create(&access)?;
        let origin = Origin::File(folder.path().join("mine.sql"));
        let report = Report::parse("mine", REPORT, origin, None)?;
        let connection = access.read()?;
        admit(&report, &connection, None, None)?;
        let limits = "select current_setting('memory_limit'), current_setting('lock_configuration')";
        let (memory, is_locked): (String, bool) =
            connection.query_row(limits, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
        assert_eq!((memory.as_str(), is_locked), ("953.6 MiB", true));
        for refused in [
            "set memory_limit = '2GB'",
            "set enable_external_access = true",
            "load httpfs",
            "from read_text('/etc/hostname')",
            "copy (select 1) to '/dev/null'",
            "attach ':memory:' as other",
        ] {
            assert!(connection.execute_batch(refused).is_err(), "{refused}");
        }
        Ok(())
    }
}

//! Who moved since the edition before, and why: part of every list of people.

use super::edition::{EditionOutput, Movement};
use super::period::Period;
use crate::database::{Access, sql_file};
use crate::failure::Failure;
use crate::render::{Format, Options};
use crate::report::{Meta, Origin, Ready, Report, Rows};
use crate::runs::Manifest;
use crate::runs::archive::MANIFEST;
use crate::runs::diff::{self, Comparison, Side};
use crate::runs::write::RenderIn;
use duckdb::{Connection, named_params};
use serde_json::{Map, Value as Json};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// Name of the report and of its files, without ending.
pub(super) const NAME: &str = "movement";
/// The formats it is written in. The last keeps references as they are, for the next edition to read.
const FORMATS: [Format; 3] = [Format::Csv, Format::Html, Format::Parquet];

/// The output before, with which one is compared.
pub(super) struct Before<'a> {
    /// Folder of the edition.
    pub(super) edition: &'a Path,
    pub(super) part: &'a EditionOutput,
    pub(super) period: Period,
}

/// Writes who moved into the folder of an output, and counts them.
pub(super) fn write(
    folder: &Path,
    manifest: &Manifest,
    before: Option<&Before<'_>>,
    period: &Period,
    (access, database): (&Access, &Connection),
    render: RenderIn<'_>,
) -> Result<Movement, Failure> {
    let later = Side { manifest, folder: folder.to_owned() };
    let restricted = diff::restricted_in(database)?;
    let (comparison, standing) = match before {
        None => (alone(&later, access)?, None),
        Some(before) => {
            let folder = before.edition.join(&before.part.folder);
            let earlier_manifest = Manifest::read(&folder.join(MANIFEST))?;
            let standing = folder.join(file_of(Format::Parquet));
            let earlier = Side { manifest: &earlier_manifest, folder };
            (
                diff::compare(&earlier, &later, &restricted, access)?,
                Some(standing).filter(|file| file.is_file()),
            )
        }
    };
    take_in(&comparison, standing, before, period)?;
    let file = sql_file("schedule/movement.sql")?;
    let report = Report::parse(NAME, file.text, Origin::BuiltIn, None)?;
    let since = before.map_or(Json::Null, |before| Json::from(before.period.to_string()));
    let parameters: Map<_, _> = [("period", Json::from(period.to_string())), ("since", since)]
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
    let meta = Meta::of(&report, parameters, None, manifest.stated("data_date").to_owned(), Vec::new());
    let ready = Ready::of_engine(&report, meta, &comparison.connection)?;
    for format in FORMATS {
        let mut out = BufWriter::new(File::create(folder.join(file_of(format)))?);
        ready.rows(&comparison.connection, |rows: Rows<'_>| {
            render(Options::new(format), &ready, rows, &mut out).map(|_| ())
        })?;
        out.flush()?;
    }
    counts(&ready, &comparison, before.is_none())
}

/// The name of its file in a format.
pub(super) fn file_of(format: Format) -> String {
    format!("{NAME}.{}", format.ending())
}

/// A first list has nothing before it.
fn alone(later: &Side<'_>, access: &Access) -> Result<Comparison, Failure> {
    let comparison = diff::compare(later, later, &[], access)?;
    comparison.connection.execute_batch(
        "delete from earlier_row; delete from earlier_evidence; delete from run_difference;",
    )?;
    Ok(comparison)
}

fn take_in(
    comparison: &Comparison,
    standing: Option<PathBuf>,
    before: Option<&Before<'_>>,
    period: &Period,
) -> Result<(), Failure> {
    let connection = &comparison.connection;
    let (label, since) = (period.to_string(), before.map(|before| before.period.to_string()));
    connection
        .prepare(sql_file("schedule/period.sql")?.text)?
        .execute(named_params! { "period": label, "since": since })?;
    match standing {
        Some(path) => {
            let path = path.display().to_string();
            let mut prepared = connection.prepare(sql_file("schedule/input.sql")?.text)?;
            prepared.execute(named_params! { "movement": path })?;
        }
        None => connection.execute_batch(
            "create table standing_before (person_id varchar, lists_in_a_row integer, on_list_since varchar)",
        )?,
    }
    Ok(())
}

fn counts(ready: &Ready<'_>, comparison: &Comparison, is_first: bool) -> Result<Movement, Failure> {
    let sql = format!(
        "select movement, count(*) from ({}) group by movement",
        ready.report().rows_sql.sql.trim_end_matches([';', ' ', '\n'])
    );
    let mut movement = Movement { is_first, ..Movement::default() };
    let mut prepared = comparison.connection.prepare(&sql)?;
    let mut rows = prepared.query([])?;
    while let Some(row) = rows.next()? {
        let (word, number): (String, i64) = (row.get(0)?, row.get(1)?);
        let number = usize::try_from(number).unwrap_or_default();
        match word.as_str() {
            "new" => movement.new = number,
            "left" => movement.left = number,
            "risen" => movement.risen = number,
            "fallen" => movement.fallen = number,
            "moved up" => movement.moved_up = number,
            "overtaken" => movement.overtaken = number,
            "higher" | "lower" => movement.of_other_rank += number,
            "unchanged" => movement.unchanged = number,
            _ => {}
        }
    }
    Ok(movement)
}

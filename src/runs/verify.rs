//! Running a run again on the data as they stood then, and saying what is not as it was.

use super::archive::{EVIDENCE, ROWS, Record};
use super::fingerprint;
use super::hashing::{HashingWriter, tee};
use super::manifest::Manifest;
use super::rerun::{Change, RerunContext, arguments_of_run, change, code_changes, load_changes};
use super::write::Render;
use crate::failure::{Failure, Kind};
use crate::interrupt;
use crate::plain_file;
use crate::report::{self, ListRead, Manner};
use duckdb::Connection;
use serde::Serialize;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// How a run came out the second time.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Verdict {
    pub(crate) id: String,
    /// True where the output has the same bytes.
    pub(crate) is_identical: bool,
    /// True where the rows are the same, whatever stands around them; null: no rows are kept to hold them against.
    pub(crate) are_rows_identical: Option<bool>,
    /// False where a kept file is gone or is not what was written, but for what forgetting took out.
    pub(crate) are_files_sound: bool,
    /// What is not as it was.
    pub(crate) changes: Vec<Change>,
}

/// Runs a run again and says how it came out.
pub(crate) fn verify(
    record: &Record,
    ctx: &RerunContext<'_>,
    is_deep: bool,
    render: Render<'_>,
) -> Result<Verdict, Failure> {
    let kept = record.manifest.kept.iter().find(|kept| kept.file == ROWS);
    let copy = kept.map(|_| io::sink());
    let RerunResult { changes, are_files_sound, hash, rows_hash } =
        rerun(record, ctx, is_deep, None, copy, render)?;
    Ok(Verdict {
        id: record.manifest.id.clone(),
        is_identical: hash == record.manifest.sha256,
        are_rows_identical: kept.map(|kept| rows_hash.as_deref() == Some(kept.sha256.as_str())),
        are_files_sound,
        changes,
    })
}

/// Writes the rows of a run that kept none, and the evidence behind them, into a folder, by running it again.
pub(crate) fn evidence_again(
    record: &Record,
    ctx: &RerunContext<'_>,
    folder: &Path,
    render: Render<'_>,
) -> Result<(), Failure> {
    let report = ctx.library.find(&record.manifest.report)?;
    let id = || record.manifest.id.clone();
    if report.header.evidence.is_none() {
        return Err(Failure::usage("its report names no evidence, so that nothing can be said of why")
            .at(id())
            .hint("a report names its evidence as v100 does: `harmrank reports show v100`"));
    }
    let copy = BufWriter::new(File::create(folder.join(ROWS))?);
    let rerun = rerun(record, ctx, false, Some(folder), Some(copy), render)?;
    if rerun.hash != record.manifest.sha256 {
        return Err(Failure::new(
            Kind::Check,
            "kept no evidence, and does not come out as it was when run again",
        )
        .at(id())
        .hint("`harmrank runs verify` says what has changed; runs of --archive keep their evidence"));
    }
    Ok(())
}

/// A run that was run again.
struct RerunResult {
    changes: Vec<Change>,
    are_files_sound: bool,
    /// SHA-256 of the output.
    hash: String,
    /// SHA-256 of the copy of its rows, where one was asked for.
    rows_hash: Option<String>,
}

fn rerun<W: Write>(
    record: &Record,
    ctx: &RerunContext<'_>,
    is_deep: bool,
    evidence_folder: Option<&Path>,
    copy: Option<W>,
    render: Render<'_>,
) -> Result<RerunResult, Failure> {
    let manifest = &record.manifest;
    let report = ctx.library.find(&manifest.report)?;
    let connection = ctx.access.read_unverified()?;
    interrupt::watch(&connection);
    let mut changes = Vec::new();
    let has_later_loads = load_changes(manifest, &connection, &mut changes)?;
    code_changes(manifest, report, &connection, &mut changes)?;
    let are_files_sound = file_changes(record, &mut changes);
    let given = arguments_of_run(manifest, report, &mut changes);
    let after_load = has_later_loads.then_some(manifest.data.last_load);
    let has_charts = manifest.options()?.format.has_charts();
    let fill = ctx.fill(Some(&manifest.lists));
    let manner = Manner { evidence_folder, after_load, has_charts, fill: Some(&fill), ..Manner::default() };
    let ready = report::prepare(report, &given, ctx.context.today, ctx.access, &connection, manner)?;
    list_changes(&manifest.lists, &ready.lists, &mut changes);
    if is_deep {
        // Now that later loads are taken back in what it sees.
        row_changes(manifest, &connection, &mut changes)?;
    }
    let mut out = HashingWriter::new(io::sink());
    let mut rows_hash = None;
    ready.rows(&connection, |rows| {
        let Some(copy) = copy else { return render(&ready, rows, &mut out).map(|_| ()) };
        let (rows, finish) = tee(rows, copy)?;
        render(&ready, rows, &mut out)?;
        rows_hash = Some(finish()?);
        Ok(())
    })?;
    if let Some(folder) = evidence_folder {
        ready.write_evidence(&connection, &folder.join(EVIDENCE))?;
    }
    ctx.access.leave(connection);
    Ok(RerunResult { changes, are_files_sound, hash: out.finish()?, rows_hash })
}

/// Notes kept lists that are not as the run read them.
fn list_changes(then: &[ListRead], now: &[ListRead], changes: &mut Vec<Change>) {
    for read in then {
        match now.iter().find(|list| list.run == read.run) {
            None => changes.push(change("lists", format!("{} is no longer kept", read.run))),
            Some(list) if list != read => {
                changes.push(change("lists", format!("{} was amended: somebody was forgotten", read.run)));
            }
            Some(_) => {}
        }
    }
}

/// Notes rows that are not those of the run, in what the connection sees of them.
fn row_changes(
    manifest: &Manifest,
    connection: &Connection,
    changes: &mut Vec<Change>,
) -> Result<(), Failure> {
    let how = match &manifest.data.deep {
        None => Some("the manifest has no fingerprint of the rows: run it with --deep"),
        Some(deep) if *deep != fingerprint::deep(connection)? => Some("the rows are not those of the run"),
        Some(_) => None,
    };
    changes.extend(how.map(|how| change("data", how)));
    Ok(())
}

/// Notes files that are not what was written; false where there are any but those that forgetting amended.
fn file_changes(record: &Record, changes: &mut Vec<Change>) -> bool {
    let mut are_sound = true;
    let manifest = &record.manifest;
    for amendment in &manifest.amended {
        let how = format!("{} was amended on {}: somebody was forgotten", amendment.file, amendment.on);
        changes.push(change("file", how));
    }
    let output = [(&manifest.file, &manifest.sha256)];
    for (name, hash) in output.into_iter().chain(manifest.kept.iter().map(|kept| (&kept.file, &kept.sha256)))
    {
        let mut found = HashingWriter::new(io::sink());
        let read =
            plain_file::open(&record.folder.join(name)).and_then(|mut file| io::copy(&mut file, &mut found));
        let is_withdrawn = manifest.amended.iter().any(|said| said.file == *name && said.after.is_none());
        match (read, found.finish()) {
            (Err(_), _) if is_withdrawn => {}
            (Ok(_), Ok(found)) if found == *hash => {}
            (outcome, _) => {
                let how = if outcome.is_ok() { "is not what was written" } else { "is gone" };
                changes.push(change("file", format!("{name} {how}")));
                are_sound = false;
            }
        }
    }
    are_sound
}

//! `harmrank runs`: what was run, whether it comes out the same, and what changed between two runs.

use super::context::CommandContext;
use super::kept_runs::{archive_in, lists, rerun_context};
use super::logged;
use super::output::{elsewhere, options, renderer, write_output};
use super::streams::{say, say_document, say_json};
use crate::cli::{ListForm, Output, Purpose, RunsAction};
use crate::failure::{Failure, Kind};
use crate::interrupt;
use crate::ledger::{Begun, Entry, Kind as Act, Ledger};
use crate::paths::folder_of;
use crate::report::Ready;
use crate::runs::archive::{self, ROWS, Record};
use crate::runs::diff::{self, Side};
use crate::runs::named::{find, last_two};
use crate::runs::verify;
use crate::runs::{Manifest, Named, RerunContext};
use crate::wording;
use crate::work_folder;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

pub(super) fn run(
    action: &RunsAction,
    archive: Option<&PathBuf>,
    purpose: &Purpose,
    ctx: &CommandContext<'_>,
) -> Result<(), Failure> {
    let archive = &archive_in(archive, ctx.settings, ctx.access);
    match action {
        RunsAction::List { format } => list_runs(&lists(archive, ctx)?, *format),
        RunsAction::Show { run, format } => {
            let record = find(run, &lists(archive, ctx)?)?.record;
            let entry = |ledger: &Ledger| logged::of_runs("runs show", &[&record], ctx, ledger);
            logged::log_read(entry, purpose, ctx, |_| match format {
                ListForm::Json => say_document(&record.manifest.text()?),
                ListForm::Table => say(&described(&record)),
            })
        }
        RunsAction::Verify { run, deep, format } => {
            let record = find(run, &lists(archive, ctx)?)?.record;
            let mut render = renderer(record.manifest.options()?, elsewhere(ctx.context), None);
            let entry = |ledger: &Ledger| logged::of_runs("runs verify", &[&record], ctx, ledger);
            let verdict = logged::log_read(entry, purpose, ctx, |_| {
                verify::verify(&record, &rerun_context(ctx), *deep, &mut render)
            })?;
            report_verdict(&verdict, *format)
        }
        RunsAction::Adopt { run, role, note } => {
            let record = find(run, &lists(archive, ctx)?)?.record;
            if role.trim().is_empty() || note.trim().is_empty() {
                return Err(Failure::usage("a decision is somebody's, and has a reason")
                    .hint("give --role and --note"));
            }
            let entry = Entry::new("runs adopt", Act::Alteration).what(record.manifest.id.clone());
            logged::log_change(entry, ctx, |_| archive::adopt(&record, role, note))?;
            say(&format!("{} is recorded as adopted by {role}\n", record.manifest.id))
        }
        RunsAction::Diff { runs, since, output } => {
            let lists = lists(archive, ctx)?;
            let (earlier, later) = match (runs.as_slice(), since) {
                ([earlier, later], None) => (find(earlier, &lists)?, find(later, &lists)?),
                ([], Some(_)) => last_two(None, &lists)?,
                ([later], Some(_)) => last_two(Some(find(later, &lists)?), &lists)?,
                _ => {
                    return Err(Failure::usage("name two runs, the earlier first, or give --since last")
                        .hint("`harmrank runs list` names them"));
                }
            };
            let (earlier, later) = (earlier.record, later.record);
            let entry = |ledger: &Ledger| logged::of_runs("runs diff", &[&earlier, &later], ctx, ledger);
            logged::log_read(entry, purpose, ctx, |begun| {
                compare(&earlier, &later, output, begun, &rerun_context(ctx))
            })
        }
    }
}

fn list_runs(lists: &[Named], format: ListForm) -> Result<(), Failure> {
    if format == ListForm::Json {
        return say_json(&lists.iter().map(Named::as_json).collect::<Result<Vec<_>, _>>()?);
    }
    let width = lists.iter().map(|list| list.name.len()).max().unwrap_or(0);
    let lines = lists.iter().map(|list| {
        let manifest = &list.record.manifest;
        format!(
            "{:<width$}  {}  {}  data of {}, {}",
            list.name,
            manifest.at.get(..16).unwrap_or(&manifest.at).replace('T', " "),
            manifest.user,
            manifest.stated("data_date"),
            wording::rows(manifest.rows)
        ) + &adopted_by(manifest)
            + "\n"
    });
    say(&lines.collect::<String>())
}

fn adopted_by(manifest: &Manifest) -> String {
    manifest.adopted.last().map_or_else(String::new, |last| format!(", adopted by {}", last.role))
}

fn described(record: &Record) -> String {
    let manifest = &record.manifest;
    let mut text = String::new();
    let mut line = |title: &str, words: &str| {
        let _ = writeln!(text, "{title:<11} {words}");
    };
    line("run", &manifest.id);
    line("report", &format!("{}, {}", manifest.report, manifest.stated("title")));
    line("when", &format!("{} by {} on {}", manifest.at, manifest.user, manifest.host));
    let output = record.folder.join(&manifest.file);
    line(
        "output",
        &format!("{}, {}, sha256 {}", output.display(), wording::rows(manifest.rows), manifest.sha256),
    );
    for kept in &manifest.kept {
        line("kept", &format!("{}, sha256 {}", kept.file, kept.sha256));
    }
    for adoption in &manifest.adopted {
        line(
            "adopted",
            &format!("{} by {} ({}): {}", adoption.at, adoption.role, adoption.user, adoption.note),
        );
    }
    for amendment in &manifest.amended {
        let done = if amendment.after.is_some() { "rows taken out" } else { "withdrawn" };
        line(
            "amended",
            &format!("{} on {}, for somebody was forgotten: {done}", amendment.file, amendment.on),
        );
    }
    let parameters = manifest.parameters().filter(|(_, value)| !value.is_null());
    let parameters: Vec<_> = parameters.map(|(name, value)| format!("{name} {value}")).collect();
    line("parameters", &parameters.join(", ").replace('"', ""));
    let data = &manifest.data;
    line(
        "data",
        &format!(
            "of {}, loads up to number {}, {}",
            manifest.stated("data_date"),
            data.last_load,
            data.chain
        ),
    );
    if let (Some(index), Some(hash)) = (manifest.meta["index"]["index_id"].as_str(), &manifest.index_hash) {
        line("index", &format!("{index}, {hash}"));
    }
    line("SQL", &format!("{}, report {}", manifest.stated("sql_hash"), manifest.stated("report_hash")));
    line("program", &format!("harmrank {}, engine {}", manifest.stated("harmrank"), manifest.engine));
    text
}

/// Identical is exit 0, anything else exit 5.
fn report_verdict(verdict: &verify::Verdict, format: ListForm) -> Result<(), Failure> {
    let outcome = match (verdict.is_identical, verdict.are_rows_identical) {
        (true, _) if verdict.are_files_sound => "identical",
        (true, _) => "identical when run again, but what was kept of it is not what was written",
        (false, Some(true)) => "the same rows, but not the same bytes",
        (false, _) => "different",
    };
    if format == ListForm::Json {
        say_json(verdict)?;
    } else {
        let mut text = format!("{}: {outcome}\n", verdict.id);
        for change in &verdict.changes {
            let _ = writeln!(text, "  {:<11} {}", change.what, change.how);
        }
        if verdict.changes.is_empty() && !verdict.is_identical {
            text.push_str("  data        nothing known has changed: rows may have been, see --deep\n");
        }
        say(&text)?;
    }
    if verdict.is_identical && verdict.are_files_sound {
        return Ok(());
    }
    if verdict.is_identical {
        return Err(Failure::new(Kind::Check, "kept files of the run are not what was written")
            .at(verdict.id.clone())
            .hint("the run itself still comes out as it was: archive it again, and find out who changed the files"));
    }
    Err(Failure::new(Kind::Check, format!("the run does not come out as it was: {outcome}"))
        .at(verdict.id.clone()))
}

fn compare(
    earlier: &Record,
    later: &Record,
    output: &Output,
    begun: &Begun,
    ctx: &RerunContext<'_>,
) -> Result<(), Failure> {
    let options = options(output, false, ctx.context)?;
    let beside = folder_of(&ctx.access.path);
    let scratch = work_folder::begin_in_one_of(&[beside, std::env::temp_dir()], work_folder::DIFF)?;
    interrupt::remove_if_stopped(scratch.path());
    let sides = [
        side(earlier, &scratch.path().join("earlier"), ctx)?,
        side(later, &scratch.path().join("later"), ctx)?,
    ];
    let restricted = diff::restricted_in(&ctx.access.read()?)?;
    let comparison = diff::compare(&sides[0], &sides[1], &restricted, ctx.access)?;
    let ready = Ready::of_engine(&comparison.report, comparison.meta, &comparison.connection)?;
    write_output(&ready, &comparison.connection, output, options, ctx.context, Some(begun))
}

/// A run that kept its rows, or what comes out where one that kept none is run again.
fn side<'a>(record: &'a Record, scratch: &Path, ctx: &RerunContext<'_>) -> Result<Side<'a>, Failure> {
    let manifest = &record.manifest;
    if manifest.kept.iter().any(|kept| kept.file == ROWS) {
        return Ok(Side { manifest, folder: record.folder.clone() });
    }
    std::fs::create_dir(scratch)?;
    let mut render = renderer(manifest.options()?, elsewhere(ctx.context), None);
    verify::rows_again(record, ctx, scratch, &mut render)?;
    Ok(Side { manifest, folder: scratch.to_path_buf() })
}

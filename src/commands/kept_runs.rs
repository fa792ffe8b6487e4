//! Runs and scheduled lists that were kept, and where.

use super::context::CommandContext;
use crate::database::Access;
use crate::failure::Failure;
use crate::ledger::Head;
use crate::paths::folder_of;
use crate::runs::archive::{self, Record};
use crate::runs::{Manifest, Named, RerunContext};
use crate::schedule::{self, PublishedEdition, ScheduleFolder};
use crate::settings::Settings;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Where runs are kept: as given, as set, else beside the database.
pub(super) fn archive_in(given: Option<&PathBuf>, settings: &Settings, access: &Access) -> PathBuf {
    let beside = || folder_of(&access.path).join("harmrank-runs");
    given.or(settings.archive.as_ref()).cloned().unwrap_or_else(beside)
}

/// The file of schedules: as given, as set, else beside the database.
pub(super) fn schedule_file(given: Option<&Path>, ctx: &CommandContext<'_>) -> PathBuf {
    let set = given.map(Path::to_owned).or_else(|| ctx.settings.schedule.file.clone());
    set.unwrap_or_else(|| folder_of(&ctx.access.path).join(schedule::FILE))
}

/// What running a run again needs.
pub(super) fn rerun_context<'a>(ctx: &'a CommandContext<'a>) -> RerunContext<'a> {
    RerunContext {
        library: ctx.library,
        access: ctx.access,
        context: ctx.context,
        lists: Box::new(|| lists(&archive_in(None, ctx.settings, ctx.access), ctx)),
    }
}

/// The kept lists there are: runs of an archive, and those of schedules; the oldest first.
pub(super) fn lists(archive: &Path, ctx: &CommandContext<'_>) -> Result<Vec<Named>, Failure> {
    let mut lists: Vec<_> = archive::list(archive)?.into_iter().map(Named::archived).collect();
    for kept in editions(ctx)? {
        for part in &kept.edition.parts {
            let folder = kept.folder.join(&part.folder);
            let name: PathBuf = [&kept.edition.schedule, &kept.edition.period, &part.folder].iter().collect();
            let record = Record { manifest: Manifest::read(&folder.join(archive::MANIFEST))?, folder };
            lists.push(Named {
                name: name.display().to_string().trim_end_matches('/').to_owned(),
                schedule: Some(kept.edition.schedule.clone()),
                period: Some(kept.edition.period.clone()),
                record,
            });
        }
    }
    lists.sort_by_cached_key(|list| (list.record.manifest.at.clone(), list.name.clone()));
    Ok(lists)
}

/// The lines of the ledger that the manifests of kept runs and the editions of schedules name.
pub(super) fn noted_lines(ctx: &CommandContext<'_>) -> Result<Vec<(String, Head)>, Failure> {
    let records = archive::list(&archive_in(None, ctx.settings, ctx.access))?;
    let runs = records.into_iter().filter_map(|record| Some((record.manifest.id, record.manifest.ledger?)));
    let editions = editions(ctx)?
        .into_iter()
        .map(|kept| (format!("{} {}", kept.edition.schedule, kept.edition.period), kept.edition.ledger));
    Ok(runs.chain(editions).collect())
}

fn editions(ctx: &CommandContext<'_>) -> Result<Vec<PublishedEdition>, Failure> {
    let mut found = Vec::new();
    for path in schedule_folders(ctx)? {
        found.extend(ScheduleFolder { path }.editions()?);
    }
    Ok(found)
}

/// Folders of lists: where schedules put theirs, as far as the file of schedules can be read; those of schedules that are
/// no more too.
pub(super) fn schedule_folders(ctx: &CommandContext<'_>) -> Result<Vec<PathBuf>, Failure> {
    let file = schedule_file(None, ctx);
    if file.is_symlink() && !file.exists() {
        return Err(Failure::failed("is a link to nothing: where schedules keep lists is not known")
            .at_path(&file)
            .hint("bring back what it leads to, or remove the link"));
    }
    let schedules = if file.is_file() { schedule::read(&file)?.0 } else { Vec::new() };
    let mut places: BTreeSet<_> = schedules.into_iter().map(|schedule| schedule.folder).collect();
    places.insert(folder_of(&file).join(schedule::FOLDER));
    let mut folders = Vec::new();
    for place in places.into_iter().filter(|place| place.is_dir()) {
        for entry in std::fs::read_dir(place)? {
            let folder = ScheduleFolder { path: entry?.path() };
            if folder.path.is_dir() && folder.is_used()? {
                folders.push(folder.path);
            }
        }
    }
    folders.sort();
    Ok(folders)
}

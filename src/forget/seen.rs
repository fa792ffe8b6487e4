//! Which kept runs show a person: what forgetting would take out of them, and nothing is.

use super::mention::Mention;
use super::references::find;
use super::{archived_run, survey};
use crate::database::Access;
use crate::failure::Failure;
use crate::interrupt;
use crate::ledger::Head;
use crate::paths::folder_of;
use crate::runs::archive::ROWS;
use crate::schedule::ScheduleFolder;
use crate::work_folder;
use std::path::PathBuf;

/// The kept runs, and which of them show a person.
pub(crate) struct SeenInRuns {
    /// Every reference of the person, the merged ones too.
    pub(crate) references: Vec<String>,
    pub(crate) runs: Vec<KeptRun>,
}

/// A run that was kept.
pub(crate) struct KeptRun {
    pub(crate) id: String,
    /// How it shows the person, in words; none: it does not.
    pub(crate) shown: Option<&'static str>,
    /// The line of the ledger that it was begun with.
    pub(crate) ledger: Option<Head>,
}

/// Looks for a person, by any reference, in the runs in some folders.
pub(crate) fn seen_in_runs(
    person: &str,
    folders: &[PathBuf],
    access: &Access,
) -> Result<SeenInRuns, Failure> {
    let connection = access.read()?;
    let found = find(&[person.to_owned()], &connection)?;
    let mention = Mention::of(&found, &connection)?;
    let beside = folder_of(&access.path);
    let workshop = work_folder::begin_in_one_of(&[beside, std::env::temp_dir()], work_folder::SEEN)?;
    interrupt::remove_if_stopped(workshop.path());
    let mut places = folders.to_vec();
    for folder in folders {
        let shelf = ScheduleFolder { path: folder.clone() };
        places.extend(shelf.editions()?.into_iter().map(|kept| kept.folder));
    }
    let mut runs = Vec::new();
    for record in survey::runs(&places)? {
        let changes = archived_run::changes(&record, &mention, workshop.path())?;
        let is_listed = changes.iter().any(|change| change.file == ROWS && change.rows > 0);
        let shown = match (is_listed, changes.is_empty()) {
            (true, _) => Some("a row of a list"),
            (false, false) => Some("named in a kept run, not in its list"),
            (false, true) => None,
        };
        runs.push(KeptRun { id: record.manifest.id, shown, ledger: record.manifest.ledger });
    }
    let references = found.into_iter().map(|reference| reference.person_id).collect();
    Ok(SeenInRuns { references, runs })
}

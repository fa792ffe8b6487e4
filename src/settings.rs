//! What can be set once instead of on every command line: `harmrank.toml` beside the database.

use crate::failure::Failure;
use crate::ledger::LedgerSettings;
use crate::paths::folder_of;
use crate::plain_file;
use crate::source_position;
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// Name of the configuration file, looked for in the folder of the database.
pub(crate) const FILE: &str = "harmrank.toml";

#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settings {
    /// Folder of the user's own reports.
    pub(crate) reports: Option<PathBuf>,
    /// Folder in which runs are kept.
    pub(crate) archive: Option<PathBuf>,
    /// What is set of the ledger.
    #[serde(default)]
    pub(crate) ledger: LedgerSettings,
    /// What is set of schedules.
    #[serde(default)]
    pub(crate) schedule: ScheduleSettings,
    /// What is set of queries of the user's own.
    #[serde(default)]
    pub(crate) sql: SqlSettings,
}

/// What is set of schedules.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub(crate) struct ScheduleSettings {
    /// The file of schedules; `schedules.toml` beside the database unless set.
    pub(crate) file: Option<PathBuf>,
}

/// What is set of queries of the user's own.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub(crate) struct SqlSettings {
    /// Whether `sql --open` tells how to open the database elsewhere.
    pub(crate) open: bool,
}

impl Default for SqlSettings {
    fn default() -> Self {
        Self { open: true }
    }
}

impl Settings {
    /// What the configuration file beside a database sets; paths in it are relative to its folder.
    pub(crate) fn beside(database: &Path) -> Result<Self, Failure> {
        let folder = folder_of(database);
        let file = folder.join(FILE);
        let text = match plain_file::read_to_string(&file) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && !file.is_symlink() => {
                return Ok(Self::default());
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(Failure::usage("is a link to nothing: what it sets is not known")
                    .at_path(&file)
                    .hint("bring back what it leads to, or remove the link"));
            }
            Err(error) => return Err(Failure::usage(error.to_string()).at_path(&file)),
        };
        let settings: Self = toml::from_str(&text).map_err(|error| {
            let byte = error.span().map_or(0, |span| span.start);
            Failure::usage(error.message().trim_end())
                .at(source_position::at(&file.display().to_string(), &text, byte))
                .hint(format!(
                    "it takes reports = \"FOLDER\" and archive = \"FOLDER\"; [schedule] takes file = \"FILE\"; \
                     [sql] takes open = false; {}",
                    crate::ledger::SETTINGS
                ))
        })?;
        let within = |path: PathBuf| folder.join(path);
        Ok(Self {
            reports: settings.reports.map(within),
            archive: settings.archive.map(within),
            schedule: ScheduleSettings { file: settings.schedule.file.map(within) },
            ledger: settings.ledger.within(&folder),
            sql: settings.sql,
        })
    }
}

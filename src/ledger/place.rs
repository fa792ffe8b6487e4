//! Where the ledger of a database is.

use super::settings::LedgerSettings;
use crate::failure::Failure;
use crate::paths::folder_of;
use std::path::{Path, PathBuf};

/// Folder and key of a ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// The folder of its files.
    pub(super) folder: PathBuf,
    /// The file of its key: not in the folder, so that whoever is given the one need not have the other.
    pub(super) key: PathBuf,
    /// Name of the database file.
    pub(super) database: String,
}

impl Place {
    /// As set, else beside the database: beside the file itself, also where it was reached through a link.
    pub(super) fn of(database: &Path, settings: &LedgerSettings) -> Self {
        let file = database.canonicalize().unwrap_or_else(|_| database.to_owned());
        let name = |part: Option<&std::ffi::OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
        let folder = settings
            .folder
            .clone()
            .unwrap_or_else(|| folder_of(&file).join(format!("{}.ledger", name(file.file_stem()))));
        let key = settings.key.clone().unwrap_or_else(|| {
            let mut path = folder.clone().into_os_string();
            path.push(".key");
            PathBuf::from(path)
        });
        Self { folder, key, database: name(file.file_name()) }
    }

    /// Name of the folder, by which manifests name the ledger.
    pub(super) fn name(&self) -> String {
        self.folder.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// Makes the folder where it is missing.
    pub(super) fn make(&self) -> Result<(), Failure> {
        if self.folder.is_dir() {
            return Ok(());
        }
        std::fs::create_dir_all(&self.folder).map_err(|error| refused(&error, &self.folder))
    }
}

/// The failure of what is not done because it cannot be logged.
pub(super) fn refused(error: &std::io::Error, path: &Path) -> Failure {
    use std::io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
    let hint = if matches!(error.kind(), StorageFull | QuotaExceeded | FileTooLarge) {
        "free some room and try again"
    } else {
        "let this account write there, or name a folder where it may: folder = \"DIR\" under [ledger] in \
         harmrank.toml beside the database"
    };
    Failure::failed(format!("what is read must be logged, and the ledger cannot be written: {error}"))
        .at_path(path)
        .hint(hint)
}

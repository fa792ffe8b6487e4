//! What `[ledger]` in `harmrank.toml` sets. There is no way to set it off.

use crate::failure::Failure;
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// The words the settings take, for errors.
pub(crate) const FORMS: &str = "[ledger] takes folder = \"DIR\", key = \"FILE\", reason = \"required\" or \"optional\", and syslog = true";

/// What is set of the ledger.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub(crate) struct LedgerSettings {
    /// Its folder; `NAME.ledger` beside the database unless set.
    pub(crate) folder: Option<PathBuf>,
    /// The file of its key; the name of the folder with `.key` after it, beside it, unless set.
    pub(crate) key: Option<PathBuf>,
    /// Whether reading about people needs a reason.
    #[serde(default)]
    pub(crate) reason: ReasonRule,
    /// Whether the hash of each line goes to the system log as well.
    #[serde(default)]
    pub(crate) syslog: Syslog,
}

impl LedgerSettings {
    /// The same, with paths taken from a folder.
    pub(crate) fn within(self, folder: &Path) -> Self {
        let within = |path: PathBuf| folder.join(path);
        Self { folder: self.folder.map(within), key: self.key.map(within), ..self }
    }
}

/// Whether reading about people needs a reason.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ReasonRule {
    /// It may be given.
    #[default]
    Optional,
    /// Without one nothing is read.
    Required,
}

impl ReasonRule {
    /// Refuses where a reason is required and there is none.
    pub(crate) fn check(self, reason: Option<&str>) -> Result<(), Failure> {
        if self == Self::Optional || reason.is_some_and(|reason| !reason.trim().is_empty()) {
            return Ok(());
        }
        Err(Failure::usage("no reason given, and one is required here: nothing was read")
            .at("--reason")
            .hint("say why with --reason TEXT; reason = \"required\" under [ledger] in harmrank.toml asks for it"))
    }
}

/// Where the hash of each line goes besides.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(untagged)]
pub(crate) enum Syslog {
    /// The system log, or nowhere.
    Is(bool),
    /// The socket of a system log.
    At(PathBuf),
}

impl Default for Syslog {
    fn default() -> Self {
        Self::Is(false)
    }
}

impl Syslog {
    /// The socket to write to.
    pub(crate) fn socket(&self) -> Option<PathBuf> {
        match self {
            Self::Is(false) => None,
            Self::Is(true) => Some(PathBuf::from("/dev/log")),
            Self::At(path) => Some(path.clone()),
        }
    }
}

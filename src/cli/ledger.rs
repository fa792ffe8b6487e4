//! Flags of `ledger`, and those by which a read says why and for whom.

use super::common::{ListForm, Output};
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// Why something is read, and who is given it.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct Purpose {
    /// Reason, for the audit log; no names [required where harmrank.toml says so]
    #[arg(long, global = true, value_name = "TEXT", help_heading = "Ledger")]
    pub(crate) reason: Option<String>,
    /// Recipient of the output, logged as a disclosure
    #[arg(long, global = true, value_name = "TEXT", help_heading = "Ledger")]
    pub(crate) recipient: Option<String>,
}

/// What to do with the ledger.
#[derive(Clone, Debug, Subcommand)]
pub(crate) enum LedgerAction {
    /// One line per read, load, change or disclosure
    Show(Box<LedgerShow>),
    /// Who asked about a person by any of their references, or was shown them in a kept list
    WhoSaw(Box<WhoSaw>),
    /// Check that no line was altered, removed or moved; otherwise exit code 5
    Verify {
        /// Hash of a line that you noted when it was the last; may be repeated
        #[arg(long, value_name = "HASH")]
        head: Vec<String>,
        /// Form of the answer
        #[arg(long, value_name = "FORM", default_value = "table")]
        format: ListForm,
    },
}

/// Flags of `ledger who-saw`.
#[derive(Clone, Debug, Args)]
pub(crate) struct WhoSaw {
    /// Any reference of the person; merged references are looked for with it
    #[arg(value_name = "PERSON")]
    pub(crate) person: String,
    /// Another folder of archived runs; may be repeated
    #[arg(long, value_name = "DIR")]
    pub(crate) archive: Vec<PathBuf>,
    /// Why this is asked.
    #[command(flatten)]
    pub(crate) purpose: Purpose,
    /// Where the output goes.
    #[command(flatten)]
    pub(crate) output: Output,
}

/// Flags of `ledger show`.
#[derive(Clone, Debug, Args)]
pub(crate) struct LedgerShow {
    /// Reference of a person who was asked about, by parameter or in SQL; may be repeated
    #[arg(long, value_name = "ID")]
    pub(crate) person: Vec<String>,
    /// Reference of a crime that was asked about; may be repeated
    #[arg(long, value_name = "ID")]
    pub(crate) crime: Vec<String>,
    /// Name of the account that asked
    #[arg(long, value_name = "NAME")]
    pub(crate) user: Option<String>,
    /// The day it was, in Europe/London: 2026-06-30, today
    #[arg(long, value_name = "DATE", conflicts_with_all = ["from", "to"], allow_hyphen_values = true)]
    pub(crate) day: Option<String>,
    /// First day, also -7d
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub(crate) from: Option<String>,
    /// Last day, inclusive
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    pub(crate) to: Option<String>,
    /// Where the output goes.
    #[command(flatten)]
    pub(crate) output: Output,
}

//! Flags of what is done for one person's sake: `forget`, `restrict`.

use super::Purpose;
use super::common::{ListForm, Output};
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// Flags of `forget`.
#[derive(Clone, Debug, Args)]
pub(crate) struct ForgetArgs {
    /// Any reference of the person; merged references go with it
    #[arg(long, value_name = "ID")]
    pub(crate) person: String,
    /// Why, for the ledger; no names
    #[arg(long, value_name = "TEXT")]
    pub(crate) why: String,
    /// Another folder of archived runs; may be given again
    #[arg(long, value_name = "DIR")]
    pub(crate) archive: Vec<PathBuf>,
    /// Say what would be done, and do nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// On a terminal, do not ask for the reference again; for scripts
    #[arg(long)]
    pub(crate) yes: bool,
    /// Form of the answer
    #[arg(long, value_name = "FORM", default_value = "table")]
    pub(crate) format: ListForm,
}

/// Flags of `restrict`.
#[derive(Clone, Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(crate) struct RestrictArgs {
    /// Any reference of the person; merged references go with it
    #[arg(long, value_name = "ID", required = true)]
    pub(crate) person: Option<String>,
    /// Why; kept with the restriction; no names
    #[arg(long, value_name = "TEXT", required = true)]
    pub(crate) why: Option<String>,
    /// Lift the restriction that stands
    #[arg(long)]
    pub(crate) lift: bool,
    /// What else to do.
    #[command(subcommand)]
    pub(crate) action: Option<RestrictAction>,
}

/// What to do with restrictions beside making and lifting one.
#[derive(Clone, Debug, Subcommand)]
pub(crate) enum RestrictAction {
    /// Who is restricted now
    List {
        /// Why, and for whom.
        #[command(flatten)]
        purpose: Purpose,
        /// Where the output goes.
        #[command(flatten)]
        output: Output,
    },
}

/// What `forget --help` says besides.
pub(crate) const FORGET_HELP: &str = "\
Out of the data, their history and the quarantine, out of the archived runs, and
not taken in again: a keyed hash of each reference stays, which loads look up.
A crime stays, and that it had a victim; who it was goes. Archived files are
rewritten, or withdrawn where their format cannot be, and the manifest says so.
The database file is written anew, for the engine does not overwrite what it
frees. What cannot be read, followed or written is named before anything is
changed. Stopped at any moment, it says what is done and what is left; the same
command again completes it. On a terminal it asks for the reference again.";

//! Flags of `runs`.

use super::common::{ListForm, Output};
use clap::{Subcommand, ValueEnum};

/// What to do with runs.
#[derive(Clone, Debug, Subcommand)]
pub(crate) enum RunsAction {
    /// One line per kept run or scheduled list, the oldest first
    List {
        /// Form of the list
        #[arg(long, value_name = "FORM", default_value = "table")]
        format: ListForm,
    },
    /// Details of one run
    Show {
        /// Id of the run or its beginning, a scheduled list such as v100/2026-W27, a folder, output file or manifest
        run: String,
        /// Form of the answer; as JSON the manifest
        #[arg(long, value_name = "FORM", default_value = "table")]
        format: ListForm,
    },
    /// Run it again on the data as they were: identical, or what has changed and exit code 5
    Verify {
        /// Id of the run or its beginning, a scheduled list such as v100/2026-W27, a folder, output file or manifest
        run: String,
        /// Compare the rows of the data with the fingerprint of a run made with --deep
        #[arg(long)]
        deep: bool,
        /// Form of the answer
        #[arg(long, value_name = "FORM", default_value = "table")]
        format: ListForm,
    },
    /// Record that a role decided to work from a list
    Adopt {
        /// Id of the run or its beginning
        run: String,
        /// Role that decided; no name
        #[arg(long, value_name = "TEXT")]
        role: String,
        /// What was decided, and why; no names
        #[arg(long, value_name = "TEXT")]
        note: String,
    },
    /// Who entered, left, rose, fell and was overtaken between two kept runs, and why
    Diff {
        /// The earlier run or scheduled list, and the later; with --since the later alone, or the newest
        #[arg(value_name = "RUN", num_args = 0..=2)]
        runs: Vec<String>,
        /// Compare with the run of the same report before
        #[arg(long, value_name = "WHICH")]
        since: Option<Since>,
        /// Where the output goes.
        #[command(flatten)]
        output: Output,
    },
}

/// A run named by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Since {
    /// The run of the same report before.
    Last,
}

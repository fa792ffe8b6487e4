//! A run as a record: what was asked of which data with which SQL, and what came out.
//!
//! A [`Manifest`] stands beside every file; an [`archive`] keeps the output with its rows, its evidence and the
//! report. [`verify`] runs it again as the data were known then, [`diff`] says who moved between two runs, and why.

pub(crate) mod archive;
pub(crate) mod diff;
mod fingerprint;
mod hashing;
pub(crate) mod input;
pub(crate) mod kept_lists;
pub(crate) mod logged_parameters;
pub(crate) mod manifest;
pub(crate) mod named;
mod rerun;
pub(crate) mod verify;
pub(crate) mod write;

pub(crate) use fingerprint::Data;
pub(crate) use manifest::Manifest;
pub(crate) use named::Named;
pub(crate) use rerun::RerunContext;

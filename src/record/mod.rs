//! A run as a record: what was asked of which data with which SQL, and what came out.
//!
//! A [`Manifest`] stands beside every file; an [`archive`] keeps the output with its rows, its evidence and the
//! report. [`verify`] runs it again as the data were known then, [`diff`] says who moved between two runs, and why.

pub mod archive;
pub mod diff;
mod fingerprint;
mod hashing;
mod input;
pub mod kept_lists;
pub mod manifest;
pub mod verify;
pub mod write;

pub use fingerprint::{Data, Facts};
pub use hashing::{HashingWriter, tee};
pub use manifest::{Kept, Manifest, Who, Written};

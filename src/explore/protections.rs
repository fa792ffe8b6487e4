//! What protects the machine and the database from the SQL of a user, as far as this system can.

use serde::{Deserialize, Serialize};
use std::fmt::Write as _;

/// What is in force in one process.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Protections {
    /// Version of the kernel's rules (Landlock) in force; none where the kernel has none.
    pub(crate) landlock: Option<u8>,
    /// Bytes of address space; none where the system has no such limit.
    pub(crate) address_space: Option<u64>,
    /// Bytes of memory of the engine.
    pub(crate) memory: u64,
    /// What becomes of data that do not fit into memory.
    pub(crate) spill: Spill,
}

/// What becomes of data that do not fit into memory.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Spill {
    #[default]
    None,
    /// They go to a private folder, encrypted, see [`crate::database::Access`].
    Encrypted,
}

/// From which version of the kernel's rules on the network is shut.
const NETWORK_FROM: u8 = 4;
/// From which version on no signal leaves the process.
const SIGNALS_FROM: u8 = 6;

impl Protections {
    /// A line for each protection: what it is about, and what holds.
    pub(crate) fn lines(&self) -> Vec<(&'static str, String)> {
        let kernel = |from: u8, held: &str, open: &str| match self.landlock {
            Some(version) if version >= from => format!("{held} (Landlock {version})"),
            Some(version) => format!("{open} (Landlock {version} knows no more)"),
            None => format!("{open} (this kernel has no Landlock)"),
        };
        let megabytes = |bytes: u64| format!("{} MB", bytes / 1_000_000);
        let bound = self.address_space.map_or_else(
            || "not bounded by the system".to_owned(),
            |bytes| format!("{} of address space", megabytes(bytes)),
        );
        let spill = match self.spill {
            Spill::None => "refused: nothing is put aside on disk",
            Spill::Encrypted => {
                "put aside in a folder that only you can enter, encrypted (AES, a key of 64 random bits that is \
                 nowhere but in the memory of the process); it goes with the session"
            }
        };
        let files = kernel(
            1,
            "the kernel lets the process read the database, and write nothing but what it puts aside",
            "held by the engine alone",
        );
        vec![
            ("process", "one of its own, without environment; it ends with this one".to_owned()),
            ("database", "opened for reading".to_owned()),
            ("statements", "looked through before they run: what reads the database passes".to_owned()),
            (
                "engine",
                "no other file, no network, no extension, no setting; it cannot be unlocked".to_owned(),
            ),
            ("files", files),
            ("network", kernel(NETWORK_FROM, "the kernel opens no connection", "held by the engine alone")),
            ("signals", kernel(SIGNALS_FROM, "none to other processes", "not held")),
            ("memory", format!("{} for the engine, {bound}", megabytes(self.memory))),
            ("what does not fit", spill.to_owned()),
        ]
    }
}

/// The protections as text, a line each.
pub(crate) fn protections_text(protections: &Protections) -> String {
    protections.lines().into_iter().fold(String::new(), |mut text, (about, state)| {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{about:<18} {state}");
        text
    })
}

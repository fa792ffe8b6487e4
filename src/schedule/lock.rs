//! One run at a time in the folder of a schedule.

use crate::failure::{Failure, Kind};
use crate::file_lock;
use std::fs::File;
use std::path::Path;
use std::time::Duration;

const NAME: &str = ".lock";

/// Kept until dropped, or until the process ends in whatever way.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
}

impl Lock {
    /// Locks the folder of a schedule, which is made where it is not there.
    pub(crate) fn take(folder: &Path, wait: Duration) -> Result<Self, Failure> {
        let failed = |error: &std::io::Error| Failure::io(error, folder);
        std::fs::create_dir_all(folder).map_err(|error| failed(&error))?;
        let file = file_lock::open(&folder.join(NAME)).map_err(|error| failed(&error))?;
        let busy = || {
            Failure::new(Kind::Busy, "another run of this schedule goes on")
                .at_path(folder)
                .hint("it makes what is due; or wait for it with --wait SECONDS")
        };
        file_lock::lock(&file, wait, busy, failed)?;
        Ok(Self { _file: file })
    }
}

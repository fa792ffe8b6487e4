//! One run at a time on a shelf.

use crate::failure::{Failure, Kind};
use std::fs::{File, OpenOptions, TryLockError};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::time::{Duration, Instant};

const NAME: &str = ".lock";
const STEP: Duration = Duration::from_millis(20);

/// Held until dropped, or until the process ends in whatever way.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock of a shelf, which is made where it is not there.
    pub(crate) fn take(shelf: &Path, wait: Duration) -> Result<Self, Failure> {
        std::fs::create_dir_all(shelf).map_err(|error| Failure::io(&error, shelf))?;
        let mut options = OpenOptions::new();
        let options = options.write(true).create(true).truncate(false).mode(0o600);
        let file = options.open(shelf.join(NAME)).map_err(|error| Failure::io(&error, shelf))?;
        let begun = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Self { _file: file }),
                Err(TryLockError::Error(error)) => return Err(Failure::io(&error, shelf)),
                Err(TryLockError::WouldBlock) if begun.elapsed() >= wait => {
                    return Err(Failure::new(Kind::Busy, "another run of this schedule goes on")
                        .at_path(shelf)
                        .hint("it makes what is due; or wait for it with --wait SECONDS"));
                }
                Err(TryLockError::WouldBlock) => std::thread::sleep(STEP),
            }
        }
    }
}

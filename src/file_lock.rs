//! Waiting for what another process holds.

use crate::failure::{Failure, Kind};
use rustix::fs::OFlags;
use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::time::{Duration, Instant};

const STEP: Duration = Duration::from_millis(5);

/// Tries, every `step`, until an attempt fails otherwise than because another process is in the way, or the time is over.
pub(crate) fn until_free<T>(
    wait: Duration,
    step: Duration,
    mut attempt: impl FnMut() -> Result<T, Failure>,
) -> Result<T, Failure> {
    let begun = Instant::now();
    loop {
        match attempt() {
            Err(failure) if failure.kind == Kind::Busy && begun.elapsed() < wait => std::thread::sleep(step),
            outcome => return outcome,
        }
    }
}

/// Opens the file that is locked in a folder, which is made where it is not there; never through a link, and without
/// waiting for who might read a pipe.
pub(crate) fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false).mode(0o600);
    options.custom_flags((OFlags::NOFOLLOW | OFlags::NONBLOCK).bits().cast_signed());
    options.open(path)
}

/// Locks a file until it is closed; false where another process has it locked.
pub(crate) fn try_lock(file: &File) -> io::Result<bool> {
    match file.try_lock() {
        Ok(()) => Ok(true),
        Err(TryLockError::WouldBlock) => Ok(false),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// Locks a file until it is closed; `busy` is the failure, of that kind, where another process holds it for too long.
pub(crate) fn lock(
    file: &File,
    wait: Duration,
    busy: impl Fn() -> Failure,
    failed: impl Fn(&io::Error) -> Failure,
) -> Result<(), Failure> {
    until_free(wait, STEP, || match try_lock(file) {
        Ok(true) => Ok(()),
        Ok(false) => Err(busy()),
        Err(error) => Err(failed(&error)),
    })
}

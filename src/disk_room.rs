//! Room on a disk, looked for before something large is written.

use crate::failure::Failure;
use std::path::Path;

/// Nothing, or that the disk of a folder has less room than so many bytes. `what` may need it: it begins the message;
/// `again` says what to do once there is room.
pub(crate) fn check(folder: &Path, bytes: u64, what: &str, again: &str) -> Result<(), Failure> {
    // A disk that does not say is tried.
    let Ok(disk) = rustix::fs::statvfs(folder) else { return Ok(()) };
    let free = disk.f_bavail.saturating_mul(disk.f_frsize);
    if free >= bytes {
        return Ok(());
    }
    let megabytes = |bytes: u64| bytes.div_ceil(1_000_000);
    let message = format!(
        "{what} may need {} MB, and {} MB are free; nothing was changed",
        megabytes(bytes),
        megabytes(free)
    );
    Err(Failure::failed(message).at_path(folder).hint(format!("free some room and {again}")))
}

//! Ctrl-C and SIGTERM stop the running query, so that what is half done is undone and removed.

use crate::failure::{Failure, Kind};
use duckdb::{Connection, InterruptHandle};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

static RUNNING: Mutex<Vec<Arc<InterruptHandle>>> = Mutex::new(Vec::new());
static IS_ASKED: AtomicBool = AtomicBool::new(false);

/// Lets a signal stop this connection's queries.
pub fn watch(connection: &Connection) {
    if let Ok(mut running) = RUNNING.lock() {
        running.push(connection.interrupt_handle());
    }
    // A second handler is refused by the library: the first serves every connection.
    let _ = ctrlc::set_handler(|| {
        IS_ASKED.store(true, Ordering::SeqCst);
        if let Ok(running) = RUNNING.lock() {
            running.iter().for_each(|handle| handle.interrupt());
        }
    });
}

/// Nothing, or the failure of a run that a signal has asked to stop: for the gaps between queries.
///
/// # Errors
/// Once a signal has asked to stop.
pub fn check() -> Result<(), Failure> {
    if is_asked() { Err(Failure::new(Kind::Interrupted, "interrupted; nothing was changed")) } else { Ok(()) }
}

/// True once a signal has asked to stop.
#[must_use]
pub fn is_asked() -> bool {
    IS_ASKED.load(Ordering::SeqCst)
}

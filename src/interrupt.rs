//! Ctrl-C and SIGTERM stop the running query, so that what is half done is undone and removed.

use crate::failure::{Failure, Kind};
use duckdb::{Connection, InterruptHandle};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

static RUNNING: Mutex<Vec<Arc<InterruptHandle>>> = Mutex::new(Vec::new());
static IS_ASKED: AtomicBool = AtomicBool::new(false);

/// Hears signals from here on: before anything is made that would have to be removed again.
pub fn listen() {
    // A second handler is refused by the library: the first serves the whole run.
    let _ = ctrlc::set_handler(|| {
        IS_ASKED.store(true, Ordering::SeqCst);
        if let Ok(running) = RUNNING.lock() {
            running.iter().for_each(|handle| handle.interrupt());
        }
    });
}

/// Lets a signal stop this connection's queries.
pub fn watch(connection: &Connection) {
    if let Ok(mut running) = RUNNING.lock() {
        running.push(connection.interrupt_handle());
    }
}

/// Lets no signal stop a query any more: what had to be done or undone is done.
pub fn forget() {
    if let Ok(mut running) = RUNNING.lock() {
        running.clear();
    }
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

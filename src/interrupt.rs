//! Ctrl-C, SIGTERM and the time limit stop the running query, so that what is half done is undone and removed.

use crate::cancellation::{is_cancelled, is_timed_out, set_cancelled, set_timed_out};
use crate::failure::Failure;
use duckdb::{Connection, InterruptHandle};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

static RUNNING: Mutex<Vec<Arc<InterruptHandle>>> = Mutex::new(Vec::new());
static DRAFTS: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());
/// True while nothing may stop the process.
static IS_BLOCKED: AtomicBool = AtomicBool::new(false);

/// How often a query that should stop is told again: what is told between two queries is lost.
const STEP: Duration = Duration::from_millis(20);
/// How long a query that should stop may go on: some functions of the engine never look up.
const GRACE: Duration = Duration::from_millis(700);

/// Handles signals from here on: before anything is made that would have to be removed again.
pub(crate) fn install_handler() {
    // A second handler is refused by the library: the first serves the whole run.
    let _ = ctrlc::set_handler(|| {
        // Under the lock that `block_cancel` takes: a signal counts before it or not at all.
        if let Ok(running) = RUNNING.lock()
            && !IS_BLOCKED.load(Ordering::SeqCst)
        {
            set_cancelled(true);
            running.iter().for_each(|handle| handle.interrupt());
        }
    });
}

/// Lets a signal stop this connection's queries.
pub(crate) fn watch(connection: &Connection) {
    if let Ok(mut running) = RUNNING.lock() {
        running.push(connection.interrupt_handle());
    }
}

/// Stops what only reads: interrupts it again and again once a signal or the time limit says so, and in the end, where
/// the engine does not hear, calls `give_up`, which ends the process. Files begun are removed before.
pub(crate) fn enforce_deadline(limit: Option<Duration>, give_up: impl FnOnce(&Failure) + Send + 'static) {
    let begun = Instant::now();
    std::thread::spawn(move || {
        while !is_cancelled() && !is_timed_out() {
            let left = limit.map(|limit| limit.saturating_sub(begun.elapsed()));
            let is_blocked = IS_BLOCKED.load(Ordering::SeqCst);
            set_timed_out(!is_blocked && left.is_some_and(|left| left.is_zero()));
            std::thread::sleep(left.filter(|_| !is_blocked).map_or(STEP, |left| left.min(STEP)));
        }
        let told = Instant::now();
        while told.elapsed() < GRACE {
            if IS_BLOCKED.load(Ordering::SeqCst) {
                return;
            }
            stop_running();
            std::thread::sleep(STEP);
        }
        remove_drafts();
        give_up(&Failure::cancelled());
    });
}

/// A file or folder begun, to be removed where the process has to be ended from outside its work.
pub(crate) fn remove_if_stopped(draft: &Path) {
    if let Ok(mut drafts) = DRAFTS.lock() {
        drafts.push(draft.to_owned());
    }
}

/// Lets nothing stop the process any more: what had to be done or undone is done, or somebody reads it.
pub(crate) fn block_cancel() {
    // Whoever broke off with the lock held has ended what it guards.
    let running = RUNNING.lock();
    IS_BLOCKED.store(true, Ordering::SeqCst);
    drop(running);
}

/// What a signal asked for is done: the next one is another.
pub(crate) fn clear() {
    set_cancelled(false);
}

/// Removes files and folders begun: for a process that is about to be ended from outside its work.
pub(crate) fn remove_drafts() {
    let drafts = DRAFTS.lock().map(|drafts| drafts.clone()).unwrap_or_default();
    for draft in drafts {
        let _ = if draft.is_dir() { std::fs::remove_dir_all(draft) } else { std::fs::remove_file(draft) };
    }
}

/// Lets signals and the time limit stop the process again.
pub(crate) fn allow_cancel() {
    IS_BLOCKED.store(false, Ordering::SeqCst);
}

fn stop_running() {
    if let Ok(running) = RUNNING.lock()
        && !IS_BLOCKED.load(Ordering::SeqCst)
    {
        running.iter().for_each(|handle| handle.interrupt());
    }
}

/// Nothing, or the failure of a run that a signal or the time limit has asked to stop: for the gaps between
/// queries.
pub(crate) fn check() -> Result<(), Failure> {
    if is_cancelled() || is_timed_out() { Err(Failure::cancelled()) } else { Ok(()) }
}

//! Whether a signal or the time limit has asked the process to stop.

use std::sync::atomic::{AtomicBool, Ordering};

static IS_CANCELLED: AtomicBool = AtomicBool::new(false);
static IS_TIMED_OUT: AtomicBool = AtomicBool::new(false);

/// True once a signal has asked to stop.
pub(crate) fn is_cancelled() -> bool {
    IS_CANCELLED.load(Ordering::SeqCst)
}

/// True once the time limit is reached.
pub(crate) fn is_timed_out() -> bool {
    IS_TIMED_OUT.load(Ordering::SeqCst)
}

pub(crate) fn set_cancelled(is_cancelled: bool) {
    IS_CANCELLED.store(is_cancelled, Ordering::SeqCst);
}

pub(crate) fn set_timed_out(is_timed_out: bool) {
    IS_TIMED_OUT.store(is_timed_out, Ordering::SeqCst);
}

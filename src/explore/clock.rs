//! The clock of one statement: only time spent waiting for the engine counts, and a process that does not hear is
//! ended.

use super::protocol::{Request, send};
use crate::cancellation;
use crate::failure::{Failure, Kind};
use std::process::ChildStdin;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How often the clock is looked at.
const STEP: Duration = Duration::from_millis(20);
/// How long a query that was told to stop may go on before its process is ended.
const GRACE: Duration = Duration::from_millis(700);

/// Why a query was told to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Its time is over.
    Late,
    /// A signal asked for it.
    Asked,
    /// The rows read are enough.
    Enough,
}

impl Verdict {
    pub(super) fn failure(self, timeout: Duration) -> Failure {
        match self {
            Self::Late => Failure::new(
                Kind::Timeout,
                format!("the time limit of {timeout:?} was reached; nothing was changed"),
            )
            .hint("give it more with --timeout, such as --timeout 10m, or ask for less"),
            Self::Asked | Self::Enough => Failure::new(Kind::Interrupted, "cancelled; nothing was changed"),
        }
    }
}

/// Watches over one statement. Only time spent waiting for the engine counts: who reads slowly loses nothing.
pub(super) struct Clock {
    requests: Arc<Mutex<ChildStdin>>,
    process: u32,
    limit: Duration,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    waiting_since: Option<Instant>,
    waited: Duration,
    verdict: Option<(Verdict, Instant)>,
    is_over: bool,
}

impl Clock {
    pub(super) fn new(requests: Arc<Mutex<ChildStdin>>, process: u32, limit: Duration) -> Self {
        Self { requests, process, limit, state: Mutex::default(), changed: Condvar::new() }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does what waits for the engine.
    pub(super) fn waiting<T>(&self, wait: impl FnOnce() -> T) -> T {
        self.state().waiting_since = Some(Instant::now());
        let outcome = wait();
        let mut state = self.state();
        let waited = state.waiting_since.take().map_or(Duration::ZERO, |since| since.elapsed());
        state.waited += waited;
        outcome
    }

    pub(super) fn decide(&self, verdict: Verdict) {
        self.state().verdict.get_or_insert((verdict, Instant::now()));
        self.changed.notify_all();
    }

    pub(super) fn verdict(&self) -> Option<Verdict> {
        self.state().verdict.map(|(verdict, _)| verdict)
    }

    pub(super) fn stop(&self) {
        self.state().is_over = true;
        self.changed.notify_all();
    }

    /// Until the statement is over: tells it to stop once there is a reason, again and again, and ends its process
    /// where it does not hear.
    pub(super) fn watch(&self) {
        let mut state = self.state();
        while !state.is_over {
            let waiting = state.waiting_since.map(|since| since.elapsed());
            if let (None, Some(waiting)) = (state.verdict, waiting) {
                if cancellation::is_cancelled() {
                    state.verdict = Some((Verdict::Asked, Instant::now()));
                } else if state.waited + waiting >= self.limit {
                    state.verdict = Some((Verdict::Late, Instant::now()));
                }
            }
            if let Some((_, since)) = state.verdict {
                // Under the lock: nothing is told once the statement is over.
                let told = send(&self.requests, &Request::Cancel);
                if told.is_err() || since.elapsed() >= GRACE {
                    self.kill();
                }
            }
            state = self.changed.wait_timeout(state, STEP).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn kill(&self) {
        let process = i32::try_from(self.process).ok().and_then(rustix::process::Pid::from_raw);
        if let Some(process) = process {
            // It is waited for only after the statement is over: the number is still its own.
            let _ = rustix::process::kill_process(process, rustix::process::Signal::KILL);
        }
    }
}

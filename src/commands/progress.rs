//! How far a long query is, on standard error, for whoever watches a terminal.

use crate::context::Context;
use duckdb::Connection;
use std::io::{self, Write};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// Shorter queries show nothing.
const PATIENCE: Duration = Duration::from_secs(1);
const STEP: Duration = Duration::from_millis(100);
const WIDTH: usize = 30;

/// Shows progress until dropped, and leaves an empty line.
pub(super) struct Progress {
    /// The thread ends when this is gone.
    until: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Progress {
    /// Shows how far the queries of a connection are; nothing where nobody watches.
    pub(super) fn of(connection: &Connection, context: &Context) -> Option<Self> {
        if !context.is_watched || connection.set_query_progress_tracking(true).is_err() {
            return None;
        }
        let handle = connection.progress_handle();
        let (until, ended) = mpsc::channel();
        let thread = std::thread::spawn(move || {
            let begun = Instant::now();
            let (mut shown, mut farthest) = (false, 0.0_f64);
            while ended.recv_timeout(STEP) == Err(RecvTimeoutError::Timeout) {
                if begun.elapsed() < PATIENCE {
                    continue;
                }
                // The engine's estimate goes back between the steps of a plan: the bar does not.
                farthest = farthest.max(handle.query_progress().percentage().unwrap_or(0.0));
                let line = bar(farthest, begun.elapsed());
                shown |= write!(io::stderr(), "\r{line}").is_ok();
            }
            if shown {
                let _ = write!(io::stderr(), "\r\u{1b}[K");
            }
        });
        Some(Self { until: Some(until), thread: Some(thread) })
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        drop(self.until.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a share of a bar"
)]
fn bar(percentage: f64, elapsed: Duration) -> String {
    let percentage = percentage.clamp(0.0, 100.0);
    let full = (percentage / 100.0 * WIDTH as f64) as usize;
    format!(
        "{}{} {percentage:3.0} %  {} s",
        "\u{2588}".repeat(full),
        "\u{2591}".repeat(WIDTH - full),
        elapsed.as_secs()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_fills_from_nothing_to_all() {
        let at = |percentage| bar(percentage, Duration::from_secs(3));
        assert_eq!(at(0.0), format!("{}   0 %  3 s", "░".repeat(30)));
        assert_eq!(at(50.0), format!("{}{}  50 %  3 s", "█".repeat(15), "░".repeat(15)));
        assert_eq!(at(250.0), format!("{} 100 %  3 s", "█".repeat(30)));
    }
}

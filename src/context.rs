//! What enters from outside: clock, version, terminal. Frozen in tests.

use crate::failure::Failure;
use jiff::Timestamp;
use jiff::civil::Date;
use std::io::IsTerminal;

/// The surroundings of one run.
#[derive(Clone, Debug)]
pub(crate) struct Context {
    /// Today in Europe/London; `HARMRANK_TODAY` sets it, to repeat a run.
    pub(crate) today: Date,
    /// Version of the program.
    pub(crate) version: &'static str,
    /// Columns of the terminal on standard output; none when it is not a terminal.
    pub(crate) width: Option<usize>,
    /// Lines of the terminal on standard output; none when it is not a terminal.
    pub(crate) height: Option<usize>,
    /// True where somebody watches standard error.
    pub(crate) is_watched: bool,
    /// The moment at which the clock stands; none: it runs. No setting stops it.
    pub(crate) stands_at: Option<Timestamp>,
    /// The moment schedules take it to be; `HARMRANK_NOW` sets it. Neither ledger nor manifest is dated by it.
    pub(crate) moment: Timestamp,
}

impl Context {
    /// The surroundings as they are.
    pub(crate) fn of_process() -> Result<Self, Failure> {
        let moment = match std::env::var("HARMRANK_NOW") {
            Ok(text) => text.parse().map_err(|_| {
                Failure::usage(format!("HARMRANK_NOW is {text:?}, not a moment"))
                    .hint("write it as 2026-07-06T05:00:00Z, or unset it")
            })?,
            Err(_) => Timestamp::now(),
        };
        let today = if let Ok(text) = std::env::var("HARMRANK_TODAY") {
            text.parse().map_err(|_| {
                Failure::usage(format!("HARMRANK_TODAY is {text:?}, not a date"))
                    .hint("write it as 2026-06-30, or unset it")
            })?
        } else {
            moment
                .in_tz("Europe/London")
                .map_err(|error| Failure::failed(format!("no time zone Europe/London: {error}")))?
                .date()
        };
        // A terminal that does not know its size is taken for one of 80 columns and 24 lines.
        let size = std::io::stdout().is_terminal().then(|| {
            let size = terminal_size::terminal_size_of(std::io::stdout());
            size.map_or((80, 24), |(width, height)| {
                (usize::from(width.0).max(1), usize::from(height.0).max(1))
            })
        });
        Ok(Self {
            today,
            version: env!("CARGO_PKG_VERSION"),
            width: size.map(|(width, _)| width),
            height: size.map(|(_, height)| height),
            is_watched: std::io::stderr().is_terminal(),
            stands_at: None,
            moment,
        })
    }

    /// The moment it is, by the clock of the machine, whatever day `HARMRANK_TODAY` says it is.
    pub(crate) fn now(&self) -> Timestamp {
        self.stands_at.unwrap_or_else(Timestamp::now)
    }
}

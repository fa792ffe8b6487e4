//! What has begun and must end: in every way in which a run may end but being killed.

use super::Ledger;
use super::entry::{Entry, Head, Kind, Outcome};
use crate::failure::Failure;
use serde_json::{Map, Value as Json};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, Weak};

/// What has not ended yet in this process.
static OPEN: Mutex<Vec<Weak<Open>>> = Mutex::new(Vec::new());

/// Something that has begun. Dropped before it was ended, it is written to have failed.
#[derive(Debug)]
pub(crate) struct Begun {
    open: Arc<Open>,
}

#[derive(Debug)]
struct Open {
    ledger: Ledger,
    entry: Entry,
    head: Head,
    /// Rows that left so far; one more than there are, nought for unknown.
    rows: AtomicU64,
    parameters: Mutex<Map<String, Json>>,
    result: Mutex<Map<String, Json>>,
    is_ended: Mutex<bool>,
}

impl Ledger {
    /// Writes that something begins, to the disk and not only into memory: what follows may show rows.
    pub(crate) fn begin(&self, entry: Entry) -> Result<Begun, Failure> {
        self.check_reason(&entry)?;
        let head = self.append(entry.line("begun"), true)?;
        Ok(Begun::new(self.clone(), entry, head))
    }
}

impl Begun {
    fn new(ledger: Ledger, entry: Entry, head: Head) -> Self {
        let open = Arc::new(Open {
            ledger,
            entry,
            head,
            rows: AtomicU64::new(0),
            parameters: Mutex::default(),
            result: Mutex::default(),
            is_ended: Mutex::new(false),
        });
        if let Ok(mut all) = OPEN.lock() {
            all.retain(|open| open.strong_count() > 0);
            all.push(Arc::downgrade(&open));
        }
        Self { open }
    }

    /// The line that was written: what a manifest states.
    pub(crate) fn head(&self) -> &Head {
        &self.open.head
    }

    /// The ledger it was written to.
    pub(crate) fn ledger(&self) -> &Ledger {
        &self.open.ledger
    }

    /// Counts rows on their way out: what is returned is called with the number of rows of each batch.
    pub(crate) fn row_counter(&self) -> impl Fn(usize) + use<> {
        let open = Arc::clone(&self.open);
        let _ = open.rows.compare_exchange(0, 1, Ordering::SeqCst, Ordering::SeqCst);
        move |rows| {
            open.rows.fetch_add(rows as u64, Ordering::SeqCst);
        }
    }

    /// States how many rows there were.
    pub(crate) fn set_rows(&self, rows: u64) {
        self.open.rows.store(rows.saturating_add(1), Ordering::SeqCst);
    }

    /// States the parameters as they were resolved, references hashed.
    pub(crate) fn set_parameters(&self, parameters: Map<String, Json>) {
        if let Ok(mut known) = self.open.parameters.lock() {
            *known = parameters;
        }
    }

    /// States something that came of it: the number of a load, the hash of a file. No reference, no row.
    pub(crate) fn learn(&self, name: &str, value: impl Into<Json>) {
        if let Ok(mut result) = self.open.result.lock() {
            result.insert(name.to_owned(), value.into());
        }
    }

    /// Writes how it ended, and to whom the rows went. Once: a second end is none.
    pub(crate) fn end(&self, outcome: Outcome) -> Result<(), Failure> {
        self.open.end(outcome)
    }

    /// Ends it as the work ended, and returns what the work returned.
    pub(crate) fn finish<T>(self, done: Result<T, Failure>) -> Result<T, Failure> {
        match done {
            Ok(done) => self.end(Outcome::Done).map(|()| done),
            Err(mut failure) => {
                if let Err(other) = self.end(Outcome::of(&failure)) {
                    failure.problems.extend(other.problems);
                }
                Err(failure)
            }
        }
    }
}

impl Open {
    fn end(&self, outcome: Outcome) -> Result<(), Failure> {
        // Held while it is written: whoever ends the process meanwhile waits for it.
        let Ok(mut is_ended) = self.is_ended.lock() else { return Ok(()) };
        if std::mem::replace(&mut *is_ended, true) {
            return Ok(());
        }
        let rows = self.rows.load(Ordering::SeqCst).checked_sub(1);
        let taken = |map: &Mutex<Map<String, Json>>| map.lock().map(|map| map.clone()).unwrap_or_default();
        let mut line = self.entry.line("ended");
        line.of = Some(self.head.line);
        line.outcome = Some(outcome);
        line.rows = rows;
        line.parameters = taken(&self.parameters);
        line.result = taken(&self.result);
        // Said when it began.
        (line.tables, line.reason, line.recipient) = (Vec::new(), None, None);
        self.ledger.append(line, false)?;
        let has_left = outcome == Outcome::Done || rows.is_some_and(|rows| rows > 0);
        if self.entry.recipient.is_some() && has_left {
            let mut line = self.entry.line("done");
            line.kind = Some(Kind::Disclosure);
            line.of = Some(self.head.line);
            line.outcome = Some(outcome);
            line.rows = rows;
            self.ledger.append(line, true)?;
        }
        Ok(())
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        let _ = self.end(Outcome::Failed);
    }
}

/// Ends all that has begun: for whoever ends the process from outside its work.
pub(crate) fn end_all(failure: &Failure) {
    let all = OPEN.lock().map(|mut all| std::mem::take(&mut *all)).unwrap_or_default();
    for open in all.iter().filter_map(Weak::upgrade) {
        let _ = open.end(Outcome::of(failure));
    }
}

//! An answer as it comes in: rows go to who asked, the rest is passed over.

use super::clock::{Clock, Verdict};
use super::protocol::{Ending, Replies};
use crate::failure::Failure;
use crate::report::Rows;
use arrow::ipc::reader::StreamReader;
use std::cell::RefCell;
use std::io::{self, Read};
use std::process::ChildStdout;

/// What came of a request.
pub(super) struct Exchanged {
    /// How the answer ended, or why there is none.
    pub(super) ending: io::Result<Ending>,
    /// What the receiver of the rows made of them.
    pub(super) received: Result<(), Failure>,
}

/// Takes in an answer: its rows, if it has any, go to `receive`.
pub(super) fn exchange(
    replies: &RefCell<&mut Replies<ChildStdout>>,
    clock: &Clock,
    receive: impl FnOnce(Rows<'_>) -> Result<(), Failure>,
) -> Exchanged {
    if let Some(ending) = clock.waiting(|| replies.borrow_mut().ending()).transpose() {
        return Exchanged { ending, received: Ok(()) };
    }
    let ended = RefCell::new(None);
    let received = receive_rows(RowReader { replies, clock, ended: &ended }, receive);
    // Where the receiver has enough, the rest is passed over.
    let ending = ended.into_inner().unwrap_or_else(|| {
        clock.decide(Verdict::Enough);
        drain(&mut replies.borrow_mut(), clock)
    });
    Exchanged { ending, received }
}

fn drain(replies: &mut Replies<ChildStdout>, clock: &Clock) -> io::Result<Ending> {
    loop {
        if let Some(ending) = clock.waiting(|| replies.ending())? {
            return Ok(ending);
        }
        clock.waiting(|| replies.skip_rows())?;
    }
}

fn receive_rows(
    reader: RowReader<'_, '_>,
    receive: impl FnOnce(Rows<'_>) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let unread =
        |error: arrow::error::ArrowError| Failure::failed(format!("the rows cannot be read: {error}"));
    let stream = StreamReader::try_new(reader, None).map_err(unread)?;
    let schema = stream.schema();
    receive(Rows { schema, batches: Box::new(stream.map(move |batch| batch.map_err(unread))) })
}

/// The rows of an answer as the bytes of an Arrow IPC stream.
struct RowReader<'a, 'b> {
    replies: &'a RefCell<&'b mut Replies<ChildStdout>>,
    clock: &'a Clock,
    /// How the answer ended, once it has.
    ended: &'a RefCell<Option<io::Result<Ending>>>,
}

impl Read for RowReader<'_, '_> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        if self.ended.borrow().is_some() {
            return Ok(0);
        }
        let mut replies = self.replies.borrow_mut();
        let found = self.clock.waiting(|| match replies.ending() {
            Ok(None) => replies.read_rows(bytes).map(Ok),
            Ok(Some(ending)) => Ok(Err(ending)),
            Err(error) => Err(error),
        });
        match found {
            Ok(Ok(length)) => Ok(length),
            Ok(Err(ending)) => {
                let is_whole = matches!(ending, Ending::Rows);
                *self.ended.borrow_mut() = Some(Ok(ending));
                if is_whole { Ok(0) } else { Err(io::ErrorKind::ConnectionAborted.into()) }
            }
            Err(error) => {
                let kind = error.kind();
                *self.ended.borrow_mut() = Some(Err(error));
                Err(kind.into())
            }
        }
    }
}

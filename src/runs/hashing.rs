//! Hashes of what is written, taken on the way.

use crate::embedded_sql::to_hex;
use crate::failure::Failure;
use crate::report::Rows;
use arrow::csv::{Writer, WriterBuilder};
use sha2::{Digest, Sha256};
use std::io::{self, Write};
use std::sync::{Arc, Mutex};

/// Hashes what goes through it.
pub(crate) struct HashingWriter<W> {
    inner: W,
    digest: Sha256,
}

impl<W: Write> HashingWriter<W> {
    /// Hashes what goes to a writer.
    pub(crate) fn new(inner: W) -> Self {
        Self { inner, digest: Sha256::new() }
    }

    /// SHA-256 of all that went through, in hexadecimal, once the writer has it all.
    pub(crate) fn finish(mut self) -> io::Result<String> {
        self.inner.flush()?;
        Ok(to_hex(&self.digest.finalize()))
    }
}

impl<W: Write> Write for HashingWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.digest.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// Where a copy of the rows goes.
type Copy<W> = Arc<Mutex<Option<Writer<HashingWriter<W>>>>>;

/// Rows that leave a copy of themselves as CSV on their way: exact decimals, ISO days, empty for null.
///
/// Returns the rows, and what tells the hash of the copy once they have been read.
pub(crate) fn tee<'a, W: Write + 'a>(
    rows: Rows<'a>,
    out: W,
) -> Result<(Rows<'a>, impl FnOnce() -> Result<String, Failure>), Failure> {
    let mut writer = WriterBuilder::new().with_header(true).build(HashingWriter::new(out));
    // The names of the columns, also where no row follows.
    let nothing = arrow::record_batch::RecordBatch::new_empty(Arc::clone(&rows.schema));
    writer.write(&nothing).map_err(|error| failure(&error))?;
    let copy: Copy<W> = Arc::new(Mutex::new(Some(writer)));
    let mine = Arc::clone(&copy);
    let batches = rows.batches.map(move |batch| {
        let batch = batch?;
        let mut writer = mine.lock().map_err(|_| Failure::failed("the copy of the rows broke off"))?;
        if let Some(writer) = writer.as_mut() {
            writer.write(&batch).map_err(|error| failure(&error))?;
        }
        Ok(batch)
    });
    let finish = move || {
        let writer = copy.lock().ok().and_then(|mut copy| copy.take());
        let writer = writer.ok_or_else(|| Failure::failed("the copy of the rows broke off"))?;
        Ok(writer.into_inner().finish()?)
    };
    Ok((Rows { schema: rows.schema, batches: Box::new(batches) }, finish))
}

fn failure(error: &arrow::error::ArrowError) -> Failure {
    Failure::failed(format!("rows cannot be kept: {error}"))
}

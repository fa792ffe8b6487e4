//! Parquet and the Arrow IPC stream: rows alone, with the types they have in the engine.

use super::renderer::Renderer;
use crate::failure::Failure;
use crate::report::Meta;
use arrow::compute::BatchCoalescer;
use arrow::datatypes::{Schema, SchemaRef};
use arrow::ipc::writer::StreamWriter;
use arrow::record_batch::RecordBatch;
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;
use std::io::Write;
use std::sync::Arc;

/// Rows of a batch as written: the engine's own batches depend on its threads, the file may not.
const BATCH: usize = 16_384;
/// Rows of a row group: what the engine itself writes.
const ROW_GROUP: usize = 122_880;

/// A file of batches.
trait Sink<'a>: Sized {
    fn open(out: &'a mut (dyn Write + Send), schema: SchemaRef) -> Result<Self, Failure>;
    fn write(&mut self, batch: &RecordBatch) -> Result<(), Failure>;
    fn finish(self) -> Result<(), Failure>;
}

type Out<'a> = &'a mut (dyn Write + Send);

/// A format that holds batches; opened once the columns are known.
pub(super) struct Columnar<'a, S> {
    out: Option<Out<'a>>,
    open: Option<(S, BatchCoalescer)>,
}

pub(super) type Parquet<'a> = Columnar<'a, ArrowWriter<Out<'a>>>;
/// The Arrow IPC stream.
pub(super) type Arrow<'a> = Columnar<'a, StreamWriter<Out<'a>>>;

impl<'a, S> Columnar<'a, S> {
    pub(super) fn new(out: Out<'a>) -> Self {
        Self { out: Some(out), open: None }
    }
}

impl<'a, S: Sink<'a>> Renderer for Columnar<'a, S> {
    fn begin(&mut self, _: &Meta, schema: &Schema) -> Result<(), Failure> {
        if let Some(out) = self.out.take() {
            let schema = Arc::new(schema.clone());
            self.open = Some((S::open(out, Arc::clone(&schema))?, BatchCoalescer::new(schema, BATCH)));
        }
        Ok(())
    }

    fn batch(&mut self, batch: &RecordBatch) -> Result<(), Failure> {
        let Some((sink, coalescer)) = &mut self.open else { return Ok(()) };
        coalescer.push_batch(batch.clone()).map_err(|error| arrow_failure(&error))?;
        while let Some(batch) = coalescer.next_completed_batch() {
            sink.write(&batch)?;
        }
        Ok(())
    }

    fn end(&mut self, _: &Meta, _: usize) -> Result<(), Failure> {
        let Some((mut sink, mut coalescer)) = self.open.take() else { return Ok(()) };
        coalescer.finish_buffered_batch().map_err(|error| arrow_failure(&error))?;
        while let Some(batch) = coalescer.next_completed_batch() {
            sink.write(&batch)?;
        }
        sink.finish()
    }
}

impl<'a> Sink<'a> for ArrowWriter<Out<'a>> {
    fn open(out: Out<'a>, schema: SchemaRef) -> Result<Self, Failure> {
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_max_row_group_row_count(Some(ROW_GROUP))
            .build();
        Self::try_new(out, schema, Some(properties)).map_err(|error| parquet_failure(&error))
    }

    fn write(&mut self, batch: &RecordBatch) -> Result<(), Failure> {
        ArrowWriter::write(self, batch).map_err(|error| parquet_failure(&error))
    }

    fn finish(self) -> Result<(), Failure> {
        self.close().map(|_| ()).map_err(|error| parquet_failure(&error))
    }
}

impl<'a> Sink<'a> for StreamWriter<Out<'a>> {
    fn open(out: Out<'a>, schema: SchemaRef) -> Result<Self, Failure> {
        Self::try_new(out, &schema).map_err(|error| arrow_failure(&error))
    }

    fn write(&mut self, batch: &RecordBatch) -> Result<(), Failure> {
        StreamWriter::write(self, batch).map_err(|error| arrow_failure(&error))
    }

    fn finish(mut self) -> Result<(), Failure> {
        StreamWriter::finish(&mut self).map_err(|error| arrow_failure(&error))
    }
}

fn arrow_failure(error: &arrow::error::ArrowError) -> Failure {
    match error {
        arrow::error::ArrowError::IoError(_, source) => std::io::Error::from(source.kind()).into(),
        other => Failure::failed(format!("the Arrow stream cannot be written: {other}")),
    }
}

fn parquet_failure(error: &parquet::errors::ParquetError) -> Failure {
    if let parquet::errors::ParquetError::External(source) = error
        && let Some(source) = source.downcast_ref::<std::io::Error>()
    {
        return Failure::from(std::io::Error::new(source.kind(), source.to_string()));
    }
    Failure::failed(format!("Parquet cannot be written: {error}"))
}

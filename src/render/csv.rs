//! Comma-separated values: rows alone.

use super::{Renderer, cell};
use crate::failure::Failure;
use crate::report::Meta;
use arrow::datatypes::Schema;
use arrow::record_batch::RecordBatch;
use std::io::Write;

pub(super) struct Csv<'a> {
    writer: csv::Writer<&'a mut dyn Write>,
}

impl<'a> Csv<'a> {
    pub(super) fn new(out: &'a mut dyn Write) -> Self {
        Self { writer: csv::Writer::from_writer(out) }
    }
}

impl Renderer for Csv<'_> {
    fn begin(&mut self, _: &Meta, schema: &Schema) -> Result<(), Failure> {
        self.writer.write_record(schema.fields().iter().map(|field| field.name())).map_err(failure)
    }

    fn batch(&mut self, batch: &RecordBatch) -> Result<(), Failure> {
        for row in 0..batch.num_rows() {
            for column in batch.columns() {
                self.writer.write_field(cell(column, row).text()).map_err(failure)?;
            }
            self.writer.write_record(None::<&[u8]>).map_err(failure)?;
        }
        Ok(())
    }

    fn end(&mut self, _: &Meta, _: usize) -> Result<(), Failure> {
        Ok(self.writer.flush()?)
    }
}

fn failure(error: csv::Error) -> Failure {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error.into(),
        other => Failure::failed(format!("CSV cannot be written: {other:?}")),
    }
}

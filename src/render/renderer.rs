//! What every format does with the rows it is given.

use crate::failure::Failure;
use crate::report::Meta;
use arrow::datatypes::Schema;
use arrow::record_batch::RecordBatch;

/// Writes one format. Called once with `begin`, per batch, once with `end`.
pub(super) trait Renderer {
    fn begin(&mut self, meta: &Meta, schema: &Schema) -> Result<(), Failure>;
    fn batch(&mut self, batch: &RecordBatch) -> Result<(), Failure>;
    fn end(&mut self, meta: &Meta, rows: usize) -> Result<(), Failure>;
}

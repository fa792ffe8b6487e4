//! From Arrow batches to what people open. One small file per format.

mod cell;
mod csv;
mod json;
mod table;

pub use cell::{Cell, cell};

use crate::context::Context;
use crate::failure::Failure;
use crate::report::{Meta, Rows};
use arrow::datatypes::Schema;
use arrow::record_batch::RecordBatch;
use std::io::Write;
use std::path::Path;

/// The formats reports come out in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For reading: fits the terminal, with what the list says of itself beneath.
    Table,
    /// Rows alone, comma-separated, UTF-8.
    Csv,
    /// An envelope with `meta`, `rows` and `end`; without `end` it was cut short.
    Json,
}

impl Format {
    /// The format a file's ending asks for.
    #[must_use]
    pub fn of_ending(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "csv" => Some(Self::Csv),
            "json" => Some(Self::Json),
            "txt" => Some(Self::Table),
            _ => None,
        }
    }
}

/// Writes one format. Called once with `begin`, per batch, once with `end`.
trait Renderer {
    fn begin(&mut self, meta: &Meta, schema: &Schema) -> Result<(), Failure>;
    fn batch(&mut self, batch: &RecordBatch) -> Result<(), Failure>;
    fn end(&mut self, meta: &Meta, rows: usize) -> Result<(), Failure>;
}

/// Writes rows in a format and returns how many there were.
///
/// # Errors
/// When the engine fails on the way or the receiver cannot be written.
pub fn render(
    format: Format,
    meta: &Meta,
    rows: Rows<'_>,
    context: &Context,
    out: &mut dyn Write,
) -> Result<usize, Failure> {
    let mut renderer: Box<dyn Renderer + '_> = match format {
        Format::Table => Box::new(table::Table::new(out, context.width)),
        Format::Csv => Box::new(csv::Csv::new(out)),
        Format::Json => Box::new(json::Json::new(out)),
    };
    renderer.begin(meta, &rows.schema)?;
    let mut count = 0;
    for batch in rows.batches {
        let batch = batch?;
        count += batch.num_rows();
        renderer.batch(&batch)?;
    }
    renderer.end(meta, count)?;
    Ok(count)
}

//! From Arrow batches to what people open. One small file per format.

mod about;
mod cell;
pub(crate) mod chart;
mod columnar;
mod delimited;
mod format;
mod formula;
pub(crate) mod html;
mod json;
mod markdown;
pub(crate) mod pager;
mod renderer;
#[cfg(test)]
mod samples;
mod table;
mod xlsx;
mod zoned_time;

pub(crate) use format::{Format, Options};

use crate::context::Context;
use crate::failure::Failure;
use crate::report::{Meta, Rows};
use arrow::datatypes::Schema;
use arrow::record_batch::RecordBatch;
use renderer::Renderer;
use std::collections::BTreeSet;
use std::io::Write;

/// Writes rows in a format and returns how many there were.
/// `chart_rows` are what its charts are drawn from, in their order; empty for a chart that is drawn from the rows.
pub(crate) fn render(
    options: Options,
    meta: &Meta,
    rows: Rows<'_>,
    chart_rows: &[Vec<RecordBatch>],
    context: &Context,
    out: &mut (dyn Write + Send),
) -> Result<usize, Failure> {
    check_names(&rows.schema)?;
    let keeps_types = matches!(options.format, Format::Parquet | Format::Arrow);
    let rows = if keeps_types { rows } else { zoned_time::as_texts(rows)? };
    let mut renderer: Box<dyn Renderer + '_> = match options.format {
        Format::Table => Box::new(table::Table::new(out, context.width)),
        Format::Csv => Box::new(delimited::Delimited::new(out, b',', options)),
        Format::Tsv => Box::new(delimited::Delimited::new(out, b'\t', options)),
        Format::Json => Box::new(json::Json::new(out, json::Frame::Envelope)),
        Format::Jsonl => Box::new(json::Json::new(out, json::Frame::Lines)),
        Format::Markdown => Box::new(markdown::Markdown::new(out)),
        Format::Html => Box::new(html::Html::new(out, chart_rows)),
        Format::Xlsx => Box::new(xlsx::Xlsx::new(out, options)),
        Format::Parquet => Box::new(columnar::Parquet::new(out)),
        Format::Arrow => Box::new(columnar::Arrow::new(out)),
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

/// The rows as texts; nothing for null.
pub(crate) fn texts(rows: Rows<'_>) -> Result<Vec<Vec<String>>, Failure> {
    let mut found = Vec::new();
    for batch in rows.batches {
        let batch = batch?;
        let mut columns = cell::Column::all(&batch);
        for row in 0..batch.num_rows() {
            found.push(columns.iter_mut().map(|column| column.cell(row).text().to_owned()).collect());
        }
    }
    Ok(found)
}

/// Writes the texts of one column as they are, one after the other; returns how many.
pub(crate) fn plain(rows: Rows<'_>, column: usize, out: &mut dyn Write) -> Result<usize, Failure> {
    let mut count = 0;
    for batch in rows.batches {
        let batch = batch?;
        let mut texts = cell::Column::new(batch.column(column));
        for row in 0..batch.num_rows() {
            writeln!(out, "{}", texts.cell(row).text().trim_end())?;
        }
        count += batch.num_rows();
    }
    Ok(count)
}

/// Most formats tell columns apart by name alone.
fn check_names(schema: &Schema) -> Result<(), Failure> {
    let mut seen = BTreeSet::new();
    match schema.fields().iter().find(|field| !seen.insert(field.name())) {
        Some(field) => Err(Failure::failed(format!("two columns are called {:?}", field.name()))
            .hint("tell them apart with `as` in the SQL of the report")),
        None => Ok(()),
    }
}

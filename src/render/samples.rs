//! Small results for the tests of the formats.

use super::{Options, render};
use crate::context::Context;
use crate::failure::Failure;
use crate::report::{Meta, Rows};
use arrow::array::{ArrayRef, RecordBatch, StringArray};
use std::sync::Arc;

/// A column with its name.
pub(super) type Named = (String, ArrayRef);

/// A column of texts.
pub(super) fn texts(name: &str, values: &[Option<&str>]) -> Named {
    (name.to_owned(), Arc::new(StringArray::from(values.to_vec())))
}

/// What every output says of itself, for a report that does not exist.
pub(super) fn meta() -> Meta {
    Meta {
        report: "sample".to_owned(),
        title: "A sample <of> harm & days".to_owned(),
        summary: "One row each.".to_owned(),
        statement: "An order of reports.".to_owned(),
        is_query: false,
        columns_first: Vec::new(),
        bar: None,
        charts: Vec::new(),
        parameters: serde_json::Map::new(),
        index: None,
        data_date: "2026-06-30".to_owned(),
        notes: Vec::new(),
        harmrank: "0".to_owned(),
        sql_hash: "0123456789abcdef".to_owned(),
        report_hash: "0".to_owned(),
    }
}

/// A terminal so wide, or none.
pub(super) fn context(width: Option<usize>) -> Context {
    Context {
        today: jiff::civil::date(2026, 7, 1),
        version: "0",
        width,
        height: width.map(|_| 24),
        is_watched: false,
        stands_at: None,
        moment: jiff::Timestamp::UNIX_EPOCH,
    }
}

/// Columns rendered in one batch.
pub(super) fn rendered(options: Options, columns: &[Named]) -> Vec<u8> {
    rendered_for(options, columns, &meta(), None)
}

/// Columns rendered in one batch for a terminal so wide.
pub(super) fn rendered_for(
    options: Options,
    columns: &[Named],
    meta: &Meta,
    width: Option<usize>,
) -> Vec<u8> {
    let mut bytes = Vec::new();
    render(options, meta, rows(columns), &[], &context(width), &mut bytes).expect("rendered");
    bytes
}

/// Why columns are refused; nothing may have been written.
pub(super) fn refused(options: Options, columns: &[Named]) -> Failure {
    let mut bytes = Vec::new();
    let outcome = render(options, &meta(), rows(columns), &[], &context(None), &mut bytes);
    assert!(bytes.is_empty(), "{} bytes were written", bytes.len());
    outcome.expect_err("refused")
}

fn rows(columns: &[Named]) -> Rows<'static> {
    let columns = columns.iter().map(|(name, array)| (name.clone(), Arc::clone(array), true));
    let batch = RecordBatch::try_from_iter_with_nullable(columns).expect("batch");
    Rows { schema: batch.schema(), batches: Box::new(std::iter::once(Ok(batch))) }
}

//! An envelope: `{"meta": {...}, "rows": [...], "end": {"rows": n}}`.

use super::{Cell, Renderer, cell};
use crate::failure::Failure;
use crate::report::Meta;
use arrow::datatypes::Schema;
use arrow::record_batch::RecordBatch;
use serde_json::{Map, Number, Value};
use std::io::Write;

pub(super) struct Json<'a> {
    out: &'a mut dyn Write,
    rows: usize,
}

impl<'a> Json<'a> {
    pub(super) fn new(out: &'a mut dyn Write) -> Self {
        Self { out, rows: 0 }
    }
}

impl Renderer for Json<'_> {
    fn begin(&mut self, meta: &Meta, _: &Schema) -> Result<(), Failure> {
        let meta = serde_json::to_string_pretty(meta).map_err(|error| failure(&error))?;
        Ok(write!(self.out, "{{\"meta\": {meta},\n\"rows\": [")?)
    }

    fn batch(&mut self, batch: &RecordBatch) -> Result<(), Failure> {
        let schema = batch.schema();
        for row in 0..batch.num_rows() {
            let object: Map<String, Value> = schema
                .fields()
                .iter()
                .zip(batch.columns())
                .map(|(field, column)| (field.name().clone(), value(cell(column, row))))
                .collect();
            let object = serde_json::to_string(&object).map_err(|error| failure(&error))?;
            write!(self.out, "{}\n{object}", if self.rows > 0 { "," } else { "" })?;
            self.rows += 1;
        }
        Ok(())
    }

    fn end(&mut self, _: &Meta, rows: usize) -> Result<(), Failure> {
        Ok(writeln!(self.out, "\n],\n\"end\": {{\"rows\": {rows}}}}}")?)
    }
}

fn value(cell: Cell) -> Value {
    match cell {
        Cell::Null => Value::Null,
        Cell::Boolean(truth) => Value::Bool(truth),
        Cell::Number(digits) => match digits.parse::<Number>() {
            Ok(number) => Value::Number(number),
            Err(_) => Value::String(digits),
        },
        Cell::Text(text) => Value::String(text),
    }
}

fn failure(error: &serde_json::Error) -> Failure {
    Failure::failed(format!("JSON cannot be written: {error}"))
}

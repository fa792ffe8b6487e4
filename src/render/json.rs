//! JSON: an envelope, `{"meta": {...}, "rows": [...], "end": {"rows": n}}`, or an object a line.

use super::cell::{Cell, Column};
use super::renderer::Renderer;
use crate::failure::Failure;
use crate::report::Meta;
use arrow::datatypes::Schema;
use arrow::record_batch::RecordBatch;
use std::io::Write;

/// What stands around the objects.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Frame {
    /// Meta before, the count after, commas between.
    Envelope,
    /// Nothing: an object a line.
    Lines,
}

pub(super) struct Json<'a> {
    out: &'a mut dyn Write,
    frame: Frame,
    /// What is written before each value: comma, name, colon.
    names: Vec<Vec<u8>>,
    rows: usize,
    objects: Vec<u8>,
}

impl<'a> Json<'a> {
    pub(super) fn new(out: &'a mut dyn Write, frame: Frame) -> Self {
        Self { out, frame, names: Vec::new(), rows: 0, objects: Vec::new() }
    }

    fn push(&mut self, cell: Cell<'_>) -> Result<(), Failure> {
        match cell {
            Cell::Null => self.objects.extend_from_slice(b"null"),
            Cell::Boolean(_) | Cell::Number(_) => self.objects.extend_from_slice(cell.text().as_bytes()),
            Cell::Day(text) | Cell::Text(text) => {
                serde_json::to_writer(&mut self.objects, text).map_err(|error| failure(&error))?;
            }
        }
        Ok(())
    }
}

impl Renderer for Json<'_> {
    fn begin(&mut self, meta: &Meta, schema: &Schema) -> Result<(), Failure> {
        for field in schema.fields() {
            let name = serde_json::to_string(field.name()).map_err(|error| failure(&error))?;
            let before = if self.names.is_empty() { "" } else { "," };
            self.names.push(format!("{before}{name}:").into_bytes());
        }
        if self.frame == Frame::Envelope {
            let meta = serde_json::to_string_pretty(meta).map_err(|error| failure(&error))?;
            write!(self.out, "{{\"meta\": {meta},\n\"rows\": [")?;
        }
        Ok(())
    }

    fn batch(&mut self, batch: &RecordBatch) -> Result<(), Failure> {
        self.objects.clear();
        let mut columns = Column::all(batch);
        for row in 0..batch.num_rows() {
            if self.frame == Frame::Envelope {
                self.objects.extend_from_slice(if self.rows > 0 { b",\n" } else { b"\n" });
            }
            self.objects.push(b'{');
            for (place, column) in columns.iter_mut().enumerate() {
                self.objects.extend_from_slice(&self.names[place]);
                self.push(column.cell(row))?;
            }
            self.objects.push(b'}');
            if self.frame == Frame::Lines {
                self.objects.push(b'\n');
            }
            self.rows += 1;
        }
        Ok(self.out.write_all(&self.objects)?)
    }

    fn end(&mut self, _: &Meta, rows: usize) -> Result<(), Failure> {
        if self.frame == Frame::Envelope {
            writeln!(self.out, "\n],\n\"end\": {{\"rows\": {rows}}}}}")?;
        }
        Ok(())
    }
}

fn failure(error: &serde_json::Error) -> Failure {
    Failure::failed(format!("JSON cannot be written: {error}"))
}

#[cfg(test)]
mod tests {
    use crate::render::samples::{rendered, texts};
    use crate::render::{Format, Options};
    use serde_json::Value;

    #[test]
    fn an_object_a_line_reads_back_whatever_the_text() {
        let hostile = ["say \"so\"", "a\nb", "\u{1}\u{2028}</script>", "\\", "=1"];
        let values: Vec<_> = hostile.iter().map(|text| Some(*text)).collect();
        let bytes = rendered(Options::new(Format::Jsonl), &[texts("na\"me", &values)]);
        let text = String::from_utf8(bytes).expect("UTF-8");
        let read: Vec<Value> =
            text.split_terminator('\n').map(|line| serde_json::from_str(line).expect("JSON")).collect();
        let found: Vec<_> = read.iter().map(|row| row["na\"me"].as_str().expect("text")).collect();
        assert_eq!(found, hostile);
    }
}

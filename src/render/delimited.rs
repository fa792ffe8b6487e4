//! Values parted by a comma or a tab: rows alone, UTF-8. Null is nothing, the empty text `""`.

use super::cell::{Cell, Column};
use super::format::Options;
use super::formula::is_formula;
use super::renderer::Renderer;
use crate::failure::Failure;
use crate::report::Meta;
use arrow::datatypes::Schema;
use arrow::record_batch::RecordBatch;
use std::io::Write;

pub(super) struct Delimited<'a> {
    out: &'a mut dyn Write,
    separator: u8,
    /// True where a text that a spreadsheet would run stays as it is.
    is_raw: bool,
    has_bom: bool,
    lines: Vec<u8>,
}

impl<'a> Delimited<'a> {
    pub(super) fn new(out: &'a mut dyn Write, separator: u8, options: Options) -> Self {
        Self { out, separator, is_raw: options.is_raw, has_bom: options.has_bom, lines: Vec::new() }
    }

    fn push_text(&mut self, text: &str) {
        let is_guarded = !self.is_raw && is_formula(text);
        let is_quoted = text.is_empty()
            || text.bytes().any(|byte| byte == self.separator || matches!(byte, b'"' | b'\n' | b'\r'));
        if is_quoted {
            self.lines.push(b'"');
        }
        if is_guarded {
            self.lines.push(b'\'');
        }
        if is_quoted {
            for (number, piece) in text.split('"').enumerate() {
                if number > 0 {
                    self.lines.extend_from_slice(b"\"\"");
                }
                self.lines.extend_from_slice(piece.as_bytes());
            }
            self.lines.push(b'"');
        } else {
            self.lines.extend_from_slice(text.as_bytes());
        }
    }
}

impl Renderer for Delimited<'_> {
    fn begin(&mut self, _: &Meta, schema: &Schema) -> Result<(), Failure> {
        if self.has_bom {
            self.lines.extend_from_slice("\u{feff}".as_bytes());
        }
        for (place, field) in schema.fields().iter().enumerate() {
            if place > 0 {
                self.lines.push(self.separator);
            }
            self.push_text(field.name());
        }
        self.lines.push(b'\n');
        Ok(self.out.write_all(&self.lines)?)
    }

    fn batch(&mut self, batch: &RecordBatch) -> Result<(), Failure> {
        self.lines.clear();
        let mut columns = Column::all(batch);
        let is_alone = columns.len() == 1;
        for row in 0..batch.num_rows() {
            for (place, column) in columns.iter_mut().enumerate() {
                if place > 0 {
                    self.lines.push(self.separator);
                }
                match column.cell(row) {
                    // An empty line would be no row.
                    Cell::Null if is_alone => self.lines.extend_from_slice(b"\"\""),
                    Cell::Text(text) => self.push_text(text),
                    other => self.lines.extend_from_slice(other.text().as_bytes()),
                }
            }
            self.lines.push(b'\n');
        }
        Ok(self.out.write_all(&self.lines)?)
    }

    fn end(&mut self, _: &Meta, _: usize) -> Result<(), Failure> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::Format;
    use crate::render::samples::{rendered, texts};

    fn lines(options: Options, values: &[Option<&str>]) -> Vec<String> {
        let text = String::from_utf8(rendered(options, &[texts("=name", values), texts("b", values)]));
        text.expect("UTF-8").split_terminator('\n').map(str::to_owned).collect()
    }

    #[test]
    fn null_and_empty_text_are_told_apart() {
        let options = Options::new(Format::Csv);
        assert_eq!(lines(options, &[None, Some("")]), ["'=name,b", ",", "\"\",\"\""]);
    }

    #[test]
    fn formulas_are_texts_unless_asked_raw() {
        let values = [Some("=1+1"), Some(" @SUM(A1)"), Some("\"=1"), Some("P-1")];
        let options = Options::new(Format::Tsv);
        assert_eq!(
            lines(options, &values)[1..],
            ["'=1+1\t'=1+1", "' @SUM(A1)\t' @SUM(A1)", "\"'\"\"=1\"\t\"'\"\"=1\"", "P-1\tP-1"]
        );
        let raw = Options { is_raw: true, ..options };
        assert_eq!(lines(raw, &values)[1], "=1+1\t=1+1");
    }

    #[test]
    fn separators_quotes_and_line_breaks_are_quoted() {
        let values = [Some("a,b"), Some("a\tb"), Some("say \"so\""), Some("a\rb")];
        assert_eq!(
            lines(Options::new(Format::Csv), &values)[1..],
            ["\"a,b\",\"a,b\"", "a\tb,a\tb", "\"say \"\"so\"\"\",\"say \"\"so\"\"\"", "\"a\rb\",\"a\rb\""]
        );
        assert_eq!(lines(Options::new(Format::Tsv), &values)[1..3], ["a,b\ta,b", "\"a\tb\"\t\"a\tb\""]);
    }

    #[test]
    fn a_null_that_is_the_whole_row_is_no_empty_line() {
        let bytes = rendered(Options::new(Format::Csv), &[texts("a", &[None])]);
        assert_eq!(bytes, b"a\n\"\"\n");
    }
}

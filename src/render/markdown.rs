//! Markdown: title and statement, the table, what the list says of itself.

use super::about;
use super::cell::{Cell, Column, is_number};
use super::renderer::Renderer;
use crate::failure::Failure;
use crate::report::Meta;
use arrow::datatypes::Schema;
use arrow::record_batch::RecordBatch;
use std::io::Write;

pub(super) struct Markdown<'a> {
    out: &'a mut dyn Write,
    lines: String,
}

impl<'a> Markdown<'a> {
    pub(super) fn new(out: &'a mut dyn Write) -> Self {
        Self { out, lines: String::new() }
    }
}

impl Renderer for Markdown<'_> {
    fn begin(&mut self, meta: &Meta, schema: &Schema) -> Result<(), Failure> {
        writeln!(self.out, "# {}\n\n{}\n", escaped(&meta.title), escaped(&meta.statement))?;
        for warning in about::warnings(meta) {
            writeln!(self.out, "**{}**\n", escaped(&warning))?;
        }
        for field in schema.fields() {
            write!(self.out, "| {} ", escaped(field.name()))?;
        }
        writeln!(self.out, "|")?;
        for field in schema.fields() {
            write!(self.out, "| {} ", if is_number(field.data_type()) { "---:" } else { "---" })?;
        }
        Ok(writeln!(self.out, "|")?)
    }

    fn batch(&mut self, batch: &RecordBatch) -> Result<(), Failure> {
        self.lines.clear();
        let mut columns = Column::all(batch);
        for row in 0..batch.num_rows() {
            for column in &mut columns {
                self.lines.push_str("| ");
                match column.cell(row) {
                    Cell::Text(text) => push_escaped(&mut self.lines, text),
                    other => self.lines.push_str(other.text()),
                }
                self.lines.push(' ');
            }
            self.lines.push_str("|\n");
        }
        Ok(self.out.write_all(self.lines.as_bytes())?)
    }

    fn end(&mut self, meta: &Meta, rows: usize) -> Result<(), Failure> {
        writeln!(self.out)?;
        for (topic, text) in about::lines(meta, rows) {
            writeln!(self.out, "- **{}**: {}", escaped(&topic), escaped(&text))?;
        }
        Ok(())
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_escaped(&mut out, text);
    out
}

/// A text that Markdown shows as it is: no pipe ends a cell, no line break a row, and nothing is markup.
fn push_escaped(out: &mut String, text: &str) {
    let mut before = ' ';
    for sign in text.chars() {
        let last = std::mem::replace(&mut before, sign);
        match sign {
            '\n' if last == '\r' => {}
            '\r' | '\n' => out.push_str("<br>"),
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '_' if last.is_alphanumeric() => out.push(sign),
            '|' | '\\' | '`' | '*' | '_' | '[' | ']' | '~' | '$' => {
                out.push('\\');
                out.push(sign);
            }
            sign if sign.is_control() => out.push('\u{fffd}'),
            _ => out.push(sign),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn nothing_ends_a_cell_or_is_markup() {
        assert_eq!(escaped("a|b\r\nc"), "a\\|b<br>c");
        assert_eq!(
            escaped("<b>*x*</b> [a](javascript:b)"),
            "&lt;b&gt;\\*x\\*&lt;/b&gt; \\[a\\](javascript:b)"
        );
        assert_eq!(escaped("\\|"), "\\\\\\|");
        assert_eq!(escaped("harm_days _x_ a\rb"), "harm_days \\_x_ a<br>b");
    }
}

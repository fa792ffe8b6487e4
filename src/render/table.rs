//! A table for reading, with what the list says of itself beneath.

use super::{Cell, Renderer, cell};
use crate::failure::Failure;
use crate::report::Meta;
use arrow::datatypes::Schema;
use arrow::record_batch::RecordBatch;
use serde_json::Value;
use std::io::Write;
use tabled::builder::Builder;
use tabled::settings::object::{Columns, Rows};
use tabled::settings::{Alignment, Modify, Style};

/// Columns of the text beneath a table that is not on a terminal.
const WIDTH_ELSEWHERE: usize = 100;
/// Longest text in a cell on a terminal; longer ones are cut with a mark.
const LONGEST: usize = 32;

pub(super) struct Table<'a> {
    out: &'a mut dyn Write,
    width: Option<usize>,
    names: Vec<String>,
    rows: Vec<Vec<Cell>>,
}

impl<'a> Table<'a> {
    pub(super) fn new(out: &'a mut dyn Write, width: Option<usize>) -> Self {
        Self { out, width, names: Vec::new(), rows: Vec::new() }
    }
}

impl Renderer for Table<'_> {
    fn begin(&mut self, meta: &Meta, schema: &Schema) -> Result<(), Failure> {
        self.names = schema.fields().iter().map(|field| field.name().clone()).collect();
        Ok(writeln!(self.out, "{}\n{}\n", meta.title, wrapped(&meta.statement, self.width))?)
    }

    fn batch(&mut self, batch: &RecordBatch) -> Result<(), Failure> {
        self.rows.extend(
            (0..batch.num_rows()).map(|row| batch.columns().iter().map(|column| cell(column, row)).collect()),
        );
        Ok(())
    }

    fn end(&mut self, meta: &Meta, rows: usize) -> Result<(), Failure> {
        if self.rows.is_empty() {
            writeln!(self.out, "(no rows)")?;
        } else {
            let shown = fitting(&self.columns(), &self.by_telling(meta), self.width);
            writeln!(self.out, "{}", self.draw(&shown))?;
            let hidden: Vec<_> = (0..self.names.len())
                .filter(|index| !shown.contains(index))
                .map(|index| &*self.names[index])
                .collect();
            if !hidden.is_empty() {
                let text =
                    format!("not shown for want of width: {}; all with --format csv", hidden.join(", "));
                writeln!(self.out, "{}", wrapped(&text, self.width))?;
            }
        }
        write_footer(self.out, meta, rows, self.width)
    }
}

impl Table<'_> {
    /// Indices of all columns, the most telling first.
    fn by_telling(&self, meta: &Meta) -> Vec<usize> {
        let place = |name: &String| {
            let first = meta.columns_first.iter().position(|known| known == name);
            first.unwrap_or(meta.columns_first.len())
        };
        let mut indices: Vec<_> = (0..self.names.len()).collect();
        indices.sort_by_key(|&index| place(&self.names[index]));
        indices
    }

    /// The cells of each column as text, its heading first.
    fn columns(&self) -> Vec<Vec<String>> {
        let is_cut = self.width.is_some();
        self.names
            .iter()
            .enumerate()
            .map(|(index, name)| {
                let cells = self.rows.iter().map(|row| shown(&row[index], is_cut));
                std::iter::once(heading(name)).chain(cells).collect()
            })
            .collect()
    }

    fn draw(&self, shown: &[usize]) -> String {
        let columns = self.columns();
        let mut builder = Builder::default();
        for column in shown {
            builder.push_column(columns[*column].iter().map(String::as_str));
        }
        let mut table = builder.build();
        table.with(Style::psql());
        for (place, column) in shown.iter().enumerate() {
            if self.rows.iter().any(|row| matches!(row[*column], Cell::Number(_))) {
                table.with(Modify::new(Columns::one(place)).with(Alignment::right()));
            }
        }
        table.with(Modify::new(Rows::first()).with(Alignment::left()));
        table.to_string().lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
    }
}

/// Indices of the columns that fit, in their order on the page; taken in the order of `telling`.
fn fitting(columns: &[Vec<String>], telling: &[usize], width: Option<usize>) -> Vec<usize> {
    let Some(width) = width else { return (0..columns.len()).collect() };
    let mut left = width.saturating_sub(1);
    let mut shown = Vec::new();
    for &index in telling {
        let lines = columns[index].iter().flat_map(|cell| cell.lines());
        let needed = lines.map(tabled::grid::util::string::get_text_width).max().unwrap_or(0) + 3;
        if needed <= left || shown.is_empty() {
            left = left.saturating_sub(needed);
            shown.push(index);
        }
    }
    shown.sort_unstable();
    shown
}

/// A heading in words: `is_in_custody` is `in custody`, one word a line.
fn heading(name: &str) -> String {
    name.strip_prefix("is_").unwrap_or(name).replace('_', "\n")
}

fn shown(cell: &Cell, is_cut: bool) -> String {
    match cell {
        Cell::Boolean(truth) => if *truth { "yes" } else { "" }.to_owned(),
        Cell::Text(text) => {
            // A control character could move the cursor: shown as a mark.
            let clean: String =
                text.chars().map(|sign| if sign.is_control() { '\u{fffd}' } else { sign }).collect();
            if is_cut && clean.chars().count() > LONGEST {
                let head: String = clean.chars().take(LONGEST - 1).collect();
                format!("{head}…")
            } else {
                clean
            }
        }
        other => other.text().to_owned(),
    }
}

fn write_footer(out: &mut dyn Write, meta: &Meta, rows: usize, width: Option<usize>) -> Result<(), Failure> {
    writeln!(out)?;
    let mut topic = "";
    for note in &meta.notes {
        let title = if note.topic == topic { "" } else { note.topic.as_str() };
        topic = &note.topic;
        write_entry(out, title, &note.note, width)?;
    }
    let given: Vec<_> = meta
        .parameters
        .iter()
        .filter(|(_, value)| !value.is_null())
        .map(|(name, value)| match value {
            Value::String(text) => format!("{name} {text}"),
            other => format!("{name} {other}"),
        })
        .collect();
    write_entry(out, "parameters", &given.join(", "), width)?;
    if let Some(index) = &meta.index {
        write_entry(
            out,
            "index",
            &format!("{} ({}); {}", index.title, index.index_id, index.attribution),
            width,
        )?;
    }
    let row_word = if rows == 1 { "row" } else { "rows" };
    let run = format!(
        "{rows} {row_word}; data of {}; report {}, harmrank {}, SQL {}",
        meta.data_date,
        meta.report,
        meta.harmrank,
        &meta.sql_hash[..12.min(meta.sql_hash.len())]
    );
    write_entry(out, "run", &run, width)
}

fn write_entry(out: &mut dyn Write, title: &str, text: &str, width: Option<usize>) -> Result<(), Failure> {
    let options =
        textwrap::Options::new(width.unwrap_or(WIDTH_ELSEWHERE).max(40)).subsequent_indent("            ");
    Ok(writeln!(out, "{}", textwrap::fill(&format!("{title:<11} {text}"), options))?)
}

fn wrapped(text: &str, width: Option<usize>) -> String {
    textwrap::fill(text, width.unwrap_or(WIDTH_ELSEWHERE).max(40))
}

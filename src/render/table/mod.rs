//! A table for reading, with what the list says of itself beneath.

mod fit;
mod text;

use super::about;
use super::cell::{Cell, Column, is_number};
use super::renderer::Renderer;
use crate::failure::Failure;
use crate::report::Meta;
use crate::terminal_text::clean;
use crate::wording;
use arrow::datatypes::{DataType, Schema};
use arrow::record_batch::RecordBatch;
use fit::{Fit, Measure, fit};
use std::collections::BTreeSet;
use std::io::Write;
use tabled::builder::Builder;
use tabled::settings::object::{Columns, Rows};
use tabled::settings::{Alignment, Modify, Style};

/// Columns of the text beneath a table that is not on a terminal.
const WIDTH_ELSEWHERE: usize = 100;
/// Narrowest page the text beneath is wrapped to.
const NARROWEST: usize = 20;
/// Rows drawn together; more come in stretches, each with its heading, so that a long result is not held.
const STRETCH: usize = 10_000;
/// No value, in an answer to a query: not the empty text, not false.
const NULL: &str = "null";
/// Narrowest terminal on which a bar stands beside the amounts.
const NARROWEST_WITH_BAR: usize = 60;

pub(super) struct Table<'a> {
    out: &'a mut dyn Write,
    width: Option<usize>,
    columns: Vec<Texts>,
    /// Indices of all columns, the most telling first.
    telling: Vec<usize>,
    /// The column with a bar beside its amounts.
    bar: Option<usize>,
    is_begun: bool,
    /// True where names and values stand as they are: an answer to a query.
    is_query: bool,
    hidden: BTreeSet<usize>,
    cut: BTreeSet<usize>,
}

/// A column as text.
struct Texts {
    name: String,
    heading: String,
    is_number: bool,
    /// True where a long value may be cut: never a number or a day.
    may_cut: bool,
    cells: Vec<String>,
}

impl<'a> Table<'a> {
    pub(super) fn new(out: &'a mut dyn Write, width: Option<usize>) -> Self {
        Self {
            out,
            width,
            columns: Vec::new(),
            telling: Vec::new(),
            bar: None,
            is_begun: false,
            is_query: false,
            hidden: BTreeSet::new(),
            cut: BTreeSet::new(),
        }
    }

    fn row_count(&self) -> usize {
        self.columns.first().map_or(0, |column| column.cells.len())
    }

    fn page(&self) -> usize {
        self.width.unwrap_or(WIDTH_ELSEWHERE).max(NARROWEST)
    }

    /// Draws the rows held.
    fn draw(&mut self) -> Result<(), Failure> {
        if std::mem::replace(&mut self.is_begun, true) {
            writeln!(self.out)?;
        }
        if let Some(bar) = self.bar {
            text::add_bars(&mut self.columns[bar].cells);
        }
        let measures: Vec<_> = self.columns.iter().map(Texts::measure).collect();
        let fit = fit(&measures, &self.telling, self.width);
        writeln!(self.out, "{}", drawing(&self.columns, &fit))?;
        self.hidden.extend((0..self.columns.len()).filter(|&index| fit.width_of(index).is_none()));
        self.cut.extend(fit.cut(&measures));
        for column in &mut self.columns {
            column.cells.clear();
        }
        Ok(())
    }

    /// Says which columns are missing or cut.
    fn announce(&mut self) -> Result<(), Failure> {
        let names = |indices: &BTreeSet<usize>| {
            indices.iter().map(|&index| self.columns[index].name.clone()).collect::<Vec<_>>().join(", ")
        };
        let mut parts = Vec::new();
        if !self.hidden.is_empty() {
            parts.push(format!("hidden because the window is too narrow: {}", names(&self.hidden)));
        }
        let cut: BTreeSet<_> = self.cut.difference(&self.hidden).copied().collect();
        if !cut.is_empty() {
            parts.push(format!("cut where marked …: {}", names(&cut)));
        }
        if parts.is_empty() {
            return Ok(());
        }
        parts.push(if self.is_query { "all as csv" } else { "all with --format csv" }.to_owned());
        let text = textwrap::fill(&parts.join("; "), self.page());
        Ok(writeln!(self.out, "{text}")?)
    }
}

impl Renderer for Table<'_> {
    fn begin(&mut self, meta: &Meta, schema: &Schema) -> Result<(), Failure> {
        let place = |name: &String| meta.columns_first.iter().position(|known| known == name);
        self.is_query = meta.is_query;
        self.columns = schema.fields().iter().map(|field| Texts::of(field, self.is_query)).collect();
        self.telling = (0..self.columns.len()).collect();
        self.telling.sort_by_key(|&index| place(&self.columns[index].name).unwrap_or(usize::MAX));
        if self.width.is_some_and(|width| width >= NARROWEST_WITH_BAR) {
            let is_bar = |column: &Texts| column.is_number && Some(&column.name) == meta.bar.as_ref();
            self.bar = self.columns.iter().position(is_bar);
        }
        if self.is_query {
            return Ok(());
        }
        let page = self.page();
        let lines = [meta.title.clone(), meta.statement.clone()].into_iter().chain(about::warnings(meta));
        let head: Vec<_> = lines.map(|line| textwrap::fill(&clean(&line), page)).collect();
        Ok(writeln!(self.out, "{}\n", head.join("\n"))?)
    }

    fn batch(&mut self, batch: &RecordBatch) -> Result<(), Failure> {
        let mut from = 0;
        while from < batch.num_rows() {
            if self.row_count() == STRETCH {
                // A later stretch may hold a greater amount: no bar would be right.
                self.bar = None;
                self.draw()?;
            }
            let length = (STRETCH - self.row_count()).min(batch.num_rows() - from);
            let piece = batch.slice(from, length);
            for (texts, mut column) in self.columns.iter_mut().zip(Column::all(&piece)) {
                texts.cells.extend((0..length).map(|row| shown(column.cell(row), self.is_query)));
            }
            from += length;
        }
        Ok(())
    }

    fn end(&mut self, meta: &Meta, rows: usize) -> Result<(), Failure> {
        if rows == 0 {
            writeln!(self.out, "(no rows)")?;
        } else if self.row_count() > 0 {
            self.draw()?;
        }
        self.announce()?;
        if self.is_query {
            if rows > 0 {
                writeln!(self.out, "({})", wording::rows(rows))?;
            }
            return Ok(());
        }
        writeln!(self.out)?;
        let page = self.page();
        let mut before = String::new();
        for (topic, words) in about::lines(meta, rows) {
            let title = if topic == before { "" } else { topic.as_str() };
            let indent = if page < 40 { "  " } else { "            " };
            let options = textwrap::Options::new(page).subsequent_indent(indent);
            let entry = clean(&format!("{title:<11} {words}"));
            writeln!(self.out, "{}", textwrap::fill(&entry, options))?;
            before = topic;
        }
        Ok(())
    }
}

impl Texts {
    fn of(field: &arrow::datatypes::Field, is_query: bool) -> Self {
        let kind = field.data_type();
        let name = clean(field.name());
        Self {
            heading: if is_query { name.clone() } else { heading(&name) },
            name,
            is_number: is_number(kind),
            may_cut: !is_number(kind) && !matches!(kind, DataType::Boolean | DataType::Date32),
            cells: Vec::new(),
        }
    }

    fn measure(&self) -> Measure {
        let cells = self.cells.iter().map(|cell| text::width(cell)).max().unwrap_or(0);
        let heading = self.heading.lines().map(text::width).max().unwrap_or(0);
        Measure { cells, heading, may_cut: self.may_cut }
    }
}

fn drawing(columns: &[Texts], fit: &Fit) -> String {
    let mut builder = Builder::default();
    for &(index, width) in &fit.shown {
        let column = &columns[index];
        let heading: Vec<_> = column.heading.lines().map(|line| text::cut(line, width)).collect();
        let cells = column.cells.iter().map(|cell| text::cut(cell, width).into_owned());
        builder.push_column(std::iter::once(heading.join("\n")).chain(cells));
    }
    let mut table = builder.build();
    table.with(Style::psql());
    for (place, &(index, _)) in fit.shown.iter().enumerate() {
        if columns[index].is_number {
            table.with(Modify::new(Columns::one(place)).with(Alignment::right()));
        }
    }
    table.with(Modify::new(Rows::first()).with(Alignment::left()));
    table.to_string().lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

/// A heading in words: `is_in_custody` is `in custody`, one word a line.
fn heading(name: &str) -> String {
    name.strip_prefix("is_").unwrap_or(name).replace('_', "\n")
}

fn shown(cell: Cell<'_>, is_query: bool) -> String {
    match cell {
        Cell::Null if is_query => NULL.to_owned(),
        Cell::Boolean(_) if is_query => cell.text().to_owned(),
        Cell::Boolean(truth) => if truth { "yes" } else { "" }.to_owned(),
        Cell::Text(words) => clean(words),
        other => other.text().to_owned(),
    }
}

#[cfg(test)]
mod tests;

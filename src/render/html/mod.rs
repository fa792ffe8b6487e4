//! A page for reading and printing: one file, no script, nothing fetched.

mod head;
pub(crate) mod style;

pub(crate) use head::head;

use super::about;
use super::cell::{Cell, Column, is_amount, is_number};
use super::chart::{self, Points, escaped, push_escaped};
use super::renderer::Renderer;
use crate::failure::Failure;
use crate::report::Meta;
use crate::wording::{plural, with_thousands};
use arrow::datatypes::{DataType, Schema};
use arrow::record_batch::RecordBatch;
use std::fmt;
use std::io::Write;

/// Rows a browser still opens. They are held, for the pictures stand before them.
const MOST_ROWS: usize = 100_000;
/// Bytes of rows that a browser still opens, as the engine holds them.
const MOST_BYTES: usize = 256 << 20;
/// Topics of notes that stand before the rows.
const FIRST_TOPICS: usize = 2;

pub(super) struct Html<'a> {
    out: &'a mut dyn Write,
    chart_rows: &'a [Vec<RecordBatch>],
    headings: Vec<Heading>,
    batches: Vec<RecordBatch>,
    rows: usize,
    bytes: usize,
    bar: Option<usize>,
}

type Entries = Vec<(String, String)>;

/// The head of a column.
pub(super) struct Heading {
    pub(crate) words: String,
    class: &'static str,
    is_amount: bool,
}

impl<'a> Html<'a> {
    pub(super) fn new(out: &'a mut dyn Write, chart_rows: &'a [Vec<RecordBatch>]) -> Self {
        Self { out, chart_rows, headings: Vec::new(), batches: Vec::new(), rows: 0, bytes: 0, bar: None }
    }

    /// The greatest amount of the column with bars.
    fn greatest(&self) -> f64 {
        let Some(bar) = self.bar else { return 0.0 };
        let mut greatest = 0.0_f64;
        for batch in &self.batches {
            let mut column = Column::new(batch.column(bar));
            for row in 0..batch.num_rows() {
                greatest = greatest.max(column.cell(row).text().parse().unwrap_or(0.0));
            }
        }
        greatest
    }

    fn write_head(&mut self, meta: &Meta) -> Result<(), Failure> {
        let style = style::style(self.headings.iter().map(|heading| heading.words.as_str()));
        let title = format!("{}, data of {}", meta.title, meta.data_date);
        write!(self.out, "{}", head(&title, &meta.title, &meta.statement, &style))?;
        Ok(())
    }

    /// What a reader needs before the rows: of when, by which index, and what the report says first.
    fn write_facts(&mut self, meta: &Meta, rows: usize) -> Result<(), Failure> {
        let mut facts =
            vec![("data of".to_owned(), meta.data_date.clone()), ("rows".to_owned(), with_thousands(rows))];
        if let Some(index) = &meta.index {
            facts.push(("index".to_owned(), format!("{} ({})", index.title, index.index_id)));
        }
        let (first, _) = notes(meta);
        facts.extend(first);
        for warning in about::warnings(meta) {
            writeln!(self.out, "<p class=\"warning\"><strong>{}</strong></p>", escaped(&warning))?;
        }
        self.write_list("In short", &facts)
    }

    /// How it was made: every parameter, the words of the index, program and SQL.
    fn write_foot(&mut self, meta: &Meta, rows: usize) -> Result<(), Failure> {
        let (_, more) = notes(meta);
        if !more.is_empty() {
            self.write_list("Also counted, and left out", &more)?;
        }
        write!(self.out, "</main>\n<footer>\n")?;
        let mut parameters = about::parameters(meta);
        for (name, _) in &mut parameters {
            *name = name.replace('_', " ");
        }
        self.write_list("Parameters", &parameters)?;
        let mut made: Vec<_> = about::lines(meta, rows)
            .into_iter()
            .rev()
            .take_while(|(topic, _)| topic != "parameters")
            .collect();
        made.reverse();
        made.push(("report file".to_owned(), format!("SHA-256 {}", meta.report_hash)));
        made.push(("SQL of the database".to_owned(), format!("SHA-256 {}", meta.sql_hash)));
        self.write_list("How it was made", &made)?;
        Ok(write!(self.out, "</footer>\n</body>\n</html>\n")?)
    }

    fn write_list(&mut self, title: &str, entries: &[(String, String)]) -> Result<(), Failure> {
        write!(self.out, "<section>\n<h2>{title}</h2>\n<dl>\n")?;
        let mut before = "";
        for (topic, words) in entries {
            if topic != before {
                writeln!(self.out, "<dt>{}</dt>", escaped(topic))?;
            }
            before = topic;
            writeln!(self.out, "<dd>{}</dd>", escaped(words))?;
        }
        Ok(write!(self.out, "</dl>\n</section>\n")?)
    }

    fn write_table(&mut self, meta: &Meta, rows: usize) -> Result<(), Failure> {
        let words = plural(rows, ["row", "rows"]);
        write!(
            self.out,
            "<div class=\"sheet\" role=\"region\" aria-labelledby=\"rows\" tabindex=\"0\">\n\
             <table role=\"table\">\n<caption id=\"rows\">{} <span>{} {words}.</span></caption>\n\
             <thead role=\"rowgroup\">\n<tr role=\"row\">",
            escaped(&meta.summary),
            with_thousands(rows)
        )?;
        for heading in &self.headings {
            write!(
                self.out,
                "<th scope=\"col\" role=\"columnheader\"{}>{}</th>",
                heading.class,
                escaped(&heading.words)
            )?;
        }
        write!(self.out, "</tr>\n</thead>\n<tbody role=\"rowgroup\">\n")?;
        let greatest = self.greatest();
        for batch in std::mem::take(&mut self.batches) {
            let html = self.rows_of(&batch, greatest);
            self.out.write_all(html.as_bytes())?;
        }
        write!(self.out, "</tbody>\n</table>\n")?;
        if rows == 0 {
            writeln!(self.out, "<p class=\"none\">No rows.</p>")?;
        }
        Ok(writeln!(self.out, "</div>")?)
    }

    fn rows_of(&self, batch: &RecordBatch, greatest: f64) -> String {
        let mut html = String::new();
        let mut columns = Column::all(batch);
        for row in 0..batch.num_rows() {
            html.push_str("<tr role=\"row\">");
            for (place, column) in columns.iter_mut().enumerate() {
                let (tag, role) = if place == 0 { ("th scope=\"row\"", "rowheader") } else { ("td", "cell") };
                let class = self.headings[place].class;
                // Writing to a string cannot fail.
                let _ = fmt::Write::write_fmt(&mut html, format_args!("<{tag} role=\"{role}\"{class}>"));
                match column.cell(row) {
                    Cell::Boolean(truth) => html.push_str(if truth { "yes" } else { "" }),
                    Cell::Number(digits) => {
                        push_number(&mut html, digits, self.headings[place].is_amount);
                        if self.bar == Some(place) {
                            push_bar(&mut html, digits, greatest);
                        }
                    }
                    Cell::Text(text) => push_text(&mut html, text),
                    other => push_escaped(&mut html, other.text()),
                }
                html.push_str(if place == 0 { "</th>" } else { "</td>" });
            }
            html.push_str("</tr>\n");
        }
        html
    }
}

/// Topic and words of the notes: those of the first topics, which stand before the rows, and the others.
fn notes(meta: &Meta) -> (Entries, Entries) {
    let notes = || meta.notes.iter().filter(|note| !note.is_warning());
    let mut topics: Vec<&str> = notes().map(|note| note.topic.as_str()).collect();
    topics.dedup();
    let first = &topics[..topics.len().min(FIRST_TOPICS)];
    notes()
        .map(|note| (note.topic.clone(), note.note.clone()))
        .partition(|(topic, _)| first.contains(&topic.as_str()))
}

/// Thousands are parted in amounts; a whole number may be a year.
fn push_number(html: &mut String, digits: &str, is_amount: bool) {
    let is_plain = digits.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'));
    if is_amount && is_plain { html.push_str(&with_thousands(digits)) } else { html.push_str(digits) }
}

/// A text that may break after an underscore.
fn push_text(html: &mut String, text: &str) {
    for (place, piece) in text.split('_').enumerate() {
        if place > 0 {
            html.push_str("_<wbr>");
        }
        push_escaped(html, piece);
    }
}

/// A bar as long as the amount is large beside the greatest. Its digits stand before it, so it says nothing new
/// to whoever does not see it.
fn push_bar(html: &mut String, digits: &str, greatest: f64) {
    let amount = digits.parse::<f64>().unwrap_or(0.0).max(0.0);
    let share = if greatest > 0.0 { amount / greatest * 100.0 } else { 0.0 };
    let bar = format!(
        "<svg class=\"b\" viewBox=\"0 0 100 4\" preserveAspectRatio=\"none\" aria-hidden=\"true\">\
         <rect width=\"{share:.1}\" height=\"4\"/></svg>"
    );
    html.push_str(&bar);
}

impl Renderer for Html<'_> {
    fn begin(&mut self, meta: &Meta, schema: &Schema) -> Result<(), Failure> {
        self.bar = schema.fields().iter().position(|field| Some(field.name()) == meta.bar.as_ref());
        self.headings = schema
            .fields()
            .iter()
            .map(|field| Heading {
                words: words(field.name()),
                class: class(field.data_type()),
                is_amount: is_amount(field.data_type()),
            })
            .collect();
        for chart in meta.charts.iter().filter(|chart| chart.query.is_none()) {
            chart::check(chart, schema)?;
        }
        Ok(())
    }

    fn batch(&mut self, batch: &RecordBatch) -> Result<(), Failure> {
        self.rows += batch.num_rows();
        self.bytes += batch.get_array_memory_size();
        if self.rows > MOST_ROWS || self.bytes > MOST_BYTES {
            let most = if self.rows > MOST_ROWS {
                format!("more than {} rows", with_thousands(MOST_ROWS))
            } else {
                format!("more than {} MB", with_thousands(MOST_BYTES >> 20))
            };
            return Err(Failure::failed(format!("{most} are no page for a browser; nothing was written"))
                .hint("ask for fewer rows, or for --format csv, xlsx or parquet"));
        }
        self.batches.push(batch.clone());
        Ok(())
    }

    fn end(&mut self, meta: &Meta, rows: usize) -> Result<(), Failure> {
        let mut drawn = Vec::new();
        for (number, chart) in meta.charts.iter().enumerate() {
            let own = self.chart_rows.get(number).filter(|_| chart.query.is_some());
            drawn.push(Points::of(chart, own.unwrap_or(&self.batches))?);
        }
        self.write_head(meta)?;
        self.write_facts(meta, rows)?;
        let figures = chart::figures(meta, &drawn);
        if !figures.is_empty() {
            write!(self.out, "<section class=\"charts\">\n{figures}</section>\n")?;
        }
        self.write_table(meta, rows)?;
        self.write_foot(meta, rows)
    }
}

/// A heading in words: `is_in_custody` is `In custody`.
fn words(name: &str) -> String {
    let plain = name.strip_prefix("is_").unwrap_or(name).replace('_', " ");
    let mut signs = plain.chars();
    match signs.next() {
        Some(first) => first.to_uppercase().chain(signs).collect(),
        None => plain,
    }
}

fn class(kind: &DataType) -> &'static str {
    match kind {
        kind if is_number(kind) => " class=\"n\"",
        DataType::Date32 | DataType::Boolean => " class=\"d\"",
        DataType::Utf8 => " class=\"t\"",
        _ => "",
    }
}

#[cfg(test)]
mod tests;

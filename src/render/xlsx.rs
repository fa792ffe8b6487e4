//! A workbook: the rows on one sheet, everything about the run on a second.

use super::about;
use super::cell::{Cell, Column, is_amount};
use super::format::Options;
use super::formula::is_formula;
use super::renderer::Renderer;
use crate::failure::Failure;
use crate::report::Meta;
use arrow::datatypes::Schema;
use arrow::record_batch::RecordBatch;
use jiff::civil::{Date, date};
use rust_xlsxwriter::{
    ColNum, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, RowNum, Workbook, Worksheet,
    XlsxError,
};
use std::io::Write;

/// Rows of a sheet, its heading among them: the limit of the format.
const SHEET_ROWS: usize = 1_048_576;
/// Signs of a cell: the limit of the format.
const CELL_SIGNS: usize = 32_767;
/// Digits a spreadsheet keeps of a number; one with more is written as text, so that none is lost.
const DIGITS: usize = 15;
/// Narrowest and widest column, in signs.
const WIDTHS: (usize, usize) = (6, 60);
/// Room for the button of the filter.
const FILTER: usize = 3;
/// The first day whose number every spreadsheet agrees on: some know a 29 February 1900.
const FIRST_DAY: Date = date(1900, 3, 1);

pub(super) struct Xlsx<'a> {
    out: &'a mut (dyn Write + Send),
    is_raw: bool,
    book: Workbook,
    forms: Forms,
    names: Vec<String>,
    /// Longest value of each column, in signs.
    widths: Vec<usize>,
    amounts: Vec<bool>,
    row: RowNum,
}

struct Forms {
    heading: Format,
    day: Format,
    whole: Format,
    part: Format,
    wrapped: Format,
    title: Format,
}

impl Forms {
    fn new() -> Self {
        let top = || Format::new().set_align(FormatAlign::Top);
        Self {
            heading: Format::new().set_bold().set_border_bottom(FormatBorder::Thin),
            day: top().set_num_format("yyyy-mm-dd"),
            whole: top().set_num_format("#,##0"),
            part: top().set_num_format("#,##0.0#########"),
            wrapped: top().set_text_wrap(),
            title: Format::new().set_bold(),
        }
    }
}

impl<'a> Xlsx<'a> {
    pub(super) fn new(out: &'a mut (dyn Write + Send), options: Options) -> Self {
        Self {
            out,
            is_raw: options.is_raw,
            book: Workbook::new(),
            forms: Forms::new(),
            names: Vec::new(),
            widths: Vec::new(),
            amounts: Vec::new(),
            row: 1,
        }
    }

    /// A text that no spreadsheet runs: an apostrophe stands before what it might.
    fn guarded(&self, text: &str) -> String {
        if !self.is_raw && is_formula(text) { format!("'{text}") } else { text.to_owned() }
    }

    fn push_row(&mut self, columns: &mut [Column<'_>], row: usize) -> Result<(), Failure> {
        let Self { book, forms, is_raw, amounts, widths, names, .. } = self;
        let sheet = book.worksheet_from_index(0).map_err(failure)?;
        for (place, column) in columns.iter_mut().enumerate() {
            let number = ColNum::try_from(place).unwrap_or(ColNum::MAX);
            let cell = column.cell(row);
            let signs = cell.text().chars().count();
            if signs >= CELL_SIGNS {
                return Err(Failure::failed(format!(
                    "{} in row {} has {signs} signs, more than a cell holds; nothing was written",
                    names[place], self.row
                ))
                .hint("use --format csv or parquet"));
            }
            widths[place] = widths[place].max(signs + signs / 3 * usize::from(amounts[place]));
            push_cell(sheet, (self.row, number), cell, amounts[place], *is_raw, forms).map_err(failure)?;
        }
        self.row += 1;
        Ok(())
    }

    /// Freezes and filters the heading, and makes the columns as wide as what they hold.
    fn finish_rows(&mut self) -> Result<(), XlsxError> {
        let last = ColNum::try_from(self.names.len().saturating_sub(1)).unwrap_or(ColNum::MAX);
        let sheet = self.book.worksheet_from_index(0)?;
        sheet.set_freeze_panes(1, 0)?;
        sheet.autofilter(0, 0, self.row.saturating_sub(1).max(1), last)?;
        sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
        for (place, width) in self.widths.iter().enumerate() {
            let width = u32::try_from((*width).clamp(WIDTHS.0, WIDTHS.1) + 1).unwrap_or(u32::MAX);
            sheet.set_column_width(ColNum::try_from(place).unwrap_or(ColNum::MAX), width)?;
        }
        Ok(())
    }

    fn add_about(&mut self, meta: &Meta, rows: usize) -> Result<(), XlsxError> {
        let entries: Vec<_> = about(meta, rows)
            .into_iter()
            .map(|(topic, words)| (self.guarded(&topic), self.guarded(&words)))
            .collect();
        let sheet = self.book.add_worksheet().set_name("About")?;
        sheet.set_column_width(0, 24)?.set_column_width(1, 100)?;
        for (row, (topic, words)) in entries.iter().enumerate() {
            let row = RowNum::try_from(row).unwrap_or(RowNum::MAX);
            sheet.write_string_with_format(row, 0, topic, &self.forms.title)?;
            sheet.write_string_with_format(row, 1, words, &self.forms.wrapped)?;
        }
        Ok(())
    }
}

/// Topic and words of everything about the run.
fn about(meta: &Meta, rows: usize) -> Vec<(String, String)> {
    let entry = |topic: &str, words: &str| (topic.to_owned(), words.to_owned());
    let mut entries = vec![
        entry("title", &meta.title),
        entry("statement", &meta.statement),
        entry("a row is", &meta.summary),
        entry("rows", &rows.to_string()),
        entry("data of", &meta.data_date),
    ];
    if let Some(index) = &meta.index {
        entries.push(entry("index", &format!("{} ({})", index.title, index.index_id)));
        entries.push(entry("index, words", &index.attribution));
        entries.extend(index.supplement.iter().map(|words| entry("supplement", words)));
    }
    entries.extend(meta.notes.iter().map(|note| (note.topic.clone(), note.note.clone())));
    let parameters = about::parameters(meta).into_iter();
    entries.extend(parameters.map(|(name, value)| (format!("parameter {name}"), value)));
    entries.push(entry("report", &meta.report));
    entries.push(entry("program", &format!("harmrank {}", meta.harmrank)));
    entries.push(entry("SHA-256 of the report", &meta.report_hash));
    entries.push(entry("SHA-256 of the SQL", &meta.sql_hash));
    entries
}

fn push_cell(
    sheet: &mut Worksheet,
    (row, column): (RowNum, ColNum),
    cell: Cell<'_>,
    is_amount: bool,
    is_raw: bool,
    forms: &Forms,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Null => {}
        Cell::Boolean(truth) => {
            sheet.write_boolean(row, column, truth)?;
        }
        Cell::Number(digits) => {
            let significant = digits.bytes().filter(u8::is_ascii_digit).count();
            match digits.parse::<f64>() {
                Ok(number) if significant <= DIGITS => {
                    match (is_amount, digits.contains('.')) {
                        (false, _) => sheet.write_number(row, column, number)?,
                        (true, false) => sheet.write_number_with_format(row, column, number, &forms.whole)?,
                        (true, true) => sheet.write_number_with_format(row, column, number, &forms.part)?,
                    };
                }
                _ => {
                    sheet.write_string(row, column, digits)?;
                }
            }
        }
        Cell::Day(text) => {
            match day_number(text) {
                Some(number) => sheet.write_number_with_format(row, column, number, &forms.day)?,
                None => sheet.write_string(row, column, text)?,
            };
        }
        Cell::Text(text) => {
            if !is_raw && is_formula(text) {
                sheet.write_string(row, column, format!("'{text}"))?;
            } else {
                sheet.write_string(row, column, text)?;
            }
        }
    }
    Ok(())
}

/// A day as spreadsheets number it, 1 for 1900-01-01.
fn day_number(text: &str) -> Option<f64> {
    let day: Date = text.parse().ok().filter(|day| *day >= FIRST_DAY)?;
    let days = day.since(date(1970, 1, 1)).ok()?.get_days();
    Some(f64::from(days + 25_569))
}

impl Renderer for Xlsx<'_> {
    fn begin(&mut self, meta: &Meta, schema: &Schema) -> Result<(), Failure> {
        self.names = schema.fields().iter().map(|field| field.name().clone()).collect();
        self.widths = self.names.iter().map(|name| name.chars().count() + FILTER).collect();
        self.amounts = schema.fields().iter().map(|field| is_amount(field.data_type())).collect();
        let headings: Vec<_> = self.names.iter().map(|name| self.guarded(name)).collect();
        let properties = properties(meta).map_err(failure)?;
        self.book.set_properties(&properties);
        let sheet = self.book.add_worksheet_with_constant_memory().map_err(failure)?;
        sheet.set_name("Rows").map_err(failure)?;
        for (place, heading) in headings.iter().enumerate() {
            let column = ColNum::try_from(place).unwrap_or(ColNum::MAX);
            sheet.write_string_with_format(0, column, heading, &self.forms.heading).map_err(failure)?;
        }
        Ok(())
    }

    fn batch(&mut self, batch: &RecordBatch) -> Result<(), Failure> {
        let row = usize::try_from(self.row).unwrap_or(usize::MAX);
        if row + batch.num_rows() > SHEET_ROWS {
            return Err(Failure::failed(format!(
                "more rows than a sheet holds, {}; nothing was written",
                SHEET_ROWS - 1
            ))
            .hint("ask for fewer rows, or for --format csv or parquet"));
        }
        let mut columns = Column::all(batch);
        (0..batch.num_rows()).try_for_each(|row| self.push_row(&mut columns, row))
    }

    fn end(&mut self, meta: &Meta, rows: usize) -> Result<(), Failure> {
        self.finish_rows().map_err(failure)?;
        self.add_about(meta, rows).map_err(failure)?;
        self.book.save_to_writer(&mut *self.out).map_err(failure)
    }
}

/// Its day is that of the data: the clock is no part of a file.
fn properties(meta: &Meta) -> Result<DocProperties, XlsxError> {
    // A database without a load has no day.
    let day =
        ExcelDateTime::parse_from_str(&meta.data_date).or_else(|_| ExcelDateTime::from_ymd(1970, 1, 1))?;
    Ok(DocProperties::new()
        .set_title(&meta.title)
        .set_subject(&meta.statement)
        .set_author(format!("harmrank {}", meta.harmrank))
        .set_creation_datetime(&day))
}

fn failure(error: XlsxError) -> Failure {
    match error {
        XlsxError::IoError(error) => error.into(),
        other => Failure::failed(format!("the workbook cannot be written: {other}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::Format as Form;
    use crate::render::samples::{rendered, texts};
    use arrow::array::{ArrayRef, Date32Array, Decimal128Array, Int64Array};
    use calamine::{Data, Reader, Xlsx as Book};
    use std::io::Cursor;
    use std::sync::Arc;

    fn rows(bytes: Vec<u8>, sheet: &str) -> Vec<Vec<Data>> {
        let mut book: Book<_> = Book::new(Cursor::new(bytes)).expect("a workbook");
        let range = book.worksheet_range(sheet).expect("sheet");
        range.rows().map(<[Data]>::to_vec).collect()
    }

    #[test]
    fn another_reader_finds_numbers_days_and_texts() {
        let days = Decimal128Array::from(vec![Some(146_005_000), Some(10_000), None])
            .with_precision_and_scale(18, 4)
            .expect("decimals");
        let columns = [
            ("harm_days".to_owned(), Arc::new(days) as ArrayRef),
            ("long".to_owned(), Arc::new(Int64Array::from(vec![1, 123_456_789_012_345_678, -5])) as ArrayRef),
            ("on".to_owned(), Arc::new(Date32Array::from(vec![Some(0), Some(-36_000), None])) as ArrayRef),
            texts("=name", &[Some("=1+1"), Some("<&>"), Some("")]),
        ];
        let found = rows(rendered(Options::new(Form::Xlsx), &columns), "Rows");
        assert_eq!(found[0][3], Data::String("'=name".to_owned()));
        assert_eq!(found[1][0], Data::Float(14600.5));
        assert_eq!(found[2][0], Data::Float(1.0));
        assert_eq!(found[2][1], Data::String("123456789012345678".to_owned()));
        assert_eq!(found[3][1], Data::Float(-5.0));
        assert!(
            matches!(found[1][2], Data::DateTime(day) if day.as_f64().to_string() == "25569"),
            "{:?}",
            found[1][2]
        );
        assert_eq!(found[2][2], Data::String("1871-06-09".to_owned()));
        assert_eq!(found[1][3], Data::String("'=1+1".to_owned()));
        assert_eq!(found[2][3], Data::String("<&>".to_owned()));
    }

    #[test]
    fn the_second_sheet_says_everything_about_the_run() {
        let found = rows(rendered(Options::new(Form::Xlsx), &[texts("a", &[])]), "About");
        let topics: Vec<_> = found.iter().map(|row| row[0].to_string()).collect();
        assert_eq!(
            topics,
            [
                "title",
                "statement",
                "a row is",
                "rows",
                "data of",
                "report",
                "program",
                "SHA-256 of the report",
                "SHA-256 of the SQL"
            ]
        );
        assert_eq!(found[0][1], Data::String("A sample <of> harm & days".to_owned()));
    }

    #[test]
    fn a_text_longer_than_a_cell_is_refused_not_cut() {
        let long = "x".repeat(CELL_SIGNS);
        let failure =
            crate::render::samples::refused(Options::new(Form::Xlsx), &[texts("a", &[Some(&long)])]);
        assert!(failure.to_string().contains("more than a cell holds; nothing was written"), "{failure}");
    }

    #[test]
    fn more_rows_than_a_sheet_holds_are_refused_before_anything_is_written() {
        let many = Arc::new(Int64Array::from(vec![1; SHEET_ROWS])) as ArrayRef;
        let failure = crate::render::samples::refused(Options::new(Form::Xlsx), &[("a".to_owned(), many)]);
        assert!(failure.to_string().contains("more rows than a sheet holds, 1048575"), "{failure}");
    }
}

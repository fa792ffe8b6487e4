//! XLSX: the first sheet that shows, or the one named, written anew as CSV.

use super::header::CsvHeader;
use super::packed::AGAIN;
use super::prepared::{Doubt, Reading, Ready, new_file, no_room, write_line};
use super::shown::{name_of, shown, text_of_instant};
use crate::failure::Failure;
use crate::interrupt;
use crate::suggest::did_you_mean_quoted;
use crate::wording::number_of;
use calamine::{
    DataRef, Dimensions, ExcelDateTime, ExcelDateTimeType, Reader, SheetType, SheetVisible, Xlsx, XlsxError,
};
use std::fs::File;
use std::io::{self, BufReader, Write};
use std::path::Path;

/// A spreadsheet keeps fifteen digits of a number; what stood behind them is lost.
const EXACT_BELOW: f64 = 1e15;

type Book = Xlsx<BufReader<File>>;

/// Writes a sheet anew as CSV.
pub(super) fn ready(path: &Path, reading: &Reading, folder: &Path) -> Result<Ready, Failure> {
    let at = path.display().to_string();
    let damaged = |error: &XlsxError| match error {
        XlsxError::FileNotFound(_) => {
            Failure::failed("an archive (.zip) without a workbook of Excel's (.xlsx) in it")
                .at(&at)
                .hint("unpack it and name the file that was in it, or save it as .xlsx")
        }
        _ => Failure::failed(format!("the workbook is cut short or damaged: {error}")).at(&at).hint(AGAIN),
    };
    let file =
        File::open(path).map_err(|error| Failure::failed(format!("cannot be read: {error}")).at(&at))?;
    let mut book = Xlsx::new(BufReader::new(file)).map_err(|error| damaged(&error))?;
    let (name, others) = choose(&book, reading.sheet.as_deref()).map_err(|failure| failure.at(&at))?;
    let merged = book.merge_cells_by_sheet_name(&name).map_err(|error| damaged(&error))?;
    let (path, out) = new_file(folder)?;
    let mut sheet = Sheet::new(merged, reading, book.has_1904_epoch(), out);
    sheet.read(&mut book, &name).map_err(|problem| match problem {
        Trouble::Book(error) => damaged(&error),
        Trouble::Disk(error) => no_room(&error, folder),
        Trouble::Stop(failure) => failure,
    })?;
    let unworked = formulas_without_value(&mut book, &name).map_err(|error| damaged(&error))?;
    let Some(header) = sheet.header.take() else {
        let (message, hint) = match reading.marks.header_row {
            Some(row) => (
                format!("row {row} of sheet {name:?} does not hold two names: it is no header"),
                "--header-row counts rows of the sheet from 1",
            ),
            None => (
                format!("sheet {name:?} has no row with two values: there is no header"),
                "name another sheet with --sheet",
            ),
        };
        return Err(Failure::failed(message).at(at).hint(hint));
    };
    let mut warnings = Vec::new();
    if !others.is_empty() {
        warnings.push(format!("sheet {name:?} was read, not {}", others.join(", ")));
    }
    warnings.extend(sheet.warnings());
    let doubts = sheet.doubts(&unworked);
    Ok(Ready {
        path,
        header: Some(header),
        is_gzip: false,
        encoding: None,
        first_line: 2,
        lines_without_row: sheet.empty_rows,
        warnings,
        doubts,
    })
}

/// The sheet to read, and the others that show.
fn choose(book: &Book, asked: Option<&str>) -> Result<(String, Vec<String>), Failure> {
    let sheets = book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let (shown, hidden): (Vec<_>, Vec<_>) = sheets.partition(|sheet| sheet.visible == SheetVisible::Visible);
    let names = |sheets: &[&calamine::Sheet]| -> Vec<String> {
        sheets.iter().map(|sheet| sheet.name.clone()).collect()
    };
    let (shown, hidden) = (names(&shown), names(&hidden));
    let Some(asked) = asked else {
        let first = shown.first().ok_or_else(|| Failure::failed("the workbook shows no sheet"))?;
        return Ok((first.clone(), shown[1..].iter().map(|name| format!("{name:?}")).collect()));
    };
    let all = [shown, hidden].concat();
    if let Some(name) = all.iter().find(|name| name.trim().eq_ignore_ascii_case(asked.trim())) {
        return Ok((name.clone(), Vec::new()));
    }
    let guess = did_you_mean_quoted(asked, &all);
    let all: Vec<_> = all.iter().map(|name| format!("{name:?}")).collect();
    Err(Failure::usage(format!("no sheet {asked:?}")).hint(format!("{guess}sheets: {}", all.join(", "))))
}

enum Trouble {
    Book(XlsxError),
    Disk(io::Error),
    Stop(Failure),
}

/// A sheet on its way into a CSV file.
struct Sheet<'a, W: Write> {
    out: W,
    reading: &'a Reading,
    is_1904: bool,
    /// Kind of each column below the header.
    kinds: Vec<Option<&'a str>>,
    /// Cells with a value.
    cells: u64,
    /// Numbers with a fraction in columns of codes, by cell.
    fractions: Vec<String>,
    errors_at: Vec<String>,
    header: Option<CsvHeader>,
    /// Merged cells in order, with the value they show once it is known.
    merged: Vec<(Dimensions, String)>,
    /// Cells of the row being read, by column.
    row: Vec<String>,
    empty_rows: Vec<i64>,
    rows: u32,
    last_filled: i64,
    errors: u64,
    first_long: Option<String>,
    long_numbers: u64,
    filled: u64,
    first_outside: Option<String>,
    outside: u64,
}

impl<'a, W: Write> Sheet<'a, W> {
    fn new(mut merged: Vec<Dimensions>, reading: &'a Reading, is_1904: bool, out: W) -> Self {
        merged.sort_by_key(|cells| (cells.start, cells.end));
        Self {
            out,
            reading,
            is_1904,
            kinds: Vec::new(),
            cells: 0,
            fractions: Vec::new(),
            errors_at: Vec::new(),
            header: None,
            merged: merged.into_iter().map(|cells| (cells, String::new())).collect(),
            row: Vec::new(),
            empty_rows: Vec::new(),
            rows: 0,
            last_filled: 0,
            errors: 0,
            first_long: None,
            long_numbers: 0,
            filled: 0,
            first_outside: None,
            outside: 0,
        }
    }

    fn read(&mut self, book: &mut Book, name: &str) -> Result<(), Trouble> {
        let mut cells = book.worksheet_cells_reader(name).map_err(Trouble::Book)?;
        let formats: Vec<_> = cells.styles().iter().map(|style| style.number_format.clone()).collect();
        while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(Trouble::Book)? {
            let (row, column) = cell.get_position();
            while self.rows < row {
                self.end_row().map_err(Trouble::Disk)?;
                if self.rows.is_multiple_of(1024) {
                    interrupt::check().map_err(Trouble::Stop)?;
                }
            }
            let format = formats.get(style).and_then(Option::as_ref).map_or("", |format| &format.format_code);
            let text = self.text_of(cell.get_value(), row, column, format);
            if text.is_empty() {
                continue;
            }
            self.cells += 1;
            let place = column as usize;
            if self.row.len() <= place {
                self.row.resize(place + 1, String::new());
            }
            self.row[place] = text;
        }
        self.end_row().map_err(Trouble::Disk)?;
        // Rows with a format and no value, behind the last.
        let last_empty = self.empty_rows.partition_point(|line| *line < self.last_filled);
        self.empty_rows.truncate(last_empty);
        self.out.flush().map_err(Trouble::Disk)
    }

    fn text_of(&mut self, value: &DataRef<'_>, row: u32, column: u32, format: &str) -> String {
        match value {
            DataRef::Empty => String::new(),
            DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
            DataRef::SharedString(text) => (*text).to_owned(),
            DataRef::Bool(is_so) => is_so.to_string(),
            #[allow(clippy::cast_precision_loss, reason = "longer numbers are no whole numbers in a sheet")]
            DataRef::Int(number) => self.text_of_number(*number as f64, row, column, format),
            DataRef::Float(number) => {
                if number.abs() >= EXACT_BELOW {
                    self.long_numbers += 1;
                    self.first_long.get_or_insert_with(|| name_of(row, column));
                }
                self.text_of_number(*number, row, column, format)
            }
            DataRef::DateTime(instant) => text_of_instant(instant),
            DataRef::Error(error) => {
                // A missing value that a formula asked for is no reference of anybody.
                self.errors += 1;
                if self.errors_at.len() < 3 {
                    self.errors_at.push(format!("{} in {}", error, name_of(row, column)));
                }
                String::new()
            }
        }
    }

    /// A number as the sheet shows it, where that can be known. A day of a workbook that counts from 1904 is a day as
    /// well where the cell does not show it as one. A class that shows one digit behind the point may have lost a nought
    /// there: it is none.
    fn text_of_number(&mut self, number: f64, row: u32, column: u32, format: &str) -> String {
        let kind = self.kinds.get(column as usize).copied().flatten();
        if self.is_1904 && kind == Some("date") && (18_000.0..62_000.0).contains(&number) {
            return text_of_instant(&ExcelDateTime::new(number, ExcelDateTimeType::DateTime, true));
        }
        let is_code = matches!(kind, Some("code" | "class"));
        if let Some(text) = shown(number, format, is_code) {
            return text;
        }
        if !is_code || number.fract() == 0.0 {
            return number.to_string();
        }
        self.fractions.push(name_of(row, column));
        let text = number.to_string();
        let has_one_decimal = text.split_once('.').is_some_and(|(_, decimals)| decimals.len() == 1);
        if kind == Some("class") && has_one_decimal { String::new() } else { text }
    }

    /// What an analyst has to decide: cells without a value, codes that may have lost a digit.
    fn doubts(&self, unworked: &[String]) -> Vec<Doubt> {
        let first = |places: &[String]| places.iter().take(3).cloned().collect::<Vec<_>>();
        let count = |places: &[String]| u64::try_from(places.len()).unwrap_or(u64::MAX);
        let mut doubts = Vec::new();
        if !self.fractions.is_empty() {
            let cells = number_of(self.fractions.len(), ["code is a number", "codes are numbers"]);
            doubts.push(Doubt {
                topic: "codes kept as fractions",
                quantity: count(&self.fractions),
                total: self.cells,
                note: format!(
                    "{cells} with a fraction: 8.2 may be 8.2 or 8.20; such a class is read as none"
                ),
                examples: first(&self.fractions),
                remedy: "format the column as text, or with as many noughts as codes have, and load it again",
            });
        }
        if self.long_numbers > 0 {
            let numbers = number_of(self.long_numbers, ["number has", "numbers have"]);
            doubts.push(Doubt {
                topic: "numbers that lost digits",
                quantity: self.long_numbers,
                total: self.cells,
                note: format!(
                    "{numbers} sixteen digits or more: a spreadsheet has lost the last ones, and several people may \
                     be one"
                ),
                examples: self.first_long.iter().cloned().collect(),
                remedy: "export such references as text, and load the file again",
            });
        }
        if !unworked.is_empty() {
            let cells = number_of(unworked.len(), ["cell holds a formula", "cells hold formulas"]);
            doubts.push(Doubt {
                topic: "cells without a value",
                quantity: count(unworked),
                total: self.cells + count(unworked),
                note: format!("{cells} that nobody has worked out: read as empty"),
                examples: first(unworked),
                remedy: "open the workbook in a spreadsheet, save it, and load it again",
            });
        }
        if self.errors > 0 {
            let cells = number_of(self.errors, ["cell holds", "cells hold"]);
            doubts.push(Doubt {
                topic: "cells with an error",
                quantity: self.errors,
                total: self.cells + self.errors,
                note: format!("{cells} an error instead of a value: read as empty"),
                examples: self.errors_at.clone(),
                remedy: "mend the formulas, or export the values, and load it again",
            });
        }
        doubts
    }

    /// Ends the row being read, which is row number `rows` from 0.
    fn end_row(&mut self) -> io::Result<()> {
        let row = self.rows;
        self.rows += 1;
        let line = i64::from(self.rows);
        if self.row.iter().all(String::is_empty) {
            self.empty_rows.push(line);
            return Ok(());
        }
        self.last_filled = line;
        self.fill_merged(row);
        let Some(header) = &mut self.header else {
            return self.begin_table(line);
        };
        if header.beneath.is_empty() {
            header.beneath.clone_from(&self.row);
        }
        let width = header.columns.len();
        if let Some(column) = (width..self.row.len()).find(|column| !self.row[*column].is_empty()) {
            self.outside += 1;
            let column = u32::try_from(column).unwrap_or(u32::MAX);
            self.first_outside.get_or_insert_with(|| name_of(row, column));
        }
        self.row.resize(width, String::new());
        write_line(&mut self.out, self.row.iter().map(String::as_str))?;
        self.row.clear();
        Ok(())
    }

    /// The header is the row that was named, or the first with two values: what stands above is a title.
    fn begin_table(&mut self, line: i64) -> io::Result<()> {
        let row = std::mem::take(&mut self.row);
        let is_other = self.reading.marks.header_row.is_some_and(|row| i64::try_from(row) != Ok(line));
        if is_other || row.iter().filter(|value| !value.is_empty()).count() < 2 {
            self.empty_rows.push(line);
            return Ok(());
        }
        let columns: Vec<String> = row.iter().map(|name| name.trim().to_owned()).collect();
        write_line(&mut self.out, columns.iter().map(String::as_str))?;
        self.kinds = columns.iter().map(|name| self.reading.kind_of(name)).collect();
        let lines_before = usize::try_from(line - 1).unwrap_or(0);
        // The file made of the sheet begins with the header, and none of its lines is empty.
        self.header =
            Some(CsvHeader { delimiter: ',', quote: Some('"'), columns, lines_before, beneath: Vec::new() });
        Ok(())
    }

    /// Merged cells show one value, which is kept in the first of them alone: it holds for all.
    fn fill_merged(&mut self, row: u32) {
        let row_text = &mut self.row;
        for (cells, value) in self.merged.iter_mut().take_while(|(cells, _)| cells.start.0 <= row) {
            if row == cells.start.0 {
                *value = row_text.get(cells.start.1 as usize).cloned().unwrap_or_default();
            }
            // A title above the table spans columns; it is no value of theirs. A name may span rows.
            let is_name = cells.start.1 == cells.end.1
                && self.reading.marks.header_row.is_some_and(|header| u32::try_from(header) == Ok(row + 1));
            if (self.header.is_none() && !is_name) || value.is_empty() || row > cells.end.0 {
                continue;
            }
            for column in cells.start.1..=cells.end.1 {
                let place = column as usize;
                if row_text.len() <= place {
                    row_text.resize(place + 1, String::new());
                }
                if row_text[place].is_empty() {
                    row_text[place].clone_from(value);
                    self.filled += 1;
                }
            }
        }
        self.merged.retain(|(cells, _)| cells.end.0 > row);
    }

    fn warnings(&self) -> Vec<String> {
        let first = |place: &Option<String>| place.clone().unwrap_or_default();
        let mut warnings = Vec::new();
        if self.filled > 0 {
            let cells = number_of(self.filled, ["merged cell was", "merged cells were"]);
            warnings.push(format!("{cells} given the value they show"));
        }
        if self.outside > 0 {
            warnings.push(format!(
                "{} values beyond the last column of the header (first in {}): not read",
                number_of(self.outside, ["row has", "rows have"]),
                first(&self.first_outside)
            ));
        }
        warnings
    }
}

/// Cells with a formula that was never worked out, by name.
fn formulas_without_value(book: &mut Book, name: &str) -> Result<Vec<String>, XlsxError> {
    let mut cells = book.worksheet_cells_reader(name)?;
    let mut found = Vec::new();
    while let Some(cell) = cells.next_cell_with_formula_metadata()? {
        if cell.formula.is_some() && matches!(cell.value, DataRef::Empty) {
            found.push(name_of(cell.pos.0, cell.pos.1));
        }
    }
    Ok(found)
}

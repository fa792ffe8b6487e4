//! XLSX: the first sheet that shows, or the one named, written anew as CSV.

use super::header::CsvHeader;
use super::{AGAIN, Reading, Ready, new_file, no_room, write_line};
use crate::failure::Failure;
use crate::interrupt;
use crate::suggest::did_you_mean_quoted;
use crate::wording::number_of;
use calamine::{
    CellErrorType, DataRef, Dimensions, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx, XlsxError,
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
    let mut sheet = Sheet::new(merged, out);
    sheet.read(&mut book, &name).map_err(|problem| match problem {
        Trouble::Book(error) => damaged(&error),
        Trouble::Disk(error) => no_room(&error, folder),
        Trouble::Stop(failure) => failure,
    })?;
    let Some(header) = sheet.header.take() else {
        return Err(Failure::failed(format!(
            "sheet {name:?} has no row with two values: there is no header"
        ))
        .at(at)
        .hint("name another sheet with --sheet"));
    };
    let mut warnings = Vec::new();
    if !others.is_empty() {
        warnings.push(format!("sheet {name:?} was read, not {}", others.join(", ")));
    }
    warnings.extend(sheet.warnings());
    Ok(Ready {
        path,
        header: Some(header),
        is_gzip: false,
        encoding: None,
        first_line: 2,
        lines_without_row: sheet.empty_rows,
        warnings,
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
struct Sheet<W: Write> {
    out: W,
    header: Option<CsvHeader>,
    /// Merged cells in order, with the value they show once it is known.
    merged: Vec<(Dimensions, String)>,
    /// Cells of the row being read, by column.
    row: Vec<String>,
    empty_rows: Vec<i64>,
    rows: u32,
    last_filled: i64,
    first_error: Option<String>,
    errors: u64,
    first_long: Option<String>,
    long_numbers: u64,
    filled: u64,
    first_outside: Option<String>,
    outside: u64,
}

impl<W: Write> Sheet<W> {
    fn new(mut merged: Vec<Dimensions>, out: W) -> Self {
        merged.sort_by_key(|cells| (cells.start, cells.end));
        Self {
            out,
            header: None,
            merged: merged.into_iter().map(|cells| (cells, String::new())).collect(),
            row: Vec::new(),
            empty_rows: Vec::new(),
            rows: 0,
            last_filled: 0,
            first_error: None,
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
        while let Some(cell) = cells.next_cell().map_err(Trouble::Book)? {
            let (row, column) = cell.get_position();
            while self.rows < row {
                self.end_row().map_err(Trouble::Disk)?;
                if self.rows.is_multiple_of(1024) {
                    interrupt::check().map_err(Trouble::Stop)?;
                }
            }
            let text = self.text_of(cell.get_value(), row, column);
            if text.is_empty() {
                continue;
            }
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

    fn text_of(&mut self, value: &DataRef<'_>, row: u32, column: u32) -> String {
        match value {
            DataRef::Empty => String::new(),
            DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
            DataRef::SharedString(text) => (*text).to_owned(),
            DataRef::Bool(is_so) => is_so.to_string(),
            DataRef::Int(number) => number.to_string(),
            DataRef::Float(number) => {
                if number.abs() >= EXACT_BELOW {
                    self.long_numbers += 1;
                    self.first_long.get_or_insert_with(|| name_of(row, column));
                }
                number.to_string()
            }
            DataRef::DateTime(instant) => text_of_instant(instant),
            DataRef::Error(error) => {
                // A missing value that a formula asked for is no reference of anybody.
                self.errors += 1;
                self.first_error
                    .get_or_insert_with(|| format!("{} in {}", word_of(error), name_of(row, column)));
                String::new()
            }
        }
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
        let Some(header) = &self.header else {
            return self.begin_table(line);
        };
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

    /// The header is the first row with two values: what stands above is a title.
    fn begin_table(&mut self, line: i64) -> io::Result<()> {
        let row = std::mem::take(&mut self.row);
        if row.iter().filter(|value| !value.is_empty()).count() < 2 {
            self.empty_rows.push(line);
            return Ok(());
        }
        let columns: Vec<String> = row.iter().map(|name| name.trim().to_owned()).collect();
        write_line(&mut self.out, columns.iter().map(String::as_str))?;
        let lines_before = usize::try_from(line - 1).unwrap_or(0);
        // The file made of the sheet begins with the header, and none of its lines is empty.
        self.header = Some(CsvHeader { delimiter: ',', quote: Some('"'), columns, lines_before });
        Ok(())
    }

    /// Merged cells show one value, which is kept in the first of them alone: it holds for all.
    fn fill_merged(&mut self, row: u32) {
        let row_text = &mut self.row;
        for (cells, value) in self.merged.iter_mut().take_while(|(cells, _)| cells.start.0 <= row) {
            if row == cells.start.0 {
                *value = row_text.get(cells.start.1 as usize).cloned().unwrap_or_default();
            }
            // A title above the table spans columns; it is no value of theirs.
            if self.header.is_none() || value.is_empty() || row > cells.end.0 {
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
        if self.errors > 0 {
            warnings.push(format!(
                "{} an error instead of a value ({}): read as empty",
                number_of(self.errors, ["cell holds", "cells hold"]),
                first(&self.first_error)
            ));
        }
        if self.long_numbers > 0 {
            warnings.push(format!(
                "{} sixteen digits or more (first in {}): a spreadsheet has lost the last ones; \
                 export such references as text",
                number_of(self.long_numbers, ["number has", "numbers have"]),
                first(&self.first_long)
            ));
        }
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

/// A cell as spreadsheets name it, from a row and a column counted from 0.
fn name_of(row: u32, column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = u64::from(column) + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    format!("{}{}", letters.iter().rev().collect::<String>(), row + 1)
}

fn text_of_instant(instant: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = instant.to_ymd_hms_milli();
    let time = format!("{hour:02}:{minute:02}:{second:02}");
    if !instant.is_datetime() {
        instant.as_f64().to_string()
    } else if instant.as_f64() < 1.0 {
        time
    } else if time == "00:00:00" {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02} {time}")
    }
}

fn word_of(error: &CellErrorType) -> String {
    error.to_string()
}

#[cfg(test)]
mod tests {
    use super::name_of;

    #[test]
    fn cells_are_named_as_in_a_spreadsheet() {
        assert_eq!(
            [(0, 0), (1, 25), (2, 26), (9, 701), (0, 702)].map(|(row, column)| name_of(row, column)),
            ["A1", "Z2", "AA3", "ZZ10", "AAA1"]
        );
    }
}

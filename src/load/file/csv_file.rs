//! CSV as it comes: any encoding, delimiter, quote and line end.

use super::encoding::{self, Encoding};
use super::header::CsvHeader;
use super::lines::{LineEnd, Lines, Piece};
use super::packed::{AGAIN, Packed};
use super::prepared::{Doubt, Reading, Ready, new_file, no_room};
use super::survey::Survey;
use crate::failure::Failure;
use crate::interrupt;
use std::io::{self, ErrorKind, Write};
use std::path::Path;

/// The part of a file its header must stand in.
const HEAD_BYTES: usize = 1 << 20;

/// Makes a CSV file ready.
pub(super) fn ready(given: &Packed, reading: &Reading, folder: &Path) -> Result<Ready, Failure> {
    let mut warnings = Vec::new();
    let (mut file, mut known) = in_utf8(given, reading.encoding, folder, &mut warnings)?;
    let read_header = |file: &Packed| {
        let head = file.head(HEAD_BYTES)?;
        CsvHeader::read(&String::from_utf8_lossy(&head), reading.marks)
            .map_err(|failure| failure.at(&given.at))
    };
    let mut header = read_header(&file)?;
    let survey = look_through(&file, &header)?;
    if let (Some(line), None) = (survey.first_not_utf8, known) {
        if survey.has_utf8_letters || survey.has_undefined {
            warnings.push(format!(
                "line {line} is not UTF-8, nor is the file windows-1252 throughout: such lines are refused; \
                 if you know the encoding, give --encoding"
            ));
        } else {
            file = decoded(&file, Encoding::Windows1252, folder)?;
            known = Some(Encoding::Windows1252);
            header = read_header(&file)?;
            warnings.push(format!(
                "line {line} is not UTF-8: the file was read as windows-1252; look at a word with an accent, \
                 and give --encoding if it is wrong"
            ));
        }
    }
    if header.columns.iter().any(|name| name.contains('\u{fffd}')) {
        return Err(Failure::failed("the header is not UTF-8")
            .at(&given.at)
            .hint("give the encoding with --encoding, or save the file as CSV UTF-8"));
    }
    let is_plain = check(&survey, &given.at)? && header.lines_before == 0;
    let before = i64::try_from(header.lines_before).unwrap_or(0);
    let mut lines_without_row: Vec<i64> = (1..=before).collect();
    lines_without_row.extend(survey.empty_lines.iter().filter(|line| **line > before));
    if !is_plain {
        file = rewritten(&file, &header, folder)?;
    }
    Ok(Ready {
        path: file.path,
        header: Some(header),
        is_gzip: file.is_gzip,
        encoding: known.filter(|encoding| *encoding != Encoding::Utf8),
        first_line: 2,
        lines_without_row,
        warnings,
        doubts: doubts_of(&survey),
    })
}

/// A file whose last line has no end, where all others have one, may be cut short within its last value.
fn doubts_of(survey: &Survey) -> Vec<Doubt> {
    let is_cut = survey.is_last_line_open && survey.lines > 1;
    let doubt = |lines: i64| Doubt {
        topic: "a file that may be cut short",
        quantity: 1,
        total: u64::try_from(lines).unwrap_or(0),
        note: "the last line does not end, as the others do: its last value may be a part of one".to_owned(),
        examples: vec![format!("the line after {} others", lines - 1)],
        remedy: "look at the end of the file; export it again, or end its last line",
    };
    is_cut.then(|| doubt(survey.lines)).into_iter().collect()
}

/// The file in UTF-8 as far as that can be told from its beginning, and its encoding where it is known.
pub(super) fn in_utf8(
    file: &Packed,
    given: Option<Encoding>,
    folder: &Path,
    warnings: &mut Vec<String>,
) -> Result<(Packed, Option<Encoding>), Failure> {
    let head = file.head(4096)?;
    let marked = Encoding::of_mark(&head).map(|(encoding, _)| encoding);
    if let (Some(given), Some(marked)) = (given, marked)
        && !given.agrees_with(marked)
    {
        return Err(Failure::usage(format!(
            "the file says at its beginning that it is {}, --encoding that it is {}",
            marked.name(),
            given.name()
        ))
        .at(&file.at)
        .hint("leave out --encoding"));
    }
    let told = marked.or(given);
    let zeros = if told.is_none() { Encoding::of_zeros(&head) } else { None };
    if let Some(encoding) = zeros {
        warnings.push(format!("read as {}, by its bytes: it does not say so itself", encoding.name()));
    }
    match told.or(zeros) {
        Some(encoding) if encoding != Encoding::Utf8 => {
            Ok((decoded(file, encoding, folder)?, Some(encoding)))
        }
        known => Ok((file.clone(), known)),
    }
}

/// The file written anew in UTF-8.
pub(super) fn decoded(file: &Packed, encoding: Encoding, folder: &Path) -> Result<Packed, Failure> {
    let (path, mut out) = new_file(folder)?;
    let mut out = Written { out: &mut out, has_failed: false };
    let outcome = encoding::decode(file.open()?, encoding, &mut out);
    if let Err(error) = outcome {
        return Err(match error.kind() {
            _ if out.has_failed => no_room(&error, folder),
            ErrorKind::InvalidData if error.get_ref().is_some() && !file.is_gzip => Failure::failed(format!(
                "cannot be read: {error}"
            ))
            .at(&file.at)
            .hint(
                "the file is cut short, damaged, or of another encoding: export it again, or give --encoding",
            ),
            _ => file.refused(&error),
        });
    }
    Ok(Packed { path, is_gzip: false, at: file.at.clone() })
}

/// Tells a disk without room from a file that cannot be read.
struct Written<'a, W: Write> {
    out: &'a mut W,
    has_failed: bool,
}

impl<W: Write> Write for Written<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes).inspect_err(|_| self.has_failed = true)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush().inspect_err(|_| self.has_failed = true)
    }
}

pub(super) fn look_through(file: &Packed, header: &CsvHeader) -> Result<Survey, Failure> {
    let (delimiter, quote) = bytes_of(header);
    Survey::of(file.open()?, delimiter, quote).map_err(|error| file.refused(&error))
}

fn bytes_of(header: &CsvHeader) -> (u8, Option<u8>) {
    let byte = |letter: char| u8::try_from(letter).unwrap_or(b',');
    (byte(header.delimiter), header.quote.map(byte))
}

/// Refuses a file whose rows cannot be told apart. True where the engine can read it as it is.
fn check(survey: &Survey, at: &str) -> Result<bool, Failure> {
    if let Some(line) = survey.first_zero {
        return Err(Failure::failed(format!(
            "a zero byte stands on line {line}: the file is damaged, or no text"
        ))
        .at(at)
        .hint(AGAIN));
    }
    if let Some(line) = survey.open_quote {
        return Err(Failure::failed(format!("a quote that opens on line {line} is never closed"))
            .at(at)
            .hint("close it, or export the file again if it is cut short; if quotes mean nothing in it, give --quote none"));
    }
    let [lf, crlf, cr] = survey.ends;
    debug_assert_eq!(cr, survey.ending_in(LineEnd::Cr));
    if cr > 0 && lf + crlf > 0 {
        let line = survey.first_other_end.unwrap_or(1);
        return Err(Failure::failed(format!(
            "a carriage return stands alone on line {line}: it may end the line, or be part of a value"
        ))
        .at(at)
        .hint("put the value between quotes, or save the file with one kind of line end"));
    }
    Ok(cr == 0 && (lf == 0 || crlf == 0))
}

/// The file written anew from its header on, every line ended by a line feed.
fn rewritten(file: &Packed, header: &CsvHeader, folder: &Path) -> Result<Packed, Failure> {
    let (path, mut out) = new_file(folder)?;
    let (delimiter, quote) = bytes_of(header);
    let mut lines = Lines::new(delimiter, quote);
    let mut to_skip = header.lines_before;
    let mut outcome = Ok(());
    let mut take = |piece: Piece<'_>| {
        if outcome.is_err() {
            return;
        }
        match piece {
            Piece::End(_) if to_skip > 0 => to_skip -= 1,
            Piece::Text(_) if to_skip > 0 => {}
            Piece::Text(text) => outcome = out.write_all(text),
            Piece::End(_) => outcome = out.write_all(b"\n"),
        }
    };
    let mut from = file.open()?;
    let mut buffer = vec![0; 1 << 16];
    let mut is_first = true;
    loop {
        interrupt::check()?;
        let length = encoding::read_full(&mut from, &mut buffer).map_err(|error| file.refused(&error))?;
        let mut chunk = &buffer[..length];
        if std::mem::take(&mut is_first) {
            chunk = chunk.strip_prefix(b"\xef\xbb\xbf").unwrap_or(chunk);
        }
        lines.chunk(chunk, &mut take);
        if length < buffer.len() {
            break;
        }
    }
    lines.finish(&mut take);
    outcome.and_then(|()| out.flush()).map_err(|error| no_room(&error, folder))?;
    Ok(Packed { path, is_gzip: false, at: file.at.clone() })
}

//! The header of a CSV file, the delimiter and the quote it uses: given, or told from its first line.

use super::lines::{Lines, Piece};
use crate::database::{quoted, quoted_name};
use crate::failure::Failure;

/// The header of a CSV file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CsvHeader {
    /// What parts columns; one byte of ASCII.
    pub(crate) delimiter: char,
    /// What encloses a value that holds a delimiter; one byte of ASCII.
    pub(crate) quote: Option<char>,
    /// Column names as written.
    pub(crate) columns: Vec<String>,
    /// Lines before the header that are no part of the table.
    pub(crate) lines_before: usize,
    /// What stands in the line beneath it: it may be the header, and this the words that span its columns.
    pub(crate) beneath: Vec<String>,
}

/// What the user said of a CSV file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Marks {
    pub(crate) delimiter: Option<char>,
    /// What encloses values; `Some(None)`: nothing does.
    pub(crate) quote: Option<Option<char>>,
    /// The line, or the row of a sheet, that holds the names of the columns, from 1; none: told by the file.
    pub(crate) header_row: Option<usize>,
}

/// Delimiters told from a header.
const DELIMITERS: [char; 4] = [',', ';', '\t', '|'];

impl CsvHeader {
    /// Reads the header from the beginning of a file, which may be cut off anywhere behind it.
    pub(crate) fn read(head: &str, marks: Marks) -> Result<Self, Failure> {
        let quote = marks.quote.unwrap_or(Some('"'));
        let mut lines_before = 0;
        let mut given = marks.delimiter;
        let mut rest = head.trim_start_matches('\u{feff}');
        let mut above = "";
        let (line, behind) = loop {
            let (line, behind) = first_line(rest, given.unwrap_or(','), quote);
            let (line, behind) = match (given, given_by_spreadsheet(line)) {
                // Without quotes told apart by the right delimiter a line may end too early.
                (None, None) => best_line(rest, quote).unwrap_or((line, behind)),
                _ => (line, behind),
            };
            if let Some(delimiter) = given_by_spreadsheet(line).filter(|_| lines_before == 0) {
                given = given.or(Some(delimiter));
            } else if marks.header_row.map_or(!line.is_empty(), |row| row == lines_before + 1) {
                break (line, behind);
            }
            if behind.is_empty() {
                return Err(match marks.header_row {
                    Some(row) => Failure::failed(format!("has no line {row} to be the header"))
                        .hint("--header-row counts lines from 1"),
                    None => Failure::failed("is empty: not even a header").hint("export it again"),
                });
            }
            lines_before += 1;
            above = line;
            rest = behind;
        };
        let quote =
            if marks.quote.is_none() && is_between_apostrophes(line, given) { Some('\'') } else { quote };
        let found = parse(line, given, quote).map(|(delimiter, columns)| (delimiter, quote, columns));
        match found {
            Some((delimiter, quote, mut columns)) => {
                let cells = |line: &str| parse_line(line, delimiter, quote).unwrap_or_default();
                // A name that spans two rows stands in the upper one alone.
                let named = marks.header_row.map(|_| cells(above)).unwrap_or_default();
                for (name, upper) in columns.iter_mut().zip(named).filter(|(name, _)| name.is_empty()) {
                    *name = upper;
                }
                let beneath = cells(first_line(behind, delimiter, quote).0);
                Ok(Self { delimiter, quote, columns, lines_before, beneath })
            }
            None => Err(one_column(line, given)),
        }
    }

    /// The columns as the engine takes them: a struct of names, each once, that are all text.
    pub(crate) fn to_sql(&self) -> String {
        let mut names: Vec<String> = Vec::new();
        for (index, column) in self.columns.iter().enumerate() {
            let mut name = if column.is_empty() { format!("column {}", index + 1) } else { column.clone() };
            while names.iter().any(|known| known.eq_ignore_ascii_case(&name)) {
                name.push('_');
            }
            names.push(name);
        }
        let fields: Vec<_> = names.iter().map(|name| format!("{}: 'VARCHAR'", quoted_name(name))).collect();
        format!("{{{}}}", fields.join(", "))
    }

    /// What the reader of CSV is told of the header, as SQL that sets variables.
    pub(crate) fn variables(&self, is_gzip: bool) -> String {
        let quote = self.quote.map(String::from).unwrap_or_default();
        format!(
            "set variable header_columns = {}; set variable header_delimiter = {};
             set variable header_quote = {}; set variable file_compression = {};",
            self.to_sql(),
            quoted(&self.delimiter.to_string()),
            quoted(&quote),
            quoted(if is_gzip { "gzip" } else { "none" }),
        )
    }

    /// The value of a column in a line that the engine could not take apart, as far as it can be told.
    pub(crate) fn value_in(&self, line: &str, column: &str) -> Option<String> {
        let place = self.columns.iter().position(|name| name == column)?;
        let record = parse_line(line.trim_start_matches('\n'), self.delimiter, self.quote)?;
        record.into_iter().nth(place).filter(|value| !value.is_empty())
    }
}

/// The line that some spreadsheets put before the header to name the delimiter.
fn given_by_spreadsheet(line: &str) -> Option<char> {
    let line = line.trim_matches('"');
    let rest = line.strip_prefix("sep=").or_else(|| line.strip_prefix("SEP="))?;
    let mut letters = rest.chars();
    letters.next().filter(|letter| letter.is_ascii() && letters.next().is_none())
}

/// The first line under whichever delimiter it has most columns.
fn best_line(text: &str, quote: Option<char>) -> Option<(&str, &str)> {
    let count = |line: &str, delimiter| parse_line(line, delimiter, quote).map_or(0, |columns| columns.len());
    DELIMITERS
        .into_iter()
        .map(|delimiter| (delimiter, first_line(text, delimiter, quote)))
        .map(|(delimiter, split)| (count(split.0, delimiter), split))
        .reduce(|best, other| if other.0 > best.0 { other } else { best })
        .map(|(_, split)| split)
}

/// The first line without its end, and what follows it.
fn first_line(text: &str, delimiter: char, quote: Option<char>) -> (&str, &str) {
    let byte = |letter: char| u8::try_from(letter).unwrap_or(b',');
    let mut lines = Lines::new(byte(delimiter), quote.map(byte));
    let (mut length, mut has_ended) = (0, false);
    let mut take = |piece: Piece<'_>| match piece {
        Piece::Text(text) if !has_ended => length += text.len(),
        Piece::End(_) => has_ended = true,
        Piece::Text(_) => {}
    };
    lines.chunk(text.as_bytes(), &mut take);
    let behind = &text[length..];
    let behind = behind.strip_prefix("\r\n").or_else(|| behind.strip_prefix(['\r', '\n'])).unwrap_or(behind);
    (&text[..length], behind)
}

/// True where every name of a header stands between apostrophes.
fn is_between_apostrophes(line: &str, delimiter: Option<char>) -> bool {
    parse(line, delimiter, Some('\'')).is_some_and(|(delimiter, columns)| {
        let borders = line.matches(&format!("'{delimiter}'")).count();
        line.starts_with('\'') && line.ends_with('\'') && borders + 1 == columns.len()
    })
}

/// Takes the delimiter that parts the line into most columns, or the one given.
fn parse(line: &str, delimiter: Option<char>, quote: Option<char>) -> Option<(char, Vec<String>)> {
    let candidates = delimiter.map_or_else(|| DELIMITERS.to_vec(), |delimiter| vec![delimiter]);
    candidates
        .into_iter()
        .filter_map(|delimiter| {
            let columns = parse_line(line, delimiter, quote)?;
            (columns.len() > 1).then_some((delimiter, columns))
        })
        .reduce(|best, other| if other.1.len() > best.1.len() { other } else { best })
}

fn parse_line(line: &str, delimiter: char, quote: Option<char>) -> Option<Vec<String>> {
    let mut builder = csv::ReaderBuilder::new();
    builder.has_headers(false).flexible(true).delimiter(u8::try_from(delimiter).ok()?);
    match quote {
        Some(quote) => builder.quote(u8::try_from(quote).ok()?),
        None => builder.quoting(false),
    };
    let record = builder.from_reader(line.as_bytes()).records().next()?.ok()?;
    Some(record.iter().map(|value| value.trim().to_owned()).collect())
}

fn one_column(line: &str, given: Option<char>) -> Failure {
    let shown: String = line.chars().take(60).collect();
    match given {
        Some(delimiter) => Failure::failed(format!("{delimiter:?} does not part the first line: {shown:?}"))
            .hint("leave out --delimiter to have it recognised, or name the right one"),
        None => Failure::failed(format!("the first line is one column: {shown:?}"))
            .hint("a flat extract begins with a header, its columns parted by comma, semicolon, tab or bar; name another with --delimiter"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(head: &str) -> CsvHeader {
        CsvHeader::read(head, Marks::default()).expect("a header")
    }

    #[test]
    fn the_crime_of_a_broken_line_is_found_behind_quotes() {
        let header = header("area,crime_id,code");
        assert_eq!(header.value_in("\"A, B\",C1,8N,extra", "crime_id").as_deref(), Some("C1"));
    }

    #[test]
    fn the_delimiter_is_the_one_that_parts_most() {
        let header = header("crime_id;\"code, as recorded\";reported_on\r\n1;2;3");
        assert_eq!((header.delimiter, header.quote), (';', Some('"')));
        assert_eq!(header.columns, ["crime_id", "code, as recorded", "reported_on"]);
        assert!(CsvHeader::read("crime_id", Marks::default()).is_err());
    }

    #[test]
    fn a_name_may_hold_a_line_break() {
        assert_eq!(header("a;\"reported\non\";b\n1;2;3").columns, ["a", "reported\non", "b"]);
    }

    #[test]
    fn apostrophes_enclose_names_where_they_enclose_all() {
        let quoted = header("'crime_id','code, raw'\n'1','2'");
        assert_eq!((quoted.quote, quoted.columns.len()), (Some('\''), 2));
        assert_eq!(header("'crime_id,code'").columns, ["'crime_id", "code'"]);
    }

    #[test]
    fn lines_before_the_header_are_counted() {
        let found = header("sep=|\n\na|b,c\n1|2\n");
        assert_eq!((found.delimiter, found.lines_before, found.columns.len()), ('|', 2, 2));
    }

    #[test]
    fn a_line_given_is_the_header_and_takes_what_spans_it_from_the_line_above() {
        let head = "Crime,,Suspect\nref,code,\n1,2,3\n";
        let found = header(head);
        assert_eq!(
            (found.columns.concat(), found.beneath.concat()),
            ("CrimeSuspect".into(), "refcode".into())
        );
        let marks = Marks { header_row: Some(2), ..Marks::default() };
        let found = CsvHeader::read(head, marks).expect("a header");
        assert_eq!((found.lines_before, found.columns.join("|")), (1, "ref|code|Suspect".to_owned()));
        let marks = Marks { header_row: Some(9), ..Marks::default() };
        assert!(CsvHeader::read(head, marks).expect_err("none").to_string().contains("has no line 9"));
    }

    #[test]
    fn a_delimiter_given_is_taken_and_not_doubted() {
        let marks = Marks { delimiter: Some('^'), quote: Some(None), ..Marks::default() };
        let found = CsvHeader::read("a,b^\"c\n", marks).expect("a header");
        assert_eq!(found.columns, ["a,b", "\"c"]);
        assert!(CsvHeader::read("a,b\n", marks).is_err());
    }
}

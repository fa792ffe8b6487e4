//! What is loaded: files, their fingerprints, and the adapter that reads them.

use crate::catalog;
use crate::failure::Failure;
use crate::report::nearest;
use crate::report::statement::{placeholders, statements};
use flate2::read::GzDecoder;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// A SELECT that yields the columns of the flat extract from a path.
#[derive(Clone, Debug)]
pub struct Adapter {
    /// `flat`, `nibrs`, or the name of the user's file.
    pub name: String,
    /// The SELECT.
    pub sql: String,
    /// SHA-256 of its text.
    pub hash: String,
    /// True for the built-in reader of CSV, whose header is checked before it is read.
    pub is_flat_csv: bool,
}

impl Adapter {
    /// The adapter for one path: a built-in one by name, or the user's own `.sql` file.
    ///
    /// # Errors
    /// When there is none of that name, or it is not one SELECT over `$path`.
    pub fn find(name: &str, path: &Path) -> Result<Self, Failure> {
        if Path::new(name).extension().is_some_and(|ending| ending == "sql") {
            let text = std::fs::read_to_string(name)
                .map_err(|error| Failure::usage(format!("adapter cannot be read: {error}")).at(name))?;
            let shown = Path::new(name).file_name().unwrap_or_default().to_string_lossy().into_owned();
            return Self::checked(shown, &text, false);
        }
        let is_parquet = path.extension().is_some_and(|ending| ending == "parquet");
        let file_name = if name == "flat" && is_parquet { "flat_parquet" } else { name };
        let Some(file) = catalog::file(&format!("adapter/{file_name}.sql")) else {
            let known: Vec<String> = built_in_names();
            let guess =
                nearest(name, &known).map(|word| format!("did you mean {word}? ")).unwrap_or_default();
            return Err(Failure::usage(format!("no adapter {name:?}")).hint(format!(
                "{guess}built in: {}; or name your own file ending in .sql",
                known.join(", ")
            )));
        };
        Self::checked(name.to_owned(), file.text, file_name == "flat")
    }

    fn checked(name: String, text: &str, is_flat_csv: bool) -> Result<Self, Failure> {
        let hint = "an adapter is one SELECT over `$path` that yields columns of the flat extract, see `harmrank load --help`";
        let mut found = statements(text).into_iter();
        let (Some(sql), None) = (found.next(), found.next()) else {
            return Err(Failure::usage("an adapter holds exactly one statement").at(name).hint(hint));
        };
        let used = placeholders(&sql);
        if let Some(unknown) = used.iter().find(|word| *word != "path") {
            return Err(Failure::usage(format!("${unknown} is not given to adapters, only $path is"))
                .at(name)
                .hint(hint));
        }
        if !used.contains("path") {
            return Err(Failure::usage("the adapter does not read $path").at(name).hint(hint));
        }
        Ok(Self { name, hash: catalog::hash_of(text), sql, is_flat_csv })
    }
}

/// The built-in adapters a user can name.
#[must_use]
pub fn built_in_names() -> Vec<String> {
    let names = catalog::folder("adapter").into_iter().map(|file| file.name().to_owned());
    names.filter(|name| name != "flat_parquet").collect()
}

/// A path to load, with its fingerprint.
#[derive(Clone, Debug)]
pub struct Source {
    /// The file, or the folder for an adapter that reads one.
    pub path: PathBuf,
    /// Its name without folder.
    pub name: String,
    /// Size in bytes, of all files of a folder.
    pub bytes: u64,
    /// SHA-256 of the bytes; of a folder, of its files by name.
    pub hash: String,
}

impl Source {
    /// Looks at a path.
    ///
    /// # Errors
    /// When it is missing, empty, or cannot be read.
    pub fn look(path: &Path) -> Result<Self, Failure> {
        let at = path.display().to_string();
        if !path.exists() {
            return Err(Failure::failed("no such file").at(at));
        }
        if !path.is_file() && !path.is_dir() {
            return Err(Failure::failed(
                "a pipe or a device, not a file: it would have to be read more than once",
            )
            .at(at)
            .hint("save it to a file first"));
        }
        let mut files = vec![path.to_path_buf()];
        if path.is_dir() {
            let entries =
                std::fs::read_dir(path).map_err(|error| Failure::failed(error.to_string()).at(&at))?;
            files =
                entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.is_file()).collect();
            files.sort();
        }
        let mut digest = Sha256::new();
        let mut bytes = 0;
        for file in &files {
            if path.is_dir() {
                digest.update(file.file_name().unwrap_or_default().as_encoded_bytes());
            }
            bytes += digest_file(file, &mut digest)
                .map_err(|error| Failure::failed(error.to_string()).at(file.display().to_string()))?;
        }
        if bytes == 0 {
            return Err(Failure::failed("is empty: not even a header").at(at));
        }
        let name = path.canonicalize().ok().and_then(|path| path.file_name().map(ToOwned::to_owned));
        let name = name.unwrap_or_else(|| path.as_os_str().to_owned()).to_string_lossy().into_owned();
        Ok(Self { path: path.to_path_buf(), name, bytes, hash: catalog::to_hex(&digest.finalize()) })
    }
}

fn digest_file(path: &Path, digest: &mut Sha256) -> std::io::Result<u64> {
    let mut file = File::open(path)?;
    let mut buffer = vec![0; 1 << 16];
    let mut bytes = 0;
    loop {
        let length = file.read(&mut buffer)?;
        if length == 0 {
            return Ok(bytes);
        }
        digest.update(&buffer[..length]);
        bytes += length as u64;
    }
}

/// The header of a CSV file and the delimiter it uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CsvHeader {
    /// Comma, semicolon, tab or bar.
    pub delimiter: char,
    /// Column names as written.
    pub columns: Vec<String>,
}

impl CsvHeader {
    /// The columns as the engine takes them: a struct of names, each once, that are all text.
    #[must_use]
    pub fn to_sql(&self) -> String {
        let mut names: Vec<String> = Vec::new();
        for (index, column) in self.columns.iter().enumerate() {
            let mut name = if column.is_empty() { format!("column {}", index + 1) } else { column.clone() };
            while names.iter().any(|known| known.eq_ignore_ascii_case(&name)) {
                name.push('_');
            }
            names.push(name);
        }
        let fields: Vec<_> =
            names.iter().map(|name| format!("{}: 'VARCHAR'", super::quoted_name(name))).collect();
        format!("{{{}}}", fields.join(", "))
    }

    /// The value of a column in a line that the engine could not take apart, as far as it can be told.
    #[must_use]
    pub fn value_in(&self, line: &str, column: &str) -> Option<String> {
        let place = self.columns.iter().position(|name| name == column)?;
        let record = parse_line(line.trim_start_matches('\n'), self.delimiter)?;
        record.into_iter().nth(place).filter(|value| !value.is_empty())
    }
}

/// Reads the header of a CSV file, compressed or not.
///
/// # Errors
/// When the file cannot be read, is not text, or its first line has a single column.
pub fn csv_header(path: &Path) -> Result<CsvHeader, Failure> {
    let at = path.display().to_string();
    let refuse = |message: String| Failure::failed(message).at(&at);
    let file = File::open(path).map_err(|error| refuse(error.to_string()))?;
    let is_gzip = path.extension().is_some_and(|ending| ending == "gz");
    let source: Box<dyn Read> = if is_gzip { Box::new(GzDecoder::new(file)) } else { Box::new(file) };
    let mut line = Vec::new();
    BufReader::new(source.take(1 << 20))
        .read_until(b'\n', &mut line)
        .map_err(|error| refuse(format!("cannot be read: {error}")))?;
    let text = String::from_utf8(line).map_err(|_| {
        refuse("the header is not UTF-8".to_owned()).hint("save the file as CSV UTF-8 and load it again")
    })?;
    let text = text.trim_start_matches('\u{feff}').trim_end_matches(['\r', '\n']);
    parse_header(text).ok_or_else(|| {
        refuse(format!("the first line is one column: {:?}", text.chars().take(60).collect::<String>()))
            .hint("a flat extract begins with a header, its columns parted by comma, semicolon, tab or bar")
    })
}

/// Takes the delimiter that parts the line into most columns.
fn parse_header(line: &str) -> Option<CsvHeader> {
    [',', ';', '\t', '|']
        .into_iter()
        .filter_map(|delimiter| {
            let columns = parse_line(line, delimiter)?;
            (columns.len() > 1).then_some(CsvHeader { delimiter, columns })
        })
        .reduce(|best, other| if other.columns.len() > best.columns.len() { other } else { best })
}

fn parse_line(line: &str, delimiter: char) -> Option<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(u8::try_from(delimiter).ok()?)
        .from_reader(line.as_bytes());
    let record = reader.records().next()?.ok()?;
    Some(record.iter().map(|value| value.trim().to_owned()).collect())
}

/// A path as the engine takes it, in which nothing stands for other files.
#[must_use]
pub fn without_wildcards(path: &Path) -> String {
    let escape = |letter: char| match letter {
        '[' | '*' | '?' => format!("[{letter}]"),
        other => other.to_string(),
    };
    path.display().to_string().chars().map(escape).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_crime_of_a_broken_line_is_found_behind_quotes() {
        let header = parse_header("area,crime_id,code").expect("columns");
        assert_eq!(header.value_in("\"A, B\",C1,8N,extra", "crime_id").as_deref(), Some("C1"));
    }

    #[test]
    fn the_delimiter_is_the_one_that_parts_most() {
        let header = parse_header("crime_id;\"code, as recorded\";reported_on").expect("columns");
        assert_eq!(header.delimiter, ';');
        assert_eq!(header.columns, ["crime_id", "code, as recorded", "reported_on"]);
        assert_eq!(parse_header("crime_id"), None);
    }
}

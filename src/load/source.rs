//! What is loaded: files, their fingerprints, and the adapter that reads them.

use super::file::{Kind, Reading, Ready, ready_flat, ready_own};
use crate::embedded_sql::{self, SqlFile};
use crate::failure::{Failure, Kind as FailureKind, Problem};
use crate::source_position;
use crate::sql_guard::{Judge, RestrictedViews};
use crate::sql_text::{Statement, placeholders, statements_at};
use crate::suggest::did_you_mean;
use crate::write_gate;
use duckdb::Connection;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// A SELECT that yields the columns of the flat extract from a path.
#[derive(Clone, Debug)]
pub(crate) struct Adapter {
    /// `flat`, `nibrs`, or the name of the user's file.
    pub(crate) name: String,
    pub(crate) sql: String,
    /// Byte of its file at which the SQL begins, and the file.
    begin: usize,
    text: String,
    /// SHA-256 of its text.
    pub(crate) hash: String,
    pub(crate) reads: Reads,
}

/// What an adapter is made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reads {
    /// The flat extract, in a file of this kind.
    Flat(Kind),
    /// A download of the FBI's, a folder of files it names itself.
    Download,
    /// Whatever the user's own SELECT reads.
    Own,
}

impl Adapter {
    /// The adapter for one path: a built-in one by name, or the user's own `.sql` file.
    pub(crate) fn find(name: &str, path: &Path) -> Result<Self, Failure> {
        if Path::new(name).extension().is_some_and(|ending| ending == "sql") {
            write_gate::note_read(name);
            let text = std::fs::read_to_string(name)
                .map_err(|error| Failure::usage(format!("adapter cannot be read: {error}")).at(name))?;
            let shown = Path::new(name).file_name().unwrap_or_default().to_string_lossy().into_owned();
            return Self::checked(shown, &text, Reads::Own);
        }
        let file = built_in(name)?;
        if file.name() != "flat" {
            return Self::checked(name.to_owned(), file.text, Reads::Download);
        }
        let kind = Kind::of(path)?.ok_or_else(|| {
            Failure::failed("a folder, not a file of the extract")
                .at_path(path)
                .hint("name the files in it, for instance FOLDER/*.csv; --adapter nibrs reads a folder")
        })?;
        let file = if kind == Kind::Parquet { built_in_file("flat_parquet").unwrap_or(file) } else { file };
        Self::checked(name.to_owned(), file.text, Reads::Flat(kind))
    }

    /// Makes a source ready for the adapter, in the folder of the load where it has to be written anew.
    pub(crate) fn ready(&self, path: &Path, reading: &Reading, folder: &Path) -> Result<Ready, Failure> {
        match self.reads {
            Reads::Flat(kind) => ready_flat(path, kind, reading, folder),
            Reads::Own => ready_own(path, Kind::of(path)?, reading, folder),
            Reads::Download => Ok(Ready::as_it_is(path)),
        }
    }

    fn checked(name: String, text: &str, reads: Reads) -> Result<Self, Failure> {
        let hint = "an adapter is one SELECT over `$path` that yields columns of the flat extract, see `harmrank help adapters`";
        let mut found = statements_at(text).into_iter();
        let (Some(Statement { sql, begin }), None) = (found.next(), found.next()) else {
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
        Ok(Self { name, hash: embedded_sql::hash_of(text), sql, begin, text: text.to_owned(), reads })
    }

    /// Refuses an adapter of the user's that would do more than read a path, and one that would take a folder of it for
    /// a column.
    pub(crate) fn admit(&self, path: &Path, connection: &Connection) -> Result<(), Failure> {
        if self.reads != Reads::Own {
            return Ok(());
        }
        let restricted = RestrictedViews::default();
        let judge = Judge { session_macros: &[], restricted: &restricted, connection, may_read_path: true };
        let refusals = judge.refusals(&self.sql)?.into_iter().map(|(position, message)| Problem {
            message,
            hint: Some("an adapter is one SELECT over $path, see `harmrank help adapters`".to_owned()),
            at: Some(source_position::at(&self.name, &self.text, self.begin + position)),
        });
        let problems: Vec<_> = refusals.collect();
        if !problems.is_empty() {
            return Err(Failure::of(FailureKind::Usage, problems));
        }
        let path = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
        let folder = path.iter().map(|part| part.to_string_lossy()).find(|part| part.contains('='));
        match folder {
            Some(folder) if !self.sql.contains("hive_partitioning") => Err(Failure::usage(format!(
                "a folder of the path is called {folder:?}, which the engine takes for a column"
            ))
            .at_path(&path)
            .hint("say `hive_partitioning = false` in the adapter, or true where the folder is data")),
            _ => Ok(()),
        }
    }

    /// What the engine says of a source that the adapter cannot read, for who has to do something about it.
    pub(super) fn cannot_read(&self, source: &Source, failure: Failure) -> Failure {
        if failure.kind == FailureKind::Interrupted {
            return failure;
        }
        let text = &failure.problems[0].message;
        let first = text.lines().next().unwrap_or(text);
        let said = |message: &str| Failure::failed(message).at_path(&source.path);
        let cannot = format!("adapter {} cannot read it", self.name);
        match self.reads {
            Reads::Flat(_) if text.contains("state machine reached an invalid state") => {
                said("the lines cannot be told apart: line ends are mixed, or a quote stands in the wrong place")
                    .hint("save the file anew as CSV, or read it with your own adapter and strict_mode = false")
            }
            Reads::Flat(_) => said(&format!("{cannot}: {first}"))
                .hint("copy or export the file again; nothing was loaded"),
            Reads::Download => said(&format!("{cannot}: {first}")).hint(
                "it reads the folder that the FBI's download unpacks to, with nibrs_offense.csv in it; nothing was loaded",
            ),
            Reads::Own => said(&format!("{cannot}: {}", a_line_up(text))).hint(
                "mend the SELECT; `harmrank adapter new FILE` shows the columns of a file; nothing was loaded",
            ),
        }
    }
}

/// The engine's words with the number of the line where the SELECT counts its own.
fn a_line_up(text: &str) -> String {
    let found = text.split_once("\nLINE ").and_then(|(before, rest)| {
        let (number, shown) = rest.split_once(':')?;
        Some((before, number.parse::<usize>().ok()?, shown))
    });
    match found {
        Some((before, number, shown)) => format!("{before}\nLINE {}:{shown}", number.saturating_sub(1)),
        None => text.to_owned(),
    }
}

/// The built-in adapters a user can name.
pub(crate) fn built_in_names() -> Vec<String> {
    let names = embedded_sql::folder("adapter").into_iter().map(|file| file.name().to_owned());
    names.filter(|name| name != "flat_parquet").collect()
}

/// A built-in adapter by name.
pub(crate) fn built_in(name: &str) -> Result<SqlFile, Failure> {
    let known = built_in_names();
    let found = built_in_file(name).filter(|_| known.iter().any(|word| word == name));
    found.ok_or_else(|| {
        let guess = did_you_mean(name, &known);
        Failure::usage(format!("no adapter {name:?}"))
            .hint(format!("{guess}built in: {}; or name your own file ending in .sql", known.join(", ")))
    })
}

fn built_in_file(name: &str) -> Option<SqlFile> {
    embedded_sql::file(&format!("adapter/{name}.sql"))
}

/// A path to load, with its fingerprint.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    /// The file, or the folder for an adapter that reads one.
    pub(crate) path: PathBuf,
    /// Its name without folder.
    pub(crate) name: String,
    /// Size in bytes, of all files of a folder.
    pub(crate) bytes: u64,
    /// SHA-256 of the bytes; of a folder, of its files by name.
    pub(crate) hash: String,
}

impl Source {
    /// Looks at a path.
    pub(crate) fn look(path: &Path) -> Result<Self, Failure> {
        check_is_there(path)?;
        let at = path.display().to_string();
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
            bytes += digest_file(file, &mut digest).map_err(|error| Failure::io(&error, file))?;
        }
        if bytes == 0 {
            return Err(Failure::failed("is empty: not even a header").at(at).hint("export it again"));
        }
        let name = path.canonicalize().ok().and_then(|path| path.file_name().map(ToOwned::to_owned));
        let name = name.unwrap_or_else(|| path.as_os_str().to_owned()).to_string_lossy().into_owned();
        Ok(Self { path: path.to_path_buf(), name, bytes, hash: embedded_sql::to_hex(&digest.finalize()) })
    }
}

/// Nothing, or why a path is no file or folder that can be read, more than once.
pub(super) fn check_is_there(path: &Path) -> Result<(), Failure> {
    let at = path.display().to_string();
    if !path.exists() {
        return Err(Failure::failed("no such file").at(at).hint("check the name and the folder"));
    }
    if !path.is_file() && !path.is_dir() {
        return Err(Failure::failed(
            "a pipe or a device, not a file: it would have to be read more than once",
        )
        .at(at)
        .hint("save it to a file first"));
    }
    Ok(())
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

/// A path as the engine takes it, in which nothing stands for other files.
pub(crate) fn without_wildcards(path: &Path) -> String {
    let escape = |letter: char| match letter {
        '[' | '*' | '?' => format!("[{letter}]"),
        other => other.to_string(),
    };
    path.display().to_string().chars().map(escape).collect()
}

//! The reports there are: those of the program and those in a folder of the user's.

use super::file::{Origin, Report, parent_name};
use crate::embedded_sql;
use crate::failure::{Failure, Kind, Problem};
use crate::suggest::did_you_mean;
use crate::write_gate;
use std::path::{Path, PathBuf};

/// A file that holds a report.
struct Source {
    name: String,
    text: String,
    origin: Origin,
}

/// The reports there are, and the files that are none.
#[derive(Clone, Debug, Default)]
pub(crate) struct Library {
    /// The reports, by name.
    pub(crate) reports: Vec<Report>,
    /// Files of the user's that cannot be read as reports, by name.
    pub(crate) broken: Vec<Broken>,
}

/// A file of the user's that cannot be read as a report.
#[derive(Clone, Debug)]
pub(crate) struct Broken {
    /// Name of the file without its ending.
    pub(crate) name: String,
    /// What is wrong, with file, line and column.
    pub(crate) failure: Failure,
}

impl Library {
    /// The reports the program comes with and those in a folder of the user's.
    pub(crate) fn open(folder: Option<&Path>) -> Result<Self, Failure> {
        let built_in = embedded_sql::folder("report").into_iter().map(|file| Source {
            name: file.name().to_owned(),
            text: file.text.to_owned(),
            origin: Origin::BuiltIn,
        });
        let mut library = Self::default();
        library.add(built_in.collect());
        if let Some(broken) = library.broken.pop() {
            return Err(broken.failure);
        }
        if let Some(folder) = folder {
            let sources = library.sources_in(folder)?;
            library.add(sources);
        }
        library.reports.sort_by(|left, right| left.name.cmp(&right.name));
        library.broken.sort_by(|left, right| left.name.cmp(&right.name));
        Ok(library)
    }

    /// One report by name.
    pub(crate) fn find(&self, name: &str) -> Result<&Report, Failure> {
        if let Some(report) = self.reports.iter().find(|report| report.name == name) {
            return Ok(report);
        }
        if let Some(broken) = self.broken.iter().find(|broken| broken.name == name) {
            return Err(broken.failure.clone());
        }
        let names: Vec<_> = self.reports.iter().map(|report| report.name.clone()).collect();
        let guess = did_you_mean(name, &names);
        let hint = format!("{guess}reports: {}", names.join(", "));
        Err(Failure::usage(format!("no report {name:?}")).hint(hint))
    }

    /// The report files of a folder; files that may not be called as they are become broken ones.
    fn sources_in(&mut self, folder: &Path) -> Result<Vec<Source>, Failure> {
        let at = |error: &std::io::Error| {
            Failure::usage(format!("reports cannot be read: {error}"))
                .at_path(folder)
                .hint("name the folder with --reports DIR, HARMRANK_REPORTS or harmrank.toml")
        };
        let mut paths = Vec::new();
        for entry in std::fs::read_dir(folder).map_err(|error| at(&error))? {
            let path = entry.map_err(|error| at(&error))?.path();
            let is_hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
            if !is_hidden && path.extension().is_some_and(|ending| ending == "sql") && path.is_file() {
                paths.push(path);
            }
        }
        paths.sort();
        let mut sources = Vec::new();
        for path in paths {
            match self.source(&path) {
                Ok(source) => sources.push(source),
                Err(failure) => self.broken.push(Broken { name: stem(&path), failure }),
            }
        }
        Ok(sources)
    }

    fn source(&self, path: &PathBuf) -> Result<Source, Failure> {
        let name = stem(path);
        let refuse = |message: String, hint: &str| Err(Failure::usage(message).at_path(path).hint(hint));
        if let Err(message) = check_name(&name) {
            return refuse(message, "rename the file");
        }
        if self.reports.iter().any(|report| report.origin == Origin::BuiltIn && report.name == name) {
            let message =
                format!("{name} is a report of the program, which a file of yours does not replace");
            return refuse(message, "rename the file");
        }
        write_gate::note_read(path);
        match std::fs::read(path).map(String::from_utf8) {
            Ok(Ok(text)) => Ok(Source { name, text, origin: Origin::File(path.clone()) }),
            Ok(Err(_)) => refuse("is not UTF-8 text".to_owned(), "save it as UTF-8"),
            Err(error) => refuse(format!("cannot be read: {error}"), "check the rights of the file"),
        }
    }

    /// Takes files apart: one that takes another's parameters after the other.
    fn add(&mut self, mut waiting: Vec<Source>) {
        while !waiting.is_empty() {
            let names: Vec<_> = waiting.iter().map(|source| source.name.clone()).collect();
            let waits =
                |source: &Source| parent_name(&source.text).is_some_and(|parent| names.contains(&parent));
            let (mut later, mut ready): (Vec<_>, Vec<_>) = waiting.into_iter().partition(waits);
            if ready.is_empty() {
                // They wait for each other: each is told that its parent is none.
                ready.append(&mut later);
            }
            for Source { name, text, origin } in ready {
                let parent = parent_name(&text);
                let parent = parent.and_then(|name| self.reports.iter().find(|report| report.name == name));
                match Report::parse(&name, &text, origin, parent) {
                    Ok(report) => self.reports.push(report),
                    Err(failure) => self.broken.push(Broken { name, failure }),
                }
            }
            waiting = later;
        }
    }
}

/// What is wrong with a report's name, where something is.
pub(super) fn check_name(name: &str) -> Result<(), String> {
    let is_plain = name.starts_with(|letter: char| letter.is_ascii_lowercase())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_' || byte == b'-');
    if is_plain {
        Ok(())
    } else {
        Err(format!("{name:?} is no name of a report: small letters, digits, _ and - after a first letter"))
    }
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// All that is wrong with the files of the user's, as one failure of a kind.
pub(crate) fn all_problems(broken: &[Broken], kind: Kind) -> Option<Failure> {
    let problems: Vec<Problem> = broken.iter().flat_map(|broken| broken.failure.problems.clone()).collect();
    (!problems.is_empty()).then_some(Failure::of(kind, problems))
}

//! `schedules.toml`, taken apart: every problem of its form at once, with file, line and column.

mod when;

use super::entry::{ForEach, Given, Schedule};
use super::span::Span;
use crate::failure::{Failure, Kind, Problem};
use crate::paths::folder_of;
use crate::plain_file;
use crate::render::Format;
use crate::source_position;
use crate::suggest::did_you_mean;
use std::path::{Path, PathBuf};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Name of the file, looked for beside the database.
pub(crate) const FILE: &str = "schedules.toml";
/// Name of the folder of lists unless stated, beside the file.
pub(crate) const FOLDER: &str = "harmrank-lists";
/// How many periods back a missed list is caught up, unless stated.
pub(crate) const CATCH_UP: usize = 4;

const KEYS: [&str; 16] = [
    "name",
    "report",
    "params",
    "period",
    "on",
    "at",
    "formats",
    "folder",
    "for_each",
    "recipients",
    "reason",
    "keep",
    "fresh",
    "catch_up",
    "on_success",
    "on_failure",
];

type Value<'a> = Spanned<DeValue<'a>>;

/// The schedules of a file and what is wrong in it.
pub(crate) fn read(path: &Path) -> Result<(Vec<Schedule>, Vec<Problem>), Failure> {
    let text = plain_file::read_to_string(path).map_err(|error| {
        Failure::usage(error.to_string())
            .at_path(path)
            .hint(format!("schedules stand in {FILE} beside the database; --file names another"))
    })?;
    let mut reader = Reader { path, text: &text, problems: Vec::new() };
    let (table, errors) = DeTable::parse_recoverable(&text);
    for error in errors {
        let byte = error.span().map_or(0, |span| span.start);
        reader.problem(byte, error.message().trim_end(), None);
    }
    let schedules = if reader.problems.is_empty() { reader.file(table.get_ref()) } else { Vec::new() };
    Ok((schedules, reader.problems))
}

/// The failure of a file with problems.
pub(crate) fn failure(problems: Vec<Problem>) -> Failure {
    Failure::of(Kind::Usage, problems)
}

struct Reader<'a> {
    path: &'a Path,
    text: &'a str,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn at(&self, byte: usize) -> String {
        source_position::at(&self.path.display().to_string(), self.text, byte)
    }

    fn problem(&mut self, byte: usize, message: impl Into<String>, hint: Option<String>) {
        let at = Some(self.at(byte));
        self.problems.push(Problem { message: message.into(), hint, at });
    }

    fn file(&mut self, table: &DeTable<'_>) -> Vec<Schedule> {
        let mut schedules: Vec<Schedule> = Vec::new();
        for (key, value) in table {
            if key.get_ref() != "schedule" {
                let hint = "schedules are tables [schedule.NAME] or [[schedule]] with a name";
                self.problem(
                    key.span().start,
                    format!("no setting {:?} is known", key.get_ref()),
                    Some(hint.to_owned()),
                );
                continue;
            }
            let mut found = Vec::new();
            match value.get_ref() {
                DeValue::Table(tables) => {
                    for (name, value) in tables {
                        found.extend(self.schedule(Some((name.get_ref(), name.span().start)), value));
                    }
                }
                DeValue::Array(values) => {
                    for value in values {
                        found.extend(self.schedule(None, value));
                    }
                }
                _ => {
                    self.problem(value.span().start, "is no table", Some("write [schedule.NAME]".to_owned()));
                }
            }
            for schedule in found {
                if schedules.iter().any(|known| known.name == schedule.name) {
                    let message = format!("there are two schedules {:?}", schedule.name);
                    self.problems.push(Problem { message, hint: None, at: Some(schedule.place.clone()) });
                }
                schedules.push(schedule);
            }
        }
        schedules
    }

    fn schedule(&mut self, key: Option<(&str, usize)>, value: &Value<'_>) -> Option<Schedule> {
        let DeValue::Table(table) = value.get_ref() else {
            self.problem(value.span().start, "is no table", Some("write [schedule.NAME]".to_owned()));
            return None;
        };
        for key in table.keys().filter(|key| !KEYS.contains(&key.get_ref().as_ref())) {
            let known = KEYS.map(ToOwned::to_owned);
            let guess = did_you_mean(key.get_ref(), &known);
            let hint = format!("{guess}known are {}", KEYS.join(", "));
            self.problem(
                key.span().start,
                format!("no setting {:?} of a schedule is known", key.get_ref()),
                Some(hint),
            );
        }
        let begin = key.map_or(value.span().start, |(_, byte)| byte);
        let name = match key {
            Some((name, _)) => Some(name.to_owned()),
            None => self.required(table, "name", begin).map(|(name, _)| name),
        };
        let name = name.filter(|name| self.is_name(name, begin));
        let report = self.required(table, "report", begin);
        let cadence = self.cadence(table, begin);
        let base = folder_of(self.path);
        let folder =
            self.text_of(table, "folder").map_or_else(|| PathBuf::from(FOLDER), |(text, _)| text.into());
        let schedule = Schedule {
            place: self.at(begin),
            params: self.params(table),
            formats: self.formats(table),
            folder: base.join(folder),
            for_each: self.for_each(table),
            recipients: self.words(table, "recipients"),
            reason: self.text_of(table, "reason").map(|(text, _)| text),
            keep: self.span(table, "keep"),
            fresh: self.span(table, "fresh"),
            catch_up: self.catch_up(table),
            on_success: self.words(table, "on_success"),
            on_failure: self.words(table, "on_failure"),
            name: name?,
            report: report.as_ref()?.0.clone(),
            report_place: self.at(report?.1),
            cadence: cadence?,
        };
        Some(schedule)
    }

    /// The name is that of a folder.
    fn is_name(&mut self, name: &str, byte: usize) -> bool {
        let is_word = |letter: char| letter.is_ascii_alphanumeric() || "-_".contains(letter);
        let is_name = !name.is_empty() && name.chars().all(is_word);
        if !is_name {
            let hint = "a name is letters, digits, - and _: it is that of a folder";
            self.problem(byte, format!("{name:?} is no name"), Some(hint.to_owned()));
        }
        is_name
    }

    fn formats(&mut self, table: &DeTable<'_>) -> Vec<Format> {
        let mut formats = Vec::new();
        for (word, byte) in self.placed_words(table, "formats") {
            match Format::named(&word) {
                Some(format) if formats.contains(&format) => {
                    self.problem(byte, format!("{word:?} is there twice"), None);
                }
                Some(format) => formats.push(format),
                None => {
                    let words = Format::names();
                    self.problem(byte, format!("{word:?} is no format"), Some(choose(&word, &words)));
                }
            }
        }
        if formats.is_empty() { vec![Format::Csv, Format::Html] } else { formats }
    }

    fn params(&mut self, table: &DeTable<'_>) -> Vec<Given> {
        let Some(value) = table.get("params") else { return Vec::new() };
        let DeValue::Table(params) = value.get_ref() else {
            self.problem(
                value.span().start,
                "is no table",
                Some("write params = { as_of = \"period-end\" }".to_owned()),
            );
            return Vec::new();
        };
        let mut given = Vec::new();
        for (key, value) in params {
            let texts = match value.get_ref() {
                DeValue::Array(values) => values.iter().map(|value| as_written(value.get_ref())).collect(),
                other => as_written(other).map(|text| vec![text]),
            };
            match texts {
                Some(texts) => given.push(Given {
                    // The flag with hyphens means the same.
                    name: key.get_ref().replace('-', "_"),
                    texts,
                    place: self.at(value.span().start),
                    key_place: self.at(key.span().start),
                }),
                None => self.problem(value.span().start, "is no value of a parameter", None),
            }
        }
        given
    }

    fn for_each(&mut self, table: &DeTable<'_>) -> Option<ForEach> {
        let value = table.get("for_each")?;
        let entries = value.get_ref().as_table();
        let Some((key, values)) =
            entries.filter(|entries| entries.len() == 1).and_then(|entries| entries.iter().next())
        else {
            let hint = "write for_each = { borough = [\"Camden\", \"Barnet\"] } or { borough = \"all\" }";
            self.problem(value.span().start, "names no one parameter", Some(hint.to_owned()));
            return None;
        };
        let byte = values.span().start;
        let texts = match values.get_ref() {
            DeValue::String(text) if text == "all" => None,
            DeValue::Array(values) if !values.is_empty() => {
                let texts: Option<Vec<_>> = values.iter().map(|value| as_written(value.get_ref())).collect();
                if texts.is_none() {
                    self.problem(byte, "is no list of values", None);
                }
                Some(texts?)
            }
            _ => {
                self.problem(byte, "is neither a list of values nor \"all\"", None);
                return None;
            }
        };
        Some(ForEach {
            parameter: key.get_ref().replace('-', "_"),
            values: texts,
            place: self.at(byte),
            key_place: self.at(key.span().start),
        })
    }

    fn span(&mut self, table: &DeTable<'_>, key: &str) -> Option<Span> {
        let (text, byte) = self.text_of(table, key)?;
        let span = Span::read(&text);
        if span.is_none() {
            let hint = format!("write {key} = \"8d\": d days, w weeks, m months, y years");
            self.problem(byte, format!("{text:?} is no length of time"), Some(hint));
        }
        span
    }

    fn catch_up(&mut self, table: &DeTable<'_>) -> usize {
        let Some(value) = table.get("catch_up") else { return CATCH_UP };
        let number = value.get_ref().as_integer().and_then(|number| number.as_str().parse().ok());
        if let Some(number @ 1..=366) = number {
            return number;
        }
        self.problem(value.span().start, "is no number of periods", Some("write 1 to 366".to_owned()));
        CATCH_UP
    }

    fn required(&mut self, table: &DeTable<'_>, key: &str, begin: usize) -> Option<(String, usize)> {
        let found = self.text_of(table, key);
        if found.is_none() && !table.contains_key(key) {
            self.problem(begin, format!("has no {key}"), None);
        }
        found
    }

    fn text_of(&mut self, table: &DeTable<'_>, key: &str) -> Option<(String, usize)> {
        let value = table.get(key)?;
        let byte = value.span().start;
        let found = value.get_ref().as_str().filter(|text| !text.trim().is_empty());
        if found.is_none() {
            self.problem(byte, format!("{key} is no text"), None);
        }
        found.map(|text| (text.to_owned(), byte))
    }

    fn words(&mut self, table: &DeTable<'_>, key: &str) -> Vec<String> {
        self.placed_words(table, key).into_iter().map(|(word, _)| word).collect()
    }

    fn placed_words(&mut self, table: &DeTable<'_>, key: &str) -> Vec<(String, usize)> {
        let Some(value) = table.get(key) else { return Vec::new() };
        let Some(values) = value.get_ref().as_array() else {
            self.problem(
                value.span().start,
                format!("{key} is no list of words"),
                Some(format!("write {key} = [\"...\"]")),
            );
            return Vec::new();
        };
        let mut words = Vec::new();
        for value in values {
            match value.get_ref().as_str() {
                Some(word) => words.push((word.to_owned(), value.span().start)),
                None => self.problem(value.span().start, format!("{key} takes words alone"), None),
            }
        }
        words
    }
}

/// The nearest word, and all there are.
pub(super) fn choose(text: &str, words: &[String]) -> String {
    let guess = did_you_mean(text, words);
    format!("{guess}known are {}", words.join(", "))
}

/// A value as it would be written on the command line; nothing for a table.
fn as_written(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Integer(number) => Some(number.as_str().to_owned()),
        DeValue::Float(number) => Some(number.as_str().to_owned()),
        DeValue::Boolean(truth) => Some(truth.to_string()),
        DeValue::Datetime(moment) => Some(moment.to_string()),
        _ => None,
    }
}

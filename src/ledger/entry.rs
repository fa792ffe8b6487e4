//! What a line says.

use super::key::Key;
use crate::cancellation;
use crate::failure::{self, Failure};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

/// What was done, in the words of the Data Protection Act 2018, s.62.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    /// Data were taken in.
    Collection,
    Alteration,
    /// Data were looked at.
    Consultation,
    /// Data went to somebody else.
    Disclosure,
    /// References were merged into one person.
    Combination,
    Erasure,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Outcome {
    /// All of it was done.
    Done,
    /// Something did not work; rows may have been shown before it did not.
    Failed,
    /// It was stopped by a signal.
    Interrupted,
    /// It was stopped by its time limit.
    Timeout,
    /// The reader of the output went away.
    CutShort,
}

impl Outcome {
    /// How what failed so ended.
    pub(crate) fn of(failure: &Failure) -> Self {
        match failure.kind {
            _ if failure.is_broken_pipe() => Self::CutShort,
            _ if cancellation::is_cancelled() => Self::Interrupted,
            failure::Kind::Interrupted => Self::Interrupted,
            failure::Kind::Timeout => Self::Timeout,
            _ => Self::Failed,
        }
    }
}

/// What is about to be done, or was.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// The verb of the program: `report`, `load`, `sql`.
    pub(crate) verb: String,
    /// In the words of the Act.
    pub(crate) kind: Kind,
    /// The report, the run, or the SQL; never with a reference of a person or a literal in it, see
    /// [`super::Ledger::redact_sql`].
    pub(crate) what: Option<String>,
    /// With which parameters; references hashed, see [`super::given`].
    pub(crate) parameters: Map<String, Json>,
    /// Tables it reads or writes, where that is known.
    pub(crate) tables: Vec<String>,
    /// Who is given the output.
    pub(crate) recipient: Option<String>,
    pub(crate) reason: Option<String>,
    /// References that were asked about, as they are: where the reason or the recipient names one, its hash is
    /// written instead. Not written themselves.
    pub(crate) asked_about: Vec<String>,
}

impl Entry {
    /// An entry that says no more than this.
    pub(crate) fn new(verb: &str, kind: Kind) -> Self {
        Self {
            verb: verb.to_owned(),
            kind,
            what: None,
            parameters: Map::new(),
            tables: Vec::new(),
            recipient: None,
            reason: None,
            asked_about: Vec::new(),
        }
    }

    pub(crate) fn what(self, what: impl Into<String>) -> Self {
        Self { what: Some(what.into()), ..self }
    }

    /// Why, and for whom.
    pub(crate) fn for_whom(self, reason: Option<&String>, recipient: Option<&String>) -> Self {
        Self { reason: reason.cloned(), recipient: recipient.cloned(), ..self }
    }

    /// With one more parameter.
    pub(crate) fn with(mut self, name: &str, value: impl Into<Json>) -> Self {
        self.parameters.insert(name.to_owned(), value.into());
        self
    }

    /// A line that says this.
    pub(super) fn line(&self, event: &str) -> Line {
        Line {
            event: event.to_owned(),
            verb: self.verb.clone(),
            kind: Some(self.kind),
            what: self.what.clone(),
            parameters: self.parameters.clone(),
            tables: self.tables.clone(),
            recipient: self.recipient.clone(),
            reason: self.reason.clone(),
            asked_about: self.asked_about.clone(),
            ..Line::default()
        }
    }
}

/// One line of a file, in the order it is written in. The hash of the line itself stands behind all this.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Line {
    /// Its number in the file, from one.
    pub(crate) n: u64,
    /// When it was written, UTC, by the clock of the machine.
    pub(crate) at: String,
    /// `begun`, `ended`, or `done` for what has one line.
    pub(crate) event: String,
    /// In a line that ends something: the number of the line that began it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) of: Option<u64>,
    /// Name of the account.
    pub(crate) user: String,
    pub(crate) uid: u32,
    /// The account that logged in, where it is another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) login: Option<String>,
    /// Name of the machine.
    pub(crate) host: String,
    /// Version of the program.
    pub(crate) program: String,
    /// Name of the database file.
    pub(crate) database: String,
    pub(crate) verb: String,
    /// In the words of the Act.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) kind: Option<Kind>,
    /// Report, run or SQL.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) what: Option<String>,
    /// As given in a line that begins, as resolved in one that ends.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub(crate) parameters: Map<String, Json>,
    /// Tables read or written, where that is known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) tables: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) outcome: Option<Outcome>,
    /// Rows put out or taken in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) rows: Option<u64>,
    /// What came of it: number of the load, hash of the file.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub(crate) result: Map<String, Json>,
    /// Who was given the output.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) recipient: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) reason: Option<String>,
    /// Which key the hashes were made with.
    pub(crate) key: String,
    /// What stands between the line before and this one and is no whole line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) torn: Option<Torn>,
    /// Hash of the line before; noughts in the first.
    pub(crate) before: String,
    #[serde(skip)]
    pub(super) asked_about: Vec<String>,
}

/// A piece of a line that was not written to its end, as the next writer found it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Torn {
    /// Its length in bytes.
    pub(crate) bytes: u64,
    pub(crate) sha256: String,
}

impl Line {
    /// Writes hashes for the references that free texts name.
    pub(super) fn hide(&mut self, key: &Key) {
        let asked_about = std::mem::take(&mut self.asked_about);
        for text in [&mut self.recipient, &mut self.reason].into_iter().flatten() {
            for reference in asked_about.iter().filter(|reference| !reference.is_empty()) {
                *text = without(text, reference, &key.hashed(reference));
            }
        }
    }
}

/// A text with another word wherever a word stands, in whatever letters; `P1` is not in `P12`.
fn without(text: &str, word: &str, other: &str) -> String {
    let mut found = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(place) = place_of(rest, word) {
        let (before, after) = (&rest[..place], &rest[place + word.len()..]);
        let joins = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
        let is_part = joins(before.chars().next_back().or_else(|| found.chars().next_back()))
            && joins(word.chars().next())
            || joins(word.chars().next_back()) && joins(after.chars().next());
        found.push_str(before);
        found.push_str(if is_part { &rest[place..place + word.len()] } else { other });
        rest = after;
    }
    found + rest
}

fn place_of(text: &str, word: &str) -> Option<usize> {
    let is_word = |place: &usize| {
        text.get(*place..place + word.len()).is_some_and(|found| found.eq_ignore_ascii_case(word))
    };
    text.char_indices().map(|(place, _)| place).find(is_word)
}

/// A line by its place and its hash: what comes after it can be told from what was there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Head {
    pub(crate) file: String,
    /// Number of the line.
    pub(crate) line: u64,
    pub(crate) hash: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_goes_where_it_stands_alone() {
        let seen = |text| without(text, "P1", "#");
        assert_eq!(seen("asked of P1, P12 and P1."), "asked of #, P12 and #.");
        assert_eq!(seen("XP1 P1P1 P1"), "XP1 P1P1 #");
        assert_eq!(seen("é p1, xp1"), "é #, xp1");
        assert_eq!(seen("P1"), "#");
        assert_eq!(without("of 7-A", "7-A", "#"), "of #");
    }
}

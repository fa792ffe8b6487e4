//! The lines that answer a question, in an engine of their own, for the report that shows them.

use super::key::Key;
use super::place::Place;
use super::read::{self, LedgerFile};
use super::settings::LedgerSettings;
use crate::database::{Access, run, sql_file};
use crate::failure::Failure;
use duckdb::{AccessMode, Appender, Connection};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use serde_json::{Map, Value as Json};
use std::collections::HashSet;

/// Which lines to show; nothing chooses all.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filter {
    /// References of people or crimes, any of which was asked about.
    pub(crate) references: Vec<String>,
    /// Name of the account.
    pub(crate) user: Option<String>,
    /// First day, in Europe/London.
    pub(crate) from: Option<Date>,
    pub(crate) to: Option<Date>,
}

/// What holds the lines, ready for the report that shows them.
pub(crate) struct Shown {
    pub(crate) connection: Connection,
    /// What was asked for, references hashed.
    pub(crate) parameters: Map<String, Json>,
    /// Lines whose hashes were made with another key: a reference cannot be looked for in them.
    pub(crate) unsearched: usize,
}

/// Takes in the lines that a filter chooses. The ledger alone is read, not the database.
pub(crate) fn show(filter: &Filter, access: &Access, settings: &LedgerSettings) -> Result<Shown, Failure> {
    let place = Place::of(&access.path, settings);
    let files = read::files(&place)?;
    if files.is_empty() {
        return Err(Failure::failed("no ledger there").at_path(&place.folder).hint(
            "it is begun by the first read; --db FILE names the database, [ledger] in harmrank.toml its folder",
        ));
    }
    let key = if filter.references.is_empty() { None } else { Some(key(&place)?) };
    let hashes = key.iter().flat_map(|key| filter.references.iter().map(|text| key.hashed(text))).collect();
    let wanted = Wanted { filter, key: key.as_ref(), hashes };
    let connection = Connection::open_in_memory_with_flags(access.config(&AccessMode::Automatic)?)?;
    for file in ["line", "ledger_entry"] {
        run(&connection, &sql_file(&format!("ledger/{file}.sql"))?)?;
    }
    let mut appender = connection.appender("ledger_line")?;
    let mut unsearched = 0;
    for file in &files {
        unsearched += wanted.take_from(file, &mut appender)?;
    }
    drop(appender);
    Ok(Shown { connection, parameters: wanted.parameters(), unsearched })
}

/// What is looked for.
struct Wanted<'a> {
    filter: &'a Filter,
    /// The key, where somebody is looked for.
    key: Option<&'a Key>,
    hashes: Vec<String>,
}

impl Wanted<'_> {
    /// Puts the lines of a file that are wanted, and those that end one, into the table; returns in how many no
    /// reference could be looked for.
    fn take_from(&self, file: &LedgerFile, table: &mut Appender<'_>) -> Result<usize, Failure> {
        let lines = || file.pieces.iter().filter_map(|piece| Some((piece, &piece.line.as_ref()?.0)));
        // What a read was about may show in its second line alone: a parameter that was checked first.
        let about: HashSet<u64> = lines()
            .filter(|(piece, _)| self.is_about(&piece.bytes))
            .map(|(_, line)| line.of.filter(|_| line.event == "ended").unwrap_or(line.n))
            .collect();
        let mut unsearched = 0;
        for (piece, line) in lines() {
            let at = local(&line.at).ok_or_else(|| {
                let at = format!("{}:{}", file.name, piece.place);
                Failure::failed(format!("{:?} is no time", line.at)).at(at)
            })?;
            let is_end = line.event == "ended";
            if !is_end && !self.is_of_user_and_day(&line.user, at.date()) {
                continue;
            }
            unsearched += usize::from(!is_end && self.key.is_some_and(|key| key.id != line.key));
            if is_end || about.contains(&line.n) {
                let text = String::from_utf8_lossy(&piece.bytes);
                let place = i64::try_from(piece.place).unwrap_or(i64::MAX);
                let at = at.strftime("%Y-%m-%d %H:%M:%S%.f").to_string();
                table.append_row(duckdb::params![file.name, place, at, text.as_ref()])?;
            }
        }
        Ok(unsearched)
    }

    fn is_about(&self, line: &[u8]) -> bool {
        let text = String::from_utf8_lossy(line);
        self.hashes.is_empty() || self.hashes.iter().any(|hash| text.contains(hash.as_str()))
    }

    fn is_of_user_and_day(&self, user: &str, day: Date) -> bool {
        let Filter { user: wanted, from, to, .. } = self.filter;
        wanted.as_ref().is_none_or(|wanted| wanted == user)
            && from.is_none_or(|from| day >= from)
            && to.is_none_or(|to| day <= to)
    }

    fn parameters(&self) -> Map<String, Json> {
        let day = |day: Date| day.to_string();
        let given = [
            ("user", self.filter.user.clone()),
            ("from", self.filter.from.map(day)),
            ("to", self.filter.to.map(day)),
            ("asked_about", (!self.hashes.is_empty()).then(|| self.hashes.join(" "))),
        ];
        given.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?.into()))).collect()
    }
}

fn key(place: &Place) -> Result<Key, Failure> {
    Key::read(&place.key)?.ok_or_else(|| {
        Failure::failed("the key of the ledger is not there: nobody can be looked for")
            .at_path(&place.key)
            .hint("put it back, or name it: key = \"FILE\" under [ledger] in harmrank.toml")
    })
}

/// An instant as the clocks of Europe/London show it.
fn local(at: &str) -> Option<DateTime> {
    let at: Timestamp = at.parse().ok()?;
    Some(at.in_tz("Europe/London").ok()?.datetime())
}

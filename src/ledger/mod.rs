//! The ledger: who asked what of the database, when, and why. Append-only, a file and a chain of hashes per account.
//!
//! The Data Protection Act 2018, s.62, has the controller keep logs of collection, alteration, consultation,
//! disclosure, combination and erasure. A read has two lines: [`Ledger::begin`] writes the first to the disk before a
//! row leaves, [`Begun::end`] the second. What happens at once has one, [`Ledger::note`]. What cannot be logged is not
//! done. No line holds a row; references of people and crimes, and the literals of free SQL, stand there as keyed
//! hashes, see [`Key`].

mod account;
mod begun;
mod chain;
mod circumstances;
mod entry;
mod key;
mod objects;
mod place;
mod read;
mod redact;
mod settings;
mod show;
mod verify;

pub(crate) use account::Account;
pub(crate) use begun::{Begun, end_all};
pub(crate) use entry::{Entry, Head, Kind, Line};
pub(crate) use key::Key;
pub(crate) use objects::tables_of;
pub(crate) use settings::{FORMS as SETTINGS, LedgerSettings, ReasonRule};
pub(crate) use show::{Filter, show};
pub(crate) use verify::{Found, verify};

use crate::context::Context;
use crate::database::Access;
use crate::failure::Failure;
use chain::Chain;
use place::Place;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The folder of the ledger of a database, made where it is missing.
pub(crate) fn folder(database: &Path, settings: &LedgerSettings) -> Result<PathBuf, Failure> {
    let place = Place::of(database, settings);
    place.make()?;
    Ok(place.folder)
}

/// The folder of the ledger of a database and the file of its key, whether they are there or not.
pub(crate) fn folder_and_key(database: &Path, settings: &LedgerSettings) -> (PathBuf, PathBuf) {
    let place = Place::of(database, settings);
    (place.folder, place.key)
}

/// True where the ledger of a database has been begun.
pub(crate) fn exists(access: &Access, settings: &LedgerSettings) -> bool {
    Place::of(&access.path, settings).folder.is_dir()
}

/// The ledger of a database, to be written by this account.
#[derive(Clone, Debug)]
pub(crate) struct Ledger {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    chain: Chain,
    key: Key,
    account: Account,
    database: String,
    reason: ReasonRule,
    context: Context,
}

impl Ledger {
    /// Opens the ledger of a database that is there; its folder and its key are made where they are missing.
    pub(crate) fn open(
        access: &Access,
        settings: &LedgerSettings,
        context: &Context,
    ) -> Result<Self, Failure> {
        let place = Place::of(&access.path, settings);
        place.make()?;
        let account = Account::of_process();
        let chain = Chain {
            path: place.folder.join(format!("{}.jsonl", account.file_name())),
            wait: access.wait,
            syslog: settings.syslog.socket(),
        };
        let inner = Inner {
            chain,
            key: Key::open(&place.key, &place.folder)?,
            account,
            database: place.database,
            reason: settings.reason,
            context: context.clone(),
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Writes what happened at once, to the disk.
    pub(crate) fn note(&self, entry: &Entry) -> Result<Head, Failure> {
        self.check_reason(entry)?;
        self.append(entry.line("done"), true)
    }

    /// A text as a keyed hash: the same text gives the same hash under the same key.
    pub(crate) fn hashed(&self, text: &str) -> String {
        self.inner.key.hashed(text)
    }

    /// Tells the key of the hashes from others, and nothing of it.
    pub(crate) fn key_id(&self) -> &str {
        &self.inner.key.id
    }

    /// SQL with every literal, and every name that may be one, as a keyed hash; without its comments.
    pub(crate) fn redact_sql(&self, sql: &str) -> String {
        redact::redacted(sql, &self.inner.key)
    }

    fn check_reason(&self, entry: &Entry) -> Result<(), Failure> {
        match entry.kind {
            Kind::Consultation | Kind::Disclosure => self.inner.reason.check(entry.reason.as_deref()),
            _ => Ok(()),
        }
    }

    fn append(&self, mut line: Line, is_synced: bool) -> Result<Head, Failure> {
        let inner = &*self.inner;
        line.user.clone_from(&inner.account.user);
        line.uid = inner.account.uid;
        line.login.clone_from(&inner.account.login);
        line.host.clone_from(&inner.account.host);
        inner.context.version.clone_into(&mut line.program);
        line.database.clone_from(&inner.database);
        line.key.clone_from(&inner.key.id);
        line.hide(&inner.key);
        inner.chain.append(line, &inner.context, is_synced)
    }
}

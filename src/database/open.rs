//! How a database file is opened: for reading or writing, patiently, and with what is inside checked.

use super::open_failure::open_failure;
use super::sql::quoted;
use super::stamp::{check_stamp, digest, read_stamp};
use super::verified_cache;
use crate::failure::{Failure, Kind};
use crate::file_lock::until_free;
use crate::interrupt;
use crate::paths::{folder_of, followed_by, is_protected_name, protected_beside};
use duckdb::{AccessMode, Config, Connection};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The oldest storage version that carries typed macro parameters; stock clients from 1.4 read it.
const STORAGE_VERSION: &str = "v1.4.0";

/// How a database is opened.
#[derive(Clone, Debug)]
pub struct Access {
    /// The file, there already or to be made.
    pub path: PathBuf,
    /// How long to wait for another process to be done with it.
    pub wait: Duration,
    /// Worker threads of the engine; none: all cores.
    pub threads: Option<usize>,
    /// Memory limit of the engine, such as `2GB`; none: the engine's own.
    pub memory: Option<String>,
}

impl Access {
    /// The file of protected characteristics beside this database, opened in the same way.
    pub(crate) fn of_protected(&self) -> Self {
        Self { path: protected_beside(&self.path), ..self.clone() }
    }

    /// Opens for reading and checks that the SQL inside is this program's.
    pub(crate) fn read(&self) -> Result<Connection, Failure> {
        let connection = self.read_unverified()?;
        self.verify(&connection)?;
        Ok(connection)
    }

    /// Opens for reading, checks the stamp, and leaves it to the caller to [`Access::verify`] the objects
    /// before anything read is shown: that takes a moment, in which a query can already run.
    pub(crate) fn read_unverified(&self) -> Result<Connection, Failure> {
        let connection = self.open(&AccessMode::ReadOnly)?;
        check_stamp(&connection, &self.path)?;
        Ok(connection)
    }

    /// As [`Access::read_unverified`], with the folder to which goes what does not fit into memory; none: nothing is
    /// put aside.
    pub(crate) fn read_with_spill(&self, spill: Option<&Path>) -> Result<Connection, Failure> {
        let folder = spill.map(|folder| folder.display().to_string()).unwrap_or_default();
        let connection = self.patiently(|| {
            let config = self.config(&AccessMode::ReadOnly)?.with("temp_directory", &folder)?;
            Connection::open_with_flags(&self.path, config)
        })?;
        check_stamp(&connection, &self.path)?;
        Ok(connection)
    }

    /// Checks that macros, views and reference rows are those the stamp was made for.
    pub(crate) fn verify(&self, connection: &Connection) -> Result<(), Failure> {
        if verified_cache::is_known(&self.path) {
            return Ok(());
        }
        self.verify_anew(connection)?;
        verified_cache::remember(&self.path);
        Ok(())
    }

    pub(super) fn verify_anew(&self, connection: &Connection) -> Result<(), Failure> {
        let stamp = read_stamp(connection, &self.path)?;
        if stamp.objects_hash == digest("objects", connection)?
            && stamp.weights_hash == digest("weights", connection)?
        {
            return Ok(());
        }
        Err(Failure::failed("macros, views, weights or codes in this database were changed by hand")
            .at_path(&self.path)
            .hint(
                "restore this program's with `harmrank upgrade`; the data are kept, and what was added with basis \
                 supplement is in force from then on",
            ))
    }

    /// Opens for writing and checks that the SQL inside is this program's.
    pub(crate) fn write(&self) -> Result<Connection, Failure> {
        let connection = self.open(&AccessMode::ReadWrite)?;
        check_stamp(&connection, &self.path)?;
        self.verify_anew(&connection)?;
        interrupt::watch(&connection);
        Ok(connection)
    }

    /// Opens for reading whatever is inside.
    pub(crate) fn look(&self) -> Result<Connection, Failure> {
        self.open(&AccessMode::ReadOnly)
    }

    /// True where the file is there and is no database of this program's, of whatever version.
    pub(crate) fn is_foreign(&self) -> bool {
        match self.look() {
            Ok(connection) => read_stamp(&connection, &self.path).is_err(),
            Err(failure) => self.path.exists() && failure.kind != Kind::Busy,
        }
    }

    /// Attaches the database for writing to an engine that runs already, makes it the current one, and checks
    /// that the SQL inside is this program's.
    pub(crate) fn attach(&self, connection: &Connection) -> Result<(), Failure> {
        self.check_path()?;
        let sql = format!("attach {} as harm; use harm;", quoted(&self.path.display().to_string()));
        self.patiently(|| connection.execute_batch(&sql))?;
        check_stamp(connection, &self.path)?;
        self.verify(connection)
    }

    /// Settings of every engine this program starts that may put data aside.
    ///
    /// What does not fit into memory is encrypted before it goes to disk: AES-256 in GCM, with a key that is drawn for
    /// the process, lives in its memory alone and goes with it. The engine calls its own module unsafe because key and
    /// nonces come from a generator of its own that it seeds with 64 bits of the kernel's. That keeps what was spilled
    /// from whoever reads the disk later, not from somebody who can try 2^64 seeds, nor from one who reads this
    /// process's memory.
    pub(crate) fn config(&self, mode: &AccessMode) -> duckdb::Result<Config> {
        let mut config = Config::default()
            .access_mode(mode.clone())?
            .with("autoinstall_known_extensions", "false")?
            .with("autoload_known_extensions", "false")?
            .with("storage_compatibility_version", STORAGE_VERSION)?
            .with("force_mbedtls_unsafe", "true")?
            .with("temp_file_encryption", "true")?;
        if let Some(threads) = self.threads {
            config = config.threads(i64::try_from(threads).unwrap_or(1))?;
        }
        if let Some(memory) = &self.memory {
            config = config.max_memory(memory)?;
        }
        Ok(config)
    }

    /// Is done with a database that was only read, in a process that is about to end: taking the engine apart would
    /// cost a user time. What it put aside on disk has to go with it.
    pub(crate) fn leave(&self, connection: Connection) {
        if followed_by(&self.path, ".tmp").exists() {
            drop(connection);
        } else {
            std::mem::forget(connection);
        }
    }

    pub(super) fn open(&self, mode: &AccessMode) -> Result<Connection, Failure> {
        self.check_path()?;
        self.patiently(|| Connection::open_with_flags(&self.path, self.config(mode)?))
    }

    /// Nothing, or why there can be no database at the path.
    pub(crate) fn check_path(&self) -> Result<(), Failure> {
        if !self.path.exists() {
            return Err(Failure::failed("no such database").at_path(&self.path).hint(self.other_databases()));
        }
        if self.path.is_dir() {
            return Err(Failure::failed("a folder, not a database file")
                .at_path(&self.path)
                .hint("name a file with --db FILE"));
        }
        // The engine would wait for who writes into a pipe.
        if !self.path.is_file() {
            return Err(Failure::failed("a pipe, a device or a socket, not a database file")
                .at_path(&self.path)
                .hint("name a file with --db FILE"));
        }
        Ok(())
    }

    /// Nothing, or that the file has further names: a hard link is told from the file itself by nothing, and what lies
    /// beside the one name does not lie beside the other.
    pub(crate) fn check_names(&self) -> Result<(), Failure> {
        // A folder counts those within it as names; it is refused as what it is.
        let names = self.path.metadata().map_or(1, |file| if file.is_file() { file.nlink() } else { 1 });
        if names > 1 {
            let message = format!(
                "this file has {names} names (hard links): its ledger, its settings and its log lie beside one of \
                 them, and harmrank cannot tell which"
            );
            return Err(Failure::failed(message).at_path(&self.path).hint(format!(
                "remove the others, `find / -xdev -samefile {}` lists them; a second database is a copy, a second \
                 name a symbolic link",
                self.path.display()
            )));
        }
        Ok(())
    }

    /// What to do where there is no database: those that are beside the path are named.
    fn other_databases(&self) -> String {
        let entries = std::fs::read_dir(folder_of(&self.path)).into_iter().flatten().flatten();
        let mut names: Vec<_> = entries
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|ending| ending == "duckdb"))
            .filter(|path| !is_protected_name(path))
            .map(|path| path.strip_prefix(".").unwrap_or(&path).display().to_string())
            .collect();
        names.sort();
        match names.as_slice() {
            [] => "create it with `harmrank init`, or name another with --db FILE".to_owned(),
            [name] => format!("there is {name} here: --db {name}; or create one with `harmrank init`"),
            names => format!("there are {} here: name one with --db FILE", names.join(", ")),
        }
    }

    /// Tries to open until another process is done with the database, or the patience is.
    fn patiently<T>(&self, mut attempt: impl FnMut() -> duckdb::Result<T>) -> Result<T, Failure> {
        until_free(self.wait, Duration::from_millis(100), || {
            attempt().or_else(|error| {
                let failure = open_failure(&error.to_string(), &self.path);
                if failure.kind == Kind::Busy {
                    interrupt::check()?;
                }
                Err(failure)
            })
        })
    }
}

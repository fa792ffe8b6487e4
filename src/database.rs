//! The database file: create, open, upgrade, and refuse what is not ours.

use crate::catalog::{self, SqlFile};
use crate::failure::{Failure, Kind, is_damage};
use crate::{interrupt, verified};
use duckdb::{AccessMode, Config, Connection};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Version of the tables. A change that needs data to be moved raises it and adds a step to [`upgrade`].
pub const SCHEMA_VERSION: i32 = 4;

/// Tables whose rows are the program's own: an upgrade makes them anew.
const PROGRAM_TABLES: [&str; 6] =
    ["flat_column", "table_column", "offence_code", "offence_code_alias", "typical_item", "vawg_code"];

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
        if verified::is_known(&self.path) {
            return Ok(());
        }
        self.verify_anew(connection)?;
        verified::remember(&self.path);
        Ok(())
    }

    fn verify_anew(&self, connection: &Connection) -> Result<(), Failure> {
        let stamp = read_stamp(connection, &self.path)?;
        if stamp.objects_hash == digest("objects", connection)?
            && stamp.weights_hash == digest("weights", connection)?
        {
            return Ok(());
        }
        Err(Failure::failed("macros, views, weights or codes in this database were changed by hand")
            .at(self.path.display().to_string())
            .hint("restore this program's with `harmrank upgrade`; the data are kept"))
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

    fn open(&self, mode: &AccessMode) -> Result<Connection, Failure> {
        self.check_path()?;
        self.patiently(|| Connection::open_with_flags(&self.path, self.config(mode)?))
    }

    /// Nothing, or why there can be no database at the path.
    pub(crate) fn check_path(&self) -> Result<(), Failure> {
        if !self.path.exists() {
            return Err(Failure::failed("no such database")
                .at(self.path.display().to_string())
                .hint(self.other_databases()));
        }
        if self.path.is_dir() {
            return Err(Failure::failed("a folder, not a database file")
                .at(self.path.display().to_string())
                .hint("name a file with --db FILE"));
        }
        Ok(())
    }

    /// What to do where there is no database: those that are beside the path are named.
    fn other_databases(&self) -> String {
        let entries = std::fs::read_dir(folder_of(&self.path)).into_iter().flatten().flatten();
        let mut names: Vec<_> = entries
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|ending| ending == "duckdb"))
            .filter(|path| !crate::load::is_protected_name(path))
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
        let begun = Instant::now();
        loop {
            let failure = match attempt() {
                Ok(opened) => return Ok(opened),
                Err(error) => open_failure(&error.to_string(), &self.path),
            };
            if failure.kind != Kind::Busy || begun.elapsed() >= self.wait {
                return Err(failure);
            }
            interrupt::check()?;
            std::thread::sleep(Duration::from_millis(100));
        }
    }
}

/// Creates a database: tables, reference rows, macros and views.
///
/// # Errors
/// When the file exists already or cannot be written.
pub fn create(access: &Access) -> Result<(), Failure> {
    create_with(access, &[])
}

/// The same with tables that other databases do not have.
pub(crate) fn create_with(access: &Access, more: &[SqlFile]) -> Result<(), Failure> {
    let path = &access.path;
    if path.exists() {
        return Err(Failure::failed("exists already; nothing was changed")
            .at(path.display().to_string())
            .hint("`harmrank upgrade` brings an older database up, --db FILE names another"));
    }
    let folder = folder_of(path);
    if !folder.is_dir() {
        return Err(Failure::failed("no such folder")
            .at(folder.display().to_string())
            .hint("create it first"));
    }
    // Whole or not at all: made under another name in the same folder, then renamed.
    let workshop = tempfile::Builder::new()
        .prefix(".harmrank-init-")
        .tempdir_in(&folder)
        .map_err(|error| Failure::failed(error.to_string()).at(folder.display().to_string()))?;
    let draft = workshop.path().join("draft.duckdb");
    let connection = Connection::open_with_flags(&draft, access.config(&AccessMode::ReadWrite)?)?;
    interrupt::watch(&connection);
    for file in catalog::installed().iter().chain(more) {
        interrupt::check()?;
        run(&connection, file)?;
    }
    close(connection)?;
    stamp(&draft, access)?;
    interrupt::check()?;
    // Not `rename`: it would replace a file made meanwhile.
    std::fs::hard_link(&draft, path)
        .or_else(|_| {
            if path.exists() {
                Err(std::io::ErrorKind::AlreadyExists.into())
            } else {
                std::fs::rename(&draft, path)
            }
        })
        .map_err(|error| Failure::failed(error.to_string()).at(path.display().to_string()))?;
    Ok(())
}

/// The folder a file is in; the current one where its path names none.
pub(crate) fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_path_buf(),
        _ => PathBuf::from("."),
    }
}

/// The log of a database file, in which the engine keeps what it has not written into the file yet.
pub(crate) fn log_of(path: &Path) -> PathBuf {
    followed_by(path, ".wal")
}

/// The path with more at the end of its name.
fn followed_by(path: &Path, ending: &str) -> PathBuf {
    let mut whole = path.as_os_str().to_owned();
    whole.push(ending);
    PathBuf::from(whole)
}

/// Brings the SQL in a database up to this program's. Data are kept.
///
/// Returns false where there was nothing to do.
pub(crate) fn upgrade(access: &Access) -> Result<bool, Failure> {
    let mut connection = access.open(&AccessMode::ReadWrite)?;
    let found = read_stamp(&connection, &access.path)?;
    if found.schema_version > SCHEMA_VERSION {
        return Err(newer(&access.path, found.schema_version));
    }
    let is_of_today = found.schema_version == SCHEMA_VERSION && found.sql_hash == catalog::hash();
    if is_of_today && access.verify_anew(&connection).is_ok() {
        return Ok(false);
    }
    let change = connection.transaction()?;
    drop_objects(&change)?;
    if found.schema_version < SCHEMA_VERSION {
        renew_tables(&change, found.schema_version)?;
    }
    change.execute_batch("delete from harmrank_stamp")?;
    for table in PROGRAM_TABLES {
        change.execute_batch(&format!("drop table if exists {table}"))?;
        run(&change, &sql_file(&format!("schema/{table}.sql"))?)?;
    }
    // Supplements are the user's own: kept, together with the indices they belong to.
    change.execute_batch("delete from harm_weight where basis <> 'supplement'; delete from harm_index;")?;
    for layer in ["weight", "model", "ranking"] {
        for file in catalog::layer(layer) {
            run(&change, &file)?;
        }
    }
    change.execute_batch(
        "delete from offence_weight;
         insert into offence_weight by name from offence_weight_now order by index_id, offence_key;",
    )?;
    run(&change, &sql_file("load/anew/placeholder.sql")?)?;
    change.commit()?;
    close(connection)?;
    stamp(&access.path, access)?;
    Ok(true)
}

/// Makes the tables of an older version anew and carries their rows over: by name, or by the file under
/// `sql/upgrade` of the first later version in which a column came, went or changed its meaning.
fn renew_tables(connection: &Connection, found: i32) -> Result<(), Failure> {
    for file in catalog::layer("schema") {
        let table = file.name();
        if PROGRAM_TABLES.contains(&table) {
            continue;
        }
        let is_held: bool = connection.query_row(
            "select count(*) > 0 from duckdb_tables() where table_name = ? and database_name = current_database()",
            [table],
            |row| row.get(0),
        )?;
        if !is_held {
            run(connection, &file)?;
            continue;
        }
        connection
            .execute_batch(&format!("create table {table}_before as from {table}; drop table {table};"))?;
        run(connection, &file)?;
        let step = |version| catalog::file(&format!("upgrade/version_{version}/{table}.sql"));
        match (found + 1..=SCHEMA_VERSION).find_map(step) {
            Some(upgrade) => run(connection, &upgrade)?,
            None => connection.execute_batch(&format!("insert into {table} by name from {table}_before"))?,
        }
        connection.execute_batch(&format!("drop table {table}_before"))?;
    }
    Ok(())
}

fn close(connection: Connection) -> Result<(), Failure> {
    connection.execute_batch("checkpoint")?;
    Ok(connection.close().map_err(|(_, error)| error)?)
}

/// A text as an SQL literal.
pub(crate) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// A name as an SQL identifier.
pub(crate) fn quoted_name(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Runs one SQL file of the program; an error names the file.
pub(crate) fn run(connection: &Connection, file: &SqlFile) -> Result<(), Failure> {
    connection.execute_batch(file.text).map_err(|error| {
        let failure = Failure::from(error);
        if failure.is_of_the_file() { failure } else { failure.at(format!("sql/{}", file.path)) }
    })
}

/// One SQL file of the program by its path below `sql/`.
pub(crate) fn sql_file(path: &str) -> Result<SqlFile, Failure> {
    catalog::file(path).ok_or_else(|| Failure::failed(format!("the program lacks sql/{path}")))
}

fn drop_objects(connection: &Connection) -> Result<(), Failure> {
    let drops: Vec<String> = connection
        .prepare(
            "select distinct
                'drop ' || case when function_type = 'table_macro' then 'macro table ' else 'macro ' end
                    || '\"' || function_name || '\"'
             from duckdb_functions()
             where not internal and database_name = current_database()
             union all
             select 'drop view \"' || view_name || '\"'
             from duckdb_views()
             where not internal and database_name = current_database()",
        )?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for drop in drops {
        connection.execute_batch(&drop)?;
    }
    Ok(())
}

struct Stamp {
    schema_version: i32,
    sql_hash: String,
    objects_hash: String,
    weights_hash: String,
}

/// Stamps a database whose objects have just been made. The engine words some of them anew when it
/// reads them back, so the digest is taken from the file as the next reader will see it. A file left
/// without a stamp in between is refused with the word `upgrade`, which mends it.
pub(crate) fn stamp(path: &Path, access: &Access) -> Result<(), Failure> {
    let connection = Connection::open_with_flags(path, access.config(&AccessMode::ReadWrite)?)?;
    connection.execute(
        "insert into harmrank_stamp by name
         select ? as schema_version, ? as sql_hash, ? as objects_hash, ? as weights_hash,
             ? as program_version, version() as engine_version",
        duckdb::params![
            SCHEMA_VERSION,
            catalog::hash(),
            digest("objects", &connection)?,
            digest("weights", &connection)?,
            env!("CARGO_PKG_VERSION")
        ],
    )?;
    close(connection)
}

/// What `sql/check/WHAT_hash.sql` makes of the database as it is.
fn digest(what: &str, connection: &Connection) -> Result<String, Failure> {
    let file = sql_file(&format!("check/{what}_hash.sql"))?;
    Ok(connection.query_row(file.text, [], |row| row.get(0))?)
}

fn read_stamp(connection: &Connection, path: &Path) -> Result<Stamp, Failure> {
    let none = String::new;
    let unfinished = Stamp {
        schema_version: SCHEMA_VERSION,
        sql_hash: none(),
        objects_hash: none(),
        weights_hash: none(),
    };
    connection
        .query_row(
            "select schema_version, sql_hash, objects_hash, weights_hash from harmrank_stamp",
            [],
            |row| {
                Ok(Stamp {
                    schema_version: row.get(0)?,
                    sql_hash: row.get(1)?,
                    objects_hash: row.get(2)?,
                    weights_hash: row.get(3)?,
                })
            },
        )
        .or_else(|error| match error {
            duckdb::Error::QueryReturnedNoRows => Ok(unfinished),
            error => Err(error),
        })
        .map_err(|error| {
            let text = error.to_string();
            if text.contains("harmrank_stamp does not exist") {
                Failure::failed("a DuckDB database, but not one that harmrank made")
                    .at(path.display().to_string())
                    .hint("create one with `harmrank init --db FILE`")
            } else {
                open_failure(&text, path)
            }
        })
}

fn check_stamp(connection: &Connection, path: &Path) -> Result<(), Failure> {
    let stamp = read_stamp(connection, path)?;
    if stamp.schema_version > SCHEMA_VERSION {
        return Err(newer(path, stamp.schema_version));
    }
    if stamp.schema_version < SCHEMA_VERSION || stamp.sql_hash != catalog::hash() {
        return Err(Failure::failed("the SQL in this database is that of another version of harmrank")
            .at(path.display().to_string())
            .hint("bring it up with `harmrank upgrade`; the data are kept"));
    }
    Ok(())
}

fn newer(path: &Path, schema_version: i32) -> Failure {
    Failure::failed(format!(
        "made by a newer harmrank: tables of version {schema_version}, this program knows {SCHEMA_VERSION}"
    ))
    .at(path.display().to_string())
    .hint("use the newer program")
}

/// Says what an error on opening means for the user.
fn open_failure(text: &str, path: &Path) -> Failure {
    let at = path.display().to_string();
    let busy = text.contains("Could not set lock on file");
    if busy {
        let holder =
            text.split_once("Conflicting lock is held in ").map_or("another process", |(_, rest)| {
                let end = [". However", ". See"].iter().filter_map(|stop| rest.find(stop)).min();
                rest[..end.unwrap_or(rest.len())].trim()
            });
        return Failure::new(Kind::Busy, format!("the database is in use by {holder}"))
            .at(at)
            .hint("try again when it is done, or wait longer with --wait SECONDS");
    }
    if text.contains("not a valid DuckDB database file") {
        return Failure::failed("not a DuckDB database").at(at).hint("name the right file with --db FILE");
    }
    if text.contains("newer version of DuckDB") || text.contains("version number") {
        return Failure::failed("written by a newer engine than this program's")
            .at(at)
            .hint("use a newer harmrank");
    }
    if text.contains("Permission denied") || text.contains("Cannot open file") {
        return Failure::failed("cannot be opened: no permission")
            .at(at)
            .hint("check the rights of file and folder");
    }
    if is_damage(text) {
        return Failure::damaged(text).at(at);
    }
    Failure::failed(first_line(text)).at(at)
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or(text)
}

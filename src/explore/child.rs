//! The process that runs a user's SQL: reads requests from standard input and answers on standard output.

use super::parameter::Bound;
use super::protections::{Protections, Spill};
use super::protocol::{CatalogQuery, Ending, FRAME, Framed, Opening, Request, Welcome, end};
use super::sandbox;
use super::text::{self, RewrittenSql};
use crate::database::{Access, quoted_name, sql_file};
use crate::failure::{Failure, Kind, engine_error};
use crate::sql_guard::{self, Judge, Made, PositionedFailure, RestrictedViews, StatementKind};
use crate::sql_text::{placeholders, placeholders_at};
use arrow::ipc::writer::StreamWriter;
use arrow::record_batch::RecordBatch;
use duckdb::types::Value;
use duckdb::{Connection, ToSql};
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::os::fd::AsFd;
use std::path::Path;
use std::process::ExitCode;
use std::sync::mpsc;
use std::time::Duration;

/// Serves one session, until the process at the other end of standard input goes away.
pub(crate) fn serve() -> ExitCode {
    match serve_until_left() {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn serve_until_left() -> io::Result<()> {
    let mut requests = BufReader::new(File::from(io::stdin().as_fd().try_clone_to_owned()?));
    let mut replies = File::from(io::stdout().as_fd().try_clone_to_owned()?);
    let mut line = String::new();
    requests.read_line(&mut line)?;
    let Ok(Request::Open(opening)) = serde_json::from_str(&line) else {
        return Err(io::ErrorKind::InvalidInput.into());
    };
    let (mut database, welcome) = match SandboxedDb::open(&opening) {
        Ok(opened) => opened,
        Err(failure) => return end(&mut replies, &Ending::Failed(failure.into())),
    };
    end(&mut replies, &Ending::Ready(welcome))?;
    let handle = database.connection.interrupt_handle();
    let (orders, work) = mpsc::channel();
    std::thread::spawn(move || {
        for line in requests.lines().map_while(Result::ok) {
            match serde_json::from_str(&line) {
                Ok(Request::Cancel) => handle.interrupt(),
                Ok(request) => drop(orders.send(request)),
                Err(_) => break,
            }
        }
        leave(opening.spill.as_deref());
    });
    for request in work {
        database.answer(&request, &mut replies)?;
    }
    Ok(())
}

/// Ends the process at once, whatever the engine is doing, and takes along what was put aside.
fn leave(spill: Option<&Path>) {
    for entry in spill.and_then(|folder| folder.read_dir().ok()).into_iter().flatten().flatten() {
        let _ = std::fs::remove_file(entry.path());
    }
    let _ = rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::KILL);
}

/// The database as a user's SQL sees it.
struct SandboxedDb {
    /// Runs the user's statements.
    connection: Connection,
    /// Has none of the temporary objects of the other: statements are judged on it.
    judging: Connection,
    /// Macros made in this session.
    macros: Vec<String>,
    /// Variables set in this session.
    variables: Vec<String>,
    restricted: RestrictedViews,
}

impl SandboxedDb {
    fn open(opening: &Opening) -> Result<(Self, Welcome), Failure> {
        let protections = sandbox::enter(opening)?;
        let access = Access {
            path: opening.database.clone(),
            wait: Duration::from_secs(opening.wait),
            threads: opening.threads,
            memory: Some(format!("{}KiB", opening.memory / 1024)),
        };
        let spill = opening.spill.as_deref().filter(|_| protections.spill != Spill::None);
        let connection = access.read_with_spill(spill)?;
        if !opening.is_verified {
            access.verify(&connection)?;
        }
        let judging = connection.try_clone()?;
        let restricted = RestrictedViews::create(&connection)?;
        shut(&connection, &protections)?;
        connection.execute_batch("set errors_as_json = true; set lock_configuration = true;")?;
        let welcome = Welcome { protections, restricted_people: restricted.people };
        Ok((Self { connection, judging, macros: Vec::new(), variables: Vec::new(), restricted }, welcome))
    }

    fn answer(&mut self, request: &Request, out: &mut File) -> io::Result<()> {
        let outcome = match request {
            Request::Run { sql, values } => self.run(sql, values, out),
            Request::Catalog(query) => self.catalog(query, out).map_err(PositionedFailure::from),
            Request::Open(_) | Request::Cancel => Ok(Ending::Rows),
        };
        end(out, &outcome.unwrap_or_else(Ending::Failed))
    }

    fn run(&mut self, sql: &str, values: &[Bound], out: &mut File) -> Result<Ending, PositionedFailure> {
        let judge = Judge {
            session_macros: &self.macros,
            restricted: &self.restricted,
            connection: &self.judging,
            may_read_path: false,
        };
        let (kind, makes) = sql_guard::admit(sql, &judge)?;
        let (rewritten, bound) = self.bind(sql, values)?;
        let outcome = match kind {
            StatementKind::Rows => self.rows(&rewritten.text, &bound, out),
            // Not prepared where nothing is bound: the engine then says itself what it does not do.
            StatementKind::Step(_) if bound.is_empty() => {
                self.connection.execute_batch(&rewritten.text).map_err(Broken::from)
            }
            StatementKind::Step(_) => {
                let prepared = self.connection.prepare(&rewritten.text);
                prepared
                    .and_then(|mut step| step.execute(&by_name(&bound)[..]))
                    .map(|_| ())
                    .map_err(Broken::from)
            }
        };
        outcome.map_err(|error| {
            let failure = self.explained(error, sql);
            PositionedFailure {
                position: failure.position.map(|position| rewritten.original(position)),
                ..failure
            }
        })?;
        match makes {
            Some(Made::Macro(name)) => self.macros.push(name),
            Some(Made::Variable(name)) => self.variables.push(name),
            Some(Made::Table(_)) | None => {}
        }
        Ok(match kind {
            StatementKind::Rows => Ending::Rows,
            StatementKind::Step(words) => Ending::Step(words),
        })
    }

    /// Values for the placeholders of a statement, by name; those of the session's variables are rewritten to read them.
    fn bind(
        &self,
        sql: &str,
        values: &[Bound],
    ) -> Result<(RewrittenSql, Vec<(String, Value)>), PositionedFailure> {
        let mut bound = Vec::new();
        let mut rewritten = RewrittenSql::new(sql);
        for placeholder in placeholders_at(sql) {
            let name = placeholder.name.to_lowercase();
            if let Some(value) = values.iter().find(|value| value.name == placeholder.name) {
                if !bound.iter().any(|(name, _)| *name == value.name) {
                    bound.push((value.name.clone(), value.value()?));
                }
            } else if self.variables.contains(&name) {
                rewritten.replace(
                    placeholder.begin,
                    placeholder.name.len() + 1,
                    &format!("getvariable('{name}')"),
                );
            } else {
                let failure = Failure::usage(format!("${} has no value", placeholder.name));
                let hint = format!(
                    "give it with --param {0}=VALUE, or `set variable {0} = VALUE` before",
                    placeholder.name
                );
                return Err(PositionedFailure {
                    failure: failure.hint(hint),
                    position: Some(placeholder.begin),
                });
            }
        }
        Ok((rewritten, bound))
    }

    fn catalog(&self, query: &CatalogQuery, out: &mut File) -> Result<Ending, Failure> {
        let mut sql = sql_file(&query.file)?.text.to_owned();
        if let Some(name) = query.values.get("name") {
            sql = sql.replace("{table}", &quoted_name(name));
        }
        let used = placeholders(&sql);
        let values = query.values.iter().filter(|(name, _)| used.contains(*name));
        let values: Vec<_> = values.map(|(name, text)| (name.clone(), Value::Text(text.clone()))).collect();
        self.rows(&sql, &values, out).map_err(Failure::from)?;
        Ok(Ending::Rows)
    }

    /// Sends the rows of a query as they come.
    fn rows(&self, sql: &str, values: &[(String, Value)], out: &mut File) -> Result<(), Broken> {
        let mut prepared = self.connection.prepare(sql)?;
        let stream = prepared.stream_arrow(&by_name(values)[..])?;
        let schema = text::told_apart(&stream.get_schema());
        let mut framed = BufWriter::with_capacity(FRAME, Framed(out));
        let mut writer =
            StreamWriter::try_new(&mut framed, &schema).map_err(|error| Broken::arrow(&error))?;
        for batch in stream {
            let batch = batch?;
            let batch = RecordBatch::try_new(schema.clone(), batch.columns().to_vec());
            batch.and_then(|batch| writer.write(&batch)).map_err(|error| Broken::arrow(&error))?;
        }
        // No mark at the end: how the answer ended follows, and says whether all was sent.
        drop(writer);
        framed.flush().map_err(|error| Broken::Other(error.into()))
    }

    /// An error of the engine with its place, and with the nearest name where it knows one not.
    fn explained(&self, broken: Broken, sql: &str) -> PositionedFailure {
        let error = match broken {
            Broken::Engine(error) => error,
            Broken::Other(failure) => return failure.into(),
        };
        let position = engine_error(&error.to_string()).and_then(|found| found.position);
        let mut failure = Failure::from(error);
        if failure.is_of_the_file() {
            return failure.into();
        }
        let said = failure.problems.first().map(|problem| problem.message.clone()).unwrap_or_default();
        let first = said.lines().next().unwrap_or_default();
        let is_wrong_sql =
            ["Parser Error", "Binder Error", "Catalog Error"].iter().any(|kind| first.starts_with(kind));
        failure = Failure::new(if is_wrong_sql { Kind::Usage } else { Kind::Failed }, first);
        if let Some(hint) = self.nearest(&said, sql) {
            failure = failure.hint(hint);
        }
        PositionedFailure { failure, position }
    }

    /// What to do about a name that the engine does not know.
    fn nearest(&self, said: &str, sql: &str) -> Option<String> {
        let file = sql_file("explore/nearest.sql").ok()?;
        let values = [("said", &said as &dyn ToSql), ("sql", &sql as &dyn ToSql)];
        self.judging.prepare(file.text).ok()?.query_row(&values[..], |row| row.get(0)).ok()
    }
}

/// Takes from the engine every way to a file, the network, an extension or a setting.
fn shut(connection: &Connection, protections: &Protections) -> Result<(), Failure> {
    connection.execute_batch("set enable_external_access = false")?;
    if protections.spill == Spill::None {
        connection.execute_batch("set disabled_filesystems = 'LocalFileSystem'")?;
    }
    Ok(())
}

fn by_name(values: &[(String, Value)]) -> Vec<(&str, &dyn ToSql)> {
    values.iter().map(|(name, value)| (name.as_str(), value as &dyn ToSql)).collect()
}

/// Why rows broke off.
enum Broken {
    Engine(duckdb::Error),
    Other(Failure),
}

impl Broken {
    fn arrow(error: &arrow::error::ArrowError) -> Self {
        Self::Other(Failure::failed(format!("the rows cannot be sent: {error}")))
    }
}

impl From<duckdb::Error> for Broken {
    fn from(error: duckdb::Error) -> Self {
        Self::Engine(error)
    }
}

impl From<Broken> for Failure {
    fn from(broken: Broken) -> Self {
        match broken {
            Broken::Engine(error) => error.into(),
            Broken::Other(failure) => failure,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::Command;

    /// Set in the process that a test starts anew to be held in.
    const INNER: &str = "HARMRANK_TEST_DATABASE";

    /// What a statement that was let through by mistake still could not do.
    const ATTEMPTS: [&str; 16] = [
        "copy (select 1) to '{db}'",
        "copy (select 1) to '{db}.wal' (format csv)",
        "copy (select 1) to '{folder}/stolen.csv'",
        "copy (select 1) to '/tmp/stolen.csv'",
        "select * from read_text('/etc/passwd')",
        "select * from read_text('{folder}/beside.txt')",
        "select * from glob('{folder}/*')",
        "attach '{folder}/other.duckdb'",
        "load '{folder}/other.duckdb_extension'",
        "install httpfs",
        "set enable_external_access = true",
        "set lock_configuration = false",
        "set temp_file_encryption = false",
        "reset temp_file_encryption",
        "set force_mbedtls_unsafe = false",
        "set temp_directory = '{folder}'",
    ];

    /// Runs in a process of its own: what it gives up is gone for good.
    #[test]
    fn inner() {
        let Some(path) = std::env::var_os(INNER).map(std::path::PathBuf::from) else { return };
        let folder = path.parent().expect("folder").to_owned();
        let opening = Opening {
            database: path.clone(),
            threads: Some(1),
            memory: 200_000_000,
            spill: Some(folder.join("spill")),
            wait: 0,
            is_verified: false,
        };
        let (database, welcome) = SandboxedDb::open(&opening).expect("opened");
        for attempt in ATTEMPTS {
            let sql = attempt
                .replace("{db}", &path.display().to_string())
                .replace("{folder}", &folder.display().to_string());
            let outcome = database.connection.execute_batch(&sql);
            assert!(outcome.is_err(), "{sql}");
        }
        let is_encrypted =
            "select current_setting('temp_file_encryption') and current_setting('force_mbedtls_unsafe')";
        let is_encrypted: bool =
            database.connection.query_row(is_encrypted, [], |row| row.get(0)).expect("settings");
        assert!(is_encrypted, "what is put aside is plain");
        if welcome.protections.landlock.is_some() {
            let beside = folder.join("beside.txt");
            assert!(std::fs::read(&beside).is_err(), "a file beside the database is read");
            assert!(std::fs::read_dir(&folder).is_err(), "the folder is listed");
            assert!(std::fs::write(folder.join("stolen.txt"), "x").is_err(), "a file is written");
            assert!(File::options().write(true).open(&path).is_err(), "the database is written");
            assert!(std::fs::remove_file(&beside).is_err(), "a file is removed");
            assert!(Command::new("/bin/true").spawn().is_err(), "a program is started");
            let network = std::net::TcpStream::connect("127.0.0.1:9");
            let refused = network.expect_err("no connection").kind();
            assert_eq!(refused, io::ErrorKind::PermissionDenied, "the network is tried");
        }
    }

    #[test]
    fn what_the_guard_would_let_through_the_engine_and_the_kernel_still_hold() {
        let folder = tempfile::tempdir().expect("folder");
        let database = folder.path().join("held.duckdb");
        let access = Access { path: database.clone(), wait: Duration::ZERO, threads: None, memory: None };
        crate::database::create(&access).expect("created");
        std::fs::write(folder.path().join("beside.txt"), "secret").expect("written");
        std::fs::create_dir(folder.path().join("spill")).expect("folder");
        let before = std::fs::read(&database).expect("bytes");
        let program = std::env::current_exe().expect("this test");
        let output = Command::new(program)
            .args(["explore::child::tests::inner", "--exact", "--nocapture", "--test-threads=1"])
            .env(INNER, &database)
            .output()
            .expect("started");
        let said =
            String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && said.contains("1 passed"), "{said}");
        assert!(std::fs::read(&database).expect("bytes") == before, "the database was changed");
        assert_eq!(folder.path().read_dir().expect("folder").count(), 3);
    }
}

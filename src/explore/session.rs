//! This side of a session: starts the process that runs the SQL, asks, holds the clock, and ends it where it does
//! not hear.

use super::HIDDEN_VERB;
use super::clock::{Clock, Verdict};
use super::exchange::{Exchanged, exchange};
use super::parameter::Bound;
use super::protections::Protections;
use super::protocol::{CatalogQuery, Ending, Opening, Replies, Request, Welcome, send};
use crate::database::Access;
use crate::failure::Failure;
use crate::paths::folder_of;
use crate::report::Rows;
use crate::sql_guard::PositionedFailure;
use crate::work_folder::{self, WorkFolder};
use crate::{database::verified_cache, interrupt, render};
use std::cell::RefCell;
use std::io;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What a query may take.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Memory of the engine, in bytes.
    pub(crate) memory: u64,
    /// Time spent waiting for the engine, per statement.
    pub(crate) timeout: Duration,
}

/// Bytes on their way between the processes, where the system allows it.
#[cfg(target_os = "linux")]
const PIPE: usize = 1 << 20;

/// A process that runs SQL on a database.
pub(crate) struct Session {
    process: Child,
    requests: Arc<Mutex<ChildStdin>>,
    replies: Replies<ChildStdout>,
    welcome: Welcome,
    /// Once it was asked for; empty where nothing is loaded.
    data_date: Option<String>,
    timeout: Duration,
    /// False once the process is gone.
    is_alive: bool,
    is_last: bool,
    /// Removed with what is in it.
    spill: Option<WorkFolder>,
}

/// A process that is opening the database.
pub(crate) struct Begun {
    session: Session,
    /// From the root on.
    database: PathBuf,
    is_verified: bool,
    wait: Duration,
    /// The database in the user's words.
    said: PathBuf,
}

impl Begun {
    /// Waits until the database is open.
    pub(crate) fn ready(mut self) -> Result<Session, Failure> {
        let timeout = self.session.timeout;
        self.session.timeout += self.wait;
        match self.session.answer(None, |_| Ok(())) {
            Ok(Ending::Ready(welcome)) => self.session.welcome = welcome,
            Ok(_) => return Err(Failure::failed("the process of the query says what was not asked")),
            Err(placed) => return Err(at_database(placed.failure, &self.database, &self.said)),
        }
        if !self.is_verified {
            verified_cache::remember(&self.database);
        }
        self.session.timeout = timeout;
        Ok(self.session)
    }
}

/// A process that was started before it was known what for.
static EARLY: Mutex<Option<Child>> = Mutex::new(None);

/// Starts the process before anything is read of what is to be done: it takes as long to start as this one. Where
/// nothing comes of it, it ends with this one.
pub(crate) fn start_early() {
    // Started again where it is needed, and then told.
    if let (Ok(process), Ok(mut early)) = (spawn(), EARLY.lock()) {
        *early = Some(process);
    }
}

fn spawn() -> io::Result<Child> {
    let mut command = Command::new(std::env::current_exe()?);
    command.arg(HIDDEN_VERB).env_clear().current_dir("/").process_group(0);
    // A build that links the engine finds it by this; the release carries it inside.
    if !cfg!(feature = "bundled")
        && let Some(path) = std::env::var_os("LD_LIBRARY_PATH")
    {
        command.env("LD_LIBRARY_PATH", path);
    }
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    command.spawn()
}

/// What came of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// Rows, which were received.
    Rows,
    /// A step was done, in words.
    Step(String),
}

impl Session {
    /// Starts the process and opens the database in it.
    pub(crate) fn start(access: &Access, limits: Limits) -> Result<Self, Failure> {
        Self::begin(access, limits)?.ready()
    }

    /// Starts the process and has it open the database.
    pub(crate) fn begin(access: &Access, limits: Limits) -> Result<Begun, Failure> {
        access.check_path()?;
        let database = access.path.canonicalize()?;
        let mut process = match EARLY.lock().map(|mut early| early.take()) {
            Ok(Some(process)) => process,
            _ => spawn()?,
        };
        let spill = spill_folder(&database);
        let (Some(requests), Some(replies)) = (process.stdin.take(), process.stdout.take()) else {
            return Err(Failure::failed("the process of the query has no pipes"));
        };
        // Fewer turns between the processes; a smaller pipe does as well.
        #[cfg(target_os = "linux")]
        let _ = rustix::pipe::fcntl_setpipe_size(&replies, PIPE);
        let opening = Opening {
            threads: access.threads,
            memory: limits.memory,
            spill: spill.as_ref().map(|folder| folder.path().to_owned()),
            wait: access.wait.as_secs(),
            is_verified: verified_cache::is_known(&database),
            database: database.clone(),
        };
        let is_verified = opening.is_verified;
        let session = Self {
            process,
            requests: Arc::new(Mutex::new(requests)),
            replies: Replies::new(replies),
            welcome: Welcome { protections: Protections::default(), restricted_people: 0 },
            data_date: None,
            timeout: limits.timeout,
            is_alive: true,
            is_last: false,
            spill,
        };
        // Untold it would wait for a word, and this one for its answer.
        send(&session.requests, &Request::Open(opening)).map_err(|error| {
            Failure::failed(format!("the process of the query cannot be told what to open: {error}"))
        })?;
        Ok(Begun { session, database, is_verified, wait: access.wait, said: access.path.clone() })
    }

    /// What holds on this machine.
    pub(crate) fn protections(&self) -> &Protections {
        &self.welcome.protections
    }

    /// So many people no table shows, for their record is restricted.
    pub(crate) fn restricted_people(&self) -> u64 {
        self.welcome.restricted_people
    }

    /// The day the data speak of; none where nothing is loaded. Asked for once, by whoever needs it first.
    pub(crate) fn data_date(&mut self) -> Result<Option<String>, Failure> {
        if self.data_date.is_none() {
            let mut day = String::new();
            self.catalog(
                CatalogQuery { file: "explore/data_date.sql".to_owned(), ..CatalogQuery::default() },
                |rows| {
                    day = render::texts(rows)?.concat().concat();
                    Ok(())
                },
            )?;
            self.data_date = Some(day);
        }
        Ok(self.data_date.clone().filter(|day| !day.is_empty()))
    }

    /// False once the process is gone: then the next statement needs another session.
    pub(crate) fn is_alive(&self) -> bool {
        self.is_alive
    }

    /// Whether the next statement is the last: then the process goes while its rows are still being shown.
    pub(crate) fn set_last(&mut self, is_last: bool) {
        self.is_last = is_last;
    }

    /// Runs one statement; its rows, if it yields any, go to `receive`, which may leave some unread.
    pub(crate) fn run(
        &mut self,
        sql: &str,
        values: &[Bound],
        receive: impl FnOnce(Rows<'_>) -> Result<(), Failure>,
    ) -> Result<Answer, PositionedFailure> {
        let request = Request::Run { sql: sql.to_owned(), values: values.to_vec() };
        let outcome = self.ask(&request, receive);
        if self.is_last {
            self.is_alive = false;
            let _ = self.process.kill();
        }
        match outcome? {
            Ending::Step(words) => Ok(Answer::Step(words)),
            _ => Ok(Answer::Rows),
        }
    }

    /// Runs a query of the program's own.
    pub(crate) fn catalog(
        &mut self,
        query: CatalogQuery,
        receive: impl FnOnce(Rows<'_>) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        self.ask(&Request::Catalog(query), receive).map(|_| ()).map_err(|error| error.failure)
    }

    fn ask(
        &mut self,
        request: &Request,
        receive: impl FnOnce(Rows<'_>) -> Result<(), Failure>,
    ) -> Result<Ending, PositionedFailure> {
        self.answer(Some(request), receive)
    }

    /// Receives the answer to a request: to this one, or to one that was sent before.
    fn answer(
        &mut self,
        request: Option<&Request>,
        receive: impl FnOnce(Rows<'_>) -> Result<(), Failure>,
    ) -> Result<Ending, PositionedFailure> {
        if !self.is_alive {
            return Err(Failure::failed("the process of the query is gone").into());
        }
        let clock = Clock::new(Arc::clone(&self.requests), self.process.id(), self.timeout);
        let replies = RefCell::new(&mut self.replies);
        let asked = request.map_or(Ok(()), |request| send(&self.requests, request));
        let outcome = std::thread::scope(|scope| {
            scope.spawn(|| clock.watch());
            let outcome = match asked {
                Ok(()) => exchange(&replies, &clock, receive),
                Err(error) => Exchanged { ending: Err(error), received: Ok(()) },
            };
            clock.stop();
            outcome
        });
        let Exchanged { ending, received } = outcome;
        match (ending, clock.verdict()) {
            (Err(error), verdict) => {
                let failure = self.gone(&clock, &error);
                if verdict != Some(Verdict::Enough) {
                    return Err(failure.into());
                }
            }
            (Ok(Ending::Failed(_)), Some(Verdict::Enough)) => {}
            (Ok(Ending::Failed(_)), Some(verdict)) => return Err(verdict.failure(self.timeout).into()),
            (Ok(Ending::Failed(placed)), None) => return Err(placed),
            (Ok(ending), _) => {
                received?;
                return Ok(ending);
            }
        }
        received?;
        Ok(Ending::Rows)
    }

    /// Why the process is gone.
    fn gone(&mut self, clock: &Clock, error: &io::Error) -> Failure {
        self.is_alive = false;
        let _ = self.process.kill();
        let status = self.process.wait();
        if let Some(verdict) = clock.verdict() {
            return verdict.failure(self.timeout);
        }
        let how = match status.ok().map(|status| (status.signal(), status.code())) {
            Some((Some(signal), _)) => format!("signal {signal}"),
            Some((_, Some(code))) => format!("exit {code}"),
            _ => error.to_string(),
        };
        Failure::failed(format!("the query broke its process ({how})")).hint(
            "mostly because memory ran out: give it more with --memory, such as --memory 4GB, or ask for less",
        )
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.process.kill();
        // Where it has put nothing aside there is nothing to wait for.
        if self.is_last && self.spill.as_ref().is_none_or(WorkFolder::remove_empty) {
            return;
        }
        let _ = self.process.wait();
    }
}

/// A folder of the session's own beside the database; none where none can be made.
fn spill_folder(database: &Path) -> Option<WorkFolder> {
    let folder = work_folder::begin(&folder_of(database), work_folder::SQL).ok()?;
    interrupt::remove_if_stopped(folder.path());
    Some(folder)
}

/// The user's own words for the database in place of the path from the root.
fn at_database(mut failure: Failure, database: &Path, said: &Path) -> Failure {
    let (whole, said) = (database.display().to_string(), said.display().to_string());
    for problem in &mut failure.problems {
        if problem.at.as_deref() == Some(whole.as_str()) {
            problem.at = Some(said.clone());
        }
    }
    failure
}

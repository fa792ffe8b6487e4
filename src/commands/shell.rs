//! The shell: `harmrank sql` on a terminal.

mod editor;

use super::context::CommandContext;
use super::output::{Paging, to_screen};
use super::sql::answer::{Outcome, Printing, SHOWN, limits, meta, tell_restricted, write_rows};
use super::streams::{report_failure, say, tell};
use super::{logged, reports};
use crate::cli::{Purpose, SqlArgs, flags_with_path};
use crate::context::Context;
use crate::explore::dot::{self, Dot};
use crate::explore::{
    Answer, Begun, CatalogQuery, Limits, Session, Source, Unit, Vocabulary, protections_text,
};
use crate::failure::Failure;
use crate::interrupt;
use crate::ledger::{Ledger, ReasonRule};
use crate::render::{self, Format, Options};
use crate::sql_guard::{StatementKind, kind_of};
use crate::wording;
use editor::{Editor, Read};
use std::cell::Cell;
use std::io::{self, IsTerminal, Write};
use std::process::Command;
use std::sync::{Arc, OnceLock};
use std::thread::JoinHandle;
use std::time::Instant;

/// Runs until the user leaves.
pub(super) fn run(arguments: &SqlArgs, ctx: &CommandContext<'_>) -> Result<(), Failure> {
    if !io::stdout().is_terminal() {
        return Err(Failure::usage("the shell needs a terminal")
            .hint("name a query: harmrank sql \"select count(*) from crime\""));
    }
    let limits = limits(arguments, ctx.access)?;
    ctx.access.check_path()?;
    let begun = Session::begin(ctx.access, limits)?;
    let vocabulary = Arc::new(OnceLock::new());
    let names = ctx.library.reports.iter().map(|report| report.name.clone()).collect();
    let mut editor = Editor::new(Arc::clone(&vocabulary), names, !(arguments.no_history || arguments.safe))?;
    let mut purpose = arguments.purpose.clone();
    if ctx.settings.ledger.reason == ReasonRule::Required && purpose.reason.is_none() {
        purpose.reason = editor.reason()?;
        ctx.settings.ledger.reason.check(purpose.reason.as_deref())?;
    }
    let mut shell = Shell {
        ledger: logged::open_ledger(ctx)?,
        purpose,
        state: State::Opening(open(begun, vocabulary)),
        ctx,
        limits,
        mode: arguments.output.format.unwrap_or(Format::Table),
        limit: match arguments.limit {
            None => Some(SHOWN),
            Some(0) => None,
            limit => limit,
        },
        paging: match Paging::of(&arguments.output) {
            Paging::UsersPager if arguments.safe => Paging::LessAlone,
            paging => paging,
        },
        is_timed: false,
        last: None,
    };
    tell(&welcome(ctx, editor.is_first));
    loop {
        match editor.read()? {
            Read::Text(text) => {
                let is_over = shell.take(&text)?;
                // What Ctrl-C asked for is done.
                interrupt::clear();
                interrupt::allow_cancel();
                if is_over {
                    return Ok(());
                }
            }
            Read::Nothing => {}
            Read::Left => return Ok(()),
        }
    }
}

/// Opens the database and reads the words of it while the user types.
fn open(begun: Begun, vocabulary: Arc<OnceLock<Vocabulary>>) -> JoinHandle<Result<Session, Failure>> {
    std::thread::spawn(move || {
        let mut session = begun.ready()?;
        let _ = vocabulary.set(Vocabulary::read(&mut session)?);
        Ok(session)
    })
}

fn welcome(ctx: &CommandContext<'_>, is_first: bool) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let database = ctx.access.path.display();
    let mut text =
        format!("harmrank {version}, {database}, for reading. SQL ends with ; and .help tells more.\n");
    if is_first {
        text.push_str(
            "Worth trying:\n  \
             select status, count(*) as crimes from crime group by all order by crimes desc;\n  \
             from harm_ranking(as_of := (select data_date from data_date)) where harm_rank <= 10;\n  \
             .describe crime\n",
        );
    }
    text
}

enum State {
    /// The database is being opened.
    Opening(JoinHandle<Result<Session, Failure>>),
    Open(Session),
    Gone,
}

struct Shell<'a> {
    state: State,
    ctx: &'a CommandContext<'a>,
    ledger: Ledger,
    /// Why, and for whom, for the whole session.
    purpose: Purpose,
    limits: Limits,
    mode: Format,
    limit: Option<usize>,
    paging: Paging,
    is_timed: bool,
    /// The last statement that yielded rows.
    last: Option<Source>,
}

impl Shell<'_> {
    /// Does what a text asks for; true where the user leaves. What fails is told, and the shell lives on, unless
    /// there is no database to ask.
    fn take(&mut self, text: &str) -> Result<bool, Failure> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(false);
        }
        self.session()?;
        let begun = Instant::now();
        let outcome = if text.starts_with('.') {
            dot::read(text).and_then(|command| self.obey(command))
        } else {
            self.ask(&Source { origin: "query".to_owned(), text: text.to_owned() }, self.limit)
                .map(|()| false)
        };
        let is_over = outcome.unwrap_or_else(|failure| {
            let _ = report_failure(&failure, self.ctx.as_json);
            false
        });
        if self.is_timed {
            tell(&format!("{:.3} s\n", begun.elapsed().as_secs_f64()));
        }
        self.mend()?;
        Ok(is_over)
    }

    fn session(&mut self) -> Result<&mut Session, Failure> {
        if matches!(self.state, State::Opening(_))
            && let State::Opening(thread) = std::mem::replace(&mut self.state, State::Gone)
        {
            let opened = thread.join().map_err(|_| Failure::failed("the database could not be opened"))?;
            let opened = opened?;
            tell_restricted(&opened);
            self.state = State::Open(opened);
        }
        match &mut self.state {
            State::Open(session) => Ok(session),
            _ => Err(Failure::failed("the database is not open")),
        }
    }

    /// Starts another process where the last statement cost the one there was.
    fn mend(&mut self) -> Result<(), Failure> {
        if self.session()?.is_alive() {
            return Ok(());
        }
        interrupt::clear();
        self.state = State::Gone;
        self.state = State::Open(Session::start(self.ctx.access, self.limits)?);
        tell(
            "The process of the query was ended and another one started: temporary tables, views, macros and \
              variables are gone.\n",
        );
        Ok(())
    }

    /// Runs statements and prints their answers, up to the first that fails.
    fn ask(&mut self, source: &Source, limit: Option<usize>) -> Result<(), Failure> {
        let context = Context::of_process()?;
        let (ledger, purpose) = (self.ledger.clone(), self.purpose.clone());
        let printing = Printing {
            options: Options::new(self.mode),
            limit,
            paging: self.paging,
            context: &context,
            all: ".last",
            ledger: &ledger,
            purpose: &purpose,
            first: Cell::new(None),
        };
        for unit in source.units() {
            if kind_of(&unit.sql) == StatementKind::Rows {
                self.last = Some(Source { origin: source.origin.clone(), text: unit.sql.clone() });
            }
            let Outcome { answer } = printing.print(self.session()?, source, &unit, &[])?;
            if let Answer::Step(words) = answer {
                tell(&format!("{words}\n"));
            }
        }
        Ok(())
    }

    /// True where the user leaves.
    fn obey(&mut self, command: Dot) -> Result<bool, Failure> {
        match command {
            Dot::Quit => return Ok(true),
            Dot::Help => say(&dot::help())?,
            Dot::About => {
                let text = protections_text(self.session()?.protections());
                say(&text)?;
            }
            Dot::Tables => self.look("explore/tables.sql", &[])?,
            Dot::Macros(word) => self.macros(&word)?,
            Dot::Schema(name) => self.schema(&name)?,
            Dot::Describe(name) => self.describe(&name)?,
            Dot::Reports => say(&reports::list(self.ctx.library))?,
            Dot::Report(flags) => self.report(&flags)?,
            Dot::Person(person) => {
                self.report(&["explain", "--person", &person].map(str::to_owned))?;
            }
            Dot::Mode(mode) => {
                self.mode = mode.unwrap_or(self.mode);
                tell(&format!("format: {}\n", self.mode.name()));
            }
            Dot::Timer(is_timed) => {
                self.is_timed = is_timed.unwrap_or(!self.is_timed);
                tell(if self.is_timed { "timer on\n" } else { "timer off\n" });
            }
            Dot::Last => match self.last.clone() {
                Some(source) => self.ask(&source, None)?,
                None => return Err(Failure::usage("nothing was asked yet").at(".last")),
            },
        }
        Ok(false)
    }

    /// Prints the rows of a query of the program's own as a table.
    fn look(&mut self, file: &str, values: &[(&str, &str)]) -> Result<(), Failure> {
        let context = Context::of_process()?;
        let paging = self.paging;
        let session = self.session()?;
        to_screen(Format::Table, paging, &context, |context, out| table(session, file, values, context, out))
    }

    /// Signatures whole, what they mean beneath, wrapped to the terminal.
    fn macros(&mut self, word: &str) -> Result<(), Failure> {
        let context = Context::of_process()?;
        let paging = self.paging;
        let session = self.session()?;
        let count = to_screen(Format::Table, paging, &context, |context, out| {
            let mut found = Vec::new();
            session.catalog(of("explore/macros.sql", &[("word", word)]), |rows| {
                found = render::texts(rows)?;
                Ok(())
            })?;
            let wrapped = textwrap::Options::new(context.width.unwrap_or(80)).subsequent_indent("    ");
            for row in &found {
                writeln!(out, "{}", textwrap::fill(&row[0], &wrapped))?;
                let meaning = format!("    {}: {}", row[1], row[2]);
                writeln!(out, "{}", textwrap::fill(&meaning, &wrapped))?;
            }
            Ok(found.len())
        })?;
        if count == 0 { Err(self.unknown(word)) } else { Ok(()) }
    }

    fn schema(&mut self, name: &str) -> Result<(), Failure> {
        let context = Context::of_process()?;
        let paging = self.paging;
        let session = self.session()?;
        let count = to_screen(Format::Table, paging, &context, |_, out| {
            let mut count = 0;
            session.catalog(of("explore/schema.sql", &[("name", name)]), |rows| {
                count = render::plain(rows, 0, out)?;
                Ok(())
            })?;
            Ok(count)
        })?;
        if count == 0 { Err(self.unknown(name)) } else { Ok(()) }
    }

    /// What a row is, how many there are, and what is in the columns.
    fn describe(&mut self, name: &str) -> Result<(), Failure> {
        let Some([name, comment, _]) = self.relation(name)?.filter(|[.., is_it]| is_it == "true") else {
            let own = self.session()?;
            let mut found = Vec::new();
            own.catalog(of("explore/macros.sql", &[("word", name)]), |rows| {
                found = render::texts(rows)?;
                Ok(())
            })?;
            if found.iter().any(|row| row[0].starts_with(&format!("{name}("))) {
                return self.macros(name);
            }
            return Err(self.unknown(name));
        };
        let entry = logged::of_sql(&format!("describe {name}"), &[], &self.purpose, &self.ledger);
        let begun = self.ledger.begin(entry)?;
        let shown = self.described(&name, &comment);
        begun.finish(shown)
    }

    fn described(&mut self, name: &str, comment: &str) -> Result<(), Failure> {
        let context = Context::of_process()?;
        let paging = self.paging;
        let session = self.session()?;
        to_screen(Format::Table, paging, &context, |context, out| {
            let mut held = 0_i64;
            session.catalog(of("explore/count.sql", &[("name", name)]), |found| {
                held = render::texts(found)?.concat().concat().parse().unwrap_or_default();
                Ok(())
            })?;
            writeln!(out, "{name}: {comment}\n{}\n", wording::rows(held))?;
            table(session, "explore/describe.sql", &[("name", name)], context, out)
        })
    }

    /// Name, meaning and whether it is the one asked for, of the table nearest to a name.
    fn relation(&mut self, name: &str) -> Result<Option<[String; 3]>, Failure> {
        let mut found = Vec::new();
        self.session()?.catalog(of("explore/relation.sql", &[("name", name)]), |rows| {
            found = render::texts(rows)?;
            Ok(())
        })?;
        Ok(found.into_iter().next().and_then(|row| row.try_into().ok()))
    }

    fn unknown(&mut self, name: &str) -> Failure {
        let failure = Failure::usage(format!("no table, view or macro {name}"));
        match self.relation(name) {
            Ok(Some([near, ..])) => failure.hint(format!("did you mean {near}?")),
            _ => failure.hint(".tables and .macros name them"),
        }
    }

    /// Runs a report in a process of its own: nothing made in this session reaches it. No flag may name a file or a
    /// folder: whoever has the shell has not thereby the files of who started it.
    fn report(&self, words: &[String]) -> Result<(), Failure> {
        let (name, flags) = words.split_first().ok_or_else(|| Failure::usage("no report is named"))?;
        let with_path = flags_with_path(self.ctx.library.find(name)?, flags);
        if let Some(flag) = with_path.first() {
            return Err(Failure::usage("the shell writes and reads no file")
                .at(flag)
                .hint(format!("leave the shell, and run `harmrank report {name}` with {flag}")));
        }
        let mut command = Command::new(std::env::current_exe()?);
        command.arg("report").args(words).arg("--db").arg(&self.ctx.access.path);
        for (flag, text) in [("--reason", &self.purpose.reason), ("--recipient", &self.purpose.recipient)] {
            if let Some(text) = text.as_ref().filter(|_| !flags.iter().any(|given| given.starts_with(flag))) {
                command.arg(flag).arg(text);
            }
        }
        if let Some(folder) = &self.ctx.settings.reports {
            command.arg("--reports").arg(folder);
        }
        if self.paging == Paging::LessAlone {
            command.env_remove("PAGER");
        }
        // It says itself what is wrong.
        command.status()?;
        Ok(())
    }
}

fn of(file: &str, values: &[(&str, &str)]) -> CatalogQuery {
    let values = values.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    CatalogQuery { file: file.to_owned(), values }
}

fn table(
    session: &mut Session,
    file: &str,
    values: &[(&str, &str)],
    context: &Context,
    out: &mut (dyn Write + Send),
) -> Result<(), Failure> {
    let meta = meta(None, &Unit { sql: String::new(), begin: 0 }, &[]);
    session.catalog(of(file, values), |rows| {
        write_rows(Options::new(Format::Table), &meta, rows, context, out).map(|_| ())
    })
}

//! `harmrank sql`: queries of the user's own.

mod open;

use super::report::{BUFFER, elsewhere, options};
use super::{Surroundings, logged, say, shell, tell};
use crate::cli::{Purpose, SqlArgs};
use crate::context::Context;
use crate::database::Access;
use crate::embedded_sql;
use crate::explore::{
    Answer, Asked, Bound, Deed, Limits, Placed, Session, Source, Unit, deed, limited, told,
};
use crate::failure::{Failure, Kind, Problem};
use crate::interrupt;
use crate::ledger::{Begun, Ledger, end_all};
use crate::render::pager::{self, Screen};
use crate::render::{self, Format, Options};
use crate::report::{Days, Meta, Rows};
use crate::runs::write;
use crate::wording;
use serde_json::{Map, Value as Json};
use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Read, Write};
use std::os::fd::AsFd;
use std::path::Path;

/// Rows shown on a terminal unless more are asked for.
pub(super) const SHOWN: usize = 1000;
/// Memory of the engine unless more is given.
const MEMORY: u64 = 1_000_000_000;

pub(super) fn run(arguments: &SqlArgs, with: &Surroundings<'_>) -> Result<(), Failure> {
    if let Some(client) = arguments.open {
        return say(&open::how(client, &arguments.purpose, with)?);
    }
    if arguments.about {
        return about(arguments, with);
    }
    let Some(source) = source(arguments)? else { return shell::run(arguments, with) };
    let as_json = with.as_json;
    interrupt::enforce_deadline(None, move |failure| {
        end_all(failure);
        let _ = tell(failure, as_json);
        std::process::exit(i32::from(failure.kind.exit_code()));
    });
    one_shot(&source, arguments, with)
}

fn about(arguments: &SqlArgs, with: &Surroundings<'_>) -> Result<(), Failure> {
    let session = Session::start(with.access, limits(arguments, with.access)?)?;
    say(&told(session.protections()))
}

/// What a query may take.
pub(super) fn limits(arguments: &SqlArgs, access: &Access) -> Result<Limits, Failure> {
    let memory = match &access.memory {
        None => MEMORY,
        Some(text) => bytes(text).filter(|bytes| *bytes >= 64_000_000).ok_or_else(|| {
            Failure::usage(format!("{text} is too little")).at("--memory").hint("give it 64MB or more")
        })?,
    };
    Ok(Limits { memory, timeout: arguments.timeout })
}

/// A size such as 500MB or 1.5GiB, in bytes.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a size; less than a byte is lost"
)]
fn bytes(text: &str) -> Option<u64> {
    let digits = text.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let unit = text[digits.len()..].to_ascii_uppercase();
    let base: f64 = if unit.contains('I') { 1024.0 } else { 1000.0 };
    let power = match unit.chars().next()? {
        'K' => 1,
        'M' => 2,
        'G' => 3,
        'T' => 4,
        _ => return None,
    };
    Some((digits.parse::<f64>().ok()? * base.powi(power)) as u64)
}

/// The SQL to run; none where the shell is asked for.
fn source(arguments: &SqlArgs) -> Result<Option<Source>, Failure> {
    let from_stdin = || {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes)?;
        text_of("standard input", bytes)
    };
    match (&arguments.query, &arguments.file) {
        (Some(query), _) if query == "-" => from_stdin().map(Some),
        (Some(query), _) => Ok(Some(Source { origin: "query".to_owned(), text: query.clone() })),
        (None, Some(path)) if path == Path::new("-") => from_stdin().map(Some),
        (None, Some(path)) => {
            let name = path.display().to_string();
            let bytes = std::fs::read(path).map_err(|error| {
                Failure::usage(format!("cannot be read: {error}")).at(name.clone()).hint("name a file of SQL")
            })?;
            text_of(&name, bytes).map(Some)
        }
        (None, None) if !io::stdin().is_terminal() => from_stdin().map(Some),
        (None, None) => Ok(None),
    }
}

fn text_of(origin: &str, bytes: Vec<u8>) -> Result<Source, Failure> {
    let text = String::from_utf8(bytes)
        .map_err(|_| Failure::usage("is not UTF-8 text").at(origin).hint("save it as UTF-8"))?;
    let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
    Ok(Source { origin: origin.to_owned(), text })
}

fn one_shot(source: &Source, arguments: &SqlArgs, with: &Surroundings<'_>) -> Result<(), Failure> {
    let options = options(&arguments.output, false, with.context)?;
    let units = source.units();
    check(source, &units, arguments, options)?;
    with.settings.ledger.reason.check(arguments.purpose.reason.as_deref())?;
    let begun = Session::begin(with.access, limits(arguments, with.access)?)?;
    let ledger = logged::open(with)?;
    // While the database is being opened; what its day settles is known only then.
    let first = match units.first().filter(|_| arguments.parameters.is_empty()) {
        Some(unit) => Some(ledger.begin(logged::of_sql(&unit.sql, &[], &arguments.purpose, &ledger))?),
        None => None,
    };
    let (mut session, first) = match (begun.ready(), first) {
        (Ok(session), first) => (session, first),
        (Err(failure), Some(first)) => return first.finish(Err(failure)),
        (Err(failure), None) => return Err(failure),
    };
    tell_withheld(&session);
    let values = settle(&arguments.parameters, &mut session, with.context)?;
    let is_terminal = with.context.width.is_some() && arguments.output.output.is_none();
    let limit = arguments.limit.unwrap_or(if is_terminal { SHOWN } else { 0 });
    let output = Printing {
        options,
        limit: (limit > 0).then_some(limit),
        is_paged: !arguments.output.no_pager,
        context: with.context,
        all: "--limit 0",
        ledger: &ledger,
        purpose: &arguments.purpose,
        first: Cell::new(first),
    };
    let mut is_first = true;
    for (place, unit) in units.iter().enumerate() {
        session.set_last(place + 1 == units.len());
        let yields = deed(&unit.sql) == Deed::Rows;
        if yields && !std::mem::take(&mut is_first) && arguments.output.output.is_none() {
            say("\n")?;
        }
        match arguments.output.output.as_ref().filter(|_| yields) {
            Some(path) => write::whole(path, |out| output.answer(&mut session, source, unit, &values, out))?,
            None => output.print(&mut session, source, unit, &values)?,
        };
    }
    Ok(())
}

/// Says how many people the tables do not show, and never who.
pub(super) fn tell_withheld(session: &Session) {
    let people = session.withheld();
    if people > 0 {
        let (word, their) = if people == 1 { ("person is", "the") } else { ("people are", "their") };
        let _ = writeln!(
            io::stderr(),
            "{people} {word} withheld from the tables: {their} record is restricted, see `harmrank restrict --help`"
        );
    }
}

/// What is wrong whatever the database says.
fn check(source: &Source, units: &[Unit], arguments: &SqlArgs, options: Options) -> Result<(), Failure> {
    if units.is_empty() {
        return Err(Failure::usage("no statement in it").at(source.origin.clone()));
    }
    let used = source.placeholders();
    let unused = arguments.parameters.iter().filter(|asked| !used.contains(&asked.name));
    let problems: Vec<_> = unused
        .map(|asked| Problem {
            message: format!("${} is not in the SQL", asked.name),
            hint: None,
            at: Some(format!("--param {}", asked.name)),
        })
        .collect();
    if !problems.is_empty() {
        return Err(Failure::of(Kind::Usage, problems));
    }
    let yields = units.iter().filter(|unit| deed(&unit.sql) == Deed::Rows).count();
    if yields > 1 && (arguments.output.output.is_some() || options.format != Format::Table) {
        let message =
            format!("{yields} of the statements yield rows, and {} holds one table", options.format.name());
        return Err(Failure::usage(message).at(source.origin.clone()).hint(
            "write steps on the way as `create temp table NAME as SELECT`, or ask for --format table",
        ));
    }
    if yields == 0 && arguments.output.output.is_some() {
        return Err(
            Failure::usage("no statement yields rows: there is nothing to write").at(source.origin.clone())
        );
    }
    Ok(())
}

fn settle(asked: &[Asked], session: &mut Session, context: &Context) -> Result<Vec<Bound>, Failure> {
    if asked.is_empty() {
        return Ok(Vec::new());
    }
    let today = context.today;
    let data_date = session.data_date()?.and_then(|day| day.parse().ok()).unwrap_or(today);
    Asked::settle(asked, Days { today, data_date })
}

/// How answers are printed.
pub(super) struct Printing<'a> {
    pub(super) options: Options,
    /// Most rows; none: all.
    pub(super) limit: Option<usize>,
    pub(super) is_paged: bool,
    pub(super) context: &'a Context,
    /// What shows all rows.
    pub(super) all: &'a str,
    /// Where it is written who asked.
    pub(super) ledger: &'a Ledger,
    pub(super) purpose: &'a Purpose,
    /// The first statement, where the ledger knows of it already.
    pub(super) first: Cell<Option<Begun>>,
}

impl Printing<'_> {
    /// Runs a statement and prints its rows.
    pub(super) fn print(
        &self,
        session: &mut Session,
        source: &Source,
        unit: &Unit,
        values: &[Bound],
    ) -> Result<Outcome, Failure> {
        to_screen(self.options.format, self.is_paged, self.context, |context, out| {
            self.answer_for(session, source, unit, values, context, out)
        })
    }

    /// Runs a statement and writes its rows.
    fn answer(
        &self,
        session: &mut Session,
        source: &Source,
        unit: &Unit,
        values: &[Bound],
        out: &mut (dyn Write + Send),
    ) -> Result<Outcome, Failure> {
        self.answer_for(session, source, unit, values, &elsewhere(self.context), out)
    }

    fn answer_for(
        &self,
        session: &mut Session,
        source: &Source,
        unit: &Unit,
        values: &[Bound],
        context: &Context,
        out: &mut (dyn Write + Send),
    ) -> Result<Outcome, Failure> {
        let begun = match self.first.take() {
            Some(begun) => begun,
            None => self.ledger.begin(logged::of_sql(&unit.sql, values, self.purpose, self.ledger))?,
        };
        let done = self.run(session, unit, values, &begun, context, out);
        begun.finish(done.map_err(|placed| source.placed(unit, placed)))
    }

    fn run(
        &self,
        session: &mut Session,
        unit: &Unit,
        values: &[Bound],
        begun: &Begun,
        context: &Context,
        out: &mut (dyn Write + Send),
    ) -> Result<Outcome, Placed> {
        let day = if self.options.format.tells_of_query() { session.data_date()? } else { None };
        let meta = meta(day, unit, values);
        let is_cut = Cell::new(false);
        let mut rows = 0;
        let answer = session.run(&unit.sql, values, |batches| {
            let batches = limited(batches, self.limit, &is_cut).counted(begun.row_counter());
            rows = write_rows(self.options, &meta, batches, context, out)?;
            if is_cut.get() && self.options.format == Format::Table {
                writeln!(out, "cut after {}: there are more, all with {}", wording::rows(rows), self.all)?;
            }
            Ok(())
        })?;
        if is_cut.get() && self.options.format != Format::Table {
            let _ = writeln!(
                io::stderr(),
                "cut after {}: there are more, all with {}",
                wording::rows(rows),
                self.all
            );
        }
        Ok(Outcome { answer })
    }
}

/// Writes to standard output; a table longer than the screen goes to the pager.
pub(super) fn to_screen<T>(
    format: Format,
    is_paged: bool,
    context: &Context,
    write: impl FnOnce(&Context, &mut (dyn Write + Send)) -> Result<T, Failure>,
) -> Result<T, Failure> {
    // Not `Stdout`, which looks for line ends.
    let stdout = File::from(io::stdout().as_fd().try_clone_to_owned()?);
    if let (Some(columns), Some(lines), Format::Table, true) =
        (context.width, context.height, format, is_paged)
    {
        let command = pager::pager(std::env::var("PAGER").ok());
        let mut screen = Screen::new(stdout, lines, columns, command);
        let outcome = write(context, &mut screen)?;
        screen.finish()?;
        return Ok(outcome);
    }
    let mut out = BufWriter::with_capacity(BUFFER, stdout);
    let outcome = write(context, &mut out)?;
    out.flush()?;
    Ok(outcome)
}

/// What came of a statement.
pub(super) struct Outcome {
    pub(super) answer: Answer,
}

/// A plan is a drawing of several lines: it stands as it is, not in a table.
pub(super) fn write_rows(
    options: Options,
    meta: &Meta,
    rows: Rows<'_>,
    context: &Context,
    out: &mut (dyn Write + Send),
) -> Result<usize, Failure> {
    let is_plan =
        rows.schema.fields().iter().map(|field| field.name().as_str()).eq(["explain_key", "explain_value"]);
    if !is_plan || options.format != Format::Table {
        return render::render(options, meta, rows, &[], context, out);
    }
    render::plain(rows, 1, out)
}

/// What an answer says of itself.
pub(super) fn meta(data_date: Option<String>, unit: &Unit, values: &[Bound]) -> Meta {
    let parameters: Map<String, Json> =
        values.iter().map(|value| (value.name.clone(), Json::from(value.text.clone()))).collect();
    Meta {
        report: "sql".to_owned(),
        title: "Query".to_owned(),
        summary: String::new(),
        statement: unit.sql.clone(),
        is_query: true,
        columns_first: Vec::new(),
        bar: None,
        charts: Vec::new(),
        parameters,
        index: None,
        data_date: data_date.unwrap_or_else(|| "no day".to_owned()),
        notes: Vec::new(),
        harmrank: env!("CARGO_PKG_VERSION").to_owned(),
        sql_hash: embedded_sql::hash(),
        report_hash: embedded_sql::hash_of(&unit.sql),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_so_many_bytes() {
        assert_eq!(bytes("500MB"), Some(500_000_000));
        assert_eq!(bytes("1.5GiB"), Some(1_610_612_736));
        assert_eq!(bytes("2gb"), Some(2_000_000_000));
    }
}

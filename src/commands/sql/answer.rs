//! Answers of statements of the user's own, printed and in the ledger.

use crate::cli::{Purpose, SqlArgs, bytes_of};
use crate::commands::logged;
use crate::commands::output::{Paging, elsewhere, to_screen};
use crate::commands::streams::tell;
use crate::context::Context;
use crate::database::Access;
use crate::embedded_sql;
use crate::explore::{Answer, Bound, Limits, Session, Source, Unit, limited};
use crate::failure::Failure;
use crate::ledger::{Begun, Ledger};
use crate::render::{self, Format, Options};
use crate::report::{Meta, Rows};
use crate::sql_guard::{MEMORY, PositionedFailure, withheld};
use crate::wording;
use serde_json::{Map, Value as Json};
use std::cell::Cell;
use std::io::Write;

/// Rows shown on a terminal unless more are asked for.
pub(crate) const SHOWN: usize = 1000;

/// What a query may take.
pub(in crate::commands) fn limits(arguments: &SqlArgs, access: &Access) -> Result<Limits, Failure> {
    let memory = match &access.memory {
        None => MEMORY,
        Some(text) => bytes_of(text).filter(|bytes| *bytes >= 64_000_000).ok_or_else(|| {
            Failure::usage(format!("{text} is too little")).at("--memory").hint("give it 64MB or more")
        })?,
    };
    Ok(Limits { memory, timeout: arguments.timeout })
}

/// Says how many people the tables do not show, and never who.
pub(in crate::commands) fn tell_restricted(session: &Session) {
    if let Some(words) = withheld(session.restricted_people()) {
        tell(&format!("{words}\n"));
    }
}

/// How answers are printed.
pub(in crate::commands) struct Printing<'a> {
    pub(in crate::commands) options: Options,
    /// Most rows; none: all.
    pub(in crate::commands) limit: Option<usize>,
    pub(in crate::commands) paging: Paging,
    pub(in crate::commands) context: &'a Context,
    /// What shows all rows.
    pub(in crate::commands) all: &'a str,
    /// Where it is written who asked.
    pub(in crate::commands) ledger: &'a Ledger,
    pub(in crate::commands) purpose: &'a Purpose,
    /// The first statement, where the ledger knows of it already.
    pub(in crate::commands) first: Cell<Option<Begun>>,
}

impl Printing<'_> {
    /// Runs a statement and prints its rows.
    pub(in crate::commands) fn print(
        &self,
        session: &mut Session,
        source: &Source,
        unit: &Unit,
        values: &[Bound],
    ) -> Result<Outcome, Failure> {
        to_screen(self.options.format, self.paging, self.context, |context, out| {
            self.answer_for(session, source, unit, values, context, out)
        })
    }

    /// Runs a statement and writes its rows.
    pub(in crate::commands) fn answer(
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
    ) -> Result<Outcome, PositionedFailure> {
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
            tell(&format!("cut after {}: there are more, all with {}\n", wording::rows(rows), self.all));
        }
        Ok(Outcome { answer })
    }
}

/// What came of a statement.
pub(in crate::commands) struct Outcome {
    pub(in crate::commands) answer: Answer,
}

/// A plan is a drawing of several lines: it stands as it is, not in a table.
pub(in crate::commands) fn write_rows(
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
pub(in crate::commands) fn meta(data_date: Option<String>, unit: &Unit, values: &[Bound]) -> Meta {
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

//! What an analyst has to decide about a load before a list is relied on: it stands at the head of the account.

use crate::failure::{Failure, Kind, Problem};
use crate::wording::with_thousands;
use duckdb::Connection;
use serde::Serialize;
use std::fmt;

/// One thing to decide, or to know of the codes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Decision {
    /// `refuse`: the load is refused until it is decided. `decide`: it changes who is listed. `tell`: to be known.
    pub(crate) kind: String,
    pub(crate) topic: String,
    /// How many rows, crimes or people.
    pub(crate) quantity: i64,
    /// Of how many.
    pub(crate) total: i64,
    /// That share in percent, with one digit behind the point.
    pub(crate) percent: String,
    pub(crate) note: String,
    /// Up to three of each kind.
    pub(crate) examples: Vec<String>,
    /// The flag or the file that settles it.
    pub(crate) remedy: String,
}

impl Decision {
    /// True where somebody has to decide.
    pub(crate) fn is_open(&self) -> bool {
        self.kind != "tell"
    }
}

impl fmt::Display for Decision {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.topic, self.note)?;
        if self.is_open() {
            write!(
                out,
                "; {} of {}, {} %",
                with_thousands(self.quantity),
                with_thousands(self.total),
                self.percent
            )?;
        }
        if !self.examples.is_empty() {
            write!(out, "; {}", self.examples.join(", "))?;
        }
        Ok(())
    }
}

/// What is to be decided about a load, what changes most ranks first.
pub(super) fn read(connection: &Connection, batch_key: i32) -> Result<Vec<Decision>, Failure> {
    let decisions = connection
        .prepare(
            "select kind, topic, quantity, total,
                 format('{:.1f}', case when total > 0 then 100.0 * quantity / total else 0.0 end),
                 note, array_to_string(examples, chr(10)), remedy
             from load_decision where batch_key = ? order by place",
        )?
        .query_map([batch_key], |row| {
            Ok(Decision {
                kind: row.get(0)?,
                topic: row.get(1)?,
                quantity: row.get(2)?,
                total: row.get(3)?,
                percent: row.get(4)?,
                note: row.get(5)?,
                examples: row.get::<_, String>(6)?.lines().map(ToOwned::to_owned).collect(),
                remedy: row.get(7)?,
            })
        })?
        .collect::<Result<_, _>>()?;
    Ok(decisions)
}

/// Refuses a load about which something has to be decided first: with `is_strict` anything.
pub(super) fn refuse_open(decisions: &[Decision], is_strict: bool) -> Result<(), Failure> {
    let is_refused = |decision: &&Decision| decision.kind == "refuse" || (is_strict && decision.is_open());
    let problems: Vec<_> = decisions
        .iter()
        .filter(is_refused)
        .map(|decision| Problem {
            message: format!("{decision}; nothing was changed"),
            hint: Some(decision.remedy.clone()),
            at: None,
        })
        .collect();
    if problems.is_empty() { Ok(()) } else { Err(Failure::of(Kind::Failed, problems)) }
}

/// What the SQL says of a list of identities that leads nowhere, as said of the list that was given.
pub(super) fn of_identities(failure: Failure) -> Failure {
    let message =
        failure.problems.first().and_then(|problem| problem.message.strip_prefix("Invalid Input Error: "));
    let (flag, mend) = match message {
        Some(text) if text.starts_with("identities ") => {
            ("--identities", "each reference leads to one person, and round to nobody")
        }
        Some(text) if text.starts_with("clusters ") => ("--clusters", "each reference is in one cluster"),
        _ => return failure,
    };
    Failure::failed(message.unwrap_or_default())
        .at(flag)
        .hint(format!("mend the list: {mend}; nothing was changed"))
}

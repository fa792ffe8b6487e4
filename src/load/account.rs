//! What came in, what did not and why.

use super::decision::{self, Decision};
use super::protected;
use crate::database::{ListKind, list_kinds, sql_file};
use crate::failure::Failure;
use crate::wording::{number_of, with_thousands};
use duckdb::{Connection, ToSql};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;

/// The account of one load. The rows of the balance add up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Account {
    /// Number of the load.
    pub(crate) batch_key: i32,
    pub(crate) extract_on: String,
    /// True where it was given, false where it is the newest report date.
    pub(crate) is_extract_on_given: bool,
    pub(crate) rows_in: i64,
    /// Rows of crimes not held before.
    pub(crate) rows_new: i64,
    /// Rows of crimes that differ from the version held.
    pub(crate) rows_replaced: i64,
    /// Rows of crimes that say what was held.
    pub(crate) rows_unchanged: i64,
    /// Rows of crimes of which a newer version is held.
    pub(crate) rows_outdated: i64,
    pub(crate) rows_refused: i64,
    /// Rows that name somebody forgotten: what they say of them was left out.
    pub(crate) rows_suppressed: i64,
    /// Crimes absent from an extract declared complete.
    pub(crate) crimes_withdrawn: i64,
    /// Suspects whom the source no longer names.
    pub(crate) suspects_ended: i64,
    /// Victims whom the source no longer names.
    pub(crate) victims_ended: i64,
    /// What the lists before had and these no longer have: merges, spells in custody, decisions, actions.
    pub(crate) lists_ended: BTreeMap<String, i64>,
    /// The words for one row of each list, and for several.
    #[serde(skip)]
    pub(crate) list_words: BTreeMap<String, [String; 2]>,
    pub(crate) refusals: Vec<Count>,
    /// Values blanked or doubted, by column and kind.
    pub(crate) issues: Vec<Count>,
    /// What an analyst has to decide, what changes most ranks first; then what is to be known of the codes.
    pub(crate) decisions: Vec<Decision>,
    /// What `--value` said a status means, theirs=ours.
    pub(crate) values: Vec<String>,
    /// Code system that `--code-system` gave.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) code_system: Option<String>,
    /// What to know of how the files were read; each begins with the name of its file.
    pub(crate) warnings: Vec<String>,
    /// Columns of the sources that were not read.
    pub(crate) columns_unread: Vec<String>,
    /// True where the load was only tried: nothing was changed.
    pub(crate) is_dry: bool,
    /// What the database contains now.
    pub(crate) held: Held,
    /// What stands out in the thirteen months up to the extract date: shares, empty weeks, merges that disagree,
    /// sudden jumps.
    pub(crate) reconciliation: Vec<Line>,
}

/// One thing that stands out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Line {
    /// `share`, `empty`, `conflict` or `jump`.
    pub(crate) topic: String,
    pub(crate) note: String,
}

/// How often, and one example.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Count {
    pub(crate) what: String,
    pub(crate) rows: i64,
    /// File and line of the first.
    pub(crate) example: String,
}

/// Rows of the main tables.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Held {
    pub(crate) crimes: i64,
    pub(crate) suspects: i64,
    pub(crate) victims: i64,
    pub(crate) people: i64,
    pub(crate) first_reported_on: Option<String>,
    pub(crate) last_reported_on: Option<String>,
    /// People of whom a protected characteristic is held; none: a load of something else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) protected: Option<i64>,
}

/// Reads the account of a load from the database.
pub(super) fn read(connection: &Connection, batch_key: i32) -> Result<Account, Failure> {
    let mut account = recorded(connection, batch_key, held(connection)?)?;
    // The day as a value: under a subquery all that is held would be read, not thirteen months of it.
    account.reconciliation = connection
        .prepare("select topic, note from recorded_note(?::date) order by place")?
        .query_map([&account.extract_on], |row| Ok(Line { topic: row.get(0)?, note: row.get(1)? }))?
        .collect::<Result<_, _>>()?;
    let kinds = list_kinds(connection)?;
    account.lists_ended = lists_ended(connection, &kinds, batch_key)?;
    account.list_words = kinds.into_iter().map(|kind| (kind.name, kind.words)).collect();
    account.decisions = decision::read(connection, batch_key)?;
    account.refusals = counts(connection, "refusal", batch_key)?;
    account.issues = counts(connection, "issue", batch_key)?;
    Ok(account)
}

/// The account as far as the record of the load itself has it.
fn recorded(connection: &Connection, batch_key: i32, held: Held) -> Result<Account, Failure> {
    let parts = |text: Option<String>, between: &str| -> Vec<String> {
        text.map_or_else(Vec::new, |text| text.split(between).map(ToOwned::to_owned).collect())
    };
    Ok(connection.query_row(
        "select extract_on::varchar, is_extract_on_given, rows_in, rows_new, rows_replaced, rows_unchanged,
             rows_outdated, rows_refused, rows_suppressed, crimes_withdrawn, suspects_ended, victims_ended,
             columns_unread, warnings, values_explained, code_system
         from load_batch where batch_key = ?",
        [batch_key],
        |row| {
            Ok(Account {
                batch_key,
                extract_on: row.get(0)?,
                is_extract_on_given: row.get(1)?,
                rows_in: row.get(2)?,
                rows_new: row.get(3)?,
                rows_replaced: row.get(4)?,
                rows_unchanged: row.get(5)?,
                rows_outdated: row.get(6)?,
                rows_refused: row.get(7)?,
                rows_suppressed: row.get(8)?,
                crimes_withdrawn: row.get(9)?,
                suspects_ended: row.get(10)?,
                victims_ended: row.get(11)?,
                lists_ended: BTreeMap::new(),
                list_words: BTreeMap::new(),
                refusals: Vec::new(),
                issues: Vec::new(),
                decisions: Vec::new(),
                values: parts(row.get(14)?, "\n"),
                code_system: row.get(15)?,
                warnings: parts(row.get(13)?, "\n"),
                columns_unread: parts(row.get(12)?, ", "),
                is_dry: false,
                held,
                reconciliation: Vec::new(),
            })
        },
    )?)
}

/// Refusals or issues of a load by kind, as a query under `sql/load/account` counts them.
fn counts(connection: &Connection, name: &str, batch_key: i32) -> Result<Vec<Count>, Failure> {
    let rows = connection
        .prepare(sql_file(&format!("load/account/{name}.sql"))?.text)?
        .query_map(&[("batch_key", &batch_key as &dyn ToSql)][..], |row| {
            Ok(Count { what: row.get(0)?, rows: row.get(1)?, example: row.get(2)? })
        })?
        .collect::<Result<_, _>>()?;
    Ok(rows)
}

/// What the lists before a load had and those of the load no longer have, by list; nothing where that is none.
fn lists_ended(
    connection: &Connection,
    kinds: &[ListKind],
    batch_key: i32,
) -> Result<BTreeMap<String, i64>, Failure> {
    let sql = sql_file("load/account/list_ended.sql")?.text;
    let mut ended = BTreeMap::new();
    for kind in kinds {
        let bound = [("batch_key", &batch_key as &dyn ToSql)];
        let rows = connection.prepare(&kind.fill(sql))?.query_row(&bound[..], |row| row.get(0))?;
        ended.insert(kind.name.clone(), rows);
    }
    ended.retain(|_, rows| *rows > 0);
    Ok(ended)
}

/// What the database contains now.
pub(super) fn held(connection: &Connection) -> Result<Held, Failure> {
    let protected = if protected::is_one(connection)? {
        Some(connection.query_row("select count(*) from protected", [], |row| row.get(0))?)
    } else {
        None
    };
    Ok(connection.query_row(
        "select
             (select count(*) from crime), (select count(*) from suspect), (select count(*) from victim),
             (select count(*) from person), (select min(reported_on)::varchar from crime),
             (select max(reported_on)::varchar from crime)",
        [],
        |row| {
            Ok(Held {
                crimes: row.get(0)?,
                suspects: row.get(1)?,
                victims: row.get(2)?,
                people: row.get(3)?,
                first_reported_on: row.get(4)?,
                last_reported_on: row.get(5)?,
                protected,
            })
        },
    )?)
}

impl fmt::Display for Account {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let given = if self.is_extract_on_given { "given" } else { "its newest report date" };
        if self.is_dry {
            writeln!(out, "tried, not loaded: an extract of {} ({given})", self.extract_on)?;
        } else {
            writeln!(out, "load {}, extract of {} ({given})", self.batch_key, self.extract_on)?;
        }
        self.write_decisions(out)?;
        for warning in &self.warnings {
            writeln!(out, "WARNING {warning}")?;
        }
        self.write_balance(out)?;
        self.write_ended(out)?;
        let (refused, doubted) = if self.is_dry {
            ("would be rejected:", "would be kept, but doubted:")
        } else {
            ("rejected, kept in load_reject:", "kept, but doubted, see load_issue:")
        };
        write_counts(out, refused, &self.refusals)?;
        write_counts(out, doubted, &self.issues)?;
        if !self.columns_unread.is_empty() {
            writeln!(out, "columns not read: {}", self.columns_unread.join(", "))?;
        }
        self.write_held(out)
    }
}

impl Account {
    /// The balance of rows, whose lines add up.
    fn write_balance(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let balance = [
            ("rows in", self.rows_in),
            ("= new", self.rows_new),
            ("+ replaced", self.rows_replaced),
            ("+ unchanged", self.rows_unchanged),
            ("+ outdated", self.rows_outdated),
            ("+ rejected", self.rows_refused),
        ];
        balance.iter().try_for_each(|(what, rows)| writeln!(out, "  {what:<12}{:>13}", with_thousands(*rows)))
    }

    /// What the load ended, and what it left out of people who are forgotten.
    fn write_ended(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ended = [
            (self.suspects_ended, ["suspect", "suspects"], "ended: the source no longer names them"),
            (self.victims_ended, ["victim", "victims"], "ended"),
            (
                self.crimes_withdrawn,
                ["crime", "crimes"],
                "withdrawn: absent from an extract declared complete",
            ),
        ];
        for (count, words, what) in ended.into_iter().filter(|(count, ..)| *count > 0) {
            writeln!(out, "  {} {what}", number_of(count, words))?;
        }
        for (list, count) in &self.lists_ended {
            let [one, many] = &self.list_words[list];
            writeln!(out, "  {} ended: not in the list that was given", number_of(*count, [one, many]))?;
        }
        if self.rows_suppressed > 0 {
            let rows = number_of(self.rows_suppressed, ["row names", "rows name"]);
            writeln!(out, "  {rows} somebody forgotten: what is said of them was left out")?;
        }
        Ok(())
    }

    /// What the database contains now, and what stands out in it.
    fn write_held(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let held = &self.held;
        let contains = if self.is_dry { "would contain" } else { "contains" };
        if let Some(people) = held.protected {
            let people = number_of(people, ["person", "people"]);
            return writeln!(out, "the file of protected characteristics {contains}: {people}");
        }
        write!(
            out,
            "the database {contains}: {}, {} of them, {}, {}",
            number_of(held.crimes, ["crime", "crimes"]),
            number_of(held.suspects, ["suspect", "suspects"]),
            number_of(held.victims, ["victim", "victims"]),
            number_of(held.people, ["person", "people"])
        )?;
        if let (Some(first), Some(last)) = (&held.first_reported_on, &held.last_reported_on) {
            write!(out, "; reported from {first} to {last}")?;
        }
        writeln!(out)?;
        let standing_out: Vec<_> = self.reconciliation.iter().filter(|line| line.topic != "share").collect();
        if !standing_out.is_empty() {
            writeln!(out, "please check; `harmrank report reconciliation` counts month by month:")?;
        }
        standing_out.iter().try_for_each(|line| writeln!(out, "  {}", line.note))
    }

    /// What is to be decided leads: it changes who is listed.
    fn write_decisions(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.decisions.iter().any(Decision::is_open) {
            writeln!(out, "DECIDE FIRST, it changes who is listed:")?;
        }
        for decision in self.decisions.iter().filter(|decision| decision.is_open()) {
            writeln!(out, "  {decision}\n    {}", decision.remedy)?;
        }
        for value in &self.values {
            writeln!(out, "status as you said with --value: {value}")?;
        }
        if let Some(system) = &self.code_system {
            writeln!(out, "code system as you said with --code-system: {system}")?;
        }
        for told in self.decisions.iter().filter(|decision| !decision.is_open()) {
            writeln!(out, "{told}")?;
        }
        Ok(())
    }
}

fn write_counts(out: &mut fmt::Formatter<'_>, title: &str, counts: &[Count]) -> fmt::Result {
    if counts.is_empty() {
        return Ok(());
    }
    writeln!(out, "{title}")?;
    for count in counts {
        writeln!(out, "  {:>9}  {} ({})", with_thousands(count.rows), count.what, count.example)?;
    }
    Ok(())
}

//! A draft of an adapter for a file: what matches is written out, what does not stands beside it in comments.
//! No value of the file is shown, only how often a column is filled and what kind of value it holds.

use super::columns::{FlatColumn, flat_columns, is_value, known_names, likely, match_columns};
use super::file::{Kind, Reading, Ready};
use super::source::{Adapter, check_is_there, without_wildcards};
use super::stage::{self, private_kind};
use crate::database::{quoted, quoted_name};
use crate::failure::Failure;
use crate::interrupt;
use crate::work_folder;
use duckdb::Connection;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// What a column of the file holds.
struct Look {
    name: String,
    filled: i64,
    dates: i64,
    /// Dates that fit only month-first.
    month_first: i64,
    whole_numbers: i64,
    /// What it holds by its name that is of somebody's person.
    private_kind: Option<String>,
}

impl Look {
    fn is_month_first(&self) -> bool {
        self.month_first > 0
    }

    /// True where it holds days, in whatever form.
    fn is_of_days(&self) -> bool {
        self.filled > 0 && !self.is_of_numbers() && (self.is_month_first() || self.dates * 2 > self.filled)
    }

    fn is_of_numbers(&self) -> bool {
        self.filled > 0 && self.whole_numbers == self.filled
    }

    /// True where it may give a column of the flat extract: a day is no area, and a text no birth.
    fn fits(&self, column: &FlatColumn) -> bool {
        match column.kind.as_str() {
            _ if self.filled == 0 => true,
            "date" => self.is_of_days(),
            "birth" => self.is_of_days() || self.is_of_numbers(),
            "age" => self.is_of_numbers(),
            _ => !self.is_of_days(),
        }
    }

    /// True where it holds by its name what is not taken in, but for a birth, which is.
    fn is_private(&self) -> bool {
        self.private_kind.as_deref().is_some_and(|kind| kind != "a day of birth")
    }

    fn described(&self, rows: i64) -> String {
        let kind = match self {
            Self { filled: 0, .. } => return "empty".to_owned(),
            _ if self.is_month_first() => "dates, month first",
            Self { filled, dates, whole_numbers, .. } if dates == filled && whole_numbers < filled => "dates",
            Self { filled, whole_numbers, .. } if whole_numbers == filled => "whole numbers",
            _ => "text",
        };
        let share = if self.filled == rows {
            "in every row".to_owned()
        } else {
            format!("filled in {} %", (self.filled * 100 / rows.max(1)).max(1))
        };
        format!("{kind}, {share}")
    }

    /// The column as the adapter reads it.
    fn read(&self) -> String {
        let name = quoted_name(&self.name);
        if self.is_month_first() { format!("strptime({name}, '%m/%d/%Y')::date") } else { name }
    }
}

/// Looks at a file and drafts an adapter for it, to be edited.
pub(crate) fn draft_adapter(path: &Path, reading: &Reading) -> Result<String, Failure> {
    check_is_there(path)?;
    let adapter = Adapter::find("flat", path)?;
    let at = path.display().to_string();
    let folder = work_folder::begin(&std::env::temp_dir(), work_folder::LOOK)
        .map_err(|error| Failure::failed(format!("no room to look at the file: {error}")).at(&at))?;
    let kind = Kind::of(path)?.unwrap_or(Kind::Csv);
    let ready = adapter.ready(path, reading, folder.path())?;
    let connection = Connection::open_in_memory()?;
    interrupt::watch(&connection);
    stage::phase::begin(&connection)?;
    if let Some(header) = &ready.header {
        connection.execute_batch(&header.variables(ready.is_gzip))?;
    }
    let path_text = without_wildcards(&ready.path);
    connection
        .prepare(&format!("create table looked_at as {}", adapter.sql))
        .and_then(|mut statement| statement.execute(&[("path", &path_text as &dyn duckdb::ToSql)][..]))
        .map_err(|error| Failure::from(error).at(&at).hint("copy or export the file again"))?;
    let (rows, looks) = look(&connection)?;
    if looks.iter().any(|look| is_value(&look.name)) {
        return Err(Failure::failed("the first line looks like a row, not a header")
            .at(at)
            .hint("put the names of the columns before it"));
    }
    let flat = flat_columns(&connection)?;
    Ok(written(path, kind, &ready, &flat, rows, &looks))
}

fn look(connection: &Connection) -> Result<(i64, Vec<Look>), Failure> {
    let rows = connection.query_row("select count(*) from looked_at", [], |row| row.get(0))?;
    let names: Vec<String> = connection
        .prepare(
            "select column_name from duckdb_columns() where table_name = 'looked_at' order by column_index",
        )?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let looks = names.into_iter().map(|name| {
        let value = format!("clean_text({}::varchar)", quoted_name(&name));
        let sql = format!(
            r"select
                 count(value),
                 count(strict_date(value)),
                 count(*) filter (regexp_extract(value, '^\d{{1,2}}/(\d{{1,2}})/\d{{4}}', 1) > '12'
                     and length(regexp_extract(value, '^\d{{1,2}}/(\d{{1,2}})/\d{{4}}', 1)) = 2),
                 count(*) filter (regexp_full_match(value, '\d+'))
             from (select {value} as value from looked_at)"
        );
        let private_kind = private_kind(&name, connection)?;
        Ok(connection.query_row(&sql, [], |row| {
            Ok(Look {
                name,
                private_kind,
                filled: row.get(0)?,
                dates: row.get(1)?,
                month_first: row.get(2)?,
                whole_numbers: row.get(3)?,
            })
        })?)
    });
    Ok((rows, looks.collect::<Result<_, Failure>>()?))
}

fn written(path: &Path, kind: Kind, ready: &Ready, flat: &[FlatColumn], rows: i64, looks: &[Look]) -> String {
    let names: Vec<String> = looks.iter().map(|look| look.name.clone()).collect();
    // Matched by name as a load would; a failure says which are missing, which the draft does itself.
    let exact = flat.iter().filter_map(|column| {
        let alone = [FlatColumn { is_required: false, ..column.clone() }];
        let matched = match_columns(&names, &alone, &[], "").ok()?;
        Some((column.name.clone(), matched.taken.get(&column.name)?.clone()))
    });
    let exact: Vec<(String, String)> = exact.collect();
    let mut rest: Vec<String> =
        names.iter().filter(|name| exact.iter().all(|(_, taken)| taken != *name)).cloned().collect();
    let (mut found, mut lacking) = (String::new(), String::new());
    let lacking_names: Vec<&FlatColumn> =
        flat.iter().filter(|column| exact.iter().all(|(ours, _)| *ours != column.name)).collect();
    let look_of = |name: &str| looks.iter().find(|look| look.name == name);
    let guesses = guesses(&lacking_names, &rest, looks);
    for column in flat {
        let by_name = exact.iter().find(|(ours, _)| *ours == column.name).map(|(_, theirs)| theirs.clone());
        let (theirs, how) = match by_name {
            Some(theirs) => (Some(theirs), ""),
            None => (guesses.get(&column.name).cloned(), "a guess: "),
        };
        let look = theirs.and_then(|theirs| look_of(&theirs));
        if let Some(look) = look {
            rest.retain(|name| *name != look.name);
            let _ =
                writeln!(found, "    {} as {},  -- {how}{}", look.read(), column.name, look.described(rows));
        } else {
            let required = if column.is_required { "REQUIRED: " } else { "" };
            let _ = writeln!(lacking, "    -- \"\" as {},  -- {required}{}", column.name, column.meaning);
        }
    }
    let mut unused = String::new();
    for look in looks.iter().filter(|look| rest.contains(&look.name)) {
        let _ = write!(unused, "    -- {},  -- {}", look.read(), look.described(rows));
        match &look.private_kind {
            Some(kind) if look.is_private() => {
                let _ = writeln!(unused, "; {kind}, by its name: not taken in");
            }
            _ => unused.push('\n'),
        }
    }
    let sections = [
        ("", found),
        (
            "    -- Not found in the file; write their column between the quotes and take the dashes away:\n",
            lacking,
        ),
        ("    -- Columns of the file that are not read:\n", unused),
    ];
    let body = sections.into_iter().filter(|(_, lines)| !lines.is_empty());
    let body: String = body.map(|(title, lines)| [title, &lines].concat()).collect();
    format!("{}select\n{body}from {}\n", introduction(path, ready), reader(kind, ready))
}

fn introduction(path: &Path, ready: &Ready) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy().replace(['\n', '\r'], " ");
    let encoding =
        ready.encoding.map(|encoding| format!(" --encoding {}", encoding.name())).unwrap_or_default();
    let mut text = format!(
        "-- One row per row of {name}, as columns of the flat extract: left of `as` what the file has, right of\n\
         -- it what harmrank knows. `harmrank help columns` says what each means. Check every line, above all the\n\
         -- guesses; then, where this is my_force.sql:\n\
         --     harmrank load {name} --adapter my_force.sql{encoding} --dry-run\n"
    );
    for warning in &ready.warnings {
        let _ = writeln!(text, "-- Mind: {warning}");
    }
    text
}

/// The table function that reads the file as it reaches an adapter.
fn reader(kind: Kind, ready: &Ready) -> String {
    match (kind, &ready.header) {
        (Kind::Parquet, _) => "read_parquet($path, hive_partitioning = false)".to_owned(),
        (Kind::Json, _) => "read_json($path, hive_partitioning = false)".to_owned(),
        (_, Some(header)) => {
            let sign = |sign: Option<char>| quoted(&sign.map(String::from).unwrap_or_default());
            // What the program makes of a sheet begins with the header.
            let skipped = if kind == Kind::Workbook { 0 } else { header.lines_before };
            let skip = if skipped > 0 { format!(", skip = {skipped}") } else { String::new() };
            format!(
                "read_csv(\n    $path, header = true, all_varchar = true, hive_partitioning = false,\n    \
                 delim = {}, quote = {}, escape = {}{skip}\n)",
                sign(Some(header.delimiter)),
                sign(header.quote),
                sign(header.quote),
            )
        }
        (_, None) => {
            "read_csv($path, header = true, all_varchar = true, hive_partitioning = false)".to_owned()
        }
    }
}

/// Which of the names that match no column may give one: by a name that systems give it, or by one spelled nearly like it
/// whose values fit. What is by its name of somebody's person gives none.
fn guesses(lacking: &[&FlatColumn], names: &[String], looks: &[Look]) -> BTreeMap<String, String> {
    let look_of = |name: &str| looks.iter().find(|look| look.name == name);
    // A name that systems give a column of ours, such as a victim's gender, is that column whatever else it says.
    let known = known_names(lacking, names);
    let is_known = |name: &String| known.values().any(|theirs| theirs == name);
    let is_open = |name: &&String| is_known(name) || look_of(name).is_none_or(|look| !look.is_private());
    let open: Vec<String> = names.iter().filter(is_open).cloned().collect();
    likely(lacking, &open, |column, name| look_of(name).is_none_or(|look| look.fits(column)))
}

//! The engine in memory that a load is read into and checked in, before the database is opened for writing.
//! What does not fit into memory goes to a folder beside the database that only this user can enter, encrypted as
//! [`Access`] says, and goes with the load.

pub(super) mod phase;
mod private;
mod said;
mod two_headers;
mod unread;
mod warning;

pub(super) use private::private_kind;

use super::columns::{FlatColumn, as_text, class_as_text, flat_columns, match_columns, plain};
use super::file::{Reading, Ready};
use super::form::{Form, Table};
use super::source::{Adapter, Source, without_wildcards};
use super::suppression::Suppression;
use crate::database::{self, Access, ListKind, list_kinds, quoted_name};
use crate::embedded_sql;
use crate::failure::Failure;
use crate::interrupt;
use crate::paths::folder_of;
use crate::work_folder::{self, WorkFolder};
use duckdb::{AccessMode, Connection, ToSql};
use jiff::civil::Date;
use std::cell::RefCell;
use std::path::Path;

/// The parts of a record that go with its crimes; every other part is a list.
const OF_CRIMES: [&str; 2] = ["suspect", "victim"];

/// A load on its way: sources read as text, nothing in the database yet.
pub(super) struct Staging {
    folder: WorkFolder,
    connection: Connection,
    flat: Vec<FlatColumn>,
    tables: Vec<Table>,
    lists: Vec<ListKind>,
    files: RefCell<Vec<StagedFile>>,
}

struct StagedFile {
    name: String,
    /// One SELECT item per flat column the source has.
    columns: Vec<String>,
    ignored: Vec<String>,
    /// The columns carried along, as an SQL expression of a JSON object.
    carried: Option<String>,
    /// What it holds.
    table: Table,
    /// Parts of the record it speaks of besides the crimes themselves.
    parts: Vec<String>,
    /// Line of its first row.
    first_line: i64,
    /// What the user must know of how it was read.
    warnings: Vec<String>,
}

impl Staging {
    /// Makes the engine, and the folder beside the database that only this user can enter.
    pub(super) fn open(access: &Access) -> Result<Self, Failure> {
        let place = folder_of(&access.path);
        let _ = work_folder::remove_orphans(&place);
        let folder = work_folder::begin(&place, work_folder::LOAD).map_err(|error| {
            Failure::failed(format!("no room to stage the load: {error}")).at_path(&place)
        })?;
        let spill = folder.path().display().to_string();
        let config = access.config(&AccessMode::ReadWrite)?.with("temp_directory", spill)?;
        let connection = Connection::open_in_memory_with_flags(config)?;
        connection.execute_batch("attach ':memory:' as staging; use staging;")?;
        interrupt::watch(&connection);
        phase::begin(&connection)?;
        let (flat, tables) = (flat_columns(&connection)?, Table::all(&connection)?);
        let lists = list_kinds(&connection)?;
        Ok(Self { folder, connection, flat, tables, lists, files: RefCell::default() })
    }

    /// The form of a file: the flat extract, or the table of a name.
    pub(super) fn form(&self, table: Option<&str>) -> Result<Form, Failure> {
        let Some(name) = table else { return Ok(Form::flat(&self.flat)) };
        match self.tables.iter().find(|table| table.name == name) {
            Some(table) => Form::of_table(table.clone(), &self.connection),
            None => Err(Failure::failed(format!("sql/list/table_kind.sql lacks the table {name}"))),
        }
    }

    /// The folder of the load, which only this user can enter.
    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Reads one source, made ready, through its adapter, as text.
    pub(super) fn read(
        &self,
        source: &Source,
        adapter: &Adapter,
        ready: &Ready,
        reading: &Reading,
        form: &Form,
    ) -> Result<(), Failure> {
        let map = &reading.map;
        let at = source.path.display().to_string();
        let number = self.files.borrow().len() + 1;
        if let Some(header) = &ready.header {
            match_columns(&header.columns, &form.columns, map, &at)
                .map_err(|failure| two_headers::two_headers(header, &form.columns, failure))?;
            self.connection.execute_batch(&header.variables(ready.is_gzip))?;
        }
        adapter.admit(&source.path, &self.connection)?;
        self.create_raw(number, source, adapter, &ready.path)?;
        let given = self.raw_columns(number)?;
        let names: Vec<_> = given.iter().map(|(name, _)| name.clone()).collect();
        let matched = match_columns(&names, &form.columns, map, &at)?;
        self.keep_unread(number, ready.header.as_ref(), matched.taken.get("crime_id"), &at)?;
        self.keep_lines_without_row(number, &ready.lines_without_row)?;
        self.keep_doubts(&source.name, &ready.doubts)?;
        self.doubt_fractions(number, &source.name, &given, &form.codes(&matched))?;
        self.note_file(number, source)?;
        let value = |column: &str| {
            let theirs = matched.taken.get(column);
            let found = given.iter().find(|(name, _)| Some(name) == theirs);
            let as_text = if form.is_class(column) { class_as_text } else { as_text };
            found.map_or_else(|| "null::varchar".to_owned(), |(name, kind)| as_text(name, kind))
        };
        let columns = form.select(&self.flat, value);
        let parts = form.speaks_of(&matched);
        // Of people and lists there is nothing to carry along with.
        let carry = if form.table.is_of_crime() { reading.carry.as_slice() } else { &[] };
        let (carried, ignored) = carried(&matched.ignored, carry, |name| {
            given
                .iter()
                .find(|(given, _)| given == name)
                .map_or_else(String::new, |(name, kind)| as_text(name, kind))
        });
        let warnings = self.warnings_of(number, ready, form, (&matched, &ignored))?;
        self.files.borrow_mut().push(StagedFile {
            name: source.name.clone(),
            columns,
            ignored,
            carried,
            table: form.table.clone(),
            parts,
            first_line: ready.first_line,
            warnings: warnings.into_iter().map(|warning| format!("{}: {warning}", source.name)).collect(),
        });
        Ok(())
    }

    /// Records a source among the files of the load.
    fn note_file(&self, number: usize, source: &Source) -> Result<(), Failure> {
        self.connection.execute(
            &format!(
                "insert into staged_file by name
                 select ? as file_number, ? as file_name, ? as file_bytes, ? as file_hash,
                     (select count(*) from staged_raw_{number})
                     + (select count(*) from staged_unread where file_number = {number}) as rows_in"
            ),
            duckdb::params![
                i32::try_from(number).unwrap_or(i32::MAX),
                source.name,
                i64::try_from(source.bytes).unwrap_or(i64::MAX),
                source.hash
            ],
        )?;
        Ok(())
    }

    /// Generates the synthetic force in place of reading a source.
    pub(super) fn generate(&self, variables: &str) -> Result<(), Failure> {
        self.connection.execute_batch(variables)?;
        for file in embedded_sql::layer("demo") {
            if file.name() == "demo_flat" {
                self.connection.execute_batch(&format!("create table staged_raw_1 as {}", file.text))?;
            } else {
                database::run(&self.connection, &file)?;
            }
        }
        self.connection.execute_batch(
            "insert into staged_file select 1, 'synthetic', 0, 'none', count(*) from staged_raw_1",
        )?;
        let mut parts = vec!["suspect".to_owned(), "victim".to_owned()];
        for list in
            self.lists.iter().filter(|list| embedded_sql::file(&list.fill("demo/demo_{list}.sql")).is_some())
        {
            let sql = "insert into staged_{list} by name select {columns} from demo_{list}";
            self.connection.execute_batch(&list.fill(sql))?;
            parts.push(list.name.clone());
        }
        let columns = self.flat.iter().map(|column| column.name.clone()).collect();
        self.files.borrow_mut().push(StagedFile {
            name: "synthetic".to_owned(),
            columns,
            ignored: Vec::new(),
            carried: None,
            table: Table::flat(),
            parts,
            first_line: 2,
            warnings: Vec::new(),
        });
        Ok(())
    }

    fn create_raw(
        &self,
        number: usize,
        source: &Source,
        adapter: &Adapter,
        path: &Path,
    ) -> Result<(), Failure> {
        let path = without_wildcards(path);
        // The SELECT begins a line, so that an error shows that line as its author wrote it.
        let sql = format!("create table staged_raw_{number} as\n{}", adapter.sql);
        let bound: [(&str, &dyn ToSql); 1] = [("path", &path)];
        let outcome = self.connection.prepare(&sql).and_then(|mut statement| statement.execute(&bound[..]));
        outcome.map(|_| ()).map_err(|error| adapter.cannot_read(source, Failure::from(error)))
    }

    /// Names and types of what an adapter yielded.
    fn raw_columns(&self, number: usize) -> Result<Vec<(String, String)>, Failure> {
        let sql = format!("select column_name, column_type from (describe staged_raw_{number})");
        let rows = self
            .connection
            .prepare(&sql)?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?;
        Ok(rows)
    }

    /// Checks what was read and shapes it into crimes, suspects, victims and people.
    ///
    /// Returns the newest report date among the rows taken.
    pub(super) fn prepare(
        &self,
        extract_on: Option<Date>,
        today: Date,
        suppression: &Suppression,
    ) -> Result<Option<Date>, Failure> {
        self.connection.execute_batch(&format!(
            "set variable latest_on = date '{}'; set variable is_extract_on_given = {}; {}",
            extract_on.unwrap_or(today),
            extract_on.is_some(),
            self.given()
        ))?;
        self.create_views()?;
        self.suppress(suppression)?;
        let run = |name, way| phase::run(&self.connection, name, way);
        run("4_read", None)?;
        self.refuse_month_first()?;
        self.refuse_half_swapped()?;
        let way = Some(if self.is_by_table() { "table" } else { "flat" });
        run("5_row", way)?;
        run("6_accept", way)?;
        if self.gives_lists() {
            run("7_list", None)?;
        }
        run("8_reject", None)?;
        let newest: Option<String> =
            self.connection
                .query_row("select max(reported_on)::varchar from staged_crime", [], |row| row.get(0))?;
        Ok(newest.and_then(|text| text.parse().ok()))
    }

    /// Says who the people are and what is doubted, once every crime has its day of report or is refused. The engine
    /// may be another's by then.
    pub(super) fn describe(connection: &Connection) -> Result<(), Failure> {
        phase::run(connection, "9_describe", None)
    }

    /// True where the files have a row about a crime, taken or not.
    pub(super) fn holds_crimes(&self) -> Result<bool, Failure> {
        Ok(self.connection.query_row(
            "select exists (from staged_said where part in ('row', 'crime')) or exists (from staged_unread)",
            [],
            |row| row.get(0),
        )?)
    }

    /// Refuses to carry along what by its name is of somebody's person.
    pub(super) fn refuse_private(&self, names: &[String]) -> Result<(), Failure> {
        private::refuse_private(names, &self.connection)
    }

    /// True where something is carried along.
    pub(super) fn carries_any(&self) -> bool {
        self.files.borrow().iter().any(|file| file.carried.is_some())
    }

    /// True where a source had a column of this name to carry along.
    pub(super) fn carries(&self, name: &str) -> bool {
        self.files.borrow().iter().any(|file| {
            file.carried
                .as_ref()
                .is_some_and(|carried| carried.contains(&format!("{} := ", quoted_name(name))))
        })
    }

    /// Columns of the sources that were not read, each once.
    pub(super) fn unread_columns(&self) -> Vec<String> {
        let mut names: Vec<_> = self.files.borrow().iter().flat_map(|file| file.ignored.clone()).collect();
        names.sort();
        names.dedup();
        names
    }

    /// Which parts of the record the sources speak of, as SQL that sets variables. Of the others, what is held stays.
    pub(super) fn given(&self) -> String {
        let mut given = vec![format!("set variable is_by_table = {};", self.is_by_table())];
        given.push(format!("set variable gives_carried = {};", self.carries_any()));
        let lists = self.lists.iter().map(|list| list.name.as_str());
        given.extend(
            OF_CRIMES
                .into_iter()
                .chain(lists)
                .map(|part| format!("set variable gives_{part} = {};", self.speaks_of(part))),
        );
        given.join("\n")
    }

    fn speaks_of(&self, part: &str) -> bool {
        self.files.borrow().iter().any(|file| file.parts.iter().any(|known| known == part))
    }

    /// True where a list that is given whole is among the sources.
    pub(super) fn gives_lists(&self) -> bool {
        let is_list = |part: &String| !OF_CRIMES.contains(&part.as_str());
        self.files.borrow().iter().any(|file| file.parts.iter().any(is_list))
    }

    /// True where what the sources say of their crimes may have to be completed from what is held.
    pub(super) fn says_part(&self) -> bool {
        self.is_by_table() || OF_CRIMES.iter().any(|part| !self.speaks_of(part))
    }

    /// True where the sources are tables or lists, and not the flat extract.
    pub(super) fn is_by_table(&self) -> bool {
        self.files.borrow().iter().any(|file| !file.table.is_flat())
    }

    /// What the user must know of how the sources were read.
    pub(super) fn warnings(&self) -> Vec<String> {
        let files = self.files.borrow();
        let has_crimes = files.iter().any(|file| file.table.has_crimes());
        let lost = files.iter().filter(|file| !has_crimes && file.carried.is_some()).map(|file| {
            format!(
                "{}: nothing is carried along: what suspects and victims carry goes with crimes of the same load",
                file.name
            )
        });
        files.iter().flat_map(|file| file.warnings.clone()).chain(lost).collect()
    }

    /// Hands on the engine that holds what was staged, and the folder it may spill to, for the merge.
    pub(super) fn into_engine(self) -> (Connection, WorkFolder) {
        (self.connection, self.folder)
    }
}

/// The unread columns that are to be carried along, as an SQL expression, and those that are left.
fn carried(
    unread: &[String],
    wanted: &[String],
    value: impl Fn(&String) -> String,
) -> (Option<String>, Vec<String>) {
    let mut fields = Vec::new();
    let mut left = Vec::new();
    for name in unread {
        match wanted.iter().find(|wanted| plain(wanted) == plain(name)) {
            Some(wanted) => fields.push(format!("{} := {}", quoted_name(wanted), value(name))),
            None => left.push(name.clone()),
        }
    }
    // Whatever the order of the columns, the same things make the same text.
    fields.sort();
    let object =
        (!fields.is_empty()).then(|| format!("to_json(struct_pack({}))::varchar", fields.join(", ")));
    (object, left)
}

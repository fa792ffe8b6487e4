//! What a SELECT may do, judged by the engine's own parse tree: it reads the database, and nothing else.
//!
//! The engine is asked for the tree, see [`super::tree`], and only where a name is none of this program's for what it
//! has under it: looking through its catalogue takes longer than most queries.

use super::tree::{Part, number, parts};
use super::withheld::Withheld;
use crate::database::sql_file;
use crate::embedded_sql;
use crate::failure::Failure;
use crate::sql_text::tokens;
use duckdb::{Connection, ToSql};
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// Functions of the engine that yield tables and read nothing but their arguments or the catalogue.
const TABLE_FUNCTIONS: [&str; 16] = [
    "unnest",
    "range",
    "generate_series",
    "repeat",
    "repeat_row",
    "json_each",
    "json_tree",
    "duckdb_columns",
    "duckdb_constraints",
    "duckdb_functions",
    "duckdb_indexes",
    "duckdb_keywords",
    "duckdb_tables",
    "duckdb_types",
    "duckdb_variables",
    "duckdb_views",
];

/// Views of the engine that, as those of `information_schema`, tell of the catalogue alone; others name files, settings
/// and sessions.
const CATALOGUE_VIEWS: [&str; 8] = [
    "duckdb_columns",
    "duckdb_constraints",
    "duckdb_indexes",
    "duckdb_tables",
    "duckdb_types",
    "duckdb_views",
    "sqlite_master",
    "sqlite_schema",
];

/// Functions of the engine that yield a value and tell of the host, plan a text as SQL, or write.
const SCALAR_FUNCTIONS: [&str; 9] = [
    "current_setting",
    "getenv",
    "json_serialize_plan",
    "write_log",
    "pg_conf_load_time",
    "pg_postmaster_start_time",
    "set_config",
    "nextval",
    "setval",
];

/// What SHOW may be asked for beside a table.
const SHOWN: [&str; 3] = ["\"tables\"", "__show_tables_expanded", "\"variables\""];

/// A thing in a statement that may not be, and the byte it stands at.
pub(super) type Problem = (usize, String);

/// Looks through a SELECT.
pub(super) struct Judge<'a> {
    /// Macros made in this session that yield rows.
    pub(super) own: &'a [String],
    /// What is not shown.
    pub(super) withheld: &'a Withheld,
    /// Knows nothing of what was made in this session.
    pub(super) connection: &'a Connection,
}

impl Judge<'_> {
    /// The first thing in a SELECT that may not be.
    pub(super) fn judge(&self, sql: &str) -> Result<Option<Problem>, Failure> {
        let parts = parts(sql, self.connection)?;
        if let Some(problem) = unparsed(&parts[0], sql) {
            return Ok(Some(problem));
        }
        if parts.iter().filter(|part| part.owner == 0 && part.role == "statements").count() != 1 {
            return Ok(Some((0, "several statements where one is expected".to_owned())));
        }
        let mut problems = Vec::new();
        for part in &parts {
            // Of a function that yields rows the part around it knows the place.
            let caller = Some(&parts[part.owner])
                .filter(|owner| part.role == "function" && owner.kind() == "TABLE_FUNCTION");
            if let Some(problem) = self.problem(part, caller.is_some())? {
                problems.push((caller.unwrap_or(part).place(), problem));
            }
        }
        Ok(problems.into_iter().min())
    }

    fn problem(&self, part: &Part, yields_rows: bool) -> Result<Option<String>, Failure> {
        let kind = part.kind();
        // Statements that write, wherever they hide: COPY_QUERY_NODE, INSERT_QUERY_NODE and their like.
        if let Some(verb) = kind.strip_suffix("_QUERY_NODE") {
            return Ok(Some(format!("{verb} is not for the shell")));
        }
        if yields_rows {
            let name = part.name("function_name");
            let passes = TABLE_FUNCTIONS.contains(&name.as_str())
                || self.own.contains(&name)
                || self.may_be_called(&name)?;
            if !passes {
                return Ok(Some(format!(
                    "{name}() is not for the shell: it may tell more than the database"
                )));
            }
        }
        let name = part.name("function_name");
        if part.has("function_name") && SCALAR_FUNCTIONS.contains(&name.as_str()) {
            return Ok(Some(format!("{name}() is not for the shell: it may tell more than the database")));
        }
        match kind {
            "BASE_TABLE" => self.table(part),
            "SHOW_REF" => self.shown(part),
            _ => Ok(None),
        }
    }

    fn table(&self, part: &Part) -> Result<Option<String>, Failure> {
        let name = part.name("table_name");
        if name.contains(['/', '\\', '.', ':', '*', '?', '[', ']']) {
            return Ok(Some(format!("{name} is a file, and not for the shell")));
        }
        // A view of the session stands before the table, unless the name says which database is meant.
        let qualifiers = [part.name("catalog_name"), part.name("schema_name")];
        let is_plain = qualifiers.iter().all(|name| ["", "main", "temp"].contains(&name.as_str()));
        if self.withheld.has(&name) && (!is_plain || qualifiers.contains(&self.withheld.database)) {
            return Ok(Some(withheld(&name)));
        }
        if is_of_program(&name) || CATALOGUE_VIEWS.contains(&name.as_str()) {
            return Ok(None);
        }
        if self.holds("explore/engine_view.sql", &name)? {
            return Ok(Some(format!("{name} is not for the shell: it tells more than the database")));
        }
        Ok(None)
    }

    fn shown(&self, part: &Part) -> Result<Option<String>, Failure> {
        let name = part.name("table_name");
        let passes = match part.word("show_type") {
            "SHOW_SPECIAL" => SHOWN.contains(&name.as_str()),
            "SHOW" => is_of_program(&name) || self.holds("explore/own_relation.sql", &name)?,
            _ => true,
        };
        Ok((!passes).then(|| "SHOW is for tables: show tables, or show and the name of a table".to_owned()))
    }

    /// True for a macro of the database that yields rows, and for what there is not.
    pub(super) fn may_be_called(&self, name: &str) -> Result<bool, Failure> {
        Ok(is_of_program(name) || self.holds("explore/called.sql", name)?)
    }

    fn holds(&self, file: &str, name: &str) -> Result<bool, Failure> {
        let mut prepared = self.connection.prepare(sql_file(file)?.text)?;
        Ok(prepared.query_row(&[("name", &name as &dyn ToSql)][..], |row| row.get(0))?)
    }
}

/// Why a table is not to be touched by its full name, or its view at all.
pub(super) fn withheld(name: &str) -> String {
    format!("{name} shows without the people whose record is restricted: ask for it by this name alone")
}

/// What the engine says where it cannot make a tree of the statement.
fn unparsed(root: &Part, sql: &str) -> Option<Problem> {
    if root.word("error") == "false" {
        return None;
    }
    let message = match root.word("error_type") {
        // Its columns would come from a statement of the engine's own, which makes a type on the way.
        "not implemented" if tokens(sql).iter().any(|token| token.is("pivot")) => {
            "PIVOT needs its columns named here: pivot TABLE on COLUMN in (VALUE, VALUE) using count(*)"
        }
        "not implemented" => {
            "only SELECT and its like are for the shell: what is in the database is read, not changed"
        }
        _ => root.word("error_message"),
    };
    Some((number(root.word("position")), message.to_owned()))
}

/// True for a table, view or macro of this program's: a file is named after what it makes, and a test proves that
/// the engine has nothing under these names.
fn is_of_program(name: &str) -> bool {
    static NAMES: OnceLock<BTreeSet<&str>> = OnceLock::new();
    NAMES
        .get_or_init(|| {
            let layers = ["schema", "model", "ranking"];
            layers.into_iter().flat_map(embedded_sql::folder).map(|file| file.name()).collect()
        })
        .contains(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_the_engines_has_a_name_of_this_programs() {
        let engine = Connection::open_in_memory().expect("engine");
        let sql = "select lower(function_name) from duckdb_functions()
                   union select lower(view_name) from duckdb_views() where internal
                   union select lower(table_name) from duckdb_tables() where internal";
        let mut prepared = engine.prepare(sql).expect("prepared");
        let names = prepared.query_map([], |row| row.get::<_, String>(0)).expect("rows");
        for name in names {
            let name = name.expect("a name");
            assert!(!is_of_program(&name), "{name}");
        }
    }

    #[test]
    fn what_may_not_be_is_found_however_deep_it_is() {
        let engine = Connection::open_in_memory().expect("engine");
        let judge = Judge { own: &[], withheld: &Withheld::default(), connection: &engine };
        let deep = |inner: &str| format!("select {inner}{}", " + 1".repeat(400));
        assert_eq!(judge.judge(&deep("1")).expect("judged"), None);
        let (place, problem) =
            judge.judge(&deep("(select count(*) from glob('/*'))")).expect("judged").expect("refused");
        assert_eq!((place, problem.starts_with("glob()")), (29, true), "{problem}");
    }
}

//! Judges by the engine's own parse tree what a SELECT may do: it reads the database, and nothing else.
//!
//! Of a name that is none of this program's the engine is asked what it has under it; of the others it is not, for
//! looking through its catalogue takes longer than most queries.

use super::parse_tree::{Node, nodes, number};
use super::restricted_views::RestrictedViews;
use crate::database::sql_file;
use crate::embedded_sql;
use crate::failure::Failure;
use crate::sql_text::tokens;
use duckdb::{Connection, named_params};
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

/// Functions of the engine that read a file, of which they are given the path first.
const FILE_READERS: [&str; 15] = [
    "read_csv",
    "read_csv_auto",
    "sniff_csv",
    "read_json",
    "read_json_auto",
    "read_json_objects",
    "read_json_objects_auto",
    "read_ndjson",
    "read_ndjson_auto",
    "read_ndjson_objects",
    "read_parquet",
    "parquet_scan",
    "parquet_schema",
    "read_text",
    "read_blob",
];

const READS_PATH_ALONE: &str = "an adapter reads $path alone, or a file below it: $path || '/name.csv'";

/// Views of the engine that, as those of `information_schema`, describe the catalogue alone; others name files, settings
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

/// Functions of the engine that yield a value and describe the host, plan a text as SQL, or write.
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

const ONLY_READS: &str = "the shell is read-only: use SELECT; a query changes nothing";

/// What SHOW may be asked for beside a table.
const SHOWN: [&str; 3] = ["\"tables\"", "__show_tables_expanded", "\"variables\""];

/// Byte of a statement, and what is not allowed there.
type Refusal = (usize, String);

/// Judges the SELECTs of one user.
pub(crate) struct Judge<'a> {
    /// Macros that yield rows and that the user has made in this session, in lower case.
    pub(crate) session_macros: &'a [String],
    pub(crate) restricted: &'a RestrictedViews,
    /// A connection on which the user has made nothing.
    pub(crate) connection: &'a Connection,
    /// True for an adapter: it may read the file or the folder in `$path`.
    pub(crate) may_read_path: bool,
}

impl Judge<'_> {
    /// Everything in a SELECT that is not allowed, in the order of the text; nothing where it may be run.
    pub(crate) fn refusals(&self, sql: &str) -> Result<Vec<Refusal>, Failure> {
        let nodes = nodes(sql, self.connection)?;
        if let Some(refusal) = unparsed(&nodes[0], sql) {
            return Ok(vec![refusal]);
        }
        if nodes.iter().filter(|node| node.parent == 0 && node.member == "statements").count() != 1 {
            return Ok(vec![(0, "several statements where one is expected".to_owned())]);
        }
        let mut refusals = Vec::new();
        for (place, node) in nodes.iter().enumerate() {
            // Of a function that yields rows the node around it has the position.
            let caller = Some(&nodes[node.parent])
                .filter(|parent| node.member == "function" && parent.kind() == "TABLE_FUNCTION");
            if self.may_read_path && caller.is_some() && FILE_READERS.contains(&&*node.name("function_name"))
            {
                if !reads_path(&nodes, place) {
                    refusals.push((caller.unwrap_or(node).position(), READS_PATH_ALONE.to_owned()));
                }
            } else if let Some(message) = self.refusal(node, caller.is_some())? {
                refusals.push((caller.unwrap_or(node).position(), message));
            }
        }
        refusals.sort();
        Ok(refusals)
    }

    fn refusal(&self, node: &Node, yields_rows: bool) -> Result<Option<String>, Failure> {
        let kind = node.kind();
        // Statements that write, wherever they hide: COPY_QUERY_NODE, INSERT_QUERY_NODE and their like.
        if let Some(verb) = kind.strip_suffix("_QUERY_NODE") {
            return Ok(Some(format!(
                "{verb} is not allowed: a query reads the database and changes nothing"
            )));
        }
        let name = node.name("function_name");
        let is_refused = if yields_rows {
            !(TABLE_FUNCTIONS.contains(&name.as_str())
                || self.session_macros.contains(&name)
                || self.may_be_called(&name)?)
        } else {
            node.has("function_name") && SCALAR_FUNCTIONS.contains(&name.as_str())
        };
        if is_refused {
            return Ok(Some(format!("{name}() is not allowed: it may read more than the database")));
        }
        match kind {
            "BASE_TABLE" => self.table(node),
            "SHOW_REF" => self.shown(node),
            _ => Ok(None),
        }
    }

    fn table(&self, node: &Node) -> Result<Option<String>, Failure> {
        let name = node.name("table_name");
        if name.contains(['/', '\\', '.', ':', '*', '?', '[', ']']) {
            return Ok(Some(format!("{name} is a file: a query reads the database alone")));
        }
        // The session's own view is read in place of the table, unless the name says which database is meant.
        let qualifiers = [node.name("catalog_name"), node.name("schema_name")];
        let is_plain = qualifiers.iter().all(|name| ["", "main", "temp"].contains(&name.as_str()));
        if self.restricted.covers(&name) && (!is_plain || qualifiers.contains(&self.restricted.database)) {
            return Ok(Some(by_view_alone(&name)));
        }
        if is_of_program(&name) || CATALOGUE_VIEWS.contains(&name.as_str()) {
            return Ok(None);
        }
        if self.is_true_of("guard/engine_view.sql", &name)? {
            return Ok(Some(format!("{name} is not allowed: it shows more than the database")));
        }
        Ok(None)
    }

    fn shown(&self, node: &Node) -> Result<Option<String>, Failure> {
        let name = node.name("table_name");
        let passes = match node.value("show_type") {
            "SHOW_SPECIAL" => SHOWN.contains(&name.as_str()),
            "SHOW" => is_of_program(&name) || self.is_true_of("guard/own_relation.sql", &name)?,
            _ => true,
        };
        Ok((!passes).then(|| "SHOW is for tables: show tables, or show and the name of a table".to_owned()))
    }

    /// True for a macro of the database that yields rows, and for a name that nothing has.
    pub(super) fn may_be_called(&self, name: &str) -> Result<bool, Failure> {
        Ok(is_of_program(name) || self.is_true_of("guard/callable_function.sql", name)?)
    }

    fn is_true_of(&self, file: &str, name: &str) -> Result<bool, Failure> {
        let mut prepared = self.connection.prepare(sql_file(file)?.text)?;
        Ok(prepared.query_row(named_params! { "name": name }, |row| row.get(0))?)
    }
}

/// True where the first argument of a function is `$path`, or a file below it.
fn reads_path(nodes: &[Node], function: usize) -> bool {
    arguments(nodes, function).first().is_some_and(|first| is_path(nodes, *first))
}

/// True for `$path`, and for `$path || '/a/name'` that does not lead out of it.
fn is_path(nodes: &[Node], expression: usize) -> bool {
    let node = &nodes[expression];
    if node.kind() == "VALUE_PARAMETER" {
        return node.value("identifier") == "path";
    }
    let [first, second] = arguments(nodes, expression)[..] else { return false };
    let literal = |member, key| Some(nodes[*children(nodes, second, member).first()?].value(key));
    let text = literal("literal", "text").or_else(|| literal("value", "value")).unwrap_or_default();
    node.value("function_name") == "||"
        && is_path(nodes, first)
        && nodes[second].kind() == "VALUE_CONSTANT"
        && text.starts_with('/')
        && !text.contains("..")
}

/// The places of the arguments of a function. The engine writes the tree in another way where the database is to be read
/// by older versions.
fn arguments(nodes: &[Node], function: usize) -> Vec<usize> {
    let named = children(nodes, function, "arguments");
    if named.is_empty() {
        return children(nodes, function, "children");
    }
    named.into_iter().flat_map(|argument| children(nodes, argument, "expression")).collect()
}

/// The places of the nodes in a member of a node.
fn children(nodes: &[Node], parent: usize, member: &str) -> Vec<usize> {
    let is_in = |place: &usize| nodes[*place].parent == parent && nodes[*place].member == member;
    (parent + 1..nodes.len()).filter(is_in).collect()
}

/// Why a table that restricted people are in is not read by its full name, and its view not replaced.
pub(super) fn by_view_alone(name: &str) -> String {
    format!("{name} shows without the people whose record is restricted: ask for it by this name alone")
}

/// Why the engine makes no tree of a statement.
fn unparsed(root: &Node, sql: &str) -> Option<Refusal> {
    if root.value("error") == "false" {
        return None;
    }
    let message = match root.value("error_type") {
        // Its columns would come from a statement of the engine's own, which makes a type on the way.
        "not implemented" if tokens(sql).iter().any(|token| token.is("pivot")) => {
            "PIVOT needs its columns named here: pivot TABLE on COLUMN in (VALUE, VALUE) using count(*)"
        }
        "not implemented" => ONLY_READS,
        // A CTE that writes has no tree where the database is to be read by older versions.
        _ if root.value("error_message").starts_with("Side-effecting CTEs") => ONLY_READS,
        _ => root.value("error_message"),
    };
    Some((number(root.value("position")), message.to_owned()))
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
    fn what_is_not_allowed_is_found_however_deep_it_is() {
        let engine = Connection::open_in_memory().expect("engine");
        let judge = Judge {
            session_macros: &[],
            restricted: &RestrictedViews::default(),
            connection: &engine,
            may_read_path: false,
        };
        let deep = |inner: &str| format!("select {inner}{}", " + 1".repeat(400));
        assert_eq!(judge.refusals(&deep("1")).expect("judged"), []);
        let refusals = judge.refusals(&deep("(select count(*) from glob('/*'))")).expect("judged");
        let [(position, message)] = &refusals[..] else { panic!("{refusals:?}") };
        assert_eq!((*position, message.starts_with("glob()")), (29, true), "{message}");
    }

    #[test]
    fn an_adapter_reads_its_path_alone() {
        for version in ["v1.5.0", "latest"] {
            let config = duckdb::Config::default().with("storage_compatibility_version", version);
            let config = config.expect("a setting");
            reads_its_path_alone(&Connection::open_in_memory_with_flags(config).expect("engine"));
        }
    }

    fn reads_its_path_alone(engine: &Connection) {
        let restricted = RestrictedViews::default();
        let judge = |may_read_path| Judge {
            session_macros: &[],
            restricted: &restricted,
            connection: engine,
            may_read_path,
        };
        let reading = [
            "select * from read_csv($path, header = true)",
            "with a as (from read_parquet($path || '/a/b.parquet')) from a",
        ];
        for sql in reading {
            assert_eq!(judge(true).refusals(sql).expect("judged"), [], "{sql}");
            assert_ne!(judge(false).refusals(sql).expect("judged"), [], "{sql}");
        }
        for sql in [
            "select * from read_csv('/etc/passwd')",
            "select (select content from read_text('/etc/passwd')) as borough, * from read_csv($path)",
            "select * from read_csv([$path, '/etc/passwd'])",
            "select * from read_csv($path || '/../../etc/passwd')",
            "select * from read_csv('/etc/' || $path)",
            "select * from read_csv($path || getvariable('x'))",
            "with a as (copy (select 'x') to 'f') from read_csv($path)",
            "select * from glob('*')",
            "select * from 'other.csv'",
            "select getenv('HOME') as borough, * from read_csv($path)",
        ] {
            assert_ne!(judge(true).refusals(sql).expect("judged"), [], "{sql}");
        }
    }
}

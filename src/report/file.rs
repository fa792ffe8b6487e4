//! A report file taken apart, header and SQL held against each other.

use super::check;
use super::header::{Header, Parameter};
use super::header_position::{FileProblem, HeaderPositions};
use crate::embedded_sql::{self, SqlFile};
use crate::failure::{Failure, Kind};
use crate::sql_guard::{TemporaryTable, temporary_table};
use crate::sql_text::{Statement, code_tokens, placeholders_at, statements_at, tokens};
use crate::suggest::nearest;
use std::path::PathBuf;
use toml::de::DeTable;

/// Where a report comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// It comes with the program.
    BuiltIn,
    /// A file of the user's.
    File(PathBuf),
}

/// A temporary table that a report makes for itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setup {
    /// The statement that makes it.
    pub statement: Statement,
    pub(crate) table: TemporaryTable,
}

impl Setup {
    /// The SELECT that fills it.
    pub(crate) fn select(&self) -> Statement {
        let begin = self.table.select_begin;
        Statement { sql: self.statement.sql[begin..].to_owned(), begin: self.statement.begin + begin }
    }
}

/// What to do about SQL that does more.
pub(super) const READS_THE_DATABASE: &str = "a report reads the database: see sql/README.md, Add a report";

/// A report file taken apart: header, the statement that yields its rows, those that yield its notes.
#[derive(Clone, Debug)]
pub struct Report {
    /// Name: that of the file.
    pub name: String,
    /// Where it comes from.
    pub origin: Origin,
    /// What it says of itself.
    pub header: Header,
    pub(crate) positions: HeaderPositions,
    /// The temporary tables it makes for the statements that follow, in order.
    pub setup: Vec<Setup>,
    /// The statement that yields the rows: the first that makes nothing.
    pub rows_sql: Statement,
    /// Statements that yield notes: columns `topic`, `quantity` and `note`.
    pub notes_sql: Vec<Statement>,
    pub text: String,
}

impl Report {
    /// Takes a report file apart.
    ///
    /// # Errors
    /// Everything wrong in the file, with line and column: as wrong use where it is the user's.
    pub(crate) fn parse(
        name: &str,
        text: &str,
        origin: Origin,
        parent: Option<&Report>,
    ) -> Result<Self, Failure> {
        let shown = shown_path(name, &origin);
        let kind = if origin == Origin::BuiltIn { Kind::Failed } else { Kind::Usage };
        let refuse = |problems: Vec<FileProblem>| {
            let mut problems = problems;
            problems.sort_by_key(|problem| problem.byte);
            let problems = problems.into_iter().map(|problem| problem.in_file(&shown, text));
            Failure::of(kind, problems.collect())
        };
        let (mut header, positions, body_begin) = header_of(text).map_err(|problem| refuse(vec![problem]))?;
        if let Some(parent) = parent {
            inherit(&mut header, parent, &text[body_begin..]);
        }
        let mut found = check::problems(&header, &positions);
        found.extend(undeclared(&header, parent, text, body_begin, &positions));
        let mut setup = Vec::new();
        let mut others = Vec::new();
        for mut statement in statements_at(&text[body_begin..]) {
            statement.begin += body_begin;
            if !begins_with_create(&statement.sql) {
                others.push(statement);
            } else if let Some(table) = temporary_table(&statement.sql) {
                setup.push(Setup { statement, table });
            } else {
                let message = "only `create [or replace] temp table NAME as SELECT` may be created";
                found.push(FileProblem::new(statement.begin, message).hint(READS_THE_DATABASE));
            }
        }
        let mut others = others.into_iter();
        let rows_sql = others.next();
        if rows_sql.is_none() {
            found.push(FileProblem::new(text.len(), "no SQL after the header that yields rows"));
        }
        match rows_sql {
            Some(rows_sql) if found.is_empty() => Ok(Self {
                name: name.to_owned(),
                origin,
                header,
                positions,
                setup,
                rows_sql,
                notes_sql: others.collect(),
                text: text.to_owned(),
            }),
            _ => Err(refuse(found)),
        }
    }

    /// The path of the file as shown: below `sql/` for a built-in one.
    pub(crate) fn shown_path(&self) -> String {
        shown_path(&self.name, &self.origin)
    }

    /// True where a statement reads what only the report's own connection has: a temporary table that it makes, or
    /// its input.
    pub(crate) fn reads_setup(&self, sql: &str) -> bool {
        let input = self.input_sql();
        let mut names: Vec<&str> = input.iter().map(SqlFile::name).collect();
        names.extend(self.setup.iter().map(|setup| setup.table.name.as_str()));
        tokens(sql).iter().any(|token| names.iter().any(|name| token.is(name)))
    }

    /// What makes the tables that the program fills for it, empty, in the order in which they can be run.
    pub fn input_sql(&self) -> Vec<SqlFile> {
        self.header.input.as_ref().map_or_else(Vec::new, |name| embedded_sql::layer(&format!("input/{name}")))
    }

    /// All statements in the order in which they are run: setup, rows, notes.
    pub(crate) fn statements(&self) -> impl Iterator<Item = &Statement> {
        self.setup.iter().map(|setup| &setup.statement).chain([&self.rows_sql]).chain(&self.notes_sql)
    }

    /// The SQL of the evidence behind its rows, where it names one.
    pub(crate) fn evidence_sql(&self) -> Option<&'static str> {
        let name = self.header.evidence.as_ref()?;
        Some(embedded_sql::file(&format!("evidence/{name}.sql"))?.text)
    }

    /// The query of a chart, counted from zero, where it has one of its own.
    pub(crate) fn chart_sql(&self, number: usize) -> Option<Statement> {
        chart_statement(&self.header, &self.positions, &self.text, number)
    }

    /// The parameter of a name.
    pub(crate) fn parameter(&self, name: &str) -> Option<&Parameter> {
        self.header.parameters.iter().find(|parameter| parameter.name == name)
    }
}

fn shown_path(name: &str, origin: &Origin) -> String {
    match origin {
        Origin::BuiltIn => format!("sql/report/{name}.sql"),
        Origin::File(path) => path.display().to_string(),
    }
}

/// The name of the report whose parameters a report file takes over, where it names one.
pub(super) fn parent_name(text: &str) -> Option<String> {
    let (header, ..) = header_text(text)?;
    let table = DeTable::parse_recoverable(header).0;
    Some(table.get_ref().get("parameters_of")?.get_ref().as_str()?.to_owned())
}

/// The TOML between the comment signs, the byte at which it begins, and that at which the SQL begins.
fn header_text(text: &str) -> Option<(&str, usize, usize)> {
    let opening = text.len() - text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']).len();
    let inside = text[opening..].strip_prefix("/*")?;
    let length = inside.find("*/")?;
    Some((&inside[..length], opening + 2, opening + 2 + length + 2))
}

/// The header, where its keys are, and the byte at which the SQL begins.
fn header_of(text: &str) -> Result<(Header, HeaderPositions, usize), FileProblem> {
    let Some((header, begin, body_begin)) = header_text(text) else {
        let problem = FileProblem::new(0, "no header between /* and */ at the head of the file");
        return Err(problem.hint("`harmrank reports new NAME` writes a file to begin with"));
    };
    let parsed = toml::from_str(header).map_err(|error| {
        let byte = begin + error.span().map_or(0, |span| span.start);
        FileProblem::new(byte, error.message().trim_end())
            .hint("the header is TOML: see sql/README.md, Add a report")
    })?;
    Ok((parsed, HeaderPositions::of(header, begin), body_begin))
}

/// Takes over the parameters of another report that the SQL names and the header does not declare.
fn inherit(header: &mut Header, parent: &Report, body: &str) {
    let used = placeholders_at(body);
    let theirs = parent.header.parameters.iter().filter(|theirs| {
        used.iter().any(|used| used.name == theirs.name)
            && header.parameters.iter().all(|own| own.name != theirs.name)
    });
    let theirs: Vec<_> = theirs.cloned().collect();
    header.parameters.extend(theirs);
}

/// Parameters that only the header or only the SQL has.
fn undeclared(
    header: &Header,
    parent: Option<&Report>,
    text: &str,
    body_begin: usize,
    positions: &HeaderPositions,
) -> Vec<FileProblem> {
    let mut found = Vec::new();
    if header.parameters_of.is_some() && parent.is_none() {
        found.push(FileProblem::new(positions.key(&["parameters_of"]), "parameters_of names no report"));
    }
    found.extend(disagreements(header, parent, text, body_begin, positions));
    found.extend(undeclared_in_charts(header, text, positions));
    found.extend(undeclared_in_values(header, positions));
    found
}

fn disagreements(
    header: &Header,
    parent: Option<&Report>,
    text: &str,
    body_begin: usize,
    positions: &HeaderPositions,
) -> Vec<FileProblem> {
    let used = placeholders_at(&text[body_begin..]);
    let declared: Vec<_> = header.parameters.iter().map(|parameter| parameter.name.clone()).collect();
    let mut found = Vec::new();
    let mut seen: Vec<&str> = Vec::new();
    for used in used.iter().filter(|used| !declared.contains(&used.name)) {
        if !seen.contains(&used.name.as_str()) {
            seen.push(&used.name);
            let near = nearest(&used.name, &declared).map(|near| format!("did you mean ${near}? "));
            let hint = format!("{}declare it as [param.{}]", near.unwrap_or_default(), used.name);
            let message = format!("${} is in the SQL but not in the header", used.name);
            found.push(FileProblem::new(body_begin + used.begin, message).hint(hint));
        }
    }
    let inherited = |name: &str| parent.is_some_and(|parent| parent.parameter(name).is_some());
    for unused in declared.iter().filter(|name| used.iter().all(|used| used.name != **name)) {
        if !inherited(unused) || positions.value(&["param", unused]).is_some() {
            let byte = positions.key(&["param", unused, "type"]);
            found.push(FileProblem::new(byte, format!("{unused} is in the header but not in the SQL")));
        }
    }
    found
}

/// Parameters that the query of a chart names and the header does not declare.
fn undeclared_in_charts(header: &Header, text: &str, positions: &HeaderPositions) -> Vec<FileProblem> {
    let mut found = Vec::new();
    for number in 0..header.charts.len() {
        let Some(Statement { sql, begin }) = chart_statement(header, positions, text, number) else {
            continue;
        };
        for used in placeholders_at(&sql) {
            if header.parameters.iter().all(|parameter| parameter.name != used.name) {
                let message = format!("${} is in the query of a chart but not in the header", used.name);
                let problem = FileProblem::new(begin + used.begin, message);
                found.push(problem.hint("the SQL below must name it as well"));
            }
        }
    }
    found
}

/// Parameters that the query of the values of another names and the header does not declare.
fn undeclared_in_values(header: &Header, positions: &HeaderPositions) -> Vec<FileProblem> {
    let mut found = Vec::new();
    for parameter in &header.parameters {
        let used = parameter.values_from.as_deref().map(placeholders_at).unwrap_or_default();
        for used in used.iter().filter(|used| header.parameters.iter().all(|known| known.name != used.name)) {
            let byte = positions.key(&["param", &parameter.name, "values_from"]);
            let message = format!("${} is in values_from but not in the header", used.name);
            found.push(FileProblem::new(byte, message));
        }
    }
    found
}

/// The query of a chart, counted from zero, where it has one of its own.
fn chart_statement(
    header: &Header,
    positions: &HeaderPositions,
    text: &str,
    number: usize,
) -> Option<Statement> {
    let sql = header.charts.get(number)?.query.clone()?;
    let value = positions.value(&["chart", &number.to_string(), "query"])?;
    // Where its text has escapes, its bytes are not those of the file: then the value is the place.
    let begin = text[value..].find(&sql).map_or(value, |found| value + found);
    Some(Statement { sql, begin })
}

fn begins_with_create(sql: &str) -> bool {
    code_tokens(sql).first().is_some_and(|token| token.is("create"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "/*\ntitle='t'\nsummary='s'\nstatement='x'\n";

    fn problems(rest: &str) -> Vec<String> {
        let parsed = Report::parse("r", &format!("{HEAD}{rest}"), Origin::File("r.sql".into()), None);
        let failure = parsed.map_or_else(|failure| failure.problems, |_| Vec::new());
        failure
            .into_iter()
            .map(|problem| format!("{} {}", problem.at.unwrap_or_default(), problem.message))
            .collect()
    }

    #[test]
    fn a_parameter_missing_from_either_side_is_an_error_at_its_place() {
        assert_eq!(
            problems("[param.a]\ntype='text'\nhelp='h'\n*/ select 1"),
            ["r.sql:6:1 a is in the header but not in the SQL"]
        );
        assert_eq!(problems("*/\nselect\n  $a, $a"), ["r.sql:7:3 $a is in the SQL but not in the header"]);
        assert_eq!(problems("[param.a]\ntype='text'\nhelp='h'\n*/ select $a"), [""; 0]);
    }

    #[test]
    fn only_a_temporary_table_may_be_created() {
        let created = |sql: &str| problems(&format!("*/\n{sql};\nselect 1"));
        assert_eq!(created("create temp table t as select 1"), [""; 0]);
        for other in
            ["create table t as select 1", "create temp view t as select 1", "create temp table t(a int)"]
        {
            let found = created(other);
            assert!(found.len() == 1 && found[0].starts_with("r.sql:6:1 only `create"), "{found:?}");
        }
    }

    #[test]
    fn the_parent_is_read_as_toml() {
        assert_eq!(parent_name("/*\n  parameters_of = 'v100'\n*/").as_deref(), Some("v100"));
        assert_eq!(parent_name("/*\ntitle = \"parameters_of\"\n*/"), None);
    }
}

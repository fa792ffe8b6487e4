//! A report file taken apart, header and SQL held against each other.

use super::header::{Header, Parameter};
use super::{check, place};
use crate::embedded_sql::{self, SqlFile};
use crate::failure::{Failure, Kind, Problem};
use crate::sql_text::{Statement, code_of, placeholders_at, statements_at};
use crate::suggest::nearest;
use std::path::PathBuf;

/// Where a report comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// It comes with the program.
    BuiltIn,
    /// A file of the user's.
    File(PathBuf),
}

/// A report file taken apart: header, the statement that yields its rows, those that yield its notes.
#[derive(Clone, Debug)]
pub struct Report {
    /// Name: that of the file.
    pub name: String,
    /// Where it comes from.
    pub origin: Origin,
    /// What it says of itself.
    pub header: Header,
    /// Statements that make temporary tables for those that follow; all begin with `create`.
    pub setup_sql: Vec<Statement>,
    /// The statement that yields the rows: the first that makes nothing.
    pub rows_sql: Statement,
    /// Statements that yield notes: columns `topic`, `quantity` and `note`.
    pub notes_sql: Vec<Statement>,
    pub text: String,
}

impl Report {
    /// Takes a report file apart.
    pub(crate) fn parse(
        name: &str,
        text: &str,
        origin: Origin,
        parent: Option<&Report>,
    ) -> Result<Self, Failure> {
        let shown = shown_path(name, &origin);
        let kind = if origin == Origin::BuiltIn { Kind::Failed } else { Kind::Usage };
        let refuse = |message: &str, hint: &str, byte: usize| {
            let failure = Failure::new(kind, message).at(place::at(&shown, text, byte));
            if hint.is_empty() { failure } else { failure.hint(hint) }
        };
        let Some((head, body_begin)) = head_of(text) else {
            return Err(refuse(
                "no header between /* and */ at the head of the file",
                "`harmrank reports new NAME` writes a file to begin with",
                0,
            ));
        };
        let head_begin = text.find("/*").unwrap_or(0) + 2;
        let mut header: Header = toml::from_str(head).map_err(|error| {
            let byte = head_begin + error.span().map_or(0, |span| span.start);
            refuse(error.message().trim_end(), "the header is TOML: see sql/README.md, Add a report", byte)
        })?;
        let body = &text[body_begin..];
        if let Some(parent) = parent {
            inherit(&mut header, parent, body);
        }
        let mut found = check::problems(&header, text);
        if header.parameters_of.is_some() && parent.is_none() {
            let byte = place::of_top_key(text, "parameters_of");
            found.push((byte, "parameters_of names no report".to_owned(), None));
        }
        found.extend(check::evidence_problems(&header, text));
        found.extend(check::input_problem(&header, text));
        found.extend(disagreements(&header, parent, text, body_begin));
        found.extend(undeclared_in_charts(&header, text));
        found.extend(undeclared_in_values(&header, text));
        let (setup_sql, others): (Vec<_>, Vec<_>) = statements_at(body)
            .into_iter()
            .map(|statement| Statement { begin: body_begin + statement.begin, ..statement })
            .partition(|statement| is_setup(&statement.sql));
        let mut others = others.into_iter();
        let rows_sql = others.next();
        if rows_sql.is_none() {
            found.push((text.len(), "no SQL after the header that yields rows".to_owned(), None));
        }
        found.sort_by_key(|(byte, ..)| *byte);
        let problems = found.into_iter().map(|(byte, message, hint)| Problem {
            message,
            hint,
            at: Some(place::at(&shown, text, byte)),
        });
        let problems: Vec<_> = problems.collect();
        match rows_sql {
            Some(rows_sql) if problems.is_empty() => Ok(Self {
                name: name.to_owned(),
                origin,
                header,
                setup_sql,
                rows_sql,
                notes_sql: others.collect(),
                text: text.to_owned(),
            }),
            _ => Err(Failure::of(kind, problems)),
        }
    }

    /// The path of the file as shown: below `sql/` for a built-in one.
    pub(crate) fn shown_path(&self) -> String {
        shown_path(&self.name, &self.origin)
    }

    /// True where a statement reads what only the report's own connection has: a temporary table that it makes, or
    /// its input.
    pub(crate) fn reads_setup(&self, sql: &str) -> bool {
        let made = self.setup_sql.iter().filter_map(|setup| setup_parts(&setup.sql));
        let made = made.map(|(name, _)| name.to_owned());
        let names: Vec<_> = made.chain(self.input_sql().iter().map(|file| file.name().to_owned())).collect();
        let mut words = sql.split(|letter: char| !(letter.is_alphanumeric() || letter == '_'));
        words.any(|word| names.iter().any(|name| name == word))
    }

    /// What makes the tables that the program fills for it, empty, in the order in which they can be run.
    pub fn input_sql(&self) -> Vec<SqlFile> {
        self.header.input.as_ref().map_or_else(Vec::new, |name| embedded_sql::layer(&format!("input/{name}")))
    }

    /// All statements in the order in which they are run: setup, rows, notes.
    pub(crate) fn statements(&self) -> impl Iterator<Item = &Statement> {
        self.setup_sql.iter().chain([&self.rows_sql]).chain(&self.notes_sql)
    }

    /// The SQL of the evidence behind its rows, where it names one.
    pub(crate) fn evidence_sql(&self) -> Option<&'static str> {
        let name = self.header.evidence.as_ref()?;
        Some(embedded_sql::file(&format!("evidence/{name}.sql"))?.text)
    }

    /// The query of a chart, counted from zero, where it has one of its own.
    pub(crate) fn chart_sql(&self, number: usize) -> Option<Statement> {
        chart_statement(&self.header, &self.text, number)
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

/// The TOML between the comment signs, and the byte at which the SQL begins.
fn head_of(text: &str) -> Option<(&str, usize)> {
    let opening = text.len() - text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']).len();
    let inside = text[opening..].strip_prefix("/*")?;
    let length = inside.find("*/")?;
    Some((&inside[..length], opening + 2 + length + 2))
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

/// A problem, and the byte of the file it is at.
pub(super) type Found = (usize, String, Option<String>);

/// Parameters that stand on one side alone.
fn disagreements(header: &Header, parent: Option<&Report>, text: &str, body_begin: usize) -> Vec<Found> {
    let used = placeholders_at(&text[body_begin..]);
    let declared: Vec<_> = header.parameters.iter().map(|parameter| parameter.name.clone()).collect();
    let mut found = Vec::new();
    let mut told: Vec<&str> = Vec::new();
    for used in used.iter().filter(|used| !declared.contains(&used.name)) {
        if !told.contains(&used.name.as_str()) {
            told.push(&used.name);
            let near = nearest(&used.name, &declared).map(|near| format!("did you mean ${near}? "));
            let hint = format!("{}declare it as [param.{}]", near.unwrap_or_default(), used.name);
            let message = format!("${} is in the SQL but not in the header", used.name);
            found.push((body_begin + used.begin, message, Some(hint)));
        }
    }
    let inherited = |name: &str| parent.is_some_and(|parent| parent.parameter(name).is_some());
    for idle in declared.iter().filter(|name| used.iter().all(|used| used.name != **name)) {
        if !inherited(idle) || text[..body_begin].contains(&format!("[param.{idle}]")) {
            let byte = place::of_key(text, idle, "type");
            found.push((byte, format!("{idle} is in the header but not in the SQL"), None));
        }
    }
    found
}

/// Parameters that the query of a chart names and the header does not declare.
fn undeclared_in_charts(header: &Header, text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    for number in 0..header.charts.len() {
        let Some(Statement { sql, begin }) = chart_statement(header, text, number) else { continue };
        for used in placeholders_at(&sql) {
            if header.parameters.iter().all(|parameter| parameter.name != used.name) {
                let message = format!("${} is in the query of a chart but not in the header", used.name);
                let hint = "the SQL below must name it as well".to_owned();
                found.push((begin + used.begin, message, Some(hint)));
            }
        }
    }
    found
}

/// Parameters that the query of the values of another names and the header does not declare.
fn undeclared_in_values(header: &Header, text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    for parameter in &header.parameters {
        let used = parameter.values_from.as_deref().map(placeholders_at).unwrap_or_default();
        for used in used.iter().filter(|used| header.parameters.iter().all(|known| known.name != used.name)) {
            let byte = place::of_key(text, &parameter.name, "values_from");
            found.push((byte, format!("${} is in values_from but not in the header", used.name), None));
        }
    }
    found
}

/// The query of a chart, counted from zero, where it has one of its own.
fn chart_statement(header: &Header, text: &str, number: usize) -> Option<Statement> {
    let sql = header.charts.get(number)?.query.clone()?;
    let key = place::of_chart_key(text, number, "query");
    // Its text as it stands in the file; where something in it is escaped, the key is its place.
    let begin = text[key..].find(&sql).map_or(key, |found| key + found);
    Some(Statement { sql, begin })
}

fn is_setup(sql: &str) -> bool {
    code_of(sql).split_whitespace().next().is_some_and(|word| word.eq_ignore_ascii_case("create"))
}

/// Of `create [or replace] temp table NAME as SELECT`: the name, and the byte at which the SELECT begins.
/// Nothing for any other statement.
pub(super) fn setup_parts(sql: &str) -> Option<(&str, usize)> {
    let code = code_of(sql);
    let mut rest = code;
    let mut word = || {
        rest = rest.trim_start();
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        rest = after;
        word
    };
    let is = |word: &str, known: &str| word.eq_ignore_ascii_case(known);
    let mut next = word();
    if !is(next, "create") {
        return None;
    }
    next = word();
    if is(next, "or") {
        if !is(word(), "replace") {
            return None;
        }
        next = word();
    }
    if !is(next, "temp") && !is(next, "temporary") || !is(word(), "table") {
        return None;
    }
    let name = word();
    let is_name = name.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '_')
        && name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    if !is_name || !is(word(), "as") {
        return None;
    }
    Some((name, sql.len() - rest.trim_start().len()))
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
    fn only_the_making_of_a_temporary_table_is_setup() {
        let sql = "-- why\nCREATE or replace temp table listed as\nselect 1";
        assert_eq!(setup_parts(sql).map(|(name, begin)| (name, &sql[begin..])), Some(("listed", "select 1")));
        for other in [
            "create table t as select 1",
            "create temp view t as select 1",
            "create temp macro f() as 1",
            "create temp table t(a int)",
            "create temp table \"a\" as select 1",
        ] {
            assert_eq!(setup_parts(other), None, "{other}");
        }
    }
}

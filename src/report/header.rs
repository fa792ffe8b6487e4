//! The comment at the head of a report file: what it is and which parameters it takes.

use super::statement::{placeholders, statements};
use crate::failure::Failure;
use serde::Deserialize;
use std::collections::BTreeSet;

/// What a report says of itself, in TOML between `/*` and `*/` at the head of its file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// Title, as printed over every output.
    pub title: String,
    /// One line: what a row is.
    pub summary: String,
    /// The sentence that says what the output is and what it is not.
    pub statement: String,
    /// Flags of an example, for the help.
    #[serde(default)]
    pub example: Option<String>,
    /// Another report whose parameters this one takes as well, as far as its SQL names them.
    #[serde(default)]
    pub parameters_of: Option<String>,
    /// Columns to show first where a terminal is too narrow for all.
    #[serde(default)]
    pub columns_first: Vec<String>,
    /// A column of amounts: a bar stands beside each where there is room for one.
    #[serde(default)]
    pub bar: Option<String>,
    /// Pictures for the formats that have them, in order.
    #[serde(default, rename = "chart")]
    pub charts: Vec<Chart>,
    /// Groups of parameters of which exactly one must be given.
    #[serde(default)]
    pub one_of: Vec<Vec<String>>,
    /// The parameters, in order.
    #[serde(default, rename = "param", deserialize_with = "in_order")]
    pub parameters: Vec<Parameter>,
}

/// A picture of the rows of a report, or of a query of its own.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chart {
    /// How it is drawn.
    pub kind: ChartKind,
    /// Title over it.
    pub title: String,
    /// Column of the amounts.
    pub value: String,
    /// Column of the words beside a bar, or of the days or numbers along a line.
    #[serde(default)]
    pub label: Option<String>,
    /// Column that says how many each row stands for; one each unless given.
    #[serde(default)]
    pub count: Option<String>,
    /// What the amounts are, in words.
    #[serde(default)]
    pub unit: Option<String>,
    /// What the rows are, in words.
    #[serde(default)]
    pub of: Option<String>,
    /// Sentence beneath it.
    #[serde(default)]
    pub note: Option<String>,
    /// SELECT that yields what is drawn, over the report's parameters and temporary tables; the report's own
    /// rows unless given.
    #[serde(default)]
    pub query: Option<String>,
}

impl Chart {
    /// What the amounts are, in words.
    #[must_use]
    pub fn unit(&self) -> &str {
        self.unit.as_deref().unwrap_or(&self.value)
    }

    /// What the rows are, in words.
    #[must_use]
    pub fn of(&self) -> &str {
        self.of.as_deref().unwrap_or("rows")
    }
}

/// How a chart is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChartKind {
    /// A bar per row.
    Bars,
    /// A line through the rows.
    Line,
    /// The share that the lower shares carry, and the line of an even division.
    Lorenz,
    /// How many have about so much, on a logarithmic axis.
    Histogram,
}

/// One parameter of a report.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// Name in the SQL, without the dollar; the flag is the same with hyphens.
    #[serde(skip)]
    pub name: String,
    /// What values it takes.
    #[serde(rename = "type")]
    pub kind: ParameterKind,
    /// Value when none is given, as it would be written on the command line.
    #[serde(default)]
    pub default: Option<toml::Value>,
    /// True where it may be left out: null in the SQL, no filter.
    #[serde(default)]
    pub optional: bool,
    /// Least and greatest value, both inclusive, of an integer.
    #[serde(default)]
    pub range: Option<[i64; 2]>,
    /// The words a choice takes.
    #[serde(default)]
    pub choices: Vec<String>,
    /// A query that lists the words a choice takes.
    #[serde(default)]
    pub choices_from: Option<String>,
    /// One line of help.
    pub help: String,
}

/// What values a parameter takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParameterKind {
    /// A day; also relative, see [`crate::dates`].
    Date,
    /// A whole number.
    Integer,
    /// Any text.
    Text,
    /// One of stated words.
    Choice,
    /// The reference of a person held.
    Person,
    /// The reference of a crime held.
    Crime,
}

impl Parameter {
    /// The flag without its two hyphens.
    #[must_use]
    pub fn flag(&self) -> String {
        self.name.replace('_', "-")
    }

    /// The default as it would be written on the command line.
    #[must_use]
    pub fn default_text(&self) -> Option<String> {
        self.default.as_ref().map(|value| match value {
            toml::Value::String(text) => text.clone(),
            other => other.to_string(),
        })
    }
}

fn in_order<'de, D: serde::Deserializer<'de>>(source: D) -> Result<Vec<Parameter>, D::Error> {
    let table = toml::Table::deserialize(source)?;
    table
        .into_iter()
        .map(|(name, value)| {
            let mut parameter: Parameter = value.try_into().map_err(serde::de::Error::custom)?;
            parameter.name = name;
            Ok(parameter)
        })
        .collect()
}

/// A report file taken apart: header, the statement that yields its rows, those that yield its notes.
#[derive(Clone, Debug)]
pub struct Report {
    /// Name: that of the file.
    pub name: String,
    /// What it says of itself.
    pub header: Header,
    /// Statements that make temporary tables for those that follow; all begin with `create`.
    pub setup_sql: Vec<String>,
    /// The statement that yields the rows: the first that makes nothing.
    pub rows_sql: String,
    /// Statements that yield notes: columns `topic`, `quantity` and `note`.
    pub notes_sql: Vec<String>,
    /// The whole file.
    pub text: String,
}

impl Report {
    /// Takes a report file apart.
    ///
    /// # Errors
    /// When the header is missing or does not parse, or header and SQL name different parameters.
    pub fn parse(name: &str, text: &str, parent: Option<&Report>) -> Result<Self, Failure> {
        let refuse = |message: String| Failure::failed(message).at(format!("sql/report/{name}.sql"));
        let (head, body) = text
            .trim_start()
            .strip_prefix("/*")
            .and_then(|rest| rest.split_once("*/"))
            .ok_or_else(|| refuse("no header between /* and */ at the head of the file".to_owned()))?;
        let mut header: Header = toml::from_str(head)
            .map_err(|error| refuse(format!("header: {}", error.to_string().trim_end())))?;
        let used = placeholders(body);
        if let Some(parent) = parent {
            let inherited: Vec<_> = parent
                .header
                .parameters
                .iter()
                .filter(|theirs| {
                    used.contains(&theirs.name) && header.parameters.iter().all(|own| own.name != theirs.name)
                })
                .cloned()
                .collect();
            header.parameters.extend(inherited);
        }
        let declared: BTreeSet<_> =
            header.parameters.iter().map(|parameter| parameter.name.clone()).collect();
        if let Some(missing) = used.difference(&declared).next() {
            return Err(refuse(format!("${missing} is in the SQL but not in the header")));
        }
        if let Some(idle) = declared.difference(&used).next() {
            return Err(refuse(format!("{idle} is in the header but not in the SQL")));
        }
        let (setup_sql, found): (Vec<_>, Vec<_>) =
            statements(body).into_iter().partition(|sql| is_setup(sql));
        let mut found = found.into_iter();
        let rows_sql = found.next().ok_or_else(|| refuse("no SQL after the header".to_owned()))?;
        Ok(Self {
            name: name.to_owned(),
            header,
            setup_sql,
            rows_sql,
            notes_sql: found.collect(),
            text: text.to_owned(),
        })
    }
}

impl Report {
    /// True where a statement reads a temporary table that the report makes.
    #[must_use]
    pub fn reads_setup(&self, sql: &str) -> bool {
        let made = self.setup_sql.iter().filter_map(|setup| {
            let mut words = setup.split_whitespace().skip_while(|word| !word.eq_ignore_ascii_case("table"));
            words.nth(1)
        });
        made.into_iter().any(|name| {
            sql.split(|letter: char| !(letter.is_alphanumeric() || letter == '_')).any(|word| word == name)
        })
    }
}

fn is_setup(sql: &str) -> bool {
    let code = sql.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with("--"));
    code.is_some_and(|line| line.to_ascii_lowercase().starts_with("create "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parameter_missing_from_either_side_is_an_error() {
        let head = "/*\ntitle='t'\nsummary='s'\nstatement='x'\n";
        let idle = format!("{head}[param.a]\ntype='text'\nhelp='h'\n*/ select 1");
        assert!(Report::parse("r", &idle, None).is_err());
        assert!(Report::parse("r", &format!("{head}*/ select $a"), None).is_err());
        let sound = format!("{head}[param.a]\ntype='text'\nhelp='h'\n*/ select $a");
        assert!(Report::parse("r", &sound, None).is_ok());
    }
}

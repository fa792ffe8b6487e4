//! The comment at the head of a report file: what it is and which parameters it takes.

use serde::de::{Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use std::fmt;

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
    /// The statement that yields the evidence behind its rows, a file of `sql/evidence`: kept with an archived run.
    #[serde(default)]
    pub evidence: Option<String>,
    /// Tables that the program fills beside the database before it is run, a folder of `sql/input`.
    #[serde(default)]
    pub input: Option<String>,
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
    #[serde(default)]
    pub note: Option<String>,
    /// SELECT that yields what is drawn, over the report's parameters and temporary tables; the report's own
    /// rows unless given.
    #[serde(default)]
    pub query: Option<String>,
}

impl Chart {
    /// What the amounts are, in words.
    pub(crate) fn unit(&self) -> &str {
        self.unit.as_deref().unwrap_or(&self.value)
    }

    /// What the rows are, in words.
    pub(crate) fn of(&self) -> &str {
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
    /// The share that the lower shares carry, and the line of equal shares.
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
    /// What the values of a list are: text unless stated.
    #[serde(default)]
    pub of: Option<ItemKind>,
    /// Value when none is given, as it would be written on the command line.
    #[serde(default)]
    pub default: Option<toml::Value>,
    /// True where it may be left out: null in the SQL, no filter.
    #[serde(default)]
    pub optional: bool,
    /// Least and greatest value, both inclusive, of a date, an integer or a decimal.
    #[serde(default)]
    pub range: Option<[toml::Value; 2]>,
    /// The words a choice or a list takes.
    #[serde(default)]
    pub choices: Vec<String>,
    /// A query that lists the words a choice or a list takes.
    #[serde(default)]
    pub choices_from: Option<String>,
    /// A query over the parameters of the report that lists the values that stand in the data: for who makes an output
    /// of each. Others may be given all the same.
    #[serde(default)]
    pub values_from: Option<String>,
    /// A query that lists the values a text may have: another is refused with the nearest.
    #[serde(default)]
    pub known_from: Option<String>,
    /// True where lists count another kind of harm when its values differ: those of one kind alone are compared.
    #[serde(default)]
    pub is_comparable: bool,
    /// True where it decides who of the people counted is listed, and the evidence behind the list is the same
    /// whatever its value.
    #[serde(default)]
    pub is_cut: bool,
    /// One line of help.
    pub help: String,
}

/// What values a parameter takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ParameterKind {
    /// A day; also relative, see [`crate::dates`].
    Date,
    Integer,
    /// A number in exact decimal digits.
    Decimal,
    Boolean,
    Text,
    /// One of stated words.
    Choice,
    /// Several values: the flag repeated, or values parted by commas.
    List,
    /// The reference of a person held.
    Person,
    /// The reference of a crime held.
    Crime,
}

/// What the values of a list are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemKind {
    Text,
    Integer,
}

impl ParameterKind {
    /// The word for it in a header.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Integer => "integer",
            Self::Decimal => "decimal",
            Self::Boolean => "boolean",
            Self::Text => "text",
            Self::Choice => "choice",
            Self::List => "list",
            Self::Person => "person",
            Self::Crime => "crime",
        }
    }
}

impl Parameter {
    /// The flag without its two hyphens.
    pub fn flag(&self) -> String {
        self.name.replace('_', "-")
    }

    /// The default as it would be written on the command line; the values of a list one by one.
    pub(crate) fn default_texts(&self) -> Option<Vec<String>> {
        self.default.as_ref().map(|default| match default {
            toml::Value::Array(items) => items.iter().map(as_written).collect(),
            other => vec![as_written(other)],
        })
    }

    /// The default as it would be written on the command line.
    pub fn default_text(&self) -> Option<String> {
        self.default_texts().map(|texts| texts.join(","))
    }

    /// Least and greatest value as they would be written on the command line.
    pub(crate) fn range_texts(&self) -> Option<[String; 2]> {
        self.range.as_ref().map(|range| range.each_ref().map(as_written))
    }

    /// True where it must be given.
    pub(crate) fn is_required(&self) -> bool {
        self.default.is_none() && !self.optional
    }

    /// The values it takes in words, where the header limits them: `1 to 100`, or the choices.
    pub(crate) fn limits(&self) -> Option<String> {
        match (self.range_texts(), self.kind) {
            (Some([least, most]), _) => Some(format!("{least} to {most}")),
            (None, ParameterKind::Boolean) => Some("true, false".to_owned()),
            (None, _) if !self.choices.is_empty() => Some(self.choices.join(", ")),
            _ => None,
        }
    }
}

fn as_written(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The parameters in the order of the file, with the places of what is wrong in them.
fn in_order<'de, D: Deserializer<'de>>(source: D) -> Result<Vec<Parameter>, D::Error> {
    struct InOrder;
    impl<'de> Visitor<'de> for InOrder {
        type Value = Vec<Parameter>;

        fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
            out.write_str("tables [param.NAME]")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut parameters = Vec::new();
            while let Some((name, mut parameter)) = map.next_entry::<String, Parameter>()? {
                parameter.name = name;
                parameters.push(parameter);
            }
            Ok(parameters)
        }
    }
    source.deserialize_map(InOrder)
}

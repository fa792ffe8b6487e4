//! Values of placeholders: `name=value`, or `name:type=value`.

use crate::failure::{Failure, Kind, Problem};
use crate::report::{Days, ParameterKind, read_as};
use duckdb::types::Value;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// A parameter as written on the command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    /// Name in the SQL, without the dollar.
    pub(crate) name: String,
    kind: Option<ParameterKind>,
    text: String,
}

/// A parameter whose value is settled: days are absolute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Bound {
    /// Name in the SQL, without the dollar.
    pub(crate) name: String,
    /// Type, by the word for it in a report.
    pub(crate) kind: ParameterKind,
    /// The value as it would be written.
    pub(crate) text: String,
}

/// The types that go without a report.
const KINDS: [ParameterKind; 6] = [
    ParameterKind::Date,
    ParameterKind::Integer,
    ParameterKind::Decimal,
    ParameterKind::Boolean,
    ParameterKind::Text,
    ParameterKind::List,
];

impl FromStr for Asked {
    type Err = String;

    fn from_str(written: &str) -> Result<Self, String> {
        let (head, text) = written.split_once('=').ok_or("write NAME=VALUE or NAME:TYPE=VALUE")?;
        let (name, kind) = match head.split_once(':') {
            None => (head, None),
            Some((name, word)) => {
                let kind = KINDS.into_iter().find(|kind| kind.word() == word);
                let words: Vec<_> = KINDS.iter().map(|kind| kind.word()).collect();
                (name, Some(kind.ok_or_else(|| format!("no type {word:?}: {}", words.join(", ")))?))
            }
        };
        let is_name = name.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '_')
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        if !is_name {
            return Err(format!("{name:?} is no name: letters, digits and _ after a letter"));
        }
        Ok(Self { name: name.to_owned(), kind, text: text.to_owned() })
    }
}

impl Asked {
    /// The type given, or that which the value has by its looks: a whole number, a number with a point, true or
    /// false, a day such as 2026-06-30; anything else is text, numbers with an idle zero before them too.
    fn kind(&self) -> ParameterKind {
        self.kind.unwrap_or_else(|| {
            let digits = self.text.strip_prefix('-').unwrap_or(&self.text);
            let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
            let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            let is_reference = whole.len() > 1 && whole.starts_with('0');
            match self.text.as_str() {
                "true" | "false" => ParameterKind::Boolean,
                _ if are_digits(whole) && are_digits(part) && !is_reference => {
                    if digits.contains('.') {
                        ParameterKind::Decimal
                    } else {
                        ParameterKind::Integer
                    }
                }
                text if text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok() => ParameterKind::Date,
                _ => ParameterKind::Text,
            }
        })
    }

    /// Settles the values of all parameters.
    pub(crate) fn settle(asked: &[Self], days: Days) -> Result<Vec<Bound>, Failure> {
        let (mut bound, mut problems) = (Vec::<Bound>::new(), Vec::new());
        for one in asked {
            let at = Some(format!("--param {}", one.name));
            if bound.iter().any(|other| other.name == one.name) {
                problems.push(Problem { message: "is given twice".to_owned(), hint: None, at });
                continue;
            }
            match read_as(one.kind(), &one.text, days) {
                Ok((_, text)) => bound.push(Bound { name: one.name.clone(), kind: one.kind(), text }),
                Err(problem) => problems.push(Problem { at, ..problem }),
            }
        }
        if problems.is_empty() { Ok(bound) } else { Err(Failure::of(Kind::Usage, problems)) }
    }
}

impl Bound {
    /// The value to bind.
    pub(super) fn value(&self) -> Result<Value, Failure> {
        let someday = jiff::civil::date(2026, 1, 1);
        let read = read_as(self.kind, &self.text, Days { today: someday, data_date: someday });
        read.map(|(value, _)| value).map_err(|problem| Failure::of(Kind::Usage, vec![problem]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_has_the_type_of_its_looks_unless_it_is_said() {
        for (written, kind) in [
            ("a=1", ParameterKind::Integer),
            ("a=-12", ParameterKind::Integer),
            ("a=0", ParameterKind::Integer),
            ("a=0.50", ParameterKind::Decimal),
            ("a=007", ParameterKind::Text),
            ("a=1e3", ParameterKind::Text),
            ("a=1.", ParameterKind::Text),
            ("a=", ParameterKind::Text),
            ("a=b=c", ParameterKind::Text),
            ("a=true", ParameterKind::Boolean),
            ("a=2026-06-30", ParameterKind::Date),
            ("a=2026-06-31", ParameterKind::Text),
            ("a:date=-7d", ParameterKind::Date),
            ("a:text=1", ParameterKind::Text),
            ("a:list=x,y", ParameterKind::List),
        ] {
            assert_eq!(Asked::from_str(written).expect(written).kind(), kind, "{written}");
        }
        for wrong in ["a", "=1", "a b=1", "1a=1", "a:person=P1", "$a=1"] {
            assert!(Asked::from_str(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn days_are_settled_and_every_wrong_value_told() {
        let day = jiff::civil::date(2026, 6, 30);
        let days = Days { today: day, data_date: day };
        let asked = |texts: &[&str]| -> Vec<Asked> {
            texts.iter().map(|text| Asked::from_str(text).expect("asked")).collect()
        };
        let bound = Asked::settle(&asked(&["from:date=-7d"]), days).expect("settled");
        assert_eq!(bound[0].text, "2026-06-23");
        let failure = Asked::settle(&asked(&["a:date=x", "b:integer=1.5", "c=1", "c=2"]), days);
        assert_eq!(failure.expect_err("wrong").problems.len(), 3);
    }
}

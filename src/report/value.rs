//! One value as written on the command line or in a header, read as its type: without asking a database.

use super::header::{ItemKind, Parameter, ParameterKind};
use crate::database::quoted;
use crate::dates;
use crate::failure::Problem;
use crate::suggest::did_you_mean;
use duckdb::types::{Decimal, Value};
use jiff::civil::Date;
use serde_json::{Number, Value as Json};

/// Days that relative dates count from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Days {
    pub(crate) today: Date,
    /// The day the data speak of.
    pub(crate) data_date: Date,
}

/// What is wrong with a value, and what would be right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wrong {
    pub(super) message: String,
    pub(super) hint: Option<String>,
}

impl Wrong {
    pub(super) fn new(message: String, hint: impl Into<Option<String>>) -> Self {
        Self { message, hint: hint.into() }
    }
}

/// Width of the decimals that are bound; wider where more digits are written.
const DECIMAL_WIDTH: u8 = 18;
/// Digits of the widest decimal of the engine.
const MOST_DIGITS: usize = 38;

/// Reads the values given for a parameter, all but those that only the database can judge: persons, crimes,
/// and choices listed by a query are taken as text.
pub(super) fn read(parameter: &Parameter, texts: &[String], days: Days) -> Result<Value, Vec<Wrong>> {
    if parameter.kind == ParameterKind::List {
        return read_list(parameter, texts);
    }
    let [text] = texts else {
        let values = texts.iter().map(|text| format!("{text:?}")).collect::<Vec<_>>().join(", ");
        return Err(vec![Wrong::new(format!("is given {} times: {values}", texts.len()), None)]);
    };
    let value = match parameter.kind {
        ParameterKind::Date => read_date(text, days),
        ParameterKind::Integer => read_integer(text, is_wide(parameter)),
        ParameterKind::Decimal => read_decimal(text),
        ParameterKind::Boolean => read_boolean(text),
        ParameterKind::Choice => read_choice(text, &parameter.choices),
        _ => Ok(Value::Text(text.clone())),
    };
    value.and_then(|value| within(parameter, value, text, days)).map_err(|wrong| vec![wrong])
}

/// Reads one value as a type, without a report: the value, and as it is written with days made absolute.
pub(crate) fn read_as(kind: ParameterKind, text: &str, days: Days) -> Result<(Value, String), Problem> {
    let value = match kind {
        ParameterKind::Date => read_date(text, days),
        ParameterKind::Integer => read_integer(text, text.parse::<i32>().is_err()),
        ParameterKind::Decimal => read_decimal(text),
        ParameterKind::Boolean => read_boolean(text),
        ParameterKind::List => {
            Ok(Value::List(text.split(',').map(|item| Value::Text(item.trim().to_owned())).collect()))
        }
        _ => Ok(Value::Text(text.to_owned())),
    };
    value
        .map(|value| {
            let written = shown(&value);
            (value, written)
        })
        .map_err(|wrong| Problem { message: wrong.message, hint: wrong.hint, at: None })
}

fn read_list(parameter: &Parameter, texts: &[String]) -> Result<Value, Vec<Wrong>> {
    let (mut values, mut wrongs) = (Vec::new(), Vec::new());
    for text in texts.iter().flat_map(|text| text.split(',')).map(str::trim) {
        let value = match parameter.of {
            Some(ItemKind::Integer) => read_integer(text, is_wide(parameter)),
            _ if text.is_empty() => Err(Wrong::new("has an empty value".to_owned(), None)),
            _ => read_choice(text, &parameter.choices),
        };
        match value {
            Ok(value) => values.push(value),
            Err(wrong) => wrongs.push(wrong),
        }
    }
    if wrongs.is_empty() { Ok(Value::List(values)) } else { Err(wrongs) }
}

/// True where the header allows whole numbers beyond 32 bits: then all are bound with 64.
fn is_wide(parameter: &Parameter) -> bool {
    let ends = parameter.range_texts().unwrap_or_default();
    ends.iter().any(|end| end.parse::<i64>().is_ok_and(|end| i32::try_from(end).is_err()))
}

fn read_date(text: &str, days: Days) -> Result<Value, Wrong> {
    match dates::read(text, days.today, days.data_date) {
        Some(day) => Ok(Value::Date32(dates::to_epoch_days(day))),
        None => Err(Wrong::new(format!("{text:?} is not a day"), format!("write {}", dates::FORMS))),
    }
}

fn read_integer(text: &str, is_wide: bool) -> Result<Value, Wrong> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let is_whole = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let fits = if is_wide { text.parse().map(Value::BigInt).ok() } else { text.parse().map(Value::Int).ok() };
    match fits {
        Some(value) => Ok(value),
        None if is_whole => Err(Wrong::new(format!("{text} is too large a number"), None)),
        None => Err(Wrong::new(format!("{text:?} is not a whole number"), None)),
    }
}

fn read_decimal(text: &str) -> Result<Value, Wrong> {
    let wrong = |what: &str| Wrong::new(format!("{text:?} is {what}"), "write digits, as in 0.25".to_owned());
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let is_number = !(whole.is_empty() && part.is_empty())
        && whole.bytes().chain(part.bytes()).all(|byte| byte.is_ascii_digit())
        && !digits.ends_with('.');
    if !is_number {
        return Err(wrong("not a decimal number"));
    }
    if whole.len() + part.len() > MOST_DIGITS {
        return Err(wrong("longer than 38 digits"));
    }
    let sign = if text.starts_with('-') { "-" } else { "" };
    let scaled = format!("{sign}{whole}{part}").parse::<i128>().map_err(|_| wrong("too large"))?;
    let width = u8::try_from(whole.len() + part.len()).unwrap_or(u8::MAX).max(DECIMAL_WIDTH);
    let scale = u8::try_from(part.len()).unwrap_or(u8::MAX);
    Decimal::new(width, scale, scaled).map(Value::Decimal).map_err(|_| wrong("too large"))
}

fn read_boolean(text: &str) -> Result<Value, Wrong> {
    match text {
        "true" | "yes" => Ok(Value::Boolean(true)),
        "false" | "no" => Ok(Value::Boolean(false)),
        _ => Err(Wrong::new(format!("{text:?} is neither true nor false"), None)),
    }
}

/// The choice that a text names, in whatever case; any text where there are no choices.
pub(super) fn read_choice(text: &str, choices: &[String]) -> Result<Value, Wrong> {
    if choices.is_empty() || choices.iter().any(|choice| choice == text) {
        return Ok(Value::Text(text.to_owned()));
    }
    let mut in_other_case = choices.iter().filter(|choice| choice.to_lowercase() == text.to_lowercase());
    if let (Some(choice), None) = (in_other_case.next(), in_other_case.next()) {
        return Ok(Value::Text(choice.clone()));
    }
    let guess = did_you_mean(text, choices);
    Err(Wrong::new(
        format!("{text:?} is not one of its choices"),
        format!("{guess}choices: {}", choices.join(", ")),
    ))
}

/// The value, where it lies in the range of the parameter.
fn within(parameter: &Parameter, value: Value, text: &str, days: Days) -> Result<Value, Wrong> {
    let Some(ends) = parameter.range_texts() else { return Ok(value) };
    let [least, most] = ends.each_ref().map(|end| match parameter.kind {
        ParameterKind::Date => read_date(end, days),
        ParameterKind::Decimal => read_decimal(end),
        _ => read_integer(end, is_wide(parameter)),
    });
    let (least, most) = (least?, most?);
    if is_at_most(&least, &value) && is_at_most(&value, &most) {
        return Ok(value);
    }
    let [least, most] = [least, most].map(|end| shown(&end));
    let written = shown(&value);
    let as_text = if written == text { written } else { format!("{text} ({written})") };
    Err(Wrong::new(format!("{as_text} is not between {least} and {most}"), None))
}

fn is_at_most(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Date32(left), Value::Date32(right)) | (Value::Int(left), Value::Int(right)) => left <= right,
        (Value::BigInt(left), Value::BigInt(right)) => left <= right,
        (Value::Decimal(left), Value::Decimal(right)) => {
            // By their digits, both brought to one scale as text: 38 digits and 38 places fit no integer.
            let scale = left.scale().max(right.scale());
            compare(&padded(left, scale), &padded(right, scale)).is_le()
        }
        _ => false,
    }
}

/// Sign and digits of a decimal at a scale.
fn padded(number: &Decimal, scale: u8) -> (bool, String) {
    let idle = "0".repeat(usize::from(scale - number.scale()));
    let digits = format!("{}{idle}", number.value().unsigned_abs());
    (number.value() < 0, digits.trim_start_matches('0').to_owned())
}

fn compare(left: &(bool, String), right: &(bool, String)) -> std::cmp::Ordering {
    let size = |number: &(bool, String)| (number.1.len(), number.1.clone());
    match (left.0, right.0) {
        (false, false) => size(left).cmp(&size(right)),
        (true, true) => size(right).cmp(&size(left)),
        (is_left_negative, _) => right.0.cmp(&is_left_negative),
    }
}

/// A value as printed: absolute, in exact digits, `null` where left out.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Boolean(truth) => truth.to_string(),
        Value::Int(number) => number.to_string(),
        Value::BigInt(number) => number.to_string(),
        Value::Decimal(number) => number.to_string(),
        Value::Date32(days) => dates::from_epoch_days(*days).to_string(),
        Value::Text(text) => text.clone(),
        Value::List(values) => values.iter().map(shown).collect::<Vec<_>>().join(","),
        other => format!("{other:?}"),
    }
}

/// A value for an envelope or a manifest: numbers as numbers, lists as lists.
pub(super) fn as_json(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Boolean(truth) => Json::from(*truth),
        Value::Int(_) | Value::BigInt(_) | Value::Decimal(_) => {
            let text = shown(value);
            text.parse::<Number>().map_or(Json::String(text), Json::Number)
        }
        Value::List(values) => values.iter().map(as_json).collect(),
        other => Json::from(shown(other)),
    }
}

/// A value as a literal of the engine, with its type.
pub(super) fn literal(parameter: &Parameter, value: &Value) -> String {
    match value {
        Value::Null => format!("null::{}", sql_type(parameter)),
        Value::Int(number) => format!("{number}::integer"),
        Value::BigInt(number) => format!("{number}::bigint"),
        Value::Decimal(number) => format!("{number}::decimal({}, {})", number.width(), number.scale()),
        Value::Date32(_) => format!("date {}", quoted(&shown(value))),
        Value::Text(text) => quoted(text),
        Value::List(values) => {
            let items: Vec<_> = values
                .iter()
                .map(|item| if let Value::Text(text) = item { quoted(text) } else { shown(item) })
                .collect();
            format!("[{}]::{}", items.join(", "), sql_type(parameter))
        }
        other => shown(other),
    }
}

/// The engine's type of a parameter.
pub(super) fn sql_type(parameter: &Parameter) -> &'static str {
    match (parameter.kind, parameter.of) {
        (ParameterKind::Date, _) => "date",
        (ParameterKind::Integer, _) if is_wide(parameter) => "bigint",
        (ParameterKind::Integer, _) => "integer",
        (ParameterKind::Decimal, _) => "decimal(18, 4)",
        (ParameterKind::Boolean, _) => "boolean",
        (ParameterKind::List, Some(ItemKind::Integer)) => "integer[]",
        (ParameterKind::List, _) => "varchar[]",
        _ => "varchar",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> String {
        read_decimal(text).map_or_else(|wrong| wrong.message, |value| shown(&value))
    }

    #[test]
    fn decimals_keep_every_digit_written() {
        for (written, read) in
            [("0.10", "0.10"), ("-3.5", "-3.5"), ("12345678901234567890.12", "12345678901234567890.12")]
        {
            assert_eq!(decimal(written), read);
        }
        for wrong in ["", ".", "1.", "1e3", "0x1F", "1_000", "1,5", "NaN"] {
            assert!(decimal(wrong).contains("not a decimal"), "{wrong}");
        }
        assert!(decimal(&"9".repeat(39)).contains("longer"));
    }

    #[test]
    fn decimals_are_compared_by_value_at_any_scale() {
        let is_at_most = |left, right| {
            let (left, right) = (read_decimal(left).expect("decimal"), read_decimal(right).expect("decimal"));
            is_at_most(&left, &right)
        };
        let far = format!("0.{}1", "0".repeat(36));
        for (less, more) in [("-2", "-1.5"), ("-0.1", "0"), ("9.99", "10"), ("0.1", "0.10"), ("0", &far)] {
            assert!(is_at_most(less, more), "{less} {more}");
        }
        for (more, less) in [("0.11", "0.1"), ("-1", "-1.1"), ("1", "-5"), (&far, "0")] {
            assert!(!is_at_most(more, less), "{more} {less}");
        }
    }

    #[test]
    fn a_whole_number_is_digits_alone() {
        for wrong in ["1.5", "1e3", "0x10", "", "-", "1 "] {
            assert!(read_integer(wrong, false).is_err(), "{wrong}");
        }
        assert_eq!(read_integer("4000000000", true), Ok(Value::BigInt(4_000_000_000)));
        assert!(read_integer("4000000000", false).is_err_and(|wrong| wrong.message.contains("too large")));
    }
}

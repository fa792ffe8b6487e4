//! One value of a result, in the few forms that formats tell apart.

use arrow::array::{Array, AsArray};
use arrow::datatypes::DataType;
use arrow::util::display::{ArrayFormatter, FormatOptions};

/// A value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// No value.
    Null,
    /// True or false.
    Boolean(bool),
    /// A number, in exact decimal digits.
    Number(String),
    /// A day, a text, or anything else, as text.
    Text(String),
}

impl Cell {
    /// The value as text; nothing for null.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Null => "",
            Self::Boolean(true) => "true",
            Self::Boolean(false) => "false",
            Self::Number(text) | Self::Text(text) => text,
        }
    }
}

/// Reads one value. Decimals lose the zeros behind their last digit, not their exactness.
#[must_use]
pub fn cell(array: &dyn Array, row: usize) -> Cell {
    if array.is_null(row) {
        return Cell::Null;
    }
    match array.data_type() {
        DataType::Boolean => Cell::Boolean(array.as_boolean().value(row)),
        DataType::Decimal128(..) => Cell::Number(trimmed(shown(array, row))),
        kind if kind.is_numeric() => Cell::Number(shown(array, row)),
        DataType::Null => Cell::Null,
        _ => Cell::Text(shown(array, row)),
    }
}

fn shown(array: &dyn Array, row: usize) -> String {
    let options = FormatOptions::default();
    ArrayFormatter::try_new(array, &options)
        .and_then(|formatter| formatter.value(row).try_to_string())
        .unwrap_or_else(|error| format!("({error})"))
}

fn trimmed(number: String) -> String {
    if number.contains('.') { number.trim_end_matches('0').trim_end_matches('.').to_owned() } else { number }
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow::array::Decimal128Array;

    #[test]
    fn decimals_keep_their_digits_and_lose_idle_zeros() {
        let array = Decimal128Array::from(vec![Some(146_005_000), Some(1_000), Some(0), None])
            .with_precision_and_scale(18, 4)
            .expect("decimals");
        let cells: Vec<_> = (0..4).map(|row| cell(&array, row)).collect();
        let number = |text: &str| Cell::Number(text.to_owned());
        assert_eq!(cells, [number("14600.5"), number("0.1"), number("0"), Cell::Null]);
    }
}

//! One value of a result, in the few forms that formats tell apart.

use arrow::array::{
    Array, AsArray, BooleanArray, Date32Array, Decimal128Array, Int32Array, Int64Array, StringArray,
    StringViewArray,
};
use arrow::datatypes::{DataType, Date32Type, Decimal128Type, Int32Type, Int64Type};
use arrow::record_batch::RecordBatch;
use arrow::util::display::{ArrayFormatter, FormatOptions};
use std::fmt::Write;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cell<'a> {
    Null,
    Boolean(bool),
    /// A number, in exact decimal digits; also a number in JSON.
    Number(&'a str),
    /// A day: year, month and day.
    Day(&'a str),
    /// A text, or anything else, as text.
    Text(&'a str),
}

impl<'a> Cell<'a> {
    /// The value as text; nothing for null.
    pub(crate) fn text(self) -> &'a str {
        match self {
            Self::Null => "",
            Self::Boolean(true) => "true",
            Self::Boolean(false) => "false",
            Self::Number(text) | Self::Day(text) | Self::Text(text) => text,
        }
    }
}

/// True for types whose values are numbers: set to the right, and kept as numbers where a format has them.
pub(crate) fn is_number(kind: &DataType) -> bool {
    kind.is_numeric()
}

/// True for types whose values are amounts: numbers with places behind the point.
pub(crate) fn is_amount(kind: &DataType) -> bool {
    matches!(kind, DataType::Decimal128(_, scale) if *scale > 0) || kind.is_floating()
}

/// A column of one batch, read value by value without an allocation each.
pub(crate) struct Column<'a> {
    array: &'a dyn Array,
    values: Values<'a>,
    /// Digits of the value last read.
    digits: String,
}

enum Values<'a> {
    Nothing,
    Boolean(&'a BooleanArray),
    Integer(&'a Int32Array),
    Long(&'a Int64Array),
    Decimal(&'a Decimal128Array, u32),
    Day(&'a Date32Array),
    Text(&'a StringArray),
    TextView(&'a StringViewArray),
    Other(ArrayFormatter<'a>),
    Broken(String),
}

static OPTIONS: FormatOptions<'static> = FormatOptions::new();

impl<'a> Column<'a> {
    /// The columns of a batch.
    pub(crate) fn all(batch: &'a RecordBatch) -> Vec<Self> {
        batch.columns().iter().map(|array| Self::new(array)).collect()
    }

    pub(crate) fn new(array: &'a dyn Array) -> Self {
        let values = match array.data_type() {
            DataType::Null => Values::Nothing,
            DataType::Boolean => Values::Boolean(array.as_boolean()),
            DataType::Int32 => Values::Integer(array.as_primitive::<Int32Type>()),
            DataType::Int64 => Values::Long(array.as_primitive::<Int64Type>()),
            DataType::Decimal128(_, scale @ 0..=38) => {
                Values::Decimal(array.as_primitive::<Decimal128Type>(), u32::from(scale.unsigned_abs()))
            }
            DataType::Date32 => Values::Day(array.as_primitive::<Date32Type>()),
            DataType::Utf8 => Values::Text(array.as_string::<i32>()),
            DataType::Utf8View => Values::TextView(array.as_string_view()),
            _ => match ArrayFormatter::try_new(array, &OPTIONS) {
                Ok(formatter) => Values::Other(formatter),
                Err(error) => Values::Broken(format!("({error})")),
            },
        };
        Self { array, values, digits: String::new() }
    }

    /// Reads one value. Decimals lose the zeros behind their last digit, not their exactness.
    pub(crate) fn cell(&mut self, row: usize) -> Cell<'_> {
        if self.array.is_null(row) {
            return Cell::Null;
        }
        self.digits.clear();
        match &self.values {
            Values::Nothing => Cell::Null,
            Values::Boolean(array) => Cell::Boolean(array.value(row)),
            Values::Text(array) => Cell::Text(array.value(row)),
            Values::TextView(array) => Cell::Text(array.value(row)),
            Values::Broken(error) => Cell::Text(error),
            Values::Integer(array) => {
                self.digits.push_str(itoa::Buffer::new().format(array.value(row)));
                Cell::Number(&self.digits)
            }
            Values::Long(array) => {
                self.digits.push_str(itoa::Buffer::new().format(array.value(row)));
                Cell::Number(&self.digits)
            }
            Values::Decimal(array, scale) => {
                write_decimal(&mut self.digits, array.value(row), *scale);
                Cell::Number(&self.digits)
            }
            Values::Day(array) => {
                write_day(&mut self.digits, array.value(row));
                Cell::Day(&self.digits)
            }
            Values::Other(formatter) => {
                if let Err(error) = formatter.value(row).write(&mut self.digits) {
                    self.digits = format!("({error})");
                    return Cell::Text(&self.digits);
                }
                other(&self.digits, self.array.data_type())
            }
        }
    }
}

fn other<'a>(shown: &'a str, kind: &DataType) -> Cell<'a> {
    // Not every floating-point value is a number: NaN, inf.
    let has_digits = shown.ends_with(|sign: char| sign.is_ascii_digit());
    match kind {
        DataType::Decimal32(..) | DataType::Decimal64(..) | DataType::Decimal256(..) => {
            Cell::Number(trimmed(shown))
        }
        kind if kind.is_numeric() && has_digits => Cell::Number(shown),
        _ => Cell::Text(shown),
    }
}

/// Writes a decimal of so many digits behind the point, without the zeros at its end.
fn write_decimal(out: &mut String, value: i128, scale: u32) {
    if value < 0 {
        out.push('-');
    }
    let value = value.unsigned_abs();
    let mut buffer = itoa::Buffer::new();
    // Nearly every value fits 64 bits, and division there is many times faster.
    let (whole, mut part) = match (u64::try_from(value), 10_u64.checked_pow(scale)) {
        (Ok(value), Some(power)) => (u128::from(value / power), u128::from(value % power)),
        _ => (value / 10_u128.pow(scale), value % 10_u128.pow(scale)),
    };
    match u64::try_from(whole) {
        Ok(whole) => out.push_str(buffer.format(whole)),
        Err(_) => out.push_str(buffer.format(whole)),
    }
    if part == 0 {
        return;
    }
    let mut places = scale as usize;
    while part % 10 == 0 {
        part /= 10;
        places -= 1;
    }
    let digits = buffer.format(part);
    out.push('.');
    out.extend(std::iter::repeat_n('0', places - digits.len()));
    out.push_str(digits);
}

/// Writes a day that is so many days after 1970-01-01, in the proleptic Gregorian calendar; the engine's
/// infinite days are its greatest and least.
fn write_day(out: &mut String, days: i32) {
    if days.abs() == i32::MAX {
        out.push_str(if days < 0 { "-infinity" } else { "infinity" });
        return;
    }
    // Years are counted from 1 March of year 0, so that a leap day is the last day of its year; 400 years have
    // 146,097 days.
    let days = i64::from(days) + 719_468;
    let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    if (0..=9999).contains(&year) {
        for (number, places) in [(year, 4), (month, 2), (day, 2)] {
            if places == 2 {
                out.push('-');
            }
            for place in (0..places).rev() {
                let digit = number / 10_i64.pow(place) % 10;
                out.push(char::from(b'0' + u8::try_from(digit).unwrap_or(0)));
            }
        }
    } else {
        // Writing to a string cannot fail.
        let _ = write!(out, "{year:05}-{month:02}-{day:02}");
    }
}

fn trimmed(number: &str) -> &str {
    if number.contains('.') { number.trim_end_matches('0').trim_end_matches('.') } else { number }
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow::array::{Float64Array, Int16Array, NullArray};
    use jiff::civil::{Date, date};
    use proptest::prelude::*;

    #[test]
    fn decimals_keep_their_digits_and_lose_idle_zeros() {
        let array = Decimal128Array::from(vec![Some(146_005_000), Some(1_000), Some(0), Some(-5), None])
            .with_precision_and_scale(18, 4)
            .expect("decimals");
        let mut column = Column::new(&array);
        let shown: Vec<_> = (0..5).map(|row| column.cell(row).text().to_owned()).collect();
        assert_eq!(shown, ["14600.5", "0.1", "0", "-0.0005", ""]);
        assert_eq!(column.cell(4), Cell::Null);
    }

    #[test]
    fn the_widest_integers_of_the_engine_keep_every_digit() {
        let widest = 10_i128.pow(38) - 1;
        let array = Decimal128Array::from(vec![widest, -widest]).with_precision_and_scale(38, 0);
        let array = array.expect("decimals");
        let mut column = Column::new(&array);
        assert_eq!(column.cell(0), Cell::Number(&"9".repeat(38)));
        assert_eq!(column.cell(1), Cell::Number(&format!("-{}", "9".repeat(38))));
    }

    #[test]
    fn what_is_not_a_finite_number_is_text() {
        let array = Float64Array::from(vec![0.5, f64::NAN, f64::NEG_INFINITY, 1e300]);
        let mut column = Column::new(&array);
        assert_eq!(column.cell(0), Cell::Number("0.5"));
        assert_eq!(column.cell(1), Cell::Text("NaN"));
        assert_eq!(column.cell(2), Cell::Text("-inf"));
        assert!(matches!(column.cell(3), Cell::Number(_)));
        assert_eq!(Column::new(&Int16Array::from(vec![-3])).cell(0), Cell::Number("-3"));
        assert_eq!(Column::new(&NullArray::new(1)).cell(0), Cell::Null);
    }

    #[test]
    fn infinite_days_have_a_word() {
        let array = Date32Array::from(vec![i32::MAX, -i32::MAX, 2_932_897]);
        let mut column = Column::new(&array);
        assert_eq!(column.cell(0), Cell::Day("infinity"));
        assert_eq!(column.cell(1), Cell::Day("-infinity"));
        assert_eq!(column.cell(2), Cell::Day("10000-01-01"));
    }

    proptest! {
        #[test]
        fn days_are_those_of_the_calendar(days in -719_528_i32..2_932_897) {
            let epoch = date(1970, 1, 1);
            let expected: Date = epoch.checked_add(jiff::Span::new().days(days)).expect("in range");
            let mut shown = String::new();
            write_day(&mut shown, days);
            prop_assert_eq!(shown, expected.to_string());
        }

        #[test]
        fn decimals_are_those_of_the_engine(value in -(10_i128.pow(38) - 1)..10_i128.pow(38), scale in 0_i8..=38) {
            let array = Decimal128Array::from(vec![value]).with_precision_and_scale(38, scale).expect("decimal");
            let formatter = ArrayFormatter::try_new(&array, &OPTIONS).expect("formatter");
            let expected = formatter.value(0).to_string();
            let mut column = Column::new(&array);
            prop_assert_eq!(column.cell(0).text(), trimmed(&expected));
        }
    }
}

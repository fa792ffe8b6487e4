//! Numbers in sentences, with thousands separated, and values as JSON that people read.

use crate::failure::Failure;
use serde::Serialize;
use std::fmt::Display;

/// Decimal digits with their thousands parted.
pub(crate) fn with_thousands(number: impl Display) -> String {
    let digits = number.to_string();
    let (sign, rest) = digits.strip_prefix('-').map_or(("", digits.as_str()), |rest| ("-", rest));
    let (whole, part) = rest.split_once('.').map_or((rest, None), |(whole, part)| (whole, Some(part)));
    let mut out = sign.to_owned();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(part) = part {
        out.push('.');
        out.push_str(part);
    }
    out
}

/// The word for one, or for any other number.
pub(crate) fn plural<N: Copy + PartialEq + From<u8>>(count: N, [one, many]: [&str; 2]) -> &str {
    if count == N::from(1) { one } else { many }
}

/// A count and what is counted.
pub(crate) fn number_of<N: Copy + Display + PartialEq + From<u8>>(count: N, words: [&str; 2]) -> String {
    format!("{} {}", with_thousands(count), plural(count, words))
}

pub(crate) fn rows<N: Copy + Display + PartialEq + From<u8>>(count: N) -> String {
    number_of(count, ["row", "rows"])
}

/// A value as JSON that people read too, with the line ended.
pub(crate) fn json_text(value: &impl Serialize) -> Result<String, Failure> {
    let text = serde_json::to_string_pretty(value).map_err(|error| Failure::failed(error.to_string()))?;
    Ok(text + "\n")
}

/// A word of a command line as a POSIX shell reads it: in quotes where it must be.
pub(crate) fn shell_word(text: &str) -> String {
    let is_plain = |letter: char| letter.is_alphanumeric() || "_=-./+".contains(letter);
    if !text.is_empty() && text.chars().all(is_plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_parted() {
        assert_eq!(
            [0, 999, 1000, 1_234_567, -1000].map(with_thousands),
            ["0", "999", "1,000", "1,234,567", "-1,000"]
        );
        assert_eq!(["1234.5", "-0.25"].map(with_thousands), ["1,234.5", "-0.25"]);
    }

    #[test]
    fn one_is_one() {
        assert_eq!([0_i64, 1, 2, 1000].map(rows), ["0 rows", "1 row", "2 rows", "1,000 rows"]);
    }

    #[test]
    fn a_word_is_quoted_where_a_shell_would_part_it() {
        assert_eq!(shell_word("a/b-1.duckdb"), "a/b-1.duckdb");
        assert_eq!(shell_word("it's a"), r"'it'\''s a'");
        assert_eq!(shell_word(""), "''");
    }
}

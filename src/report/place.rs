//! Where in a report file something is: line and column, from a byte of the file or an error of the engine.

use crate::failure::{Failure, Problem, engine_error};

/// `file:line:column` of a byte of a text, both counted from one, columns in characters.
pub(crate) fn at(origin: &str, text: &str, byte: usize) -> String {
    let before = text.get(..byte.min(text.len())).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    format!("{origin}:{line}:{column}")
}

/// The byte where a key of a parameter stands in the head; that of its table where the key is not there.
pub(super) fn of_key(text: &str, parameter: &str, key: &str) -> usize {
    let table = [format!("[param.{parameter}]"), format!("[param.\"{parameter}\"]")];
    let Some(start) = table.iter().find_map(|table| text.find(table)) else {
        return of_top_key(text, key);
    };
    let mut byte = start;
    for (number, line) in text[start..].split_inclusive('\n').enumerate() {
        let word = line.trim_start();
        if number > 0 && (word.starts_with('[') || word.starts_with("*/")) {
            break;
        }
        if word.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with('=')) {
            return byte + (line.len() - word.len());
        }
        byte += line.len();
    }
    start
}

/// The byte where a key of a chart stands in the head, the charts counted from zero; that of the chart where the key
/// is not there.
pub(super) fn of_chart_key(text: &str, number: usize, key: &str) -> usize {
    let (mut byte, mut seen, mut chart) = (0, 0, None);
    for line in text.split_inclusive('\n') {
        if line.trim_start().starts_with("[[chart]]") {
            if seen == number {
                chart = Some(byte);
            }
            seen += 1;
        } else if chart.is_some() && seen == number + 1 {
            let word = line.trim_start();
            if word.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with('=')) {
                return byte + (line.len() - word.len());
            }
        }
        byte += line.len();
    }
    chart.unwrap_or(0)
}

/// The byte where a key stands in the head, outside the parameters.
pub(super) fn of_top_key(text: &str, key: &str) -> usize {
    let mut byte = 0;
    for line in text.split_inclusive('\n') {
        if line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with('=')) {
            return byte;
        }
        byte += line.len();
    }
    0
}

/// An error of the engine in one statement, as a problem at its line and column in the file. The statement begins at
/// a byte of the file; the engine had it with so many bytes put before it. Where it knows no place, the statement is.
pub(super) fn of_engine_error(
    error: duckdb::Error,
    origin: &str,
    text: &str,
    begin: usize,
    before: usize,
) -> Failure {
    let found = engine_error(&error.to_string());
    let mut failure = Failure::from(error);
    if failure.is_of_the_file() {
        return failure;
    }
    let byte =
        found.as_ref().and_then(|found| found.position).map_or(0, |place| place.saturating_sub(before));
    for problem in &mut failure.problems {
        let (message, advice) = problem.message.split_once('\n').unwrap_or((&problem.message, ""));
        let hint = (!advice.trim().is_empty()).then(|| advice.trim().to_owned());
        *problem = Problem {
            message: message.to_owned(),
            hint: hint.or_else(|| problem.hint.take()),
            at: Some(at(origin, text, begin + byte)),
        };
    }
    failure
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_is_counted_in_lines_and_characters() {
        let text = "/*\né = 1\n*/ select 'é', x";
        let byte = text.find(", x").map_or(0, |found| found + 2);
        assert_eq!(at("r.sql", text, byte), "r.sql:3:16");
        assert_eq!(at("r.sql", text, 0), "r.sql:1:1");
        assert_eq!(at("r.sql", text, 9_999), "r.sql:3:17");
    }

    #[test]
    fn a_key_is_found_in_its_own_table() {
        let text = "/*\ntitle = 't'\n[param.a]\nhelp = 'h'\n[param.b]\n  default = 1\n*/";
        assert_eq!(at("f", text, of_key(text, "b", "default")), "f:6:3");
        assert_eq!(at("f", text, of_key(text, "a", "default")), "f:3:1");
        assert_eq!(at("f", text, of_top_key(text, "title")), "f:2:1");
    }
}

//! SQL as it was given, its statements with their places, and rows on their way.

use crate::failure::Failure;
use crate::report::Rows;
use crate::source_position;
use crate::sql_guard::PositionedFailure;
use crate::sql_text::{Statement, TokenKind, placeholders, statements_at, tokens};
use arrow::datatypes::{Field, Schema, SchemaRef};
use std::cell::Cell;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Where SQL came from, and its text.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    /// Name of the file, or a word for where it came from.
    pub(crate) origin: String,
    pub(crate) text: String,
}

/// One statement of a source.
#[derive(Clone, Debug)]
pub(crate) struct Unit {
    /// The statement, without its semicolon.
    pub(crate) sql: String,
    /// Byte of the source at which it begins.
    pub(crate) begin: usize,
}

/// Longest line of SQL shown with an error.
const LONGEST: usize = 96;

impl Source {
    /// The statements, in order.
    pub(crate) fn units(&self) -> Vec<Unit> {
        statements_at(&self.text).into_iter().map(|Statement { sql, begin }| Unit { sql, begin }).collect()
    }

    /// The names after a dollar.
    pub(crate) fn placeholders(&self) -> BTreeSet<String> {
        placeholders(&self.text)
    }

    /// A failure of a statement, with line and column, the line of SQL and a mark beneath the place.
    pub(crate) fn placed(&self, unit: &Unit, placed: PositionedFailure) -> Failure {
        let PositionedFailure { mut failure, position } = placed;
        if failure.is_of_the_file() || failure.problems.iter().any(|problem| problem.at.is_some()) {
            return failure;
        }
        let byte = (unit.begin + position.unwrap_or(0)).min(self.text.len());
        let shown = position.is_some().then(|| self.shown(byte));
        for problem in &mut failure.problems {
            problem.at = Some(source_position::at(&self.origin, &self.text, byte));
            let hint = problem.hint.take();
            let lines: Vec<_> = shown.clone().into_iter().chain(hint).collect();
            problem.hint = (!lines.is_empty()).then(|| lines.join("\n  "));
        }
        failure
    }

    /// The line of a byte, and a mark beneath the byte; of a long line the part around it.
    fn shown(&self, byte: usize) -> String {
        let byte = (0..=byte).rev().find(|&byte| self.text.is_char_boundary(byte)).unwrap_or(0);
        let begin = self.text[..byte].rfind('\n').map_or(0, |found| found + 1);
        let end = self.text[byte..].find('\n').map_or(self.text.len(), |found| byte + found);
        let before: Vec<char> = self.text[begin..byte].chars().collect();
        let after: Vec<char> = self.text[byte..end].chars().collect();
        let idle = before.len().saturating_sub(LONGEST / 2);
        let before = &before[idle..];
        let after = &after[..after.len().min(LONGEST - before.len())];
        let clean = |signs: &[char]| -> String {
            signs.iter().map(|sign| if sign.is_control() { ' ' } else { *sign }).collect()
        };
        format!("{}{}\n  {}^", clean(before), clean(after).trim_end(), " ".repeat(before.len()))
    }
}

/// The texts and numbers in a statement: what it may ask about.
pub(crate) fn literals_of(sql: &str) -> Vec<String> {
    let literals =
        tokens(sql).into_iter().filter(|token| matches!(token.kind, TokenKind::Text | TokenKind::Number));
    literals.map(|token| token.value().into_owned()).collect()
}

/// A statement in which some stretches have other words, with the way back to the places in the first.
pub(super) struct RewrittenSql {
    pub(super) text: String,
    /// Where a stretch now begins, how long it was, how long it is.
    changes: Vec<(usize, usize, usize)>,
    /// Bytes that the text has more than the first.
    grown: usize,
}

impl RewrittenSql {
    pub(super) fn new(sql: &str) -> Self {
        Self { text: sql.to_owned(), changes: Vec::new(), grown: 0 }
    }

    /// Puts longer words in place of a stretch of the first text, each behind the one before.
    pub(super) fn replace(&mut self, begin: usize, length: usize, words: &str) {
        let begin = begin + self.grown;
        self.text.replace_range(begin..begin + length, words);
        self.changes.push((begin, length, words.len()));
        self.grown += words.len() - length;
    }

    /// The byte of the first text for one of this.
    pub(super) fn original(&self, byte: usize) -> usize {
        let mut shift = 0;
        for &(begin, was, is) in &self.changes {
            if byte < begin {
                break;
            }
            // Within the words: where they begin.
            shift += if byte < begin + is { byte - begin } else { is - was };
        }
        byte - shift
    }
}

/// Columns with names of their own: a second `crime_id` becomes `crime_id_1`.
pub(super) fn told_apart(schema: &SchemaRef) -> SchemaRef {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let all: BTreeSet<_> = schema.fields().iter().map(|field| field.name().clone()).collect();
    let fields: Vec<Field> = schema
        .fields()
        .iter()
        .map(|field| {
            let mut name = field.name().clone();
            let mut number = 1;
            while taken.contains(&name) || (number > 1 && all.contains(&name)) {
                name = format!("{}_{number}", field.name());
                number += 1;
            }
            taken.insert(name.clone());
            field.as_ref().clone().with_name(name)
        })
        .collect();
    Arc::new(Schema::new(fields))
}

/// The first rows; `is_cut` tells afterwards whether there are more.
pub(crate) fn limited<'a>(rows: Rows<'a>, limit: Option<usize>, is_cut: &'a Cell<bool>) -> Rows<'a> {
    let Some(limit) = limit else { return rows };
    let (mut left, mut batches) = (limit, rows.batches);
    let first = std::iter::from_fn(move || {
        if is_cut.get() {
            return None;
        }
        match batches.next()? {
            Ok(batch) if batch.num_rows() > left => {
                is_cut.set(true);
                (left > 0).then(|| Ok(batch.slice(0, left)))
            }
            Ok(batch) => {
                left -= batch.num_rows();
                Some(Ok(batch))
            }
            Err(failure) => Some(Err(failure)),
        }
    });
    Rows { schema: rows.schema, batches: Box::new(first) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow::datatypes::DataType;

    #[test]
    fn columns_of_one_name_are_told_apart() {
        let names = ["a", "a", "a_1", "b", "a"];
        let fields: Vec<_> = names.iter().map(|name| Field::new(*name, DataType::Int32, true)).collect();
        let apart = told_apart(&Arc::new(Schema::new(fields)));
        let found: Vec<_> = apart.fields().iter().map(|field| field.name().as_str()).collect();
        assert_eq!(found, ["a", "a_2", "a_1", "b", "a_3"]);
    }

    #[test]
    fn a_place_in_other_words_is_found_in_the_first() {
        let first = "select $a, $b, c";
        let mut worded = RewrittenSql::new(first);
        worded.replace(7, 2, "getvariable('a')");
        worded.replace(11, 2, "getvariable('b')");
        assert_eq!(worded.text, "select getvariable('a'), getvariable('b'), c");
        for (sign, place) in [("select", 0), ("getvariable('a')", 7), ("getvariable('b')", 11), ("c", 15)] {
            let byte = if sign == "c" { worded.text.len() - 1 } else { worded.text.find(sign).expect(sign) };
            assert_eq!(worded.original(byte), place, "{sign}");
        }
        assert_eq!(worded.original(10), 7);
    }

    #[test]
    fn the_place_is_shown_beneath_its_line() {
        let source =
            Source { origin: "query".to_owned(), text: "select 1;\nselect é, crim\n  from t".to_owned() };
        let units = source.units();
        let placed =
            PositionedFailure { failure: Failure::failed("none such").hint("try crime"), position: Some(11) };
        let failure = source.placed(&units[1], placed);
        assert_eq!(failure.problems[0].at.as_deref(), Some("query:2:11"));
        assert_eq!(failure.problems[0].hint.as_deref(), Some("select é, crim\n            ^\n  try crime"));
    }

    #[test]
    fn of_a_long_line_the_part_around_the_place_is_shown() {
        let text = format!("select {}, x", "a".repeat(500));
        let byte = text.len() - 1;
        let shown = Source { origin: String::new(), text }.shown(byte);
        assert!(shown.lines().all(|line| line.chars().count() <= LONGEST + 2), "{shown}");
        assert!(shown.starts_with("aaa") && shown.contains(", x\n"), "{shown}");
    }
}

//! Where the keys of a report's header are in its file.

use crate::failure::Problem;
use crate::source_position;
use std::collections::BTreeMap;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Bytes of a report file at which the keys of its header begin.
#[derive(Clone, Debug, Default)]
pub(crate) struct HeaderPositions {
    /// By path, such as `param`, `as_of`, `default`; items of a list by their number from zero.
    bytes: BTreeMap<Vec<String>, KeyPosition>,
}

/// Bytes of the file.
#[derive(Clone, Copy, Debug)]
struct KeyPosition {
    key: usize,
    value: usize,
}

/// Something wrong in a report file.
pub(super) struct FileProblem {
    /// Byte of the file.
    pub(super) byte: usize,
    pub(super) message: String,
    pub(super) hint: Option<String>,
}

impl FileProblem {
    pub(super) fn new(byte: usize, message: impl Into<String>) -> Self {
        Self { byte, message: message.into(), hint: None }
    }

    pub(super) fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// The same with file, line and column.
    pub(super) fn in_file(self, shown_path: &str, text: &str) -> Problem {
        let Self { byte, message, hint } = self;
        Problem { message, hint, at: Some(source_position::at(shown_path, text, byte)) }
    }
}

impl HeaderPositions {
    /// The positions of a header that begins at a byte of its file. What is no TOML has none.
    pub(super) fn of(header: &str, begin: usize) -> Self {
        let mut positions = Self::default();
        positions.add_table(DeTable::parse_recoverable(header).0.get_ref(), begin, &[]);
        positions
    }

    fn add_table(&mut self, table: &DeTable<'_>, begin: usize, path: &[String]) {
        for (key, value) in table {
            let path = [path, &[key.get_ref().to_string()]].concat();
            // `[param.x]` begins at its bracket.
            let at = if value.get_ref().is_table() { value.span().start } else { key.span().start };
            self.add(at, value, begin, path);
        }
    }

    fn add(&mut self, key: usize, value: &Spanned<DeValue<'_>>, begin: usize, path: Vec<String>) {
        match value.get_ref() {
            DeValue::Table(table) => self.add_table(table, begin, &path),
            DeValue::Array(items) => {
                for (number, item) in items.iter().enumerate() {
                    let path = [&path[..], &[number.to_string()]].concat();
                    self.add(item.span().start, item, begin, path);
                }
            }
            _ => {}
        }
        self.bytes.insert(path, KeyPosition { key: begin + key, value: begin + value.span().start });
    }

    /// Byte at which a key begins; where the header has none of that path, that of the nearest table around it.
    pub(super) fn key(&self, path: &[&str]) -> usize {
        (1..=path.len()).rev().find_map(|length| self.get(&path[..length])).map_or(0, |found| found.key)
    }

    /// Byte at which the value of a key begins; nothing where the header has no such key.
    pub(super) fn value(&self, path: &[&str]) -> Option<usize> {
        self.get(path).map(|found| found.value)
    }

    fn get(&self, path: &[&str]) -> Option<KeyPosition> {
        self.bytes.get(&path.iter().map(|&part| part.to_owned()).collect::<Vec<_>>()).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_found_in_its_own_table() {
        let text = "/*\ntitle = 't'\n[param.a]\nhelp = 'h'\n[param.b]\n  default = 1\n[[chart]]\nkind = 'bars'\n[[chart]]\n value='v'\n*/";
        let positions = HeaderPositions::of(&text[2..text.len() - 2], 2);
        let at = |path: &[&str]| source_position::at("f", text, positions.key(path));
        assert_eq!(at(&["param", "b", "default"]), "f:6:3");
        assert_eq!(at(&["param", "a", "default"]), "f:3:1");
        assert_eq!(at(&["title"]), "f:2:1");
        assert_eq!(at(&["chart", "1", "value"]), "f:10:2");
        assert_eq!(at(&["chart", "1", "label"]), "f:9:1");
        assert_eq!(at(&["summary"]), "f:1:1");
        assert_eq!(positions.value(&["title"]), text.find("'t'"));
    }
}

//! The engine's own parse tree of a SELECT, as a list of its parts.

use crate::database::sql_file;
use crate::failure::Failure;
use duckdb::{Connection, ToSql};
use std::collections::BTreeMap;

/// Stands for no place in the tree.
const NOWHERE: &str = "18446744073709551615";

/// An object of the tree, with those of its members that are no objects or lists themselves.
#[derive(Debug, Default)]
pub(super) struct Part {
    /// The member it is of the object around it.
    pub(super) role: String,
    /// The object around it.
    pub(super) owner: usize,
    words: BTreeMap<String, String>,
}

impl Part {
    /// What a member says; empty where there is none.
    pub(super) fn word(&self, key: &str) -> &str {
        self.words.get(key).map_or("", String::as_str)
    }

    /// The same in lower case: the engine knows names in either.
    pub(super) fn name(&self, key: &str) -> String {
        self.word(key).to_lowercase()
    }

    /// What kind of part it is.
    pub(super) fn kind(&self) -> &str {
        self.word("type")
    }

    /// True where it has such a member.
    pub(super) fn has(&self, key: &str) -> bool {
        self.words.contains_key(key)
    }

    /// The byte of the statement it stands at; the first where that is not known.
    pub(super) fn place(&self) -> usize {
        Some(self.word("query_location")).filter(|place| *place != NOWHERE).map_or(0, number)
    }
}

pub(super) fn number(text: &str) -> usize {
    text.parse().unwrap_or(0)
}

/// The parts of the tree; the first is all of it.
pub(super) fn parts(sql: &str, connection: &Connection) -> Result<Vec<Part>, Failure> {
    let mut prepared = connection.prepare(sql_file("explore/tree.sql")?.text)?;
    let text: String = prepared.query_row(&[("sql", &sql as &dyn ToSql)][..], |row| row.get(0))?;
    read(&text).ok_or_else(|| Failure::failed("the engine's parse tree of the statement cannot be read"))
}

/// Reads JSON without a call for each level: a statement may be nested more deeply than a stack is deep.
fn read(text: &str) -> Option<Vec<Part>> {
    /// What is open: an object and the member that is read, or a list in such a member.
    struct Open {
        part: usize,
        key: String,
        is_list: bool,
    }
    let mut parts: Vec<Part> = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let bytes = text.as_bytes();
    let mut place = 0;
    while let Some(byte) = bytes.get(place) {
        let begin = place;
        place += 1;
        match byte {
            b'{' => {
                let (owner, role) =
                    open.last().map_or((0, String::new()), |around| (around.part, around.key.clone()));
                parts.push(Part { role, owner, words: BTreeMap::new() });
                open.push(Open { part: parts.len() - 1, key: String::new(), is_list: false });
            }
            b'[' => {
                let around = open.last()?;
                let (part, key) = (around.part, around.key.clone());
                open.push(Open { part, key, is_list: true });
            }
            b'}' | b']' => drop(open.pop()?),
            b',' | b':' | b' ' | b'\t' | b'\r' | b'\n' => {}
            _ => {
                place = if *byte == b'"' { end_of_text(bytes, place)? } else { end_of_word(bytes, place) };
                let word = match &text[begin..place] {
                    quoted if *byte == b'"' => serde_json::from_str(quoted).ok()?,
                    plain => plain.to_owned(),
                };
                let around = open.last_mut()?;
                let rest = bytes[place..].trim_ascii_start();
                if rest.first() == Some(&b':') {
                    around.key = word;
                } else if !around.is_list {
                    parts[around.part].words.insert(around.key.clone(), word);
                }
            }
        }
    }
    (open.is_empty() && !parts.is_empty()).then_some(parts)
}

/// The byte behind the closing quote of a text that begins before `from`.
fn end_of_text(bytes: &[u8], from: usize) -> Option<usize> {
    let mut place = from;
    loop {
        match bytes.get(place)? {
            b'"' => return Some(place + 1),
            b'\\' => place += 2,
            _ => place += 1,
        }
    }
}

/// The byte behind a number, `true`, `false` or `null`.
fn end_of_word(bytes: &[u8], from: usize) -> usize {
    let ends = |byte: &u8| matches!(byte, b',' | b'}' | b']' | b' ' | b'\n');
    bytes[from..].iter().position(ends).map_or(bytes.len(), |length| from + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_object_is_a_part_that_knows_the_one_around_it() {
        let parts = read(
            r#"{"error": false, "statements":[{"node":{"type":"A\"}{","list":[{"type":"B","n":-1.5},["x",{"type":"C"}]],"none":null}}]}"#,
        )
        .expect("read");
        let seen: Vec<_> =
            parts.iter().map(|part| (part.role.as_str(), part.owner, part.kind().to_owned())).collect();
        let seen: Vec<_> = seen.iter().map(|(role, owner, kind)| (*role, *owner, kind.as_str())).collect();
        assert_eq!(
            seen,
            [("", 0, ""), ("statements", 0, ""), ("node", 1, "A\"}{"), ("list", 2, "B"), ("list", 2, "C")]
        );
        assert_eq!(
            (parts[0].word("error"), parts[3].word("n"), parts[2].word("none")),
            ("false", "-1.5", "null")
        );
    }

    #[test]
    fn what_is_no_tree_is_none() {
        for wrong in ["", "{", "[1]", "\"a\"", "{\"a", "}{", "{\"a\":\"\\"] {
            assert!(read(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn a_tree_is_read_however_deep_it_is() {
        let deep = "{\"a\":[".repeat(200_000) + &"]}".repeat(200_000);
        assert_eq!(read(&deep).expect("read").len(), 200_000);
    }
}

//! The engine's own parse tree of a SELECT, as a list of its nodes.

use crate::database::sql_file;
use crate::failure::Failure;
use duckdb::{Connection, ToSql};
use std::collections::BTreeMap;

/// What the engine writes where it gives no position.
const NO_POSITION: &str = "18446744073709551615";

/// An object of the tree, with those of its members that are no objects or lists themselves.
#[derive(Debug, Default)]
pub(super) struct Node {
    /// Name of the member of its parent that it is in.
    pub(super) member: String,
    /// Place of the object around it in the list; its own for the root.
    pub(super) parent: usize,
    values: BTreeMap<String, String>,
}

impl Node {
    /// The value of a member as text; empty where it has none of that name.
    pub(super) fn value(&self, key: &str) -> &str {
        self.values.get(key).map_or("", String::as_str)
    }

    /// The same in lower case: names are the same in either case.
    pub(super) fn name(&self, key: &str) -> String {
        self.value(key).to_lowercase()
    }

    /// Its type as the engine calls it, such as `BASE_TABLE`.
    pub(super) fn kind(&self) -> &str {
        self.value("type")
    }

    /// True where it has a member of this name.
    pub(super) fn has(&self, key: &str) -> bool {
        self.values.contains_key(key)
    }

    /// Byte of the statement that it is about; 0 where the engine gives none.
    pub(super) fn position(&self) -> usize {
        Some(self.value("query_location")).filter(|place| *place != NO_POSITION).map_or(0, number)
    }
}

pub(super) fn number(text: &str) -> usize {
    text.parse().unwrap_or(0)
}

/// The nodes of the tree, parents first; the first is the root.
pub(super) fn nodes(sql: &str, connection: &Connection) -> Result<Vec<Node>, Failure> {
    let mut prepared = connection.prepare(sql_file("guard/parse_tree.sql")?.text)?;
    let text: String = prepared.query_row(&[("sql", &sql as &dyn ToSql)][..], |row| row.get(0))?;
    read(&text).ok_or_else(|| Failure::failed("the engine's parse tree of the statement cannot be read"))
}

/// Reads JSON without a call for each level: a statement may be nested more deeply than a stack is deep.
fn read(text: &str) -> Option<Vec<Node>> {
    /// What is open: an object and the member that is read, or a list in such a member.
    struct Open {
        node: usize,
        key: String,
        is_list: bool,
    }
    let mut nodes: Vec<Node> = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let bytes = text.as_bytes();
    let mut place = 0;
    while let Some(byte) = bytes.get(place) {
        let begin = place;
        place += 1;
        match byte {
            b'{' => {
                let (parent, member) =
                    open.last().map_or((0, String::new()), |around| (around.node, around.key.clone()));
                nodes.push(Node { member, parent, values: BTreeMap::new() });
                open.push(Open { node: nodes.len() - 1, key: String::new(), is_list: false });
            }
            b'[' => {
                let around = open.last()?;
                let (node, key) = (around.node, around.key.clone());
                open.push(Open { node, key, is_list: true });
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
                    nodes[around.node].values.insert(around.key.clone(), word);
                }
            }
        }
    }
    (open.is_empty() && !nodes.is_empty()).then_some(nodes)
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
    fn every_object_is_a_node_that_knows_the_one_around_it() {
        let nodes = read(
            r#"{"error": false, "statements":[{"node":{"type":"A\"}{","list":[{"type":"B","n":-1.5},["x",{"type":"C"}]],"none":null}}]}"#,
        )
        .expect("read");
        let seen: Vec<_> =
            nodes.iter().map(|node| (node.member.as_str(), node.parent, node.kind().to_owned())).collect();
        let seen: Vec<_> =
            seen.iter().map(|(member, parent, kind)| (*member, *parent, kind.as_str())).collect();
        assert_eq!(
            seen,
            [("", 0, ""), ("statements", 0, ""), ("node", 1, "A\"}{"), ("list", 2, "B"), ("list", 2, "C")]
        );
        assert_eq!(
            (nodes[0].value("error"), nodes[3].value("n"), nodes[2].value("none")),
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

//! The SQL tree embedded in the program: its order, its hash, its reports and adapters.

use crate::sql_text::{TokenKind, tokens};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::OnceLock;

static FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/sql_files.rs"));

/// Layers whose objects live in the database, each reading only from those before it.
const INSTALLED: [&str; 4] = ["schema", "weight", "model", "ranking"];

/// One SQL file of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SqlFile {
    /// Path below `sql/`, with forward slashes.
    pub path: &'static str,
    /// All of it, as it lies in the tree.
    pub text: &'static str,
}

impl SqlFile {
    /// File name without folder and ending: the name of the object it makes.
    pub fn name(&self) -> &'static str {
        let file = self.path.rsplit('/').next().unwrap_or(self.path);
        file.strip_suffix(".sql").unwrap_or(file)
    }
}

/// The files of a folder directly below `sql/`, by name.
pub fn folder(folder: &str) -> Vec<SqlFile> {
    FILES
        .iter()
        .filter(|(path, _)| path.rsplit_once('/').is_some_and(|(parent, _)| parent == folder))
        .map(|&(path, text)| SqlFile { path, text })
        .collect()
}

/// The files of a folder and of all folders below it, by path.
pub fn below(folder: &str) -> Vec<SqlFile> {
    let is_below = |path: &str| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
    FILES.iter().filter(|(path, _)| is_below(path)).map(|&(path, text)| SqlFile { path, text }).collect()
}

/// One file by its path below `sql/`.
pub fn file(path: &str) -> Option<SqlFile> {
    FILES.iter().find(|(known, _)| *known == path).map(|&(path, text)| SqlFile { path, text })
}

/// The files whose objects live in the database, in the order in which they can be run.
pub fn installed() -> Vec<SqlFile> {
    INSTALLED.iter().flat_map(|layer| in_order_of_use(&folder(layer))).collect()
}

/// The files of one layer of those that live in the database, in the order in which they can be run.
pub fn layer(name: &str) -> Vec<SqlFile> {
    in_order_of_use(&folder(name))
}

/// The files of a folder and, where a way is named, of the folder of that name in it, together in the order in which
/// they can be run.
pub fn phase(name: &str, way: Option<&str>) -> Vec<SqlFile> {
    let of_the_way = way.map(|way| folder(&format!("{name}/{way}"))).unwrap_or_default();
    in_order_of_use(&[folder(name), of_the_way].concat())
}

/// SHA-256 of the SQL that lives in the database, in hexadecimal; paths in alphabetical order.
pub fn hash() -> String {
    static HASH: OnceLock<String> = OnceLock::new();
    let hash = HASH.get_or_init(|| {
        let mut digest = Sha256::new();
        for file in INSTALLED.iter().flat_map(|layer| folder(layer)) {
            digest.update(file.path.as_bytes());
            digest.update([0]);
            digest.update(file.text.as_bytes());
            digest.update([0]);
        }
        to_hex(&digest.finalize())
    });
    hash.clone()
}

/// SHA-256 of a text, in hexadecimal.
pub fn hash_of(text: &str) -> String {
    to_hex(&Sha256::digest(text.as_bytes()))
}

/// Bytes in hexadecimal, small letters.
pub fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// A file is named after its object, so a name met in another file's SQL is a use of it: used before using.
fn in_order_of_use(files: &[SqlFile]) -> Vec<SqlFile> {
    let names: Vec<BTreeSet<&str>> = files.iter().map(|file| names_in(file.text)).collect();
    let mut ordered: Vec<SqlFile> = Vec::new();
    while ordered.len() < files.len() {
        let before = ordered.len();
        for (file, names) in files.iter().zip(&names) {
            let waits = files
                .iter()
                .any(|other| other != file && !ordered.contains(other) && names.contains(other.name()));
            if !waits && !ordered.contains(file) {
                ordered.push(*file);
            }
        }
        if ordered.len() == before {
            // Two files that use each other: leave the engine to say so, by name.
            ordered.extend(files.iter().filter(|file| !ordered.contains(file)).copied().collect::<Vec<_>>());
        }
    }
    ordered
}

/// The names in SQL, without those of its comments and texts.
pub(crate) fn names_in(text: &'static str) -> BTreeSet<&'static str> {
    tokens(text).into_iter().filter(|token| token.kind == TokenKind::Word).map(|token| token.text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_macro_comes_after_those_it_uses() {
        let names: Vec<_> = installed().iter().map(SqlFile::name).collect();
        let place = |name: &str| names.iter().position(|known| *known == name);
        assert!(place("harm_evidence") < place("harm_ranking"));
        assert!(place("offence_candidate") < place("offence_weight_now"));
        assert!(place("crime") < place("suspicion_between"));
    }
}

//! Which folder may use which, in `src` and in `sql`; that no files use each other in a circle; how long files and
//! functions may be.
//!
//! The lists stand here, as short as they are true: what they allow and nothing uses any more fails too. What is
//! there only for tests is left out. A method called on a value is not seen, only the names that code spells.

#![allow(clippy::expect_used, reason = "a test fails by panicking")]

mod code;
mod planted;
mod rust;
mod sql;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Modules of `src` without a domain, from the lowest up. Every higher module may use them.
const EVERYWHERE: &[&str] = &[
    "cancellation",
    "standard_output",
    "dates",
    "paths",
    "source_position",
    "sql_text",
    "embedded_sql",
    "suggest",
    "terminal_text",
    "failure",
    "file_lock",
    "plain_file",
    "work_folder",
    "atomic_file",
    "disk_room",
    "context",
    "interrupt",
    "wording",
    "write_gate",
];

/// The modules above those, from the lowest up, each with the lower ones that it may use.
const MODULES: &[(&str, &str)] = &[
    ("database", ""),
    ("sql_guard", "database"),
    ("ledger", "database"),
    ("settings", "ledger"),
    ("restrict", "database"),
    ("load", "database ledger sql_guard"),
    ("demo", "database load"),
    ("report", "database sql_guard"),
    ("render", "report"),
    ("explore", "database render report sql_guard"),
    ("runs", "database ledger render report"),
    ("schedule", "database ledger render report runs"),
    ("forget", "database ledger load runs schedule"),
    ("manual", ""),
    ("cli", "explore load manual render report schedule"),
    (
        "commands",
        "cli database demo explore forget ledger load manual render report restrict runs schedule settings sql_guard",
    ),
];

/// The folders of `sql`, from the lowest up, each with the lower ones whose tables, views and macros its SQL may name.
/// The others, such as `adapter`, name nothing of another folder, and no other names what is theirs.
const FOLDERS: &[(&str, &str)] = &[
    ("schema", ""),
    ("protected", ""),
    ("weight", "schema"),
    ("model", "schema"),
    ("ranking", "schema model"),
    ("evidence", "schema model ranking"),
    ("input", ""),
    ("report", "schema model ranking input"),
    ("template", "schema ranking"),
    ("load/stage", "schema model"),
    ("load/complete", "schema load/stage"),
    ("load/merge", "schema model load/stage"),
    ("load/decide", "schema model ranking load/stage"),
    ("load/protected", "protected load/stage"),
    ("load/settle", "schema model"),
    ("load/anew", "schema model"),
    ("load/account", "schema"),
    ("load/undo", "schema"),
    ("load/undo_protected", "protected"),
    ("forget", "schema protected"),
    ("upgrade", "schema"),
    ("check", "schema model"),
    ("guard", "schema"),
    ("explore", "model"),
    ("run", "schema model ranking input"),
    ("schedule", "schema run"),
];

/// What runs upwards all the same, in `src` or in `sql`: who uses whom, and why.
const UPWARDS: &[(&str, &str, &str)] = &[];

/// Circles of files that are still to be undone: each as it is, or a smaller one within it.
const CIRCLES_LEFT: &[&[&str]] = &[];

const LINES_OF_A_FILE: usize = 400;
const LINES_OF_A_FUNCTION: usize = 60;

/// Files and functions that have as many lines all the same.
const LONG: &[&str] = &[];

/// Texts by path.
type Tree = BTreeMap<String, String>;

/// A name of one folder in another.
struct Use {
    from: String,
    to: String,
    /// File, line and name.
    place: String,
}

#[test]
fn modules_use_what_their_line_names() {
    let uses = rust::uses_of_folders(&rust::modules(&tree("src", "rs")));
    assert_none(&against(EVERYWHERE, MODULES, UPWARDS, &uses));
}

#[test]
fn files_make_no_circle() {
    assert_none(&rust::circles(&rust::modules(&tree("src", "rs")), CIRCLES_LEFT));
}

#[test]
fn sql_names_what_the_line_of_its_folder_names() {
    let mut files = tree("sql", "sql");
    for text in files.values_mut() {
        // What is run for each list names the tables of each: those of one stand for them.
        *text = text.replace("{list}", "custody").replace("{list_of_people}", "custody");
    }
    assert_none(&against(&[], FOLDERS, &[], &sql::uses_of_folders(&files, FOLDERS)));
}

#[test]
fn files_and_functions_are_short() {
    assert_none(&too_long(&tree("src", "rs"), LONG));
}

fn assert_none(wrong: &[String]) {
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn tree(folder: &str, ending: &str) -> Tree {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Tree::new();
    let mut folders = vec![root.join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|found| found == ending) {
                let name = path.strip_prefix(root).expect("below the root").display().to_string();
                found.insert(name, fs::read_to_string(&path).expect("a text"));
            }
        }
    }
    assert!(found.len() > 100, "the tree is there");
    found
}

/// The uses that the lists do not allow, and what they allow in vain.
fn against(
    everywhere: &[&str],
    lines: &[(&str, &str)],
    upwards: &[(&str, &str, &str)],
    uses: &[Use],
) -> Vec<String> {
    let order: Vec<&str> = everywhere.iter().copied().chain(lines.iter().map(|(name, _)| *name)).collect();
    let allowed: BTreeSet<(&str, &str)> =
        lines.iter().flat_map(|(from, to)| to.split_whitespace().map(|to| (*from, to))).collect();
    let met: BTreeSet<(&str, &str)> =
        uses.iter().map(|used| (used.from.as_str(), used.to.as_str())).collect();
    let mut wrong = BTreeSet::new();
    for Use { from, to, place } in uses {
        let height = |name: &str| order.iter().position(|known| *known == name);
        let is_upwards = upwards.iter().any(|(lower, upper, _)| lower == from && upper == to);
        if height(from).is_none() || height(to).is_none() {
            wrong
                .insert(format!("{place}: {from} or {to} is not in the list; write a line where it belongs"));
        } else if height(to) > height(from) && !is_upwards {
            wrong.insert(format!(
                "{place}: {from} is lower than {to}; move what both need into something lower"
            ));
        } else if !is_upwards && !everywhere.contains(&to.as_str()) && !allowed.contains(&(from, to)) {
            wrong.insert(format!(
                "{place}: {from} may not use {to}; do without it, or add {to} to the line of {from}"
            ));
        }
    }
    let upwards = upwards.iter().map(|(from, to, _)| (*from, *to));
    let needless = upwards.chain(allowed.iter().copied()).filter(|pair| !met.contains(pair));
    wrong.extend(needless.map(|(from, to)| format!("{from} does not use {to}; take that out of the list")));
    let unused = everywhere.iter().filter(|name| !met.iter().any(|(_, to)| to == *name));
    wrong.extend(unused.map(|name| format!("nothing uses {name}; take it out of the list")));
    let gone = lines.iter().filter(|(name, _)| !met.iter().any(|(from, to)| from == name || to == name));
    wrong.extend(gone.map(|(name, _)| format!("{name} uses nothing and nothing uses it; take out its line")));
    wrong.into_iter().collect()
}

/// Files and functions that are too long, and those listed as such that are not.
fn too_long(files: &Tree, known: &[&str]) -> Vec<String> {
    let mut found = BTreeMap::new();
    for (file, text) in files {
        let lines = text.lines().count();
        if lines >= LINES_OF_A_FILE {
            found.insert(file.clone(), lines);
        }
        let (code, _) = code::without_tests(text);
        for place in (1..code.len()).filter(|place| code[place - 1].text == "fn" && code[*place].is_word()) {
            let end = code::end_of_item(&code, place) - 1;
            let lines = code[end].line - code[place].line + 1;
            if lines >= LINES_OF_A_FUNCTION {
                found.insert(format!("{file} {}", code[place].text), lines);
            }
        }
    }
    let long = found.iter().filter(|(name, _)| !known.contains(&name.as_str()));
    let long = long.map(|(name, lines)| format!("{name} has {lines} lines; divide it"));
    let needless = known.iter().filter(|name| !found.contains_key(**name));
    long.chain(needless.map(|name| format!("{name} is short enough; take it out of LONG"))).collect()
}

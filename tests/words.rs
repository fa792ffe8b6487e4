//! What the glossary forbids is in no message, comment, SQL, help or manual of the program.

#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

const GLOSSARY: &str = include_str!("../src/manual/glossary.md");

/// Files that quote old words: the glossary, and what reads evidence that older programs kept.
const QUOTES: [&str; 2] = ["src/manual/glossary.md", "sql/run/reason/rule_of_reason.sql"];

/// A word or phrase that is not used, and the one to use.
struct Forbidden {
    phrase: &'static str,
    instead: &'static str,
}

fn forbidden() -> Vec<Forbidden> {
    let table = GLOSSARY.split("## Words that harmrank does not use").nth(1).expect("the table");
    let rows = table.lines().filter(|line| line.starts_with('|')).skip(2);
    rows.map(|row| {
        let cells: Vec<_> = row.split('|').map(str::trim).collect();
        assert!(cells.len() == 5 && cells[1..4].iter().all(|cell| !cell.is_empty()), "{row}");
        Forbidden { phrase: cells[1], instead: cells[2] }
    })
    .collect()
}

/// Where a text has a forbidden phrase, also one that a line break parts.
fn found_in(name: &str, text: &str) -> Vec<String> {
    let marks = |letter: char| matches!(letter, '/' | '-' | '!') && !letter.is_alphanumeric();
    let words = text.split_whitespace().map(|word| if word.chars().all(marks) { "" } else { word });
    let line = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ").to_lowercase();
    forbidden()
        .into_iter()
        .filter(|forbidden| line.contains(forbidden.phrase))
        .map(|Forbidden { phrase, instead }| format!("{name} says {phrase:?}; say {instead:?}"))
        .collect()
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, found);
        } else if path
            .extension()
            .is_some_and(|ending| ["rs", "sql", "md"].iter().any(|known| ending == *known))
        {
            found.push(path);
        }
    }
}

#[test]
fn no_file_says_what_the_glossary_forbids() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = vec![root.join("README.md"), root.join("tests/README.md")];
    files(&root.join("src"), &mut paths);
    files(&root.join("sql"), &mut paths);
    assert!(paths.len() > 400, "{}", paths.len());
    let name = |path: &Path| path.strip_prefix(root).expect("below").to_string_lossy().into_owned();
    let wrong: Vec<_> = paths
        .iter()
        .filter(|path| !QUOTES.contains(&name(path).as_str()))
        .flat_map(|path| found_in(&name(path), &fs::read_to_string(path).expect("UTF-8")))
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn a_planted_word_is_found_in_rust_sql_and_manual() {
    assert!(forbidden().len() > 9);
    for (name, text) in [
        ("a.rs", "/// The rows that are Held\n    /// now, and more.\nfn f() {}"),
        ("a.sql", "select 'for want of a weight' as note"),
        ("a.md", "Each load is the source's **present\nword**."),
    ] {
        let found = found_in(name, &text.replace("**", ""));
        assert_eq!(found.len(), 1, "{name}: {found:?}");
        assert!(found[0].starts_with(name));
    }
    assert!(found_in("b.rs", "the database contains").is_empty());
}

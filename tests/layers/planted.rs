//! The checks find what is planted in small trees.

use crate::{LINES_OF_A_FILE, LINES_OF_A_FUNCTION, Tree, against, rust, sql, too_long};

const NOTHING: [&str; 0] = [];

fn tree(files: &[(&str, &str)]) -> Tree {
    files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

#[test]
fn a_wrong_import_is_found() {
    let files = tree(&[
        ("src/lib.rs", "mod low; mod high; mod other;"),
        ("src/low/mod.rs", "mod file;\npub(crate) use file::name;"),
        ("src/low/file.rs", "pub(crate) fn name() {}\n#[cfg(test)] mod tests { use crate::high::name; }"),
        ("src/other.rs", "fn of() { // crate::high::name()\n    crate::low::name(); }"),
        ("src/high/mod.rs", "mod file; fn name() {}"),
        ("src/high/file.rs", "use super::name; use {std::fs, super::super::low::{self, name as other}};"),
    ]);
    let check = |everywhere: &[&str], lines: &[(&str, &str)], upwards: &[(&str, &str, &str)]| {
        against(everywhere, lines, upwards, &rust::uses_of_folders(&rust::modules(&files)))
    };
    let (in_high, in_other) = ("src/high/file.rs:1 super::super::low", "src/other.rs:2 crate::low::name");
    let right = [("low", ""), ("other", "low"), ("high", "low")];
    assert_eq!(check(&[], &right, &[]), NOTHING);
    assert_eq!(check(&["low"], &[("other", ""), ("high", "")], &[]), NOTHING);
    assert_eq!(
        check(&[], &[("low", ""), ("other", ""), ("high", "low")], &[]),
        [format!("{in_other}: other may not use low; do without it, or add low to the line of other")]
    );
    let turned = [("high", ""), ("low", ""), ("other", "low")];
    assert_eq!(
        check(&[], &turned, &[]),
        [
            format!("{in_high}: high is lower than low; move what both need into something lower"),
            format!("{in_high}::name: high is lower than low; move what both need into something lower"),
        ]
    );
    assert_eq!(check(&[], &turned, &[("high", "low", "why")]), NOTHING);
    assert_eq!(
        check(&[], &[("low", ""), ("high", "low")], &[]),
        [format!("{in_other}: other or low is not in the list; write a line where it belongs")]
    );
    let too_much = [("low", ""), ("other", "low other"), ("high", "low"), ("gone", "")];
    assert_eq!(
        check(&["idle"], &too_much, &[("low", "high", "why")]),
        [
            "gone uses nothing and nothing uses it; take out its line",
            "low does not use high; take that out of the list",
            "nothing uses idle; take it out of the list",
            "other does not use other; take that out of the list",
        ]
    );
}

#[test]
fn a_circle_is_found_through_what_a_file_passes_on() {
    let check = |first: &str, second: &str, known: &[&[&str]]| {
        let files = tree(&[
            ("src/lib.rs", "mod a; mod third;"),
            (
                "src/a/mod.rs",
                "mod first; mod second; pub(crate) use first::{Name, name}; pub(crate) use second::*;",
            ),
            ("src/a/first.rs", first),
            ("src/a/second.rs", second),
            ("src/third.rs", "use crate::a; fn third() { a::name() }"),
        ]);
        rust::circles(&rust::modules(&files), known)
    };
    let first = |code: &str| format!("pub(crate) struct Name; pub(crate) fn name() {{}} {code}");
    let second = |code: &str| format!("pub(crate) fn other() {{}} {code}");
    let is_found = |one: &str, two: &str| {
        let wrong = check(&first(one), &second(two), &[]);
        assert!(wrong.iter().all(|line| line.starts_with("a circle")), "{wrong:?}");
        !wrong.is_empty()
    };
    assert!(!is_found("use super::second::other;", "#[cfg(test)] mod tests { use super::super::Name; }"));
    assert!(is_found("use super::second::other;", "use super::Name;"));
    assert!(is_found("use super::other;", "use crate::a::{self, Name as Other};"));
    assert!(is_found("fn f() { super::other() }", "use crate::a; fn g() { a::name() }"));
    assert!(is_found("use super::second::*;", "use super::first::{self}; fn g() { first::name() }"));
    assert!(is_found("fn f() { crate::third::third() }", ""));
    let files: &[&str] = &["src/a/first.rs", "src/a/second.rs", "src/third.rs"];
    assert_eq!(check(&first("use super::other;"), &second("use super::Name;"), &[files]), NOTHING);
    assert_eq!(
        check(&first("use super::other;"), &second(""), &[files]),
        ["no circle any more: src/a/first.rs, src/a/second.rs, src/third.rs"]
    );
    assert_eq!(
        check(&first("use super::gone;"), &second(""), &[]),
        ["src/a/first.rs:1 uses super::gone of a file that was not found"]
    );
}

#[test]
fn a_wrong_read_is_found() {
    let files = tree(&[
        ("sql/schema/crime.sql", "create table crime (crime_id varchar);"),
        ("sql/schema/person.sql", "create table if not exists person (person_id varchar);"),
        (
            "sql/model/is_old.sql",
            "-- From ranked.\ncreate macro is_old(day) as day < 'from ranked' and true;",
        ),
        (
            "sql/ranking/ranked.sql",
            "create view ranked as\nwith crime as (from {database}.main.person)\nselect is_old(day) from crime",
        ),
        (
            "sql/report/list.sql",
            "/*\ntitle = \"from crime\"\n[param.a]\nchoices_from = \"from person\"\n*/\nfrom ranked",
        ),
        (
            "sql/load/merge/crime.sql",
            "insert into crime select 1 as ranked, ranked.a is distinct from ranked.b",
        ),
    ]);
    let check = |lines: &[(&str, &str)]| against(&[], lines, &[], &sql::uses_of_folders(&files, lines));
    let right = [
        ("schema", ""),
        ("model", ""),
        ("ranking", "schema model"),
        ("report", "schema ranking"),
        ("load/merge", "schema"),
    ];
    assert_eq!(check(&right), NOTHING);
    let wrong = [
        ("schema", ""),
        ("ranking", "schema"),
        ("model", ""),
        ("report", "ranking"),
        ("load/merge", "schema"),
    ];
    assert_eq!(
        check(&wrong),
        [
            "sql/ranking/ranked.sql:3 is_old: ranking is lower than model; move what both need into something lower",
            "sql/report/list.sql:4 person: report may not use schema; \
             do without it, or add schema to the line of report",
        ]
    );
}

#[test]
fn a_long_file_and_a_long_function_are_found() {
    let function = format!("fn long() {{{}}}\n", "\n".repeat(LINES_OF_A_FUNCTION - 1));
    let files = tree(&[("src/a.rs", &function), ("src/b.rs", &"\n".repeat(LINES_OF_A_FILE))]);
    assert_eq!(
        too_long(&files, &["src/b.rs", "src/c.rs"]),
        ["src/a.rs long has 60 lines; divide it", "src/c.rs is short enough; take it out of LONG"]
    );
}

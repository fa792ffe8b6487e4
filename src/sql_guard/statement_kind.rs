//! Tells by its first words what a statement of a user does: it reads, or makes something that goes with the session.
//!
//! Everything in it that selects is judged by [`super::judge`].

use super::PositionedFailure;
use super::judge::{self, Judge};
use crate::failure::Failure;
use crate::sql_text::{Token, TokenKind, code_tokens};

/// What a statement does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum StatementKind {
    Rows,
    /// It makes, sets or drops something that goes with the session; what, in words.
    Step(String),
}

/// A stretch of a statement that is judged as a SELECT: first byte, byte after its last, and what is put before it to make
/// a SELECT of it.
type Selecting = (usize, usize, &'static str);

/// A statement taken apart.
struct Parsed {
    kind: StatementKind,
    selects: Vec<Selecting>,
    makes: Option<Made>,
    /// The table or view that it makes or drops.
    replaces: Option<String>,
}

/// `create [or replace] temp table NAME as SELECT`, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TemporaryTable {
    pub(crate) name: String,
    /// Byte of the statement at which the SELECT begins.
    pub(crate) select_begin: usize,
}

/// What later statements of the session may use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Made {
    /// A table of this name.
    Table(String),
    /// A macro of this name that yields rows.
    Macro(String),
    /// A variable of this name.
    Variable(String),
}

/// What a statement does, by its first words alone.
pub(crate) fn kind_of(sql: &str) -> StatementKind {
    parse(sql).map_or(StatementKind::Rows, |parsed| parsed.kind)
}

/// The temporary table that a statement makes; nothing for any other statement.
pub(crate) fn temporary_table(sql: &str) -> Option<TemporaryTable> {
    let tokens = code_tokens(sql);
    let mut rest = &tokens[..];
    skip(&mut rest, &["create"]).then_some(())?;
    let parsed = created(sql, rest)?;
    let (Some(Made::Table(name)), [(select_begin, ..)]) = (parsed.makes, &parsed.selects[..]) else {
        return None;
    };
    Some(TemporaryTable { name, select_begin: *select_begin })
}

/// Admits a statement and returns what it makes, or refuses it at the byte of what is not allowed.
pub(crate) fn admit(
    sql: &str,
    judge: &Judge<'_>,
) -> Result<(StatementKind, Option<Made>), PositionedFailure> {
    let parsed = parse(sql).map_err(|message| refused(message, 0))?;
    // Without the view, the name would be that of the table with every row.
    if let Some(name) = parsed.replaces.as_deref().filter(|name| judge.restricted.covers(name)) {
        return Err(refused(judge::by_view_alone(name), 0));
    }
    // Under the name of a function of the engine's, the function itself could be called.
    if let Some(Made::Macro(name)) = &parsed.makes
        && !judge.may_be_called(name)?
    {
        return Err(refused(format!("{name} is a function of the engine: give the macro another name"), 0));
    }
    for &(begin, end, before) in &parsed.selects {
        let select = format!("{before}{}", &sql[begin..end]);
        if let Some((position, message)) = judge.refusals(&select)?.into_iter().next() {
            return Err(refused(message, begin + position.saturating_sub(before.len())));
        }
    }
    Ok((parsed.kind, parsed.makes))
}

fn refused(message: impl Into<String>, position: usize) -> PositionedFailure {
    PositionedFailure { failure: Failure::usage(message), position: Some(position) }
}

const MAKES: &str = "CREATE makes temporary tables, views and macros here: create temp table NAME as SELECT";
const SETS: &str = "SET sets variables here: set variable NAME = value";
const DROPS: &str = "DROP takes temporary tables, views and macros here: drop view NAME";

fn parse(sql: &str) -> Result<Parsed, &'static str> {
    let tokens = code_tokens(sql);
    let first = |word| tokens.first().is_some_and(|token: &Token<'_>| token.is(word));
    let rows = |from| Parsed {
        kind: StatementKind::Rows,
        selects: vec![(from, sql.len(), "")],
        makes: None,
        replaces: None,
    };
    if first("explain") {
        return Ok(rows(explained(&tokens).unwrap_or(sql.len())));
    }
    if first("create") {
        return created(sql, &tokens[1..]).ok_or(MAKES);
    }
    if first("set") || first("reset") {
        return variable(sql, &tokens).ok_or(SETS);
    }
    if first("drop") {
        return dropped(&tokens[1..]).ok_or(DROPS);
    }
    Ok(rows(0))
}

/// Byte at which what is explained begins: `explain [analyze] [(options)]`.
fn explained(tokens: &[Token<'_>]) -> Option<usize> {
    let mut rest = tokens.iter().skip(1).skip_while(|token| token.is("analyze")).peekable();
    if rest.peek().is_some_and(|token| token.is("(")) {
        // Options, unless what follows is a SELECT in brackets.
        let mut ahead = rest.clone().skip(1);
        if ahead.next().is_some_and(|token| token.is("format") || token.is("analyze")) {
            rest.by_ref().find(|token| token.is(")"));
        }
    }
    rest.peek().map(|token| token.begin)
}

/// `create [or replace] temp table|view|macro ...` behind its first word.
fn created(sql: &str, tokens: &[Token<'_>]) -> Option<Parsed> {
    let mut rest = tokens;
    if skip(&mut rest, &["or"]) && !skip(&mut rest, &["replace"]) {
        return None;
    }
    if !skip(&mut rest, &["temp", "temporary"]) {
        return None;
    }
    let what = ["table", "view", "macro", "function"].into_iter().find(|word| skip(&mut rest, &[word]))?;
    if skip(&mut rest, &["if"]) && !(skip(&mut rest, &["not"]) && skip(&mut rest, &["exists"])) {
        return None;
    }
    let name = name(&mut rest)?;
    let mut selects = Vec::new();
    if rest.first()?.is("(") {
        let close = closing(rest)?;
        if matches!(what, "macro" | "function") {
            selects.extend(defaults(&rest[1..close]));
        } else if what == "table" {
            return None;
        }
        rest = &rest[close + 1..];
    }
    if !skip(&mut rest, &["as"]) {
        return None;
    }
    let is_macro = matches!(what, "macro" | "function");
    let is_table = is_macro && skip(&mut rest, &["table"]);
    let begin = rest.first()?.begin;
    selects.push((begin, sql.len(), if is_macro && !is_table { "select " } else { "" }));
    let word = if is_macro { "macro" } else { what };
    let makes = match what {
        "table" => Some(Made::Table(name.clone())),
        _ => is_table.then(|| Made::Macro(name.clone())),
    };
    let kind = StatementKind::Step(format!("made {word} {name}"));
    Some(Parsed { kind, selects, makes, replaces: (!is_macro).then_some(name) })
}

/// The default values in the brackets of a macro, after `:=` or `=>`.
fn defaults(tokens: &[Token<'_>]) -> Vec<Selecting> {
    let mut selects = Vec::new();
    let (mut depth, mut begin) = (0_usize, None);
    for (place, token) in tokens.iter().enumerate() {
        if depth == 0 && begin.is_none() && token.is("=") {
            let arrow = tokens.get(place + 1).filter(|next| next.is(">") && next.begin == token.end());
            begin = Some(arrow.unwrap_or(token).end());
        } else if depth == 0 && token.is(",") {
            selects.extend(begin.take().map(|begin| (begin, token.begin, "select ")));
        } else if ["(", "[", "{"].iter().any(|sign| token.is(sign)) {
            depth += 1;
        } else if [")", "]", "}"].iter().any(|sign| token.is(sign)) {
            depth = depth.saturating_sub(1);
        }
    }
    let end = tokens.last().map_or(0, Token::end);
    selects.extend(begin.map(|begin| (begin, end, "select ")));
    selects
}

/// `set variable NAME = value`, `reset variable NAME`.
fn variable(sql: &str, tokens: &[Token<'_>]) -> Option<Parsed> {
    let is_reset = tokens.first()?.is("reset");
    let mut rest = &tokens[1..];
    if !skip(&mut rest, &["variable"]) {
        return None;
    }
    let name = name(&mut rest)?;
    if is_reset {
        let kind = StatementKind::Step(format!("forgot variable {name}"));
        return rest.is_empty().then_some(Parsed { kind, selects: Vec::new(), makes: None, replaces: None });
    }
    if !skip(&mut rest, &["=", "to"]) {
        return None;
    }
    let begin = rest.first()?.begin;
    let kind = StatementKind::Step(format!("set variable {name}"));
    Some(Parsed {
        kind,
        selects: vec![(begin, sql.len(), "select ")],
        makes: Some(Made::Variable(name)),
        replaces: None,
    })
}

/// `drop table|view|macro [table] [if exists] NAME` behind its first word: nothing of the database can be dropped, for it is open for reading.
fn dropped(tokens: &[Token<'_>]) -> Option<Parsed> {
    let mut rest = tokens;
    let what = ["table", "view", "macro", "function"].into_iter().find(|word| skip(&mut rest, &[word]))?;
    if matches!(what, "macro" | "function") {
        skip(&mut rest, &["table"]);
    }
    if skip(&mut rest, &["if"]) && !skip(&mut rest, &["exists"]) {
        return None;
    }
    let name = name(&mut rest)?;
    let kind = StatementKind::Step(format!("dropped {what} {name}"));
    let replaces = ["table", "view"].contains(&what).then_some(name);
    rest.is_empty().then_some(Parsed { kind, selects: Vec::new(), makes: None, replaces })
}

/// Takes one of these words from the beginning, if one is there.
fn skip(rest: &mut &[Token<'_>], words: &[&str]) -> bool {
    let found = rest.first().is_some_and(|token| words.iter().any(|word| token.is(word)));
    if found {
        *rest = &rest[1..];
    }
    found
}

/// Takes a plain name from the beginning: one of another schema has a point behind it and is none.
fn name(rest: &mut &[Token<'_>]) -> Option<String> {
    let first = rest.first()?;
    let is_name = matches!(first.kind, TokenKind::Word | TokenKind::QuotedName);
    if !is_name || rest.get(1).is_some_and(|next| next.is(".") || next.kind == TokenKind::QuotedName) {
        return None;
    }
    *rest = &rest[1..];
    Some(first.value().to_lowercase())
}

/// Where the bracket that comes first is closed.
fn closing(tokens: &[Token<'_>]) -> Option<usize> {
    let mut depth = 0_usize;
    tokens.iter().position(|token| {
        depth += usize::from(token.is("("));
        depth -= usize::from(token.is(")") && depth > 0);
        depth == 0
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(sql: &str) -> Option<String> {
        match parse(sql).ok()?.kind {
            StatementKind::Step(words) => Some(words),
            StatementKind::Rows => None,
        }
    }

    fn judged(sql: &str) -> Vec<String> {
        let parsed = parse(sql).unwrap_or_else(|message| panic!("{sql}: {message}"));
        parsed.selects.iter().map(|&(begin, end, before)| format!("{before}{}", &sql[begin..end])).collect()
    }

    #[test]
    fn what_goes_with_the_session_is_known_by_its_first_words() {
        for (sql, words) in [
            ("create /* a */ or replace TEMP table \"T\" as select 1", "made table t"),
            ("create temporary view v (a, b) as from t", "made view v"),
            ("create temp macro f(a, b := 1) as a + b", "made macro f"),
            ("create temp function f() as table select 1", "made macro f"),
            ("set variable x = 1", "set variable x"),
            ("reset variable x", "forgot variable x"),
            ("drop view if exists v", "dropped view v"),
            ("drop macro table f", "dropped macro f"),
        ] {
            assert_eq!(step(sql).as_deref(), Some(words), "{sql}");
        }
    }

    #[test]
    fn everything_else_that_begins_like_it_is_refused() {
        for sql in [
            "create table t as select 1",
            "create temp table t (a integer)",
            "create temp table other.t as select 1",
            "create or temp view v as select 1",
            "create temp sequence s",
            "create temp secret s (type s3)",
            "create view v as select 1",
            "set threads = 1",
            "set variable",
            "reset threads",
            "drop schema main",
            "drop table t cascade",
            "drop table a, b",
            "drop table main.crime",
        ] {
            assert!(parse(sql).is_err(), "{sql}");
        }
    }

    #[test]
    fn a_temporary_table_is_taken_apart() {
        let sql = "-- why\nCREATE or replace temp table listed as\nselect 1";
        let table = temporary_table(sql).expect("a table");
        assert_eq!((table.name.as_str(), &sql[table.select_begin..]), ("listed", "select 1"));
        for other in [
            "select 1",
            "create table t as select 1",
            "create temp view t as select 1",
            "create temp macro f() as 1",
            "create temp table t(a int)",
        ] {
            assert_eq!(temporary_table(other), None, "{other}");
        }
    }

    #[test]
    fn every_stretch_that_selects_is_judged() {
        assert_eq!(judged("explain analyze select 1"), ["select 1"]);
        assert_eq!(judged("explain (format json) select 1"), ["select 1"]);
        assert_eq!(judged("explain (select 1)"), ["(select 1)"]);
        assert_eq!(judged("explain"), [""]);
        assert_eq!(
            judged("create temp macro f(a, b := g(1, 2), c := h()) as a + i()"),
            ["select  g(1, 2)", "select  h()", "select a + i()"]
        );
        assert_eq!(
            judged("create temp macro f(a, b => g(), c text = h()) as a"),
            ["select  g()", "select  h()", "select a"]
        );
        assert_eq!(judged("create temp macro f(a) as table from x(a)"), ["from x(a)"]);
        assert_eq!(judged("create temp table t as from x()"), ["from x()"]);
        assert_eq!(judged("set variable x = y()"), ["select y()"]);
        assert_eq!(judged("copy t to 'x'"), ["copy t to 'x'"]);
    }
}

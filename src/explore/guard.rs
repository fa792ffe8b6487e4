//! What the SQL of a user may do: read the database, and make things of its own that go with the session.
//!
//! A statement is told by its first words; all that selects, wherever it stands, is judged by the engine's own parse
//! tree, see [`super::judge`].

use super::judge::{self, Judge};
use super::protocol::Placed;
use crate::failure::Failure;
use crate::sql_text::{Token, TokenKind, tokens};

/// What a statement does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Deed {
    Rows,
    /// It makes, sets or drops something that goes with the session; the word for what.
    Step(String),
}

/// A statement told by its first words: what it does, and the stretches of it to be judged as a SELECT each.
struct Told {
    deed: Deed,
    /// First byte, last byte, and what is put before to make a SELECT of it.
    parts: Vec<(usize, usize, &'static str)>,
    makes: Option<Made>,
    /// The table or view that it makes or drops.
    touches: Option<String>,
}

/// What later statements of the session may use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Made {
    /// A macro of this name that yields rows.
    Macro(String),
    /// A variable of this name.
    Variable(String),
}

/// What a statement does, told by its first words alone.
pub(crate) fn deed(sql: &str) -> Deed {
    tell(sql).map_or(Deed::Rows, |told| told.deed)
}

/// Lets a statement pass, or says what in it may not be. What it makes is returned.
pub(super) fn admit(sql: &str, judge: &Judge<'_>) -> Result<(Deed, Option<Made>), Placed> {
    let told = tell(sql).map_err(|message| refused(message, 0))?;
    // Behind the view stands the table with every row.
    if let Some(name) = told.touches.as_deref().filter(|name| judge.withheld.has(name)) {
        return Err(refused(judge::withheld(name), 0));
    }
    // Under the name of a function of the engine's, the function itself could be called.
    if let Some(Made::Macro(name)) = &told.makes
        && !judge.may_be_called(name)?
    {
        return Err(refused(format!("{name} is a function of the engine: give the macro another name"), 0));
    }
    for &(begin, end, before) in &told.parts {
        let part = format!("{before}{}", &sql[begin..end]);
        if let Some((position, message)) = judge.judge(&part)? {
            return Err(refused(message, begin + position.saturating_sub(before.len())));
        }
    }
    Ok((told.deed, told.makes))
}

fn refused(message: impl Into<String>, position: usize) -> Placed {
    let failure = Failure::usage(message);
    Placed { failure, position: Some(position) }
}

const MAKES: &str = "CREATE makes temporary tables, views and macros here: create temp table NAME as SELECT";
const SETS: &str = "SET sets variables here: set variable NAME = value";
const DROPS: &str = "DROP takes temporary tables, views and macros here: drop view NAME";

fn tell(sql: &str) -> Result<Told, &'static str> {
    let tokens: Vec<_> = tokens(sql).into_iter().filter(|token| token.kind != TokenKind::Comment).collect();
    let first = |word| tokens.first().is_some_and(|token: &Token<'_>| token.is(word));
    let rows =
        |from| Told { deed: Deed::Rows, parts: vec![(from, sql.len(), "")], makes: None, touches: None };
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
fn created(sql: &str, tokens: &[Token<'_>]) -> Option<Told> {
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
    let mut parts = Vec::new();
    if rest.first()?.is("(") {
        let close = closing(rest)?;
        if matches!(what, "macro" | "function") {
            parts.extend(defaults(&rest[1..close]));
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
    parts.push((begin, sql.len(), if is_macro && !is_table { "select " } else { "" }));
    let word = if is_macro { "macro" } else { what };
    let makes = is_table.then(|| Made::Macro(name.clone()));
    let deed = Deed::Step(format!("made {word} {name}"));
    Some(Told { deed, parts, makes, touches: (!is_macro).then_some(name) })
}

/// The default values in the brackets of a macro, behind `:=`, each to be judged.
fn defaults(tokens: &[Token<'_>]) -> Vec<(usize, usize, &'static str)> {
    let mut parts = Vec::new();
    let (mut depth, mut begin) = (0_usize, None);
    for (place, token) in tokens.iter().enumerate() {
        let is_assigned = token.is("=") && place > 0 && tokens[place - 1].is(":");
        if depth == 0 && is_assigned {
            begin = Some(token.end());
        } else if depth == 0 && token.is(",") {
            parts.extend(begin.take().map(|begin| (begin, token.begin, "select ")));
        } else if ["(", "[", "{"].iter().any(|sign| token.is(sign)) {
            depth += 1;
        } else if [")", "]", "}"].iter().any(|sign| token.is(sign)) {
            depth = depth.saturating_sub(1);
        }
    }
    let end = tokens.last().map_or(0, Token::end);
    parts.extend(begin.map(|begin| (begin, end, "select ")));
    parts
}

/// `set variable NAME = value`, `reset variable NAME`.
fn variable(sql: &str, tokens: &[Token<'_>]) -> Option<Told> {
    let is_reset = tokens.first()?.is("reset");
    let mut rest = &tokens[1..];
    if !skip(&mut rest, &["variable"]) {
        return None;
    }
    let name = name(&mut rest)?;
    if is_reset {
        let deed = Deed::Step(format!("forgot variable {name}"));
        return rest.is_empty().then_some(Told { deed, parts: Vec::new(), makes: None, touches: None });
    }
    if !skip(&mut rest, &["=", "to"]) {
        return None;
    }
    let begin = rest.first()?.begin;
    let deed = Deed::Step(format!("set variable {name}"));
    Some(Told {
        deed,
        parts: vec![(begin, sql.len(), "select ")],
        makes: Some(Made::Variable(name)),
        touches: None,
    })
}

/// `drop table|view|macro [table] [if exists] NAME` behind its first word: the engine drops nothing that is held.
fn dropped(tokens: &[Token<'_>]) -> Option<Told> {
    let mut rest = tokens;
    let what = ["table", "view", "macro", "function"].into_iter().find(|word| skip(&mut rest, &[word]))?;
    if matches!(what, "macro" | "function") {
        skip(&mut rest, &["table"]);
    }
    if skip(&mut rest, &["if"]) && !skip(&mut rest, &["exists"]) {
        return None;
    }
    let name = name(&mut rest)?;
    let deed = Deed::Step(format!("dropped {what} {name}"));
    let touches = ["table", "view"].contains(&what).then_some(name);
    rest.is_empty().then_some(Told { deed, parts: Vec::new(), makes: None, touches })
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
    let is_name = matches!(first.kind, TokenKind::Word | TokenKind::Quoted);
    if !is_name || rest.get(1).is_some_and(|next| next.is(".") || next.kind == TokenKind::Quoted) {
        return None;
    }
    *rest = &rest[1..];
    Some(first.text.trim_matches('"').to_lowercase())
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
        match tell(sql).ok()?.deed {
            Deed::Step(words) => Some(words),
            Deed::Rows => None,
        }
    }

    fn judged(sql: &str) -> Vec<String> {
        let told = tell(sql).unwrap_or_else(|message| panic!("{sql}: {message}"));
        told.parts.iter().map(|&(begin, end, before)| format!("{before}{}", &sql[begin..end])).collect()
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
            assert!(tell(sql).is_err(), "{sql}");
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
        assert_eq!(judged("create temp macro f(a) as table from x(a)"), ["from x(a)"]);
        assert_eq!(judged("create temp table t as from x()"), ["from x()"]);
        assert_eq!(judged("set variable x = y()"), ["select y()"]);
        assert_eq!(judged("copy t to 'x'"), ["copy t to 'x'"]);
    }
}

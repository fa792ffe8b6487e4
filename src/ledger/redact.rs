//! Free SQL as the audit log may keep it: what was asked, without whom.
//!
//! Every literal becomes a keyed hash, and so does every name with a digit in it that is no name of the program's SQL and
//! no function, for a reference may be written where a name can; comments are left out. What begins like a literal and
//! does not end is a literal to the end of the text.

use super::key::Key;
use crate::embedded_sql;
use crate::sql_text::{Token, TokenKind, tokens};
use std::collections::HashSet;
use std::fmt::Write as _;
use std::sync::OnceLock;

/// SQL with keyed hashes for its literals.
pub(super) fn redacted(sql: &str, key: &Key) -> String {
    let tokens = tokens(sql);
    let mut text = String::with_capacity(sql.len());
    let mut end = 0;
    for (place, token) in tokens.iter().enumerate() {
        if token.begin > end {
            text.push(' ');
        }
        end = token.end();
        match token.kind {
            TokenKind::Comment => text.push(' '),
            TokenKind::Sign => text.push_str(token.text),
            TokenKind::Text | TokenKind::Number => {
                let _ = write!(text, "'{}'", key.hashed(&token.value()));
            }
            TokenKind::Word | TokenKind::QuotedName | TokenKind::Placeholder => {
                if may_show(token, tokens.get(place + 1)) {
                    text.push_str(token.text);
                } else {
                    let _ = write!(text, "\"{}\"", key.hashed(&token.value()));
                }
            }
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// True for a name that cannot be a reference: of the program's SQL, of a function, or without a digit in it.
fn may_show(name: &Token<'_>, next: Option<&Token<'_>>) -> bool {
    let is_called = || next.is_some_and(|next| next.is("(") && next.begin == name.end());
    let is_plain = name.kind != TokenKind::QuotedName
        && (!name.text.contains(|letter: char| letter.is_numeric()) || is_called());
    is_plain || is_of_program(&name.value())
}

/// True for names of the program's SQL: tables, columns, macros, parameters.
fn is_of_program(name: &str) -> bool {
    static NAMES: OnceLock<HashSet<String>> = OnceLock::new();
    let names = NAMES.get_or_init(|| {
        let files = embedded_sql::installed().into_iter().filter(|file| !file.path.starts_with("weight/"));
        files
            .flat_map(|file| tokens(file.text))
            .filter(Token::is_name)
            .map(|token| token.value().into_owned())
            .collect()
    });
    names.contains(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> Key {
        let folder = tempfile::tempdir().expect("folder");
        Key::open(&folder.path().join("key"), folder.path()).expect("key")
    }

    /// What is written of SQL, the hash of a text given as `<text>`.
    fn told(sql: &str) -> String {
        let key = key();
        let mut text = redacted(sql, &key);
        for value in ["P1", "it's", "7", "1.5e-3", "a b", "AB", "P00004160", "x'y", "rest"] {
            text = text.replace(&key.hashed(value), &format!("<{value}>"));
        }
        text
    }

    #[test]
    fn every_literal_is_hashed_and_what_was_asked_stays() {
        assert_eq!(told("select * from crime where x = 'P1'"), "select * from crime where x = '<P1>'");
        assert_eq!(told("select 'it''s', 7, 1.5e-3"), "select '<it's>', '<7>', '<1.5e-3>'");
        assert_eq!(told("select $$P1$$, $q$a b$q$, x'AB', E'P1'"), "select '<P1>', '<a b>', '<AB>', '<P1>'");
        assert_eq!(told("select $as_of, $x, md5(a), a.b"), "select $as_of, $x, md5(a), a.b");
        assert_eq!(told("select 'rest"), "select '<rest>'");
        assert_eq!(told("select $$rest"), "select '<rest>'");
        assert_eq!(told("where a in ('P1','P1')"), "where a in ('<P1>','<P1>')");
    }

    #[test]
    fn a_comment_is_left_out_and_what_follows_it_is_not() {
        assert_eq!(told("select a -- P1\nfrom b"), "select a from b");
        assert_eq!(told("select a -- P1\r, b"), "select a , b");
        assert_eq!(told("select /* /* P1 */ 'x */ a"), "select a");
        assert_eq!(told("select /* P1"), "select");
        assert_eq!(told("select a - -b"), "select a - -b");
    }

    #[test]
    fn a_name_that_may_be_a_reference_is_hashed() {
        assert_eq!(
            told("select a as P00004160, \"P1\", \"person_id\", $x"),
            "select a as \"<P00004160>\", \"<P1>\", \"person_id\", $x"
        );
    }
}

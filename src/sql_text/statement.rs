//! Splitting SQL into statements, and finding its placeholders, without asking the engine:
//! preparing two statements at once would run the first.

use super::lexer::{TokenKind, code_tokens, tokens};
use std::collections::BTreeSet;

/// One statement of a text, without its semicolon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    pub sql: String,
    /// Byte of the text at which it begins.
    pub begin: usize,
}

/// The statements of a text; stretches of comments alone are none.
pub(crate) fn statements_at(sql: &str) -> Vec<Statement> {
    let mut found = Vec::new();
    let (mut begin, mut has_code) = (0, false);
    let mut add = |begin: usize, end: usize| {
        let part = &sql[begin..end];
        let space = part.len() - part.trim_start().len();
        found.push(Statement { sql: part.trim().to_owned(), begin: begin + space });
    };
    for token in tokens(sql) {
        if token.is(";") {
            if has_code {
                add(begin, token.begin);
            }
            (begin, has_code) = (token.end(), false);
        } else {
            has_code |= token.kind != TokenKind::Comment;
        }
    }
    if has_code {
        add(begin, sql.len());
    }
    found
}

/// The statements of a text, each without its semicolon; stretches of comments alone are none.
pub(crate) fn statements(sql: &str) -> Vec<String> {
    statements_at(sql).into_iter().map(|statement| statement.sql).collect()
}

/// A statement from its first token that is no comment; nothing where it has none.
pub(crate) fn without_leading_comments(sql: &str) -> &str {
    code_tokens(sql).first().map_or("", |token| &sql[token.begin..])
}

/// A name after a dollar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Placeholder {
    pub(crate) name: String,
    /// Byte of the dollar.
    pub(crate) begin: usize,
}

/// The placeholders of SQL, as often as they occur.
pub(crate) fn placeholders_at(sql: &str) -> Vec<Placeholder> {
    let placeholders = tokens(sql).into_iter().filter(|token| token.kind == TokenKind::Placeholder);
    placeholders.map(|token| Placeholder { name: token.value().into_owned(), begin: token.begin }).collect()
}

/// The names of the placeholders of SQL.
pub(crate) fn placeholders(sql: &str) -> BTreeSet<String> {
    placeholders_at(sql).into_iter().map(|placeholder| placeholder.name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_semicolon_in_a_literal_or_comment_ends_nothing() {
        let text = "select ';' as a; -- one; two\nselect \";\" from t; -- nothing\n";
        let found = statements_at(text);
        let sqls: Vec<_> = found.iter().map(|statement| statement.sql.as_str()).collect();
        assert_eq!(sqls, ["select ';' as a", "-- one; two\nselect \";\" from t"]);
        for statement in &found {
            assert!(text[statement.begin..].starts_with(&statement.sql), "{statement:?}");
        }
    }

    #[test]
    fn a_doubled_quote_stays_in_its_literal() {
        assert_eq!(statements("select 'it''s; so'; select 2").len(), 2);
    }

    #[test]
    fn every_way_of_quoting_is_known() {
        for one in [
            "select $$a; b$$",
            "select $tag$ $$ ; $tag$",
            "select e'it\\'s; so'",
            "select 1 /* a /* b; */ c; */",
            "select \"a;\"\"b\"",
            "select 'open; ",
        ] {
            assert_eq!(statements(one).len(), 1, "{one}");
        }
        // Not a quote: two placeholders.
        assert_eq!(placeholders("select $a+$b").len(), 2);
        assert_eq!(statements("select $a; select $a").len(), 2);
    }

    #[test]
    fn the_without_leading_comments_a_statement_begins_at_its_first_word() {
        assert_eq!(without_leading_comments("-- why\n/* and */ Create x -- so"), "Create x -- so");
        assert_eq!(without_leading_comments("-- nothing"), "");
    }

    #[test]
    fn placeholders_are_read_from_code_alone() {
        let found = placeholders("select '$no', $yes -- $neither\n, $also_2");
        assert_eq!(found.into_iter().collect::<Vec<_>>(), ["also_2", "yes"]);
    }
}

//! Splitting SQL into statements, and finding its placeholders, without asking the engine:
//! preparing two statements at once would run the first.

use std::collections::BTreeSet;

/// A stretch of SQL: code, or a literal, a quoted name or a comment.
struct Piece<'a> {
    text: &'a str,
    /// Byte at which it begins.
    begin: usize,
    is_code: bool,
}

fn pieces(sql: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut add = |begin: usize, end: usize, is_code: bool| {
        if begin < end {
            pieces.push(Piece { text: &sql[begin..end], begin, is_code });
        }
    };
    let (mut code, mut place) = (0, 0);
    while place < sql.len() {
        if let Some(length) = length_of_other(&sql[place..], &sql[..place]) {
            add(code, place, true);
            add(place, place + length, false);
            place += length;
            code = place;
        } else {
            place += sql[place..].chars().next().map_or(1, char::len_utf8);
        }
    }
    add(code, sql.len(), true);
    pieces
}

/// Length of the literal, quoted name or comment that a text begins with, where it begins with one.
fn length_of_other(tail: &str, before: &str) -> Option<usize> {
    let until = |opening: usize, closing: &str| {
        tail[opening..].find(closing).map_or(tail.len(), |found| opening + found + closing.len())
    };
    if tail.starts_with("--") {
        return Some(until(2, "\n"));
    }
    if tail.starts_with("/*") {
        return Some(length_of_comment(tail));
    }
    if tail.starts_with('"') {
        return Some(until(1, "\""));
    }
    if tail.starts_with('\'') {
        // In e'...' a backslash takes the quote after it along.
        let takes_escapes = before.ends_with(['e', 'E']) && !before[..before.len() - 1].ends_with(is_of_name);
        return Some(if takes_escapes { length_of_escaped(tail) } else { until(1, "'") });
    }
    let tag = tail.strip_prefix('$')?;
    let name = tag.len() - tag.trim_start_matches(is_of_name).len();
    let is_quote = tag[name..].starts_with('$')
        && !tag.starts_with(|letter: char| letter.is_ascii_digit())
        && !before.ends_with(is_of_name);
    is_quote.then(|| until(name + 2, &tail[..name + 2]))
}

fn length_of_comment(tail: &str) -> usize {
    let (mut depth, mut place) = (0_usize, 0);
    while place < tail.len() {
        if tail[place..].starts_with("/*") {
            depth += 1;
            place += 2;
        } else if tail[place..].starts_with("*/") {
            depth -= 1;
            place += 2;
            if depth == 0 {
                return place;
            }
        } else {
            place += tail[place..].chars().next().map_or(1, char::len_utf8);
        }
    }
    tail.len()
}

fn length_of_escaped(tail: &str) -> usize {
    let mut signs = tail.char_indices().skip(1);
    while let Some((place, sign)) = signs.next() {
        match sign {
            '\\' => {
                signs.next();
            }
            '\'' => return place + 1,
            _ => {}
        }
    }
    tail.len()
}

fn is_of_name(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

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
    let mut end = |begin: usize, end: usize, has_code: bool| {
        let part = &sql[begin..end];
        if has_code {
            let idle = part.len() - part.trim_start().len();
            found.push(Statement { sql: part.trim().to_owned(), begin: begin + idle });
        }
    };
    for piece in pieces(sql) {
        if !piece.is_code {
            has_code |= !(piece.text.starts_with("--") || piece.text.starts_with("/*"));
            continue;
        }
        let mut place = piece.begin;
        for (number, part) in piece.text.split(';').enumerate() {
            if number > 0 {
                end(begin, place - 1, has_code);
                (begin, has_code) = (place, false);
            }
            has_code |= !part.trim().is_empty();
            place += part.len() + 1;
        }
    }
    end(begin, sql.len(), has_code);
    found
}

/// The statements of a text, each without its semicolon; stretches of comments alone are none.
pub(crate) fn statements(sql: &str) -> Vec<String> {
    statements_at(sql).into_iter().map(|statement| statement.sql).collect()
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// A name or a word of the language.
    Word,
    /// A name in double quotes.
    Quoted,
    /// A text in any other quotes.
    Text,
    Number,
    /// A name after a dollar.
    Placeholder,
    /// One sign of anything else.
    Sign,
    Comment,
}

/// A token of SQL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token<'a> {
    pub(crate) text: &'a str,
    /// Byte at which it begins.
    pub(crate) begin: usize,
    pub(crate) kind: TokenKind,
}

impl Token<'_> {
    /// True for this word, in whatever case.
    pub(crate) fn is(&self, word: &str) -> bool {
        matches!(self.kind, TokenKind::Word | TokenKind::Sign) && self.text.eq_ignore_ascii_case(word)
    }

    pub(crate) fn end(&self) -> usize {
        self.begin + self.text.len()
    }
}

/// The tokens of SQL, comments among them, white space not.
pub(crate) fn tokens(sql: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    for piece in pieces(sql) {
        if !piece.is_code {
            let kind = match piece.text.as_bytes() {
                [b'"', ..] => TokenKind::Quoted,
                [b'-' | b'/', ..] => TokenKind::Comment,
                _ => TokenKind::Text,
            };
            found.push(Token { text: piece.text, begin: piece.begin, kind });
            continue;
        }
        let mut place = 0;
        while let Some(first) = piece.text[place..].chars().next() {
            let tail = &piece.text[place..];
            let name_from = |start: usize| {
                start + tail[start..].find(|letter| !is_of_name(letter)).unwrap_or(tail.len() - start)
            };
            let (length, kind) = match first {
                _ if first.is_whitespace() => {
                    place += first.len_utf8();
                    continue;
                }
                '$' if name_from(1) > 1 => (name_from(1), TokenKind::Placeholder),
                _ if first.is_ascii_digit() => (name_from(0), TokenKind::Number),
                _ if is_of_name(first) => (name_from(0), TokenKind::Word),
                _ => (first.len_utf8(), TokenKind::Sign),
            };
            found.push(Token { text: &tail[..length], begin: piece.begin + place, kind });
            place += length;
        }
    }
    found
}

/// The code of a statement from its first word on: comments before it are left out.
pub(crate) fn code_of(sql: &str) -> &str {
    let first = pieces(sql).into_iter().find(|piece| {
        !(piece.text.trim().is_empty() || piece.text.starts_with("--") || piece.text.starts_with("/*"))
    });
    first.map_or("", |piece| sql[piece.begin..].trim_start())
}

/// A name after a dollar in code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Placeholder {
    pub(crate) name: String,
    /// Byte of the dollar.
    pub(crate) begin: usize,
}

/// The names after a dollar in code, as often as they stand there.
pub(crate) fn placeholders_at(sql: &str) -> Vec<Placeholder> {
    let mut found = Vec::new();
    for piece in pieces(sql).into_iter().filter(|piece| piece.is_code) {
        for (place, _) in piece.text.match_indices('$') {
            let name: String = piece.text[place + 1..]
                .chars()
                .take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '_')
                .collect();
            if !name.is_empty() {
                found.push(Placeholder { name, begin: piece.begin + place });
            }
        }
    }
    found
}

/// The names after a dollar in code.
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
    fn the_code_of_a_statement_begins_at_its_first_word() {
        assert_eq!(code_of("-- why\n/* and */ Create x -- so"), "Create x -- so");
        assert_eq!(code_of("-- nothing"), "");
    }

    #[test]
    fn tokens_are_told_apart() {
        use TokenKind::{Comment, Placeholder, Quoted, Sign, Text, Word};
        let found = tokens("Create /* a */ \"t\" 'x' $y;--z");
        let kinds: Vec<_> = found.iter().map(|token| token.kind).collect();
        assert_eq!(kinds, [Word, Comment, Quoted, Text, Placeholder, Sign, Comment]);
        assert!(found[0].is("create") && !found[2].is("\"t\""));
        assert_eq!(found[4].text, "$y");
    }

    #[test]
    fn placeholders_are_read_from_code_alone() {
        let found = placeholders("select '$no', $yes -- $neither\n, $also_2");
        assert_eq!(found.into_iter().collect::<Vec<_>>(), ["also_2", "yes"]);
    }
}

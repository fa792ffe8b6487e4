//! Free SQL as it may be logged: what was asked, without whom.
//!
//! Every literal is a keyed hash, and so is every name with a digit in it that is none of the program's SQL and no
//! function, for a reference may stand where a name can; comments are left out. What begins like a literal and does
//! not end is one to the end of the text.

use super::key::Key;
use crate::embedded_sql;
use std::collections::HashSet;
use std::fmt::Write as _;
use std::sync::OnceLock;

/// One piece of SQL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// A name or a word of the language, as written, and what it names.
    Word(&'a str, &'a str),
    /// A text or a number: what it is without its quotes, doubled ones still double.
    Literal(&'a str),
    Comment,
    /// Space, or a sign.
    Other(&'a str),
}

/// SQL with keyed hashes for its literals.
pub(super) fn redacted(sql: &str, key: &Key) -> String {
    let pieces = pieces(sql);
    let mut text = String::with_capacity(sql.len());
    for (place, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Word(written, named) => {
                let is_called =
                    matches!(pieces.get(place + 1), Some(Piece::Other(next)) if next.starts_with('('));
                let is_plain =
                    !written.starts_with('"') && (is_called || !named.contains(|c: char| c.is_numeric()));
                if is_plain || is_known(named) {
                    text.push_str(written);
                } else {
                    let _ = write!(text, "\"{}\"", key.hashed(named));
                }
            }
            Piece::Literal(value) => {
                let _ = write!(text, "'{}'", key.hashed(&value.replace("''", "'")));
            }
            Piece::Comment => text.push(' '),
            Piece::Other(written) => text.push_str(written),
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// True for names of the program's SQL: tables, columns, macros, parameters.
fn is_known(name: &str) -> bool {
    static WORDS: OnceLock<HashSet<&'static str>> = OnceLock::new();
    let words = WORDS.get_or_init(|| {
        let files = embedded_sql::installed().into_iter().filter(|file| !file.path.starts_with("weight/"));
        files
            .flat_map(|file| pieces(file.text))
            .filter_map(|piece| if let Piece::Word(_, named) = piece { Some(named) } else { None })
            .collect()
    });
    words.contains(name)
}

/// Takes SQL apart as the engine does.
pub(super) fn pieces(sql: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = sql;
    while let Some(first) = rest.chars().next() {
        let (piece, length) = next(rest, first);
        pieces.push(piece);
        rest = &rest[length..];
    }
    pieces
}

fn next(rest: &str, first: char) -> (Piece<'_>, usize) {
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '$';
    let run = |from: usize, is_in: &dyn Fn(char) -> bool| {
        rest[from..].find(|letter: char| !is_in(letter)).map_or(rest.len(), |place| from + place)
    };
    match first {
        '-' if rest.starts_with("--") => (Piece::Comment, rest.find(['\n', '\r']).unwrap_or(rest.len())),
        '/' if rest.starts_with("/*") => (Piece::Comment, end_of_comment(rest)),
        '\'' => quoted(rest, 0, '\'', false),
        '"' => {
            let (piece, length) = quoted(rest, 0, '"', false);
            let Piece::Literal(name) = piece else { return (piece, length) };
            (Piece::Word(&rest[..length], name), length)
        }
        '$' => dollar(rest),
        _ if first.is_ascii_digit()
            || (first == '.' && rest[1..].starts_with(|c: char| c.is_ascii_digit())) =>
        {
            let end = number(rest);
            (Piece::Literal(&rest[..end]), end)
        }
        // e'...' has escapes, x'...' and b'...' are bytes.
        'e' | 'E' if rest[1..].starts_with('\'') => quoted(rest, 1, '\'', true),
        'x' | 'X' | 'b' | 'B' if rest[1..].starts_with('\'') => quoted(rest, 1, '\'', false),
        _ if first.is_alphabetic() || first == '_' || !first.is_ascii() => {
            let end = run(0, &|letter| is_word(letter) || !letter.is_ascii());
            (Piece::Word(&rest[..end], &rest[..end]), end)
        }
        _ => (Piece::Other(&rest[..first.len_utf8()]), first.len_utf8()),
    }
}

/// What stands between quotes, of which the first is at a byte; a doubled one is one of the text.
fn quoted(rest: &str, quote: usize, sign: char, has_escapes: bool) -> (Piece<'_>, usize) {
    let start = quote + 1;
    let mut letters = rest[start..].char_indices().peekable();
    while let Some((place, letter)) = letters.next() {
        if has_escapes && letter == '\\' {
            letters.next();
        } else if letter == sign && letters.next_if(|(_, next)| *next == sign).is_none() {
            return (Piece::Literal(&rest[start..start + place]), start + place + 1);
        }
    }
    (Piece::Literal(&rest[start..]), rest.len())
}

/// `$name` and `$1` are parameters; `$$text$$` and `$tag$text$tag$` are texts.
fn dollar(rest: &str) -> (Piece<'_>, usize) {
    let word = rest[1..].find(|letter: char| !(letter.is_alphanumeric() || letter == '_'));
    let end = word.map_or(rest.len(), |place| place + 1);
    let is_tag =
        rest[end..].starts_with('$') && !rest[1..].starts_with(|letter: char| letter.is_ascii_digit());
    if !is_tag {
        return (Piece::Word(&rest[..end], &rest[1..end]), end);
    }
    let (tag, start) = (&rest[..=end], end + 1);
    rest[start..].find(tag).map_or((Piece::Literal(&rest[start..]), rest.len()), |place| {
        (Piece::Literal(&rest[start..start + place]), start + place + tag.len())
    })
}

fn number(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let digits = |from: usize| {
        from + bytes[from..].iter().take_while(|byte| byte.is_ascii_digit() || **byte == b'_').count()
    };
    let mut end = digits(0);
    if bytes.get(end) == Some(&b'.') {
        end = digits(end + 1);
    }
    if matches!(bytes.get(end), Some(b'e' | b'E')) {
        let sign = end + 1 + usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
        if bytes.get(sign).is_some_and(u8::is_ascii_digit) {
            end = digits(sign);
        }
    }
    end
}

/// Comments stand within comments.
fn end_of_comment(rest: &str) -> usize {
    let (mut depth, mut place) = (0_usize, 0);
    let bytes = rest.as_bytes();
    while place < bytes.len() {
        match bytes.get(place..place + 2) {
            Some(b"/*") => (depth, place) = (depth + 1, place + 2),
            Some(b"*/") => {
                (depth, place) = (depth.saturating_sub(1), place + 2);
                if depth == 0 {
                    return place;
                }
            }
            _ => place += 1,
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> Key {
        let folder = tempfile::tempdir().expect("folder");
        Key::open(&folder.path().join("key")).expect("key")
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

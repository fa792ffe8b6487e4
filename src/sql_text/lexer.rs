//! SQL as tokens. Each form was tried on the engine: where a comment, a text, a name or a number ends for the engine, it
//! ends here. What begins like a text, a quoted name or a comment and is not closed goes on to the end.

use std::borrow::Cow;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// A keyword, or a name without quotes.
    Word,
    /// A name in double quotes.
    QuotedName,
    /// A text, with all that quotes it: `'a'`, `e'a'`, `x'0A'`, `$$a$$`, `$tag$a$tag$`.
    Text,
    Number,
    /// A name or a number after a dollar.
    Placeholder,
    /// One character of anything else.
    Sign,
    /// A comment, the line end after it not included.
    Comment,
}

/// A token of SQL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token<'a> {
    pub(crate) text: &'a str,
    /// Byte of the SQL at which it begins.
    pub(crate) begin: usize,
    pub(crate) kind: TokenKind,
}

impl<'a> Token<'a> {
    /// True for this keyword, in either case, or for this sign.
    pub(crate) fn is(&self, word: &str) -> bool {
        matches!(self.kind, TokenKind::Word | TokenKind::Sign) && self.text.eq_ignore_ascii_case(word)
    }

    /// Byte of the SQL after its last.
    pub(crate) fn end(&self) -> usize {
        self.begin + self.text.len()
    }

    /// What a text or a name says, without its quotes and escapes; a placeholder without its dollar.
    pub(crate) fn value(&self) -> Cow<'a, str> {
        match self.kind {
            TokenKind::QuotedName => undoubled(inside(self.text, 0), "\""),
            TokenKind::Placeholder => Cow::Borrowed(&self.text[1..]),
            TokenKind::Text => match self.text.as_bytes()[0] {
                b'\'' => undoubled(inside(self.text, 0), "'"),
                b'$' => Cow::Borrowed(inside_dollars(self.text)),
                b'e' | b'E' => Cow::Owned(unescaped(inside(self.text, 1))),
                _ => Cow::Borrowed(inside(self.text, 1)),
            },
            _ => Cow::Borrowed(self.text),
        }
    }

    /// True for a text that is closed, and for every token that is no text.
    pub(crate) fn is_closed(&self) -> bool {
        self.kind != TokenKind::Text || text_length(self.text) == Some(self.text.len())
    }

    /// True for what may name something: a word, a name in quotes, a placeholder.
    pub(crate) fn is_name(&self) -> bool {
        matches!(self.kind, TokenKind::Word | TokenKind::QuotedName | TokenKind::Placeholder)
    }
}

/// The tokens of SQL without its comments.
pub(crate) fn code_tokens(sql: &str) -> Vec<Token<'_>> {
    tokens(sql).into_iter().filter(|token| token.kind != TokenKind::Comment).collect()
}

/// The tokens of SQL, comments among them, white space not.
pub(crate) fn tokens(sql: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut begin = 0;
    while let Some(first) = sql[begin..].chars().next() {
        if is_space(first) {
            begin += first.len_utf8();
            continue;
        }
        let (length, kind) = first_token(&sql[begin..], first);
        found.push(Token { text: &sql[begin..begin + length], begin, kind });
        begin += length;
    }
    found
}

/// Length and kind of the token that a text begins with.
fn first_token(rest: &str, first: char) -> (usize, TokenKind) {
    let is_followed_by = |quote: char| rest[first.len_utf8()..].starts_with(quote);
    match first {
        '-' if is_followed_by('-') => (rest.find(['\n', '\r']).unwrap_or(rest.len()), TokenKind::Comment),
        '/' if is_followed_by('*') => (comment_length(rest), TokenKind::Comment),
        '"' => (quoted_length(rest, 0, false).unwrap_or(rest.len()), TokenKind::QuotedName),
        '\'' => (text_length(rest).unwrap_or(rest.len()), TokenKind::Text),
        'e' | 'E' | 'x' | 'X' | 'b' | 'B' if is_followed_by('\'') => {
            (text_length(rest).unwrap_or(rest.len()), TokenKind::Text)
        }
        '$' => dollar_token(rest),
        '0'..='9' => (number_length(rest), TokenKind::Number),
        '.' if rest[1..].starts_with(|next: char| next.is_ascii_digit()) => {
            (number_length(rest), TokenKind::Number)
        }
        _ if is_of_word(first) => (
            rest.find(|letter| !(is_of_word(letter) || letter == '$')).unwrap_or(rest.len()),
            TokenKind::Word,
        ),
        _ => (first.len_utf8(), TokenKind::Sign),
    }
}

/// White space of the engine's.
fn is_space(letter: char) -> bool {
    letter.is_whitespace() || letter == '\u{200b}'
}

fn is_of_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_' || !(letter.is_ascii() || is_space(letter))
}

/// Length of a text with all that quotes it; nothing where it is not closed.
fn text_length(text: &str) -> Option<usize> {
    if text.starts_with('$') {
        let tag = tag_of(text);
        return text[tag.len()..].find(tag).map(|place| tag.len() + place + tag.len());
    }
    quoted_length(text, usize::from(!text.starts_with('\'')), text.starts_with(['e', 'E']))
}

/// Length of what is quoted by the sign at a byte, where a doubled sign stands for one; nothing where it is not closed.
fn quoted_length(text: &str, quote: usize, has_escapes: bool) -> Option<usize> {
    let sign = char::from(text.as_bytes()[quote]);
    let mut letters = text[quote + 1..].char_indices().peekable();
    while let Some((place, letter)) = letters.next() {
        if has_escapes && letter == '\\' {
            letters.next();
        } else if letter == sign && letters.next_if(|(_, next)| *next == sign).is_none() {
            return Some(quote + 1 + place + 1);
        }
    }
    None
}

/// `$name` and `$1` are placeholders; `$$text$$` and `$tag$text$tag$` are texts.
fn dollar_token(rest: &str) -> (usize, TokenKind) {
    let name = &rest[1..];
    if name.starts_with(|letter: char| letter.is_ascii_digit()) {
        let digits = name.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(name.len());
        return (1 + digits, TokenKind::Placeholder);
    }
    let end = 1 + name.find(|letter| !is_of_word(letter)).unwrap_or(name.len());
    if rest[end..].starts_with('$') {
        return (text_length(rest).unwrap_or(rest.len()), TokenKind::Text);
    }
    (end, if end == 1 { TokenKind::Sign } else { TokenKind::Placeholder })
}

/// Digits with underscores between them, a fraction, an exponent.
fn number_length(rest: &str) -> usize {
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

/// A comment may hold comments.
fn comment_length(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let (mut depth, mut place) = (0_usize, 0);
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

/// What stands between quotes, the first of them at a byte; to the end where they are not closed.
fn inside(text: &str, quote: usize) -> &str {
    let has_escapes = text.starts_with(['e', 'E']);
    let end = quoted_length(text, quote, has_escapes).map_or(text.len(), |length| length - 1);
    &text[quote + 1..end]
}

fn tag_of(text: &str) -> &str {
    text[1..].find('$').map_or(text, |place| &text[..=place + 1])
}

fn inside_dollars(text: &str) -> &str {
    let tag = tag_of(text);
    let rest = &text[tag.len()..];
    rest.strip_suffix(tag).unwrap_or(rest)
}

fn undoubled<'a>(text: &'a str, quote: &str) -> Cow<'a, str> {
    let doubled = quote.repeat(2);
    if text.contains(&doubled) { Cow::Owned(text.replace(&doubled, quote)) } else { Cow::Borrowed(text) }
}

/// A text of `e'...'`: its escapes of one letter, its doubled quotes.
fn unescaped(text: &str) -> String {
    let mut value = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        value.push(match letter {
            '\\' => match letters.next() {
                Some('n') => '\n',
                Some('r') => '\r',
                Some('t') => '\t',
                Some(other) => other,
                None => '\\',
            },
            '\'' => {
                letters.next_if_eq(&'\'');
                '\''
            }
            other => other,
        });
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;
    use duckdb::Connection;

    #[test]
    fn each_token_has_its_kind() {
        use TokenKind::{Comment, Number, Placeholder, QuotedName, Sign, Text, Word};
        let found = tokens("Create /* a */ \"t\" 'x' $y;--z");
        let kinds: Vec<_> = found.iter().map(|token| token.kind).collect();
        assert_eq!(kinds, [Word, Comment, QuotedName, Text, Placeholder, Sign, Comment]);
        assert!(found[0].is("create") && !found[2].is("\"t\""));
        let kinds: Vec<_> =
            tokens("1_0.5e-3 .5 $1 $ a$b E'x' x'0A' é").iter().map(|token| token.kind).collect();
        assert_eq!(kinds, [Number, Number, Placeholder, Sign, Word, Text, Text, Word]);
    }

    #[test]
    fn what_a_token_says_is_without_its_quotes() {
        let values =
            |sql| -> Vec<String> { tokens(sql).iter().map(|token| token.value().into_owned()).collect() };
        assert_eq!(values("'it''s' \"a\"\"b\" $$P1$$ $q$ a $q$ $x"), ["it's", "a\"b", "P1", " a ", "x"]);
        assert_eq!(values(r"e'it\'s' x'AB' 7"), ["it's", "AB", "7"]);
        assert_eq!(values("'open"), ["open"]);
        assert_eq!(values("$$open"), ["open"]);
    }

    #[test]
    fn a_text_that_is_not_closed_is_known() {
        for (sql, is_closed) in [
            ("'a'", true),
            ("'a", false),
            ("'", false),
            ("'a''", false),
            ("e'a\\'", false),
            ("$$a$$", true),
            ("$$a", false),
            ("$q$a$$", false),
            ("$q$a$q$", true),
            ("a", true),
            ("$$", false),
        ] {
            assert_eq!(tokens(sql)[0].is_closed(), is_closed, "{sql}");
        }
    }

    /// Each query yields two columns where the token before the comma ends where it does here.
    #[test]
    fn tokens_end_where_the_engine_ends_them() {
        let engine = Connection::open_in_memory().expect("engine");
        for sql in [
            "select 1 -- x\r, 2",
            "select 1 -- x\n, 2",
            "select 1 /* a /* b, */ , */ , 2",
            "select $a$x, $ $a$, 2",
            "select e'it\\'s, ', 2",
            "select 'it''s, ', 2",
            "select 1 as \"a\"\", \", 2",
            "select 1 as a$b, 2",
            "select 1_000.5e-3, 2",
            "select .5, 2",
            "select 1a, 2",
            "select x'AB', 2",
            "select 1\u{a0}, 2",
            "select \u{200b}1, 2",
            "select 1 as é, 2",
        ] {
            let commas = tokens(sql).iter().filter(|token| token.is(",")).count();
            let columns: i64 = engine
                .query_row(&format!("select count(*) from (describe {sql}\n)"), [], |row| row.get(0))
                .unwrap_or_else(|error| panic!("{sql:?}: {error}"));
            assert_eq!((commas, columns), (1, 2), "{sql:?}");
        }
    }
}

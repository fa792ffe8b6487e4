//! Colours for SQL as it is typed.

use super::vocabulary::{Vocabulary, WordKind};
use crate::sql_text::{TokenKind, code_tokens, tokens};

const KEYWORD: &str = "34";
const TEXT: &str = "32";
const NUMBER: &str = "36";
const OURS: &str = "1";
const COMMENT: &str = "2";

/// The same text, its words in colours; as wide as before.
pub(crate) fn coloured(sql: &str, vocabulary: &Vocabulary) -> String {
    let mut shown = String::with_capacity(sql.len() * 2);
    let mut place = 0;
    for token in tokens(sql) {
        shown.push_str(&sql[place..token.begin]);
        place = token.end();
        let ours =
            || [WordKind::Table, WordKind::Macro].into_iter().any(|kind| vocabulary.has(kind, token.text));
        let colour = match token.kind {
            TokenKind::Text => Some(TEXT),
            TokenKind::Number | TokenKind::Placeholder => Some(NUMBER),
            TokenKind::Comment => Some(COMMENT),
            TokenKind::Word if ours() => Some(OURS),
            TokenKind::Word if vocabulary.has(WordKind::Keyword, token.text) => Some(KEYWORD),
            _ => None,
        };
        match colour {
            Some(colour) => {
                for part in [&format!("\u{1b}[{colour}m"), token.text, "\u{1b}[0m"] {
                    shown.push_str(part);
                }
            }
            None => shown.push_str(token.text),
        }
    }
    shown.push_str(&sql[place..]);
    shown
}

/// True where a text is to be run: a dot command, or SQL that ends with a semicolon or an empty line.
pub(crate) fn is_whole(text: &str) -> bool {
    if text.trim().is_empty() || text.trim_start().starts_with('.') {
        return true;
    }
    let tokens = code_tokens(text);
    let last = tokens.last();
    let is_open = last.is_some_and(|last| !last.is_closed());
    !is_open && (last.is_some_and(|last| last.is(";")) || text.ends_with('\n'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explore::vocabulary::Word;

    #[test]
    fn colours_change_nothing_but_colours() {
        let keyword = Word {
            kind: WordKind::Keyword,
            owner: String::new(),
            word: "select".to_owned(),
            shown: "select".to_owned(),
        };
        let vocabulary = Vocabulary { words: vec![keyword] };
        let sql = "SELECT 'é', 12 -- why\n from \"t\" ;";
        let shown = coloured(sql, &vocabulary);
        assert!(shown.starts_with("\u{1b}[34mSELECT\u{1b}[0m \u{1b}[32m'é'\u{1b}[0m, "), "{shown:?}");
        let mut plain = shown;
        for colour in [KEYWORD, TEXT, NUMBER, OURS, COMMENT, "0"] {
            plain = plain.replace(&format!("\u{1b}[{colour}m"), "");
        }
        assert_eq!(plain, sql);
    }

    #[test]
    fn a_statement_is_whole_at_its_semicolon_or_an_empty_line() {
        for whole in ["", ".tables", "select 1;", "select 1; -- so", "select 1\n\n", "select ';';"] {
            assert!(is_whole(whole), "{whole:?}");
        }
        for open in ["select 1", "select ';'", "select ';", "select 'a\n", "select 1 -- ;", "select $$a;\n"] {
            assert!(!is_whole(open), "{open:?}");
        }
    }
}

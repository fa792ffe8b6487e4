//! Splitting SQL into statements, and finding its placeholders, without asking the engine:
//! preparing two statements at once would run the first.

use std::collections::BTreeSet;

/// A piece of SQL: code, or a literal, a quoted name or a comment.
enum Piece<'a> {
    Code(&'a str),
    Other(&'a str),
}

fn pieces(sql: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = sql;
    let mut code = 0;
    while code < rest.len() {
        let tail = &rest[code..];
        let opening = ["'", "\"", "--", "/*"].into_iter().find(|opening| tail.starts_with(opening));
        if let Some(opening) = opening {
            let closing = match opening {
                "--" => "\n",
                "/*" => "*/",
                quote => quote,
            };
            let length = tail[opening.len()..]
                .find(closing)
                .map_or(tail.len(), |found| opening.len() + found + closing.len());
            pieces.push(Piece::Code(&rest[..code]));
            pieces.push(Piece::Other(&tail[..length]));
            rest = &tail[length..];
            code = 0;
        } else {
            code += tail.chars().next().map_or(1, char::len_utf8);
        }
    }
    pieces.push(Piece::Code(rest));
    pieces
}

/// The statements of a text, each without its semicolon; stretches of comments alone are none.
pub(crate) fn statements(sql: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut statement = String::new();
    let mut has_code = false;
    let mut end = |statement: &mut String, has_code: &mut bool| {
        if std::mem::take(has_code) {
            found.push(statement.trim().to_owned());
        }
        statement.clear();
    };
    for piece in pieces(sql) {
        match piece {
            Piece::Other(text) => {
                has_code |= !(text.starts_with("--") || text.starts_with("/*"));
                statement.push_str(text);
            }
            Piece::Code(text) => {
                for (number, part) in text.split(';').enumerate() {
                    if number > 0 {
                        end(&mut statement, &mut has_code);
                    }
                    has_code |= !part.trim().is_empty();
                    statement.push_str(part);
                }
            }
        }
    }
    end(&mut statement, &mut has_code);
    found
}

/// The names after a dollar in code.
pub(crate) fn placeholders(sql: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for piece in pieces(sql) {
        let Piece::Code(text) = piece else { continue };
        for after in text.split('$').skip(1) {
            let is_name = |letter: &char| letter.is_ascii_alphanumeric() || *letter == '_';
            let name: String = after.chars().take_while(is_name).collect();
            if !name.is_empty() {
                names.insert(name);
            }
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_semicolon_in_a_literal_or_comment_ends_nothing() {
        let found = statements("select ';' as a; -- one; two\nselect \";\" from t; -- nothing\n");
        assert_eq!(found, ["select ';' as a", "-- one; two\nselect \";\" from t"]);
    }

    #[test]
    fn a_doubled_quote_stays_in_its_literal() {
        assert_eq!(statements("select 'it''s; so'; select 2").len(), 2);
    }

    #[test]
    fn placeholders_are_read_from_code_alone() {
        let found = placeholders("select '$no', $yes -- $neither\n, $also_2");
        assert_eq!(found.into_iter().collect::<Vec<_>>(), ["also_2", "yes"]);
    }
}

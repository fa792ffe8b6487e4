//! Words and signs of Rust and SQL, without comments and literals.

#[derive(Clone, Copy)]
pub(crate) struct Token<'a> {
    pub(crate) text: &'a str,
    pub(crate) line: usize,
}

impl Token<'_> {
    pub(crate) fn is_word(self) -> bool {
        self.text.starts_with(|letter: char| letter.is_alphabetic() || letter == '_')
    }
}

pub(crate) fn rust(text: &str) -> Vec<Token<'_>> {
    tokens(text, length_left_out_of_rust)
}

pub(crate) fn sql(text: &str) -> Vec<Token<'_>> {
    tokens(text, length_left_out_of_sql)
}

fn tokens(text: &str, length_left_out: fn(&str) -> Option<usize>) -> Vec<Token<'_>> {
    let (mut found, mut rest, mut line) = (Vec::new(), text, 1);
    while let Some(first) = rest.chars().next() {
        let left_out = length_left_out(rest);
        let length = left_out.unwrap_or_else(|| match length_of_word(rest) {
            0 if rest.starts_with("::") => 2,
            0 => first.len_utf8(),
            word => word,
        });
        if left_out.is_none() && !first.is_whitespace() {
            found.push(Token { text: &rest[..length], line });
        }
        line += rest[..length].matches('\n').count();
        rest = &rest[length..];
    }
    found
}

fn length_of_word(text: &str) -> usize {
    text.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(text.len())
}

/// Length up to the end of a mark that is looked for behind the first bytes.
fn until(text: &str, from: usize, end: &str) -> usize {
    text[from..].find(end).map_or(text.len(), |found| from + found + end.len())
}

fn length_left_out_of_sql(text: &str) -> Option<usize> {
    match text.as_bytes() {
        [b'-', b'-', ..] => Some(until(text, 2, "\n")),
        [b'/', b'*', ..] => Some(until(text, 2, "*/")),
        [b'\'', ..] => Some(until(text, 1, "'")),
        [b'"', ..] => Some(until(text, 1, "\"")),
        _ => None,
    }
}

/// A lifetime is left out too.
fn length_left_out_of_rust(text: &str) -> Option<usize> {
    match text.as_bytes() {
        [b'/', b'/', ..] => Some(until(text, 2, "\n")),
        [b'/', b'*', ..] => Some(until(text, 2, "*/")),
        [b'r', b'"' | b'#', ..] => {
            let hashes = text[1..].len() - text[1..].trim_start_matches('#').len();
            let is_text = text[1 + hashes..].starts_with('"');
            is_text.then(|| until(text, 2 + hashes, &format!("\"{}", "#".repeat(hashes))))
        }
        [b'\'', ..] if !text[1..].starts_with('\\') && text.chars().nth(2) != Some('\'') => {
            Some(1 + length_of_word(&text[1..]))
        }
        [quote @ (b'"' | b'\''), ..] => {
            let mut bytes = text.bytes().enumerate().skip(1);
            while let Some((place, byte)) = bytes.next() {
                match byte {
                    b'\\' => drop(bytes.next()),
                    _ if byte == *quote => return Some(place + 1),
                    _ => {}
                }
            }
            Some(text.len())
        }
        _ => None,
    }
}

/// The code of a Rust file without what is only there for tests, and the modules among that.
pub(crate) fn without_tests(text: &str) -> (Vec<Token<'_>>, Vec<&str>) {
    let mark = ["#", "[", "cfg", "(", "test", ")", "]"];
    let all = rust(text);
    let (mut code, mut of_tests, mut place) = (Vec::new(), Vec::new(), 0);
    while place < all.len() {
        if !all[place..].iter().map(|token| token.text).take(mark.len()).eq(mark) {
            code.push(all[place]);
            place += 1;
            continue;
        }
        let end = end_of_item(&all, place + mark.len());
        let names = all[place..end].windows(2).filter(|pair| pair[0].text == "mod");
        of_tests.extend(names.map(|pair| pair[1].text));
        place = end;
    }
    (code, of_tests)
}

/// The place after the semicolon or the closing brace of the item that begins at a place.
pub(crate) fn end_of_item(code: &[Token], begin: usize) -> usize {
    let mut depth = 0_usize;
    for (place, token) in code.iter().enumerate().skip(begin) {
        match token.text {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && [";", "}"].contains(&token.text) {
            return place + 1;
        }
    }
    code.len()
}

#[test]
fn literals_comments_and_tests_are_left_out() {
    let text = "fn a<'b>() { 'x'; '\\''; \"crate::c\\\"\"; r#\"\"d\"\"#; } // e\n/* f */ #[cfg(test)] mod g { h } #[cfg(test)]\nmod i; j";
    let (code, of_tests) = without_tests(text);
    let words: Vec<_> =
        code.iter().filter(|token| token.is_word()).map(|token| (token.text, token.line)).collect();
    assert_eq!(words, [("fn", 1), ("a", 1), ("j", 3)]);
    assert_eq!(of_tests, ["g", "i"]);
    let words: Vec<_> = sql("a -- b\n'c -- ''d' \"e\" /* f */ g").iter().map(|token| token.text).collect();
    assert_eq!(words, ["a", "g"]);
}

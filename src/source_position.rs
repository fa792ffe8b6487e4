//! Where in a text file something is.

/// `file:line:column` of a byte of a text; lines and columns are counted from one, columns in characters. A byte past the
/// end is the end.
pub(crate) fn at(origin: &str, text: &str, byte: usize) -> String {
    let before = text.get(..byte.min(text.len())).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    format!("{origin}:{line}:{column}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_is_counted_in_lines_and_characters() {
        let text = "/*\né = 1\n*/ select 'é', x";
        let byte = text.find(", x").map_or(0, |found| found + 2);
        assert_eq!(at("r.sql", text, byte), "r.sql:3:16");
        assert_eq!(at("r.sql", text, 0), "r.sql:1:1");
        assert_eq!(at("r.sql", text, 9_999), "r.sql:3:17");
    }
}

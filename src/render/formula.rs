//! Texts that a spreadsheet would take for a formula when it opens a file.

/// True where a spreadsheet may run a text: it begins with `=`, `+`, `-`, `@`, a tab or a line break, also
/// in full width, also behind spaces, quotes or signs without width. The signs are those of OWASP's page
/// "CSV Injection".
pub(super) fn is_formula(text: &str) -> bool {
    // Most texts begin with a letter or a digit.
    if text.as_bytes().first().is_none_or(u8::is_ascii_alphanumeric) {
        return false;
    }
    for sign in text.chars() {
        match sign {
            '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '\u{ff1d}' | '\u{ff0b}' | '\u{ff0d}'
            | '\u{ff20}' => {
                return true;
            }
            // Minus sign and its small form: some locales read them as the hyphen.
            '\u{2212}' | '\u{fe63}' | '\u{fe62}' | '\u{fe66}' | '\u{fe6b}' => return true,
            '"' | '\'' | '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}' => {}
            sign if sign.is_whitespace() || sign.is_control() => {}
            _ => return false,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::is_formula;

    #[test]
    fn what_a_spreadsheet_may_run_is_found() {
        let signs = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"];
        for sign in signs {
            for before in ["", " ", "\u{a0}", "\"", "'", "\u{feff}", "\u{0}", " \" "] {
                assert!(is_formula(&format!("{before}{sign}cmd|' /C calc'!A0")), "{before:?}{sign:?}");
            }
        }
    }

    #[test]
    fn what_it_shows_as_it_is_stays() {
        for text in
            ["", "P-1", "a=b", "Wounding – with intent", "(-1)", "'quoted'", "10%", "ß=1", " ", "\u{301}="]
        {
            assert!(!is_formula(text), "{text:?}");
        }
    }
}

//! Texts of people and of files as a terminal may get them: signs that move the cursor, change colours, turn the direction
//! of writing or are not seen become a mark.

use std::io::{self, Write};

const MARK: char = '\u{fffd}';
/// Bytes of the longest character.
const LONGEST: usize = 4;

/// True for a sign that a terminal obeys or nobody sees. The joiner of signs is none: it makes one of several.
fn is_unsafe(sign: char) -> bool {
    sign.is_control()
        || matches!(
            sign,
            '\u{ad}'
                | '\u{61c}'
                | '\u{180e}'
                | '\u{200b}'
                | '\u{200e}'
                | '\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{2069}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

/// A text of one line.
pub(crate) fn clean(text: &str) -> String {
    text.chars().map(|sign| if is_unsafe(sign) { MARK } else { sign }).collect()
}

/// A text of several lines: line ends and tabs stay.
pub(crate) fn clean_lines(text: &str) -> String {
    text.chars()
        .map(|sign| if is_unsafe(sign) && !matches!(sign, '\n' | '\t') { MARK } else { sign })
        .collect()
}

/// Cleans what is written through it, as [`clean_lines`] does, whatever the pieces in which it comes.
pub(crate) struct CleanWriter<W: Write> {
    inner: W,
    /// The beginning of a character that has not come whole.
    pending: Vec<u8>,
}

impl<W: Write> CleanWriter<W> {
    pub(crate) fn new(inner: W) -> Self {
        Self { inner, pending: Vec::new() }
    }

    /// Writes what is left, and gives back what it wrote to.
    pub(crate) fn into_inner(mut self) -> io::Result<W> {
        if !self.pending.is_empty() {
            self.inner.write_all("\u{fffd}".as_bytes())?;
        }
        Ok(self.inner)
    }
}

impl<W: Write> Write for CleanWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.pending.extend_from_slice(bytes);
        let whole = match std::str::from_utf8(&self.pending) {
            Ok(text) => text.len(),
            // Only the last character may come later; what is no UTF-8 is marked.
            Err(error)
                if error.error_len().is_none() && self.pending.len() - error.valid_up_to() < LONGEST =>
            {
                error.valid_up_to()
            }
            Err(_) => self.pending.len(),
        };
        let text = clean_lines(&String::from_utf8_lossy(&self.pending[..whole]));
        self.pending.drain(..whole);
        self.inner.write_all(text.as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_obeys_is_marked() {
        let hostile = "a\u{1b}[2Jb\rc\u{7}\u{9b}31m\u{202e}d\u{200b}\u{feff}e";
        let seen = "a\u{fffd}[2Jb\u{fffd}c\u{fffd}\u{fffd}31m\u{fffd}d\u{fffd}\u{fffd}e";
        assert_eq!(clean(hostile), seen);
        assert_eq!(clean("a\nb\tc"), "a\u{fffd}b\u{fffd}c");
        assert_eq!(clean_lines("a\nb\tc\u{1b}"), "a\nb\tc\u{fffd}");
        let family = "👨‍👩‍👧‍👦 é 強";
        assert_eq!(clean(family), family);
    }

    #[test]
    fn it_is_clean_in_whatever_pieces_it_comes() {
        let text = "é\u{9b}強\u{202e}x\n".repeat(3);
        for length in 1..8 {
            let mut writer = CleanWriter::new(Vec::new());
            for piece in text.as_bytes().chunks(length) {
                writer.write_all(piece).expect("written");
            }
            let written = writer.into_inner().expect("written");
            assert_eq!(String::from_utf8(written).expect("UTF-8"), clean_lines(&text), "{length}");
        }
        let mut writer = CleanWriter::new(Vec::new());
        writer.write_all(b"a\xff\xe5").expect("written");
        assert_eq!(writer.into_inner().expect("written"), "a\u{fffd}\u{fffd}".as_bytes());
    }
}

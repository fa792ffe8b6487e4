//! One look through a whole CSV file before the engine reads it: what the engine would not say.

use super::encoding::is_undefined_in_windows_1252;
use super::lines::{LineEnd, Lines, Piece};
use memchr::memchr;
use std::io::{self, Read};

/// What a look through a CSV file found. Lines are counted from 1; one with quoted line breaks counts once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Survey {
    /// First line with bytes that are not UTF-8.
    pub(crate) first_not_utf8: Option<i64>,
    /// True where letters beyond ASCII stand in UTF-8.
    pub(crate) has_utf8_letters: bool,
    /// True where a byte has no meaning in windows-1252.
    pub(crate) has_undefined: bool,
    /// First line with a zero byte.
    pub(crate) first_zero: Option<i64>,
    /// Lines that end in LF, in CR and LF, in CR.
    pub(crate) ends: [u64; 3],
    /// First line that ends otherwise than the first of all.
    pub(crate) first_other_end: Option<i64>,
    pub(crate) empty_lines: Vec<i64>,
    /// Line on which a quote opens that is never closed.
    pub(crate) open_quote: Option<i64>,
    /// True where the last line holds something and does not end.
    pub(crate) is_last_line_open: bool,
    /// Lines in all, the header among them, empty ones not.
    pub(crate) lines: i64,
}

impl Survey {
    /// Looks through a file.
    pub(crate) fn of(mut from: impl Read, delimiter: u8, quote: Option<u8>) -> io::Result<Self> {
        let mut survey = Self::default();
        let mut lines = Lines::new(delimiter, quote);
        let mut buffer = vec![0; 1 << 16];
        let mut letters = Letters::default();
        let mut place = Place { line: 1, ..Place::default() };
        let mut is_first = true;
        loop {
            if crate::cancellation::is_cancelled() {
                return Err(io::ErrorKind::Interrupted.into());
            }
            let length = super::encoding::read_full(&mut from, &mut buffer)?;
            let mut chunk = &buffer[..length];
            if std::mem::take(&mut is_first) {
                chunk = chunk.strip_prefix(b"\xef\xbb\xbf").unwrap_or(chunk);
            }
            lines.chunk(chunk, &mut |piece| survey.take(piece, &mut letters, &mut place));
            if length < buffer.len() {
                break;
            }
        }
        if lines.finish(&mut |piece| survey.take(piece, &mut letters, &mut place)) {
            survey.open_quote = Some(place.line);
        }
        letters.end(&mut survey, place.line);
        if place.has_text {
            survey.lines += 1;
            survey.is_last_line_open = true;
        }
        Ok(survey)
    }

    fn take(&mut self, piece: Piece<'_>, letters: &mut Letters, place: &mut Place) {
        match piece {
            Piece::Text(text) => {
                place.has_text = true;
                if self.first_zero.is_none() && memchr(0, text).is_some() {
                    self.first_zero = Some(place.line);
                }
                letters.take(text, self, place.line);
            }
            Piece::End(end) => {
                letters.end(self, place.line);
                self.ends[end as usize] += 1;
                if *place.first_end.get_or_insert(end) != end && self.first_other_end.is_none() {
                    self.first_other_end = Some(place.line);
                }
                if std::mem::take(&mut place.has_text) {
                    self.lines += 1;
                } else {
                    self.empty_lines.push(place.line);
                }
                place.line += 1;
            }
        }
    }

    /// Lines that end in a way.
    pub(crate) fn ending_in(&self, end: LineEnd) -> u64 {
        self.ends[end as usize]
    }
}

#[derive(Default)]
struct Place {
    line: i64,
    has_text: bool,
    first_end: Option<LineEnd>,
}

/// Checks UTF-8 across the borders of pieces.
#[derive(Default)]
struct Letters {
    begun: Vec<u8>,
}

impl Letters {
    fn take(&mut self, text: &[u8], survey: &mut Survey, line: i64) {
        if self.begun.is_empty() && text.is_ascii() {
            return;
        }
        survey.has_undefined |= text.iter().any(|byte| is_undefined_in_windows_1252(*byte));
        self.begun.extend_from_slice(text);
        let bytes = std::mem::take(&mut self.begun);
        let mut rest = bytes.as_slice();
        while !rest.is_empty() {
            let (valid, bad) = match std::str::from_utf8(rest) {
                Ok(_) => (rest.len(), 0),
                Err(error) => {
                    let valid = error.valid_up_to();
                    let Some(bad) = error.error_len() else {
                        survey.has_utf8_letters |= !rest[..valid].is_ascii();
                        self.begun = rest[valid..].to_vec();
                        return;
                    };
                    (valid, bad)
                }
            };
            survey.has_utf8_letters |= !rest[..valid].is_ascii();
            if bad > 0 {
                survey.first_not_utf8.get_or_insert(line);
            }
            rest = &rest[valid + bad..];
        }
    }

    /// A line ends: so does its last letter.
    fn end(&mut self, survey: &mut Survey, line: i64) {
        if !std::mem::take(&mut self.begun).is_empty() {
            survey.first_not_utf8.get_or_insert(line);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives a file byte by byte.
    struct Slow<'a>(&'a [u8]);

    impl Read for Slow<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let length = self.0.len().min(1).min(buffer.len());
            buffer[..length].copy_from_slice(&self.0[..length]);
            self.0 = &self.0[length..];
            Ok(length)
        }
    }

    fn survey(bytes: &[u8]) -> Survey {
        Survey::of(Slow(bytes), b',', Some(b'"')).expect("read")
    }

    #[test]
    fn empty_lines_are_counted_outside_quotes_alone() {
        let found = survey(b"a,b\n\n1,\"x\n\ny\"\n\n2,3");
        assert_eq!((found.empty_lines, found.lines, found.open_quote), (vec![2, 4], 3, None));
    }

    #[test]
    fn a_quote_that_never_closes_is_placed() {
        assert_eq!(survey(b"a,b\n1,2\n3,\"4\n5,6\n").open_quote, Some(3));
    }

    #[test]
    fn line_ends_are_told_apart() {
        let found = survey(b"a,b\r\n1,2\n3,4\r\n");
        assert_eq!((found.ends, found.first_other_end), ([1, 2, 0], Some(2)));
    }

    #[test]
    fn letters_that_are_not_utf8_are_placed_and_told_from_those_that_are() {
        let found = survey("\u{feff}a,b\né,2\n".as_bytes());
        assert_eq!((found.first_not_utf8, found.has_utf8_letters), (None, true));
        let found = survey(b"a,b\n1,2\n\xe9,2\n");
        assert_eq!(
            (found.first_not_utf8, found.has_utf8_letters, found.has_undefined),
            (Some(3), false, false)
        );
        assert!(survey(b"a,b\n\x81,2\n").has_undefined);
        assert_eq!(survey(b"a,b\n1,\xc3\n2,3\n").first_not_utf8, Some(2));
        assert_eq!(survey(b"a,b\n1,\0\n").first_zero, Some(2));
    }
}

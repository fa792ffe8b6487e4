//! Lines of a CSV file told apart as the engine tells them apart: a line break between quotes ends no line.

use memchr::{memchr, memchr2, memchr3};

/// What ends a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LineEnd {
    Lf,
    /// Carriage return and line feed.
    CrLf,
    Cr,
}

/// A piece of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// Bytes within a line; a line may come in several pieces.
    Text(&'a [u8]),
    /// The end of a line.
    End(LineEnd),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Outside,
    Inside,
    /// Behind a quote that closes the field, or is the first of two that stand for one.
    QuoteInside,
}

/// Goes through a file chunk by chunk.
#[derive(Clone, Debug)]
pub(crate) struct Lines {
    delimiter: u8,
    quote: Option<u8>,
    state: State,
    previous: u8,
    has_return: bool,
}

impl Lines {
    /// At the start of a file, behind its byte order mark.
    pub(crate) fn new(delimiter: u8, quote: Option<u8>) -> Self {
        Self { delimiter, quote, state: State::Outside, previous: b'\n', has_return: false }
    }

    /// Takes the next chunk apart.
    pub(crate) fn chunk(&mut self, chunk: &[u8], take: &mut impl FnMut(Piece<'_>)) {
        let (mut from, mut at) = (0, 0);
        while at < chunk.len() {
            if self.has_return {
                self.has_return = false;
                let is_pair = chunk[at] == b'\n';
                take(Piece::End(if is_pair { LineEnd::CrLf } else { LineEnd::Cr }));
                self.previous = b'\n';
                if is_pair {
                    at += 1;
                    from = at;
                    continue;
                }
            }
            match self.state {
                State::QuoteInside if Some(chunk[at]) == self.quote => {
                    self.state = State::Inside;
                    at += 1;
                }
                State::QuoteInside => self.state = State::Outside,
                State::Inside => match self.quote.and_then(|quote| memchr(quote, &chunk[at..])) {
                    Some(place) => {
                        self.state = State::QuoteInside;
                        at += place + 1;
                    }
                    None => at = chunk.len(),
                },
                State::Outside => {
                    let Some(place) = self.next_sign(&chunk[at..]) else { break };
                    let place = at + place;
                    at = place + 1;
                    if Some(chunk[place]) == self.quote {
                        let before = if place == 0 { self.previous } else { chunk[place - 1] };
                        if before == self.delimiter || matches!(before, b'\n' | b'\r') {
                            self.state = State::Inside;
                        }
                        continue;
                    }
                    if from < place {
                        take(Piece::Text(&chunk[from..place]));
                    }
                    from = at;
                    if chunk[place] == b'\n' {
                        take(Piece::End(LineEnd::Lf));
                    } else {
                        self.has_return = true;
                    }
                }
            }
        }
        if from < chunk.len() {
            take(Piece::Text(&chunk[from..]));
        }
        self.previous = chunk.last().copied().unwrap_or(self.previous);
    }

    /// Ends the file. True where a quote is still open.
    pub(crate) fn finish(&mut self, take: &mut impl FnMut(Piece<'_>)) -> bool {
        if std::mem::take(&mut self.has_return) {
            take(Piece::End(LineEnd::Cr));
        }
        self.state == State::Inside
    }

    fn next_sign(&self, bytes: &[u8]) -> Option<usize> {
        match self.quote {
            Some(quote) => memchr3(quote, b'\n', b'\r', bytes),
            None => memchr2(b'\n', b'\r', bytes),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Lines and their ends, the file cut into chunks of this size.
    fn lines(text: &str, size: usize) -> (Vec<(String, Option<LineEnd>)>, bool) {
        let mut lines = Vec::new();
        let mut line = Vec::new();
        let mut scanner = Lines::new(b',', Some(b'"'));
        let mut take = |piece: Piece<'_>| match piece {
            Piece::Text(text) => line.extend_from_slice(text),
            Piece::End(end) => {
                lines.push((String::from_utf8(std::mem::take(&mut line)).expect("text"), Some(end)));
            }
        };
        for chunk in text.as_bytes().chunks(size) {
            scanner.chunk(chunk, &mut take);
        }
        let is_open = scanner.finish(&mut take);
        if !line.is_empty() {
            lines.push((String::from_utf8(line).expect("text"), None));
        }
        (lines, is_open)
    }

    #[test]
    fn a_break_between_quotes_ends_no_line() {
        let (found, is_open) = lines("a,\"b\n\"\"c\"\r\n\r5\" d\n\"e", 1);
        let texts: Vec<_> = found.iter().map(|(line, _)| line.as_str()).collect();
        assert_eq!(texts, ["a,\"b\n\"\"c\"", "", "5\" d", "\"e"]);
        let ends: Vec<_> = found.iter().map(|(_, end)| *end).collect();
        assert_eq!(ends, [Some(LineEnd::CrLf), Some(LineEnd::Cr), Some(LineEnd::Lf), None]);
        assert!(is_open);
    }

    proptest! {
        #[test]
        fn the_size_of_the_chunks_does_not_matter(text in "[a,\"\r\n]{0,40}", size in 1_usize..9) {
            prop_assert_eq!(lines(&text, size), lines(&text, 1000));
        }

        #[test]
        fn no_byte_is_lost(text in "[a,\"\r\n]{0,40}", size in 1_usize..9) {
            let (found, _) = lines(&text, size);
            let ends = |end| match end {
                Some(LineEnd::Lf) => "\n",
                Some(LineEnd::CrLf) => "\r\n",
                Some(LineEnd::Cr) => "\r",
                None => "",
            };
            let again: String = found.iter().map(|(line, end)| [line, ends(*end)].concat()).collect();
            prop_assert_eq!(again, text);
        }
    }
}

//! How the bytes of a text stand for its letters: given, or told from the bytes.

use clap::ValueEnum;
use clap::builder::PossibleValue;
use encoding_rs::DecoderResult;
use std::io::{self, ErrorKind, Read, Write};

/// An encoding of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// UTF-8, which is what the engine reads.
    Utf8,
    /// UTF-16, the order of its bytes told by the mark at its beginning; without one the lower byte is first.
    Utf16,
    /// UTF-16, lower byte first.
    Utf16Le,
    /// UTF-16, higher byte first.
    Utf16Be,
    /// ISO 8859-1: each byte is the letter of that number.
    Latin1,
    /// What Windows calls ANSI in western Europe, and Excel writes as plain CSV.
    Windows1252,
}

impl Encoding {
    /// The name it is given by.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16 => "utf-16",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
            Self::Latin1 => "latin-1",
            Self::Windows1252 => "windows-1252",
        }
    }

    /// The encoding that the mark at the beginning of a text names, and the length of the mark.
    pub(crate) fn of_mark(head: &[u8]) -> Option<(Self, usize)> {
        match head {
            [0xef, 0xbb, 0xbf, ..] => Some((Self::Utf8, 3)),
            [0xff, 0xfe, ..] => Some((Self::Utf16Le, 2)),
            [0xfe, 0xff, ..] => Some((Self::Utf16Be, 2)),
            _ => None,
        }
    }

    /// UTF-16 without a mark: of two neighbouring bytes of a header, always the same one is zero.
    pub(crate) fn of_zeros(head: &[u8]) -> Option<Self> {
        let pairs: Vec<_> = head.chunks_exact(2).take(32).collect();
        let all = |is_so: fn(&[u8]) -> bool| pairs.len() >= 4 && pairs.iter().all(|pair| is_so(pair));
        if all(|pair| pair[0] != 0 && pair[1] == 0) {
            Some(Self::Utf16Le)
        } else if all(|pair| pair[0] == 0 && pair[1] != 0) {
            Some(Self::Utf16Be)
        } else {
            None
        }
    }

    /// True where a mark that names `marked` may stand at the beginning of a text given as this encoding.
    pub(crate) fn agrees_with(self, marked: Self) -> bool {
        self == marked || (self == Self::Utf16 && matches!(marked, Self::Utf16Le | Self::Utf16Be))
    }
}

impl ValueEnum for Encoding {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Utf8, Self::Utf16, Self::Utf16Le, Self::Utf16Be, Self::Latin1, Self::Windows1252]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let aliases: &[&str] = match self {
            Self::Utf8 => &["utf8"],
            Self::Utf16 => &["utf16"],
            Self::Utf16Le => &["utf16le", "utf-16-le"],
            Self::Utf16Be => &["utf16be", "utf-16-be"],
            Self::Latin1 => &["latin1", "iso-8859-1"],
            Self::Windows1252 => &["cp1252", "cp-1252", "ansi"],
        };
        Some(PossibleValue::new(self.name()).aliases(aliases.iter().copied()))
    }
}

/// True for a byte that windows-1252 gives no letter.
pub(crate) fn is_undefined_in_windows_1252(byte: u8) -> bool {
    matches!(byte, 0x81 | 0x8d | 0x8f | 0x90 | 0x9d)
}

/// Writes a text anew in UTF-8, without its mark.
pub(crate) fn decode(mut from: impl Read, encoding: Encoding, mut to: impl Write) -> io::Result<()> {
    let mut bytes = vec![0; 1 << 16];
    let mut text = vec![0; (1 << 16) * 3 + 16];
    let mut decoder = match encoding {
        Encoding::Utf8 => encoding_rs::UTF_8,
        Encoding::Utf16 | Encoding::Utf16Le => encoding_rs::UTF_16LE,
        Encoding::Utf16Be => encoding_rs::UTF_16BE,
        Encoding::Latin1 | Encoding::Windows1252 => encoding_rs::WINDOWS_1252,
    }
    .new_decoder_with_bom_removal();
    let mut place = 0_u64;
    loop {
        crate::interrupt::check().map_err(|_| io::Error::from(ErrorKind::Interrupted))?;
        let length = read_full(&mut from, &mut bytes)?;
        let is_last = length < bytes.len();
        if encoding == Encoding::Latin1 {
            let written = encoding_rs::mem::convert_latin1_to_utf8(&bytes[..length], &mut text);
            to.write_all(&text[..written])?;
        } else {
            let (result, read, written) =
                decoder.decode_to_utf8_without_replacement(&bytes[..length], &mut text, is_last);
            to.write_all(&text[..written])?;
            if result != DecoderResult::InputEmpty {
                let message = format!("byte {} is not {}", place + read as u64, encoding.name());
                return Err(io::Error::new(ErrorKind::InvalidData, message));
            }
        }
        place += length as u64;
        if is_last {
            return to.flush();
        }
    }
}

/// Reads until the buffer is full or there is no more.
pub(super) fn read_full(from: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut length = 0;
    while length < buffer.len() {
        match from.read(&mut buffer[length..]) {
            Ok(0) => break,
            Ok(more) => length += more,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8], encoding: Encoding) -> Result<String, String> {
        let mut text = Vec::new();
        decode(bytes, encoding, &mut text).map_err(|error| error.to_string())?;
        Ok(String::from_utf8(text).expect("UTF-8"))
    }

    #[test]
    fn windows_1252_and_latin_1_differ_between_128_and_159() {
        assert_eq!(decoded(b"\x80 \x92 \xe9", Encoding::Windows1252).as_deref(), Ok("€ ’ é"));
        assert_eq!(decoded(b"\x92 \xe9", Encoding::Latin1).as_deref(), Ok("\u{92} é"));
    }

    #[test]
    fn utf_16_is_read_in_both_orders_and_its_mark_left_out() {
        assert_eq!(decoded(b"\xff\xfea\0\xe9\0", Encoding::Utf16).as_deref(), Ok("aé"));
        assert_eq!(decoded(b"\xfe\xff\0a\0\xe9", Encoding::Utf16Be).as_deref(), Ok("aé"));
        assert_eq!(Encoding::of_zeros(b"a\0b\0c\0d\0e\0"), Some(Encoding::Utf16Le));
        assert_eq!(Encoding::of_zeros(b"crime_id"), None);
    }

    #[test]
    fn half_a_letter_at_the_end_is_refused() {
        assert_eq!(decoded(b"a\0b", Encoding::Utf16Le), Err("byte 3 is not utf-16le".to_owned()));
    }
}

//! JSON: one array of objects, or one object after another. Numbers keep the digits they are written with.

use super::csv_file::in_utf8;
use super::encoding::Encoding;
use super::header::CsvHeader;
use super::packed::{AGAIN, Packed};
use super::prepared::{Reading, Ready, new_file, no_room, write_line};
use crate::failure::Failure;
use crate::interrupt;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::collections::HashMap;
use std::fmt;
use std::io::{Read, Write};
use std::path::Path;

/// Bytes of one object; a longer one is taken for one that never ends.
const LONGEST: usize = 1 << 24;

/// Bytes of a value of a column that nobody reads: the rest of a longer one is left out. A line has to be of a length that the
/// engine reads, whatever a report or a picture beside the facts is.
const LONGEST_UNREAD: usize = 1 << 12;

/// True where a file begins as JSON does: with an object, or an array of them.
pub(super) fn begins(head: &[u8]) -> bool {
    let mut signs = head
        .iter()
        .copied()
        // Marks of encodings, and every second byte of UTF-16.
        .filter(|byte| !matches!(byte, 0 | 0xef | 0xbb | 0xbf | 0xff | 0xfe) && !byte.is_ascii_whitespace());
    match (signs.next(), signs.next()) {
        (Some(b'['), Some(second)) => matches!(second, b'{' | b']'),
        (Some(b'{'), Some(second)) => matches!(second, b'"' | b'}'),
        _ => false,
    }
}

/// Writes JSON anew as CSV.
pub(super) fn ready(given: &Packed, reading: &Reading, folder: &Path) -> Result<Ready, Failure> {
    let mut warnings = Vec::new();
    let (file, encoding) = in_utf8(given, reading.encoding, folder, &mut warnings)?;
    let mut columns: Vec<String> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut lines = Vec::new();
    let is_array = each_object(&file, |line, object| {
        lines.push(line);
        for name in object.into_iter().map(|(name, _)| name) {
            places.entry(name).or_insert_with_key(|name| {
                columns.push(name.clone());
                columns.len() - 1
            });
        }
        Ok(())
    })?;
    if columns.is_empty() {
        return Err(Failure::failed("holds no object with a value: there are no columns")
            .at(&given.at)
            .hint("was the export cut off? an array of objects, or one object a line, is read; nothing was loaded"));
    }
    let (path, mut out) = new_file(folder)?;
    let full = |error| no_room(&error, folder);
    write_line(&mut out, columns.iter().map(String::as_str)).map_err(full)?;
    let is_read: Vec<_> = columns.iter().map(|name| reading.reads(name)).collect();
    each_object(&file, |_, object| {
        let mut values = vec![String::new(); columns.len()];
        for (name, mut value) in object {
            if let Some(place) = places.get(&name) {
                if !is_read[*place] {
                    value.truncate(value.floor_char_boundary(LONGEST_UNREAD));
                }
                values[*place] = value;
            }
        }
        write_line(&mut out, values.iter().map(String::as_str)).map_err(full)
    })?;
    out.flush().map_err(full)?;
    let header =
        CsvHeader { delimiter: ',', quote: Some('"'), columns, lines_before: 0, beneath: Vec::new() };
    let lines_without_row = if is_array { Vec::new() } else { gaps(&lines) };
    Ok(Ready {
        path,
        header: Some(header),
        is_gzip: false,
        encoding: encoding.filter(|encoding| *encoding != Encoding::Utf8),
        first_line: 1,
        lines_without_row,
        warnings,
        doubts: Vec::new(),
    })
}

/// Lines on which no object begins, where each has lines of its own and most have one; else none: then an
/// object's number stands for its line.
fn gaps(lines: &[i64]) -> Vec<i64> {
    let is_rising = lines.windows(2).all(|pair| pair[0] < pair[1]);
    let count = i64::try_from(lines.len()).unwrap_or(i64::MAX);
    if !is_rising || lines.last().is_none_or(|last| last - count > count) {
        return Vec::new();
    }
    let mut expected = 1;
    let mut gaps = Vec::new();
    for line in lines {
        gaps.extend(expected..*line);
        expected = line + 1;
    }
    gaps
}

/// A value as text: a text itself, a number with the digits it was written with, anything nested as JSON.
fn text_of(value: &RawValue) -> Result<String, serde_json::Error> {
    let written = value.get();
    match written.as_bytes().first() {
        Some(b'"') => serde_json::from_str(written),
        Some(b'n') => Ok(String::new()),
        // A number written by a program that keeps all of them as fractions: 12.0 is 12.
        Some(b'-' | b'0'..=b'9') => Ok(match written.split_once('.') {
            Some((whole, rest)) if rest.bytes().all(|digit| digit == b'0') => whole.to_owned(),
            _ => written.to_owned(),
        }),
        _ => Ok(written.to_owned()),
    }
}

/// Values by name, in the order in which they stand.
type Values = Vec<(String, String)>;

struct ObjectVisitor;

impl<'de> Visitor<'de> for ObjectVisitor {
    type Value = Values;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Values, A::Error> {
        let mut object: Values = Vec::new();
        while let Some((name, value)) = map.next_entry::<String, Box<RawValue>>()? {
            if object.iter().any(|(known, _)| *known == name) {
                return Err(A::Error::custom(format!("{name:?} stands twice in one object")));
            }
            let text = text_of(&value).map_err(A::Error::custom)?;
            if text.contains('\0') || name.contains('\0') {
                return Err(A::Error::custom(format!("{name:?} holds a zero character")));
            }
            object.push((name, text));
        }
        Ok(object)
    }
}

/// Hands on every object with the line it begins on. True where they stand in an array.
fn each_object(
    file: &Packed,
    mut take: impl FnMut(i64, Values) -> Result<(), Failure>,
) -> Result<bool, Failure> {
    let mut splitter = Splitter { line: 1, ..Splitter::default() };
    let mut from = file.open()?;
    let mut buffer = vec![0; 1 << 16];
    loop {
        interrupt::check()?;
        let length = from.read(&mut buffer).map_err(|error| file.refused(&error))?;
        if length == 0 {
            break;
        }
        for byte in &buffer[..length] {
            if !splitter.take(*byte).map_err(|message| wrong(&message, splitter.line, file))? {
                continue;
            }
            let mut parser = serde_json::Deserializer::from_slice(&splitter.object);
            let object = parser.deserialize_map(ObjectVisitor).map_err(|error| {
                let text = error.to_string();
                wrong(text.split(" at line ").next().unwrap_or(&text), splitter.begun_on, file)
            })?;
            take(splitter.begun_on, object)?;
            splitter.object.clear();
        }
    }
    splitter.end().map_err(|message| Failure::failed(message).at(&file.at).hint(AGAIN))?;
    Ok(splitter.is_array)
}

fn wrong(message: &str, line: i64, file: &Packed) -> Failure {
    Failure::failed(format!("line {line}: {message}"))
        .at(&file.at)
        .hint("the flat extract as JSON is one array of objects, or one object after another, a row each")
}

/// Finds where objects begin and end.
#[derive(Default)]
struct Splitter {
    line: i64,
    begun_on: i64,
    depth: u32,
    is_in_text: bool,
    is_escaped: bool,
    is_array: bool,
    place: Place,
    object: Vec<u8>,
}

/// What stands before the next sign between objects.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Place {
    #[default]
    Beginning,
    /// An object that stands in no array.
    Line,
    /// The sign that opens the array.
    Opening,
    /// An object of the array.
    Object,
    Comma,
    /// The sign that closes the array.
    End,
}

impl Splitter {
    /// Takes the next byte. True where it ends an object.
    fn take(&mut self, byte: u8) -> Result<bool, String> {
        if byte == b'\n' {
            self.line += 1;
        }
        if self.depth == 0 {
            return self.between(byte).map(|()| false);
        }
        self.object.push(byte);
        if self.object.len() > LONGEST {
            return Err(format!("the object that begins on line {} does not end", self.begun_on));
        }
        if self.is_in_text {
            if self.is_escaped {
                self.is_escaped = false;
            } else if byte == b'\\' {
                self.is_escaped = true;
            } else if byte == b'"' {
                self.is_in_text = false;
            }
            return Ok(false);
        }
        match byte {
            b'"' => self.is_in_text = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => self.depth -= 1,
            _ => {}
        }
        Ok(self.depth == 0)
    }

    fn between(&mut self, byte: u8) -> Result<(), String> {
        let is_mark = self.place == Place::Beginning && matches!(byte, 0xef | 0xbb | 0xbf);
        if byte.is_ascii_whitespace() || is_mark {
            return Ok(());
        }
        self.place = match (self.place, byte) {
            (Place::Beginning | Place::Line | Place::Opening | Place::Comma, b'{') => {
                self.depth = 1;
                self.begun_on = self.line;
                self.object.push(byte);
                if self.is_array { Place::Object } else { Place::Line }
            }
            (Place::Beginning, b'[') => {
                self.is_array = true;
                Place::Opening
            }
            (Place::Object, b',') => Place::Comma,
            (Place::Opening | Place::Object, b']') => Place::End,
            _ => {
                let sign = char::from(byte);
                return Err(format!("{sign:?} stands where an object should begin or end"));
            }
        };
        Ok(())
    }

    fn end(&self) -> Result<(), String> {
        if self.depth > 0 {
            return Err(format!(
                "the file is cut short: the object that begins on line {} does not end",
                self.begun_on
            ));
        }
        if self.is_array && self.place != Place::End {
            return Err("the file is cut short: its array does not end".to_owned());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Result<Vec<(i64, String)>, String> {
        let mut splitter = Splitter { line: 1, ..Splitter::default() };
        let mut found = Vec::new();
        for byte in text.bytes() {
            if splitter.take(byte)? {
                let object = std::mem::take(&mut splitter.object);
                found.push((splitter.begun_on, String::from_utf8(object).expect("text")));
            }
        }
        splitter.end().map(|()| found)
    }

    #[test]
    fn objects_are_found_in_arrays_and_in_lines() {
        let objects = |text| split(text).map(|found| found.len());
        assert_eq!(objects("[{\"a\":\"}\\\"{\"},\n{\"b\":[{}]}]\n"), Ok(2));
        assert_eq!(objects("{\"a\":1}\n\n{\"a\":2}\n"), Ok(2));
        assert_eq!(objects("[]"), Ok(0));
        for wrong in ["[{\"a\":1}", "{\"a\":1", "[{} {}]", "[{},]", "[1]", "[{}] {}", "{}]", "a", "[,{}]"] {
            assert!(objects(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn gaps_between_lines_are_known_where_objects_have_lines_of_their_own() {
        assert_eq!(gaps(&[1, 2, 4]), [3]);
        assert_eq!(gaps(&[2, 3]), [1]);
        assert!(gaps(&[1, 1, 2]).is_empty());
        assert!(gaps(&[1, 9, 20]).is_empty());
    }

    #[test]
    fn numbers_keep_their_digits() {
        let text = |json: &str| text_of(serde_json::from_str(json).expect("JSON")).expect("text");
        assert_eq!(
            ["12345678901234567890123", "12.0", "12.50", "1e3", "-0", "true", "null", "[1, 2]"].map(text),
            ["12345678901234567890123", "12", "12.50", "1e3", "-0", "true", "", "[1, 2]"]
        );
    }

    #[test]
    fn the_beginning_tells_json_from_names_in_brackets() {
        assert!(
            begins(b"\xef\xbb\xbf [ {\"a\":1}]") && begins(b"{\n \"a\": 1}") && begins(b"\xff\xfe{\0\"\0")
        );
        assert!(!begins(b"[Crime ID],[Code]") && !begins(b"crime_id,code"));
    }
}

//! Rows taken out of text, and references out of other rows, with every other byte as it was.

use super::mention::{Mention, Value};
use serde_json::Value as Json;

/// A text without some of its rows.
pub(super) struct Without {
    pub(super) text: String,
    /// Rows that were taken out.
    pub(super) rows: usize,
    /// Rows of others out of which a reference was taken.
    pub(super) named: usize,
}

/// What becomes of a row.
enum Row {
    Kept,
    Gone,
    /// Without a reference that it named.
    Changed(String),
}

/// CSV or TSV with a header; nothing where it cannot be taken apart.
pub(super) fn delimited(text: &str, delimiter: u8, mention: &Mention) -> Option<Without> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut header: Vec<String> = Vec::new();
    let mut record = csv::StringRecord::new();
    let (mut kept, mut rows, mut named, mut begin) = (String::with_capacity(text.len()), 0, 0, 0);
    while reader.read_record(&mut record).ok()? {
        let end = usize::try_from(reader.position().byte()).ok()?;
        let is_header = header.is_empty();
        if is_header {
            header = record.iter().map(|name| name.trim_start_matches('\u{feff}').to_owned()).collect();
        }
        let column = |place: usize| header.get(place).map_or("", String::as_str);
        let values = record.iter().enumerate();
        let values: Vec<_> = values.map(|(place, cell)| mention.value(column(place), cell)).collect();
        let written = text.get(begin..end)?;
        if is_header || values.iter().all(|value| *value == Value::Other) {
            kept.push_str(written);
        } else if values.contains(&Value::Theirs) {
            rows += 1;
        } else {
            named += 1;
            kept.push_str(&delimited_again(&record, &values, delimiter, written)?);
        }
        begin = end;
    }
    kept.push_str(text.get(begin..)?);
    Some(Without { text: kept, rows, named })
}

/// A record with other texts in place of those that name somebody, and what ended its line.
fn delimited_again(
    record: &csv::StringRecord,
    values: &[Value],
    delimiter: u8,
    written: &str,
) -> Option<String> {
    let cells = record.iter().zip(values).map(|(cell, value)| match value {
        Value::Naming(without) => without.as_str(),
        _ => cell,
    });
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).flexible(true).from_writer(Vec::new());
    writer.write_record(cells).ok()?;
    let line = String::from_utf8(writer.into_inner().ok()?).ok()?;
    let end = &written[written.trim_end_matches(['\r', '\n']).len()..];
    Some(line.trim_end_matches('\n').to_owned() + end)
}

/// An object a line; nothing where a line is none.
pub(super) fn json_lines(text: &str, mention: &Mention) -> Option<Without> {
    let (mut kept, mut rows, mut named) = (String::with_capacity(text.len()), 0, 0);
    for line in text.split_inclusive('\n') {
        match row(line, mention)? {
            Row::Kept => kept.push_str(line),
            Row::Gone => rows += 1,
            Row::Changed(changed) => {
                named += 1;
                kept.push_str(&changed);
                kept.push_str(&line[line.trim_end_matches(['\r', '\n']).len()..]);
            }
        }
    }
    Some(Without { text: kept, rows, named })
}

/// The envelope, as this program writes it: nothing where it is another, or names them outside its rows.
pub(super) fn envelope(text: &str, mention: &Mention) -> Option<Without> {
    const BEGIN: &str = "\n\"rows\": [";
    const END: &str = "\n],\n\"end\": {\"rows\": ";
    let (head, rest) = text.split_once(BEGIN)?;
    let (body, tail) = rest.rsplit_once(END)?;
    let stated: usize = tail.trim_end().strip_suffix("}}")?.parse().ok()?;
    let all: Vec<_> = body
        .lines()
        .map(|line| line.strip_suffix(',').unwrap_or(line))
        .filter(|line| !line.is_empty())
        .collect();
    if all.len() != stated {
        return None;
    }
    let (mut kept, mut named) = (Vec::new(), 0);
    for line in all {
        match row(line, mention)? {
            Row::Kept => kept.push(line.to_owned()),
            Row::Gone => {}
            Row::Changed(changed) => {
                named += 1;
                kept.push(changed);
            }
        }
    }
    let rows = stated - kept.len();
    if mention.is_in(head) || head.split('"').any(|text| mention.is_spoken_of_in(text)) {
        return None;
    }
    let body = if kept.is_empty() { String::new() } else { format!("\n{}", kept.join(",\n")) };
    let text = format!("{head}{BEGIN}{body}{END}{}}}}}\n", kept.len());
    Some(Without { text, rows, named })
}

/// What becomes of an object, whose values may be lists of references.
fn row(line: &str, mention: &Mention) -> Option<Row> {
    let mut row: Json = serde_json::from_str(line).ok()?;
    let mut is_changed = false;
    for (column, value) in row.as_object_mut()? {
        let said = match &*value {
            Json::String(text) => mention.value(column, text),
            Json::Number(number) => mention.value(column, &number.to_string()),
            Json::Array(_) => {
                is_changed |= without_elements(value, column, mention);
                Value::Other
            }
            _ => Value::Other,
        };
        match said {
            Value::Other => {}
            Value::Theirs => return Some(Row::Gone),
            Value::Naming(without) => {
                *value = Json::String(without);
                is_changed = true;
            }
        }
    }
    Some(if is_changed { Row::Changed(row.to_string()) } else { Row::Kept })
}

/// Takes the references out of a list; true where there was one.
fn without_elements(list: &mut Json, column: &str, mention: &Mention) -> bool {
    let Some(elements) = list.as_array_mut() else { return false };
    let before = elements.len();
    elements.retain(|element| !element.as_str().is_some_and(|text| mention.is_value(column, text)));
    elements.len() < before
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forget::mention::tests::{engine, of};

    #[test]
    fn records_of_csv_go_whole_and_the_others_stay_as_they_were() {
        let text = "rank,person_id,note\r\n1,P1,\"two\nlines\"\r\n2,P10,\"see \"\"P2\"\"\"\n3,P3,\"about P1\"\n4,P4,";
        let engine = engine();
        let without = delimited(text, b',', &of(&[("P1", true)], &engine)).expect("CSV");
        assert_eq!((without.rows, without.named), (1, 1));
        assert_eq!(
            without.text,
            "rank,person_id,note\r\n2,P10,\"see \"\"P2\"\"\"\n3,P3,about (forgotten)\n4,P4,"
        );
        let numbers = "harm_days\tperson_id\n7\t8\n8\t7\n";
        let without = delimited(numbers, b'\t', &of(&[("7", false)], &engine)).expect("TSV");
        assert_eq!(without.text, "harm_days\tperson_id\n7\t8\n");
    }

    fn written(rows: &str, count: usize) -> String {
        format!(
            "{{\"meta\": {{\"title\": \"x\"}},\n\"rows\": [{rows}\n],\n\"end\": {{\"rows\": {count}}}}}\n"
        )
    }

    #[test]
    fn an_envelope_counts_what_is_left_and_is_as_if_it_had_been_written_so() {
        let engine = engine();
        let mention = of(&[("P1", true)], &engine);
        let text = written("\n{\"person_id\":\"P2\"},\n{\"person_id\":\"P1\"},\n{\"person_id\":\"P3\"}", 3);
        let without = envelope(&text, &mention).expect("an envelope");
        assert_eq!(without.rows, 1);
        assert_eq!(without.text, written("\n{\"person_id\":\"P2\"},\n{\"person_id\":\"P3\"}", 2));
        let all = envelope(&written("\n{\"person_id\":\"P1\"}", 1), &mention).expect("an envelope");
        assert_eq!(all.text, written("", 0));
    }

    #[test]
    fn an_envelope_that_names_them_elsewhere_or_is_not_ours_cannot_be_rewritten() {
        let engine = engine();
        let mention = of(&[("P1", true)], &engine);
        let named = "{\"meta\": {\"note\": \"P1: rank 3\"},\n\"rows\": [\n],\n\"end\": {\"rows\": 0}}\n";
        assert!(envelope(named, &mention).is_none());
        assert!(envelope("{\"rows\": []}", &mention).is_none());
    }

    #[test]
    fn of_a_row_about_others_the_reference_goes_alone() {
        let engine = engine();
        let mention = of(&[("named", false), ("8N", false), ("P1", true)], &engine);
        let text = "{\"person_id\":\"P2\",\"suspect_status\":\"named\",\"code\":\"8N\"}\n\
                    {\"person_id\":\"P3\",\"identities\":[\"P3\",\"8N\"],\"why\":\"as P1\"}\n\
                    {\"person_id\":\"named\"}\n";
        let without = json_lines(text, &mention).expect("lines");
        assert_eq!((without.rows, without.named), (1, 1));
        assert_eq!(
            without.text,
            "{\"person_id\":\"P2\",\"suspect_status\":\"named\",\"code\":\"8N\"}\n\
             {\"person_id\":\"P3\",\"identities\":[\"P3\"],\"why\":\"as (forgotten)\"}\n"
        );
    }
}

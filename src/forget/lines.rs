//! Rows taken out of text, with every other byte as it was.

use super::mention::Mention;
use serde_json::Value as Json;

/// A text without some of its rows.
pub(super) struct Without {
    pub(super) text: String,
    /// Rows that were taken out.
    pub(super) rows: usize,
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
    let (mut kept, mut rows, mut begin) = (String::with_capacity(text.len()), 0, 0);
    while reader.read_record(&mut record).ok()? {
        let end = usize::try_from(reader.position().byte()).ok()?;
        let is_header = header.is_empty();
        if is_header {
            header = record.iter().map(|name| name.trim_start_matches('\u{feff}').to_owned()).collect();
        }
        let column = |place: usize| header.get(place).map_or("", String::as_str);
        let is_gone = !is_header
            && record.iter().enumerate().any(|(place, cell)| mention.is_value(column(place), cell));
        if is_gone {
            rows += 1;
        } else {
            kept.push_str(text.get(begin..end)?);
        }
        begin = end;
    }
    kept.push_str(text.get(begin..)?);
    Some(Without { text: kept, rows })
}

/// An object a line; nothing where a line is none.
pub(super) fn json_lines(text: &str, mention: &Mention) -> Option<Without> {
    let (mut kept, mut rows) = (String::with_capacity(text.len()), 0);
    for line in text.split_inclusive('\n') {
        if is_of_them(line, mention)? {
            rows += 1;
        } else {
            kept.push_str(line);
        }
    }
    Some(Without { text: kept, rows })
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
    let mut kept = Vec::new();
    for line in all {
        if !is_of_them(line, mention)? {
            kept.push(line);
        }
    }
    let rows = stated - kept.len();
    let is_in_head = mention.is_in(head) || (rows > 0 && mention.may_be_in(head));
    if is_in_head {
        return None;
    }
    let body = if kept.is_empty() { String::new() } else { format!("\n{}", kept.join(",\n")) };
    let text = format!("{head}{BEGIN}{body}{END}{}}}}}\n", kept.len());
    Some(Without { text, rows })
}

fn is_of_them(line: &str, mention: &Mention) -> Option<bool> {
    let row: Json = serde_json::from_str(line).ok()?;
    let is_gone = row.as_object()?.iter().any(|(column, value)| match value {
        Json::String(text) => mention.is_value(column, text),
        Json::Number(number) => mention.is_value(column, &number.to_string()),
        _ => false,
    });
    Some(is_gone)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forget::mention::tests::of;

    #[test]
    fn records_of_csv_go_whole_and_the_others_stay_as_they_were() {
        let text = "rank,person_id,note\r\n1,P1,\"two\nlines\"\r\n2,P10,\"see \"\"P2\"\"\"\n3,P3,\"about P1\"\n4,P4,";
        let without = delimited(text, b',', &of(&[("P1", true)])).expect("CSV");
        assert_eq!(without.rows, 2);
        assert_eq!(without.text, "rank,person_id,note\r\n2,P10,\"see \"\"P2\"\"\"\n4,P4,");
        let numbers = "harm_days\tperson_id\n7\t8\n8\t7\n";
        let without = delimited(numbers, b'\t', &of(&[("7", false)])).expect("TSV");
        assert_eq!(without.text, "harm_days\tperson_id\n7\t8\n");
    }

    fn written(rows: &str, count: usize) -> String {
        format!(
            "{{\"meta\": {{\"title\": \"x\"}},\n\"rows\": [{rows}\n],\n\"end\": {{\"rows\": {count}}}}}\n"
        )
    }

    #[test]
    fn an_envelope_counts_what_is_left_and_is_as_if_it_had_been_written_so() {
        let mention = of(&[("P1", true)]);
        let text = written("\n{\"person_id\":\"P2\"},\n{\"person_id\":\"P1\"},\n{\"person_id\":\"P3\"}", 3);
        let without = envelope(&text, &mention).expect("an envelope");
        assert_eq!(without.rows, 1);
        assert_eq!(without.text, written("\n{\"person_id\":\"P2\"},\n{\"person_id\":\"P3\"}", 2));
        let all = envelope(&written("\n{\"person_id\":\"P1\"}", 1), &mention).expect("an envelope");
        assert_eq!(all.text, written("", 0));
    }

    #[test]
    fn an_envelope_that_names_them_elsewhere_or_is_not_ours_cannot_be_rewritten() {
        let mention = of(&[("P1", true)]);
        let named = "{\"meta\": {\"note\": \"P1: rank 3\"},\n\"rows\": [\n],\n\"end\": {\"rows\": 0}}\n";
        assert!(envelope(named, &mention).is_none());
        assert!(envelope("{\"rows\": []}", &mention).is_none());
    }
}

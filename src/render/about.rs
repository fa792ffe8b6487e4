//! What an output says of itself above and beneath its rows, the same words in every format.

use crate::report::Meta;
use crate::wording;
use serde_json::Value;

/// Topic and words, in order: notes, parameters, index, run.
pub(super) fn lines(meta: &Meta, rows: usize) -> Vec<(String, String)> {
    let notes = meta.notes.iter().filter(|note| !note.is_warning());
    let mut lines: Vec<_> = notes.map(|note| (note.topic.clone(), note.note.clone())).collect();
    let given: Vec<_> = parameters(meta).into_iter().map(|(name, value)| format!("{name} {value}")).collect();
    let given = if given.is_empty() { "none".to_owned() } else { given.join(", ") };
    lines.push(("parameters".to_owned(), given));
    if let Some(index) = &meta.index {
        let text = format!("{} ({}); {}", index.title, index.index_id, index.attribution);
        lines.push(("index".to_owned(), text));
        lines.extend(index.supplement.iter().map(|words| ("supplement".to_owned(), words.clone())));
    }
    lines.push(("run".to_owned(), run(meta, rows)));
    lines
}

/// What a reader must know before the first row, a sentence each.
pub(super) fn warnings(meta: &Meta) -> impl Iterator<Item = String> {
    meta.notes.iter().filter(|note| note.is_warning()).map(|note| format!("Warning: {}", note.note))
}

/// The parameters that have a value, as it would be written on the command line.
pub(super) fn parameters(meta: &Meta) -> Vec<(String, String)> {
    let given = meta.parameters.iter().filter(|(_, value)| !value.is_null());
    given.map(|(name, value)| (name.clone(), plain(value))).collect()
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(plain).collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    }
}

fn run(meta: &Meta, rows: usize) -> String {
    format!(
        "{}; data of {}; report {}, harmrank {}, SQL {}",
        wording::rows(rows),
        meta.data_date,
        meta.report,
        meta.harmrank,
        &meta.sql_hash[..12.min(meta.sql_hash.len())]
    )
}

//! Columns of a source matched to those of the flat extract by name, never by position.

use crate::database::quoted_name;
use crate::failure::{Failure, Kind, Problem};
use crate::suggest::nearest;
use crate::wording;
use duckdb::Connection;
use std::collections::BTreeMap;

/// One column of the flat extract.
#[derive(Clone, Debug)]
pub(crate) struct FlatColumn {
    pub(crate) name: String,
    /// True where a source without it is refused.
    pub(crate) is_required: bool,
    /// What is put there: text, date, code and so on.
    pub(crate) kind: String,
    pub(crate) meaning: String,
    /// Names that other systems give it: they are suggested, never taken unasked.
    pub(crate) also_called: Vec<String>,
}

/// A column of a source that the user takes for a column of the flat extract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mapping {
    /// Its name in the source.
    pub(crate) theirs: String,
    /// Its name in the flat extract.
    pub(crate) ours: String,
}

impl std::str::FromStr for Mapping {
    type Err = String;

    /// Reads `theirs=ours`; either name may stand between quotes.
    fn from_str(text: &str) -> Result<Self, String> {
        let bare = |name: &str| {
            let name = name.trim();
            let inner = name.strip_prefix('"').and_then(|name| name.strip_suffix('"'));
            inner.map_or_else(|| name.to_owned(), |inner| inner.replace("\"\"", "\""))
        };
        match text.rsplit_once('=') {
            Some((theirs, ours)) if !bare(theirs).is_empty() && !bare(ours).is_empty() => {
                Ok(Self { theirs: bare(theirs), ours: bare(ours) })
            }
            _ => Err("write their column, =, ours, such as \"Crime Ref=crime_id\"".to_owned()),
        }
    }
}

/// Which column of a source gives which column of the flat extract.
#[derive(Clone, Debug, Default)]
pub(crate) struct Matched {
    /// Flat column to column of the source, as written there.
    pub(crate) taken: BTreeMap<String, String>,
    /// Columns of the source that the flat extract does not have.
    pub(crate) ignored: Vec<String>,
}

/// The columns of the flat extract, in order.
pub(crate) fn flat_columns(connection: &Connection) -> Result<Vec<FlatColumn>, Failure> {
    let columns = connection
        .prepare(
            "select column_name, is_required, kind, meaning, array_to_string(also_called, chr(10))
             from flat_column order by ordinal",
        )?
        .query_map([], |row| {
            Ok(FlatColumn {
                name: row.get(0)?,
                is_required: row.get(1)?,
                kind: row.get(2)?,
                meaning: row.get(3)?,
                also_called: row.get::<_, String>(4)?.lines().map(ToOwned::to_owned).collect(),
            })
        })?
        .collect::<Result<_, _>>()?;
    Ok(columns)
}

/// Matches names without regard to case, spaces, hyphens and underscores. What is mapped by hand goes before
/// what is matched by name.
pub(crate) fn match_columns(
    given: &[String],
    flat: &[FlatColumn],
    map: &[Mapping],
    at: &str,
) -> Result<Matched, Failure> {
    let mut matched = Matched::default();
    let mut problems = Vec::new();
    for mapping in map {
        match resolve(mapping, given, flat) {
            Err(problem) => problems.push(Problem { at: Some(at.to_owned()), ..problem }),
            Ok((theirs, ours)) => {
                if let Some(first) = matched.taken.insert(ours.to_owned(), theirs.to_owned()) {
                    problems.push(problem(format!("--map gives {ours} twice, {first:?} and {theirs:?}"), at));
                }
            }
        }
    }
    let mapped = matched.taken.clone();
    for name in given {
        let column = flat.iter().find(|column| plain(&column.name) == plain(name));
        let Some(column) = column.filter(|column| !mapped.contains_key(&column.name)) else {
            if !mapped.values().any(|theirs| theirs == name) {
                matched.ignored.push(name.clone());
            }
            continue;
        };
        if let Some(first) = matched.taken.insert(column.name.clone(), name.clone()) {
            let mut twice =
                problem(format!("column {} stands twice, as {first:?} and {name:?}", column.name), at);
            twice.hint = Some(format!(
                "choose one: --map {}",
                wording::shell_word(&format!("{name}={}", column.name))
            ));
            problems.push(twice);
        }
    }
    for column in flat.iter().filter(|column| column.is_required) {
        // A class or an item says as much as a code.
        let alternatives: &[&str] =
            if column.name == "code" { &["code", "ho_class", "item"] } else { &[&column.name] };
        if !alternatives.iter().any(|name| matched.taken.contains_key(*name)) {
            let lacking: Vec<_> =
                flat.iter().filter(|column| !matched.taken.contains_key(&column.name)).collect();
            let near = likely(&lacking, &matched.ignored, |_, _| true).remove(&column.name);
            problems.push(missing(column, near.as_deref(), given, at));
        }
    }
    if problems.is_empty() { Ok(matched) } else { Err(Failure::of(Kind::Failed, problems)) }
}

/// The names of a mapping as they are written in the source and in the flat extract.
fn resolve<'a>(
    mapping: &Mapping,
    given: &'a [String],
    flat: &'a [FlatColumn],
) -> Result<(&'a str, &'a str), Problem> {
    let unknown = |message: String, name: &str, known: &[String]| Problem {
        message,
        hint: Some(match nearest(&plain(name), &known.iter().map(|word| plain(word)).collect::<Vec<_>>()) {
            Some(near) => {
                let word = known.iter().find(|word| plain(word) == near);
                format!("did you mean {:?}?", word.map_or("", String::as_str))
            }
            None => format!("there are: {}", known.join(", ")),
        }),
        at: None,
    };
    let exact = given.iter().find(|name| **name == mapping.theirs);
    let theirs = exact.or_else(|| given.iter().find(|name| plain(name) == plain(&mapping.theirs)));
    let theirs = theirs.ok_or_else(|| {
        unknown(format!("--map: the file has no column {:?}", mapping.theirs), &mapping.theirs, given)
    })?;
    let ours = flat.iter().find(|column| plain(&column.name) == plain(&mapping.ours)).ok_or_else(|| {
        let names: Vec<_> = flat.iter().map(|column| column.name.clone()).collect();
        unknown(format!("--map: the flat extract has no column {:?}", mapping.ours), &mapping.ours, &names)
    })?;
    Ok((theirs, &ours.name))
}

/// What to say of a required column that is not there.
fn missing(column: &FlatColumn, near: Option<&str>, given: &[String], at: &str) -> Problem {
    let mut missing = problem(format!("no column {}", column.name), at);
    missing.hint = Some(match near {
        Some(near) => format!("is it {near:?}? then: {}", map_flag(near, &column.name)),
        None if given.iter().any(|name| is_value(name)) => {
            "the first line looks like a row, not a header: put the names of the columns before it".to_owned()
        }
        None => format!(
            "the file has: {}; --map THEIRS={} says which it is, `harmrank help columns` what it means",
            given.join(", "),
            column.name
        ),
    });
    missing
}

/// Which of the names a source has stand, likely, for which columns: first those that systems are known to give a
/// column, then those that are spelled nearly like it and fit it. No name stands for two columns.
pub(crate) fn likely(
    columns: &[&FlatColumn],
    names: &[String],
    fits: impl Fn(&FlatColumn, &str) -> bool,
) -> BTreeMap<String, String> {
    let mut found = known_names(columns, names);
    for column in columns {
        if found.contains_key(&column.name) {
            continue;
        }
        let is_free = |name: &&String| fits(column, name) && !found.values().any(|taken| taken == *name);
        let rest: Vec<_> = names.iter().filter(is_free).collect();
        let plains: Vec<_> = rest.iter().map(|name| plain(name)).collect();
        let near = nearest(&plain(&column.name), &plains);
        if let Some(name) = near.and_then(|near| rest.iter().find(|name| plain(name) == near)) {
            found.insert(column.name.clone(), (*name).clone());
        }
    }
    found
}

/// Which of the names are known to be given to which columns.
pub(super) fn known_names(columns: &[&FlatColumn], names: &[String]) -> BTreeMap<String, String> {
    let known = columns.iter().filter_map(|column| {
        let is_known = |name: &&String| column.also_called.iter().any(|other| plain(other) == plain(name));
        Some((column.name.clone(), names.iter().find(is_known)?.clone()))
    });
    known.collect()
}

/// What maps a name of the source to a column, as it is given on the command line.
pub(super) fn map_flag(theirs: &str, ours: &str) -> String {
    format!("--map {}", wording::shell_word(&format!("{theirs}={ours}")))
}

/// True for what is a value and not the name of a column: a number or a date.
pub(crate) fn is_value(name: &str) -> bool {
    let is_sign = |letter: char| letter.is_ascii_digit() || "/-.: ".contains(letter);
    name.chars().any(|letter| letter.is_ascii_digit()) && name.chars().all(is_sign)
}

/// A word as a shell takes it.
/// How a column is read as text. A number that a program kept as a fraction because it had no better type is
/// the whole number it was, and not-a-number is nothing.
pub(crate) fn as_text(name: &str, sql_type: &str) -> String {
    let name = quoted_name(name);
    if is_fraction(sql_type) {
        return format!(
            "case when isnan({name}) then null
                 when {name} = trunc({name}) and abs({name}) < 1e15 then {name}::bigint::varchar
                 else {name}::varchar end"
        );
    }
    if sql_type.starts_with("DECIMAL(") && !sql_type.ends_with(",0)") {
        return format!(
            "case when {name} = trunc({name}) then trunc({name})::decimal(38, 0)::varchar
                 else {name}::varchar end"
        );
    }
    if sql_type == "TIMESTAMP WITH TIME ZONE" {
        // As text it would be of the zone of the machine.
        return format!("strftime(make_timestamp(epoch_us({name})), '%Y-%m-%d %H:%M:%S') || 'Z'");
    }
    format!("{name}::varchar")
}

/// How a class is read as text from a column of fractions: one digit behind the point may be the first of two, of which the
/// nought is lost, and is no class.
pub(crate) fn class_as_text(name: &str, sql_type: &str) -> String {
    if !is_fraction(sql_type) {
        return as_text(name, sql_type);
    }
    let column = quoted_name(name);
    format!(
        "case when {column} <> trunc({column}) and round({column}, 1) = {column} then null
             else {} end",
        as_text(name, sql_type)
    )
}

/// True for a type of fractions, which keep no nought at their end.
pub(crate) fn is_fraction(sql_type: &str) -> bool {
    matches!(sql_type, "DOUBLE" | "FLOAT")
}

fn problem(message: String, at: &str) -> Problem {
    Problem { message, hint: None, at: Some(at.to_owned()) }
}

pub(super) fn plain(name: &str) -> String {
    name.trim_start_matches('\u{feff}')
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flat() -> Vec<FlatColumn> {
        [("crime_id", true), ("code", true), ("ho_class", false), ("reported_on", true), ("borough", false)]
            .map(|(name, is_required)| FlatColumn {
                name: name.to_owned(),
                is_required,
                kind: "text".to_owned(),
                meaning: String::new(),
                also_called: if name == "reported_on" { vec!["Date Logged".to_owned()] } else { Vec::new() },
            })
            .to_vec()
    }

    fn names(list: &[&str]) -> Vec<String> {
        list.iter().map(|name| (*name).to_owned()).collect()
    }

    fn map(list: &[&str]) -> Vec<Mapping> {
        list.iter().map(|text| text.parse().expect("a mapping")).collect()
    }

    #[test]
    fn names_match_whatever_their_order_case_and_spacing() {
        let given = names(&["Reported On", "CRIME-ID", "HO Class", "officer"]);
        let matched = match_columns(&given, &flat(), &[], "f.csv").expect("matched");
        assert_eq!(matched.taken["reported_on"], "Reported On");
        assert_eq!(matched.taken["crime_id"], "CRIME-ID");
        assert_eq!(matched.ignored, ["officer"]);
    }

    #[test]
    fn every_missing_and_doubled_column_is_named_at_once() {
        let given = names(&["crimeid", "crime_id", "reported_date"]);
        let failure = match_columns(&given, &flat(), &[], "f.csv").expect_err("refused");
        let text = failure.to_string();
        assert_eq!(failure.problems.len(), 3, "{text}");
        assert!(text.contains("crime_id stands twice"), "{text}");
        assert!(text.contains("no column code"), "{text}");
        assert!(text.contains("is it \"reported_date\"? then: --map reported_date=reported_on"), "{text}");
    }

    #[test]
    fn a_column_known_by_another_name_is_suggested_and_not_taken() {
        let failure = match_columns(&names(&["crime_id", "code", "DATE_LOGGED"]), &flat(), &[], "f.csv")
            .expect_err("refused");
        assert!(failure.to_string().contains("is it \"DATE_LOGGED\"?"), "{failure}");
    }

    #[test]
    fn what_is_mapped_goes_before_what_is_matched() {
        let given = names(&["crime_id", "Our=Ref", "code", "logged"]);
        let map = map(&["\"Our=Ref\"=crime_id", "LOGGED=reported_on", "logged=borough"]);
        let matched = match_columns(&given, &flat(), &map, "f.csv").expect("matched");
        assert_eq!(matched.taken["crime_id"], "Our=Ref");
        assert_eq!((&*matched.taken["reported_on"], &*matched.taken["borough"]), ("logged", "logged"));
        assert_eq!(matched.ignored, ["crime_id"]);
    }

    #[test]
    fn a_mapping_is_checked_on_both_sides() {
        let given = names(&["crime_id", "code", "reported_on"]);
        let map = map(&["crme_id=code", "code=boroug", "code=borough", "crime_id=borough"]);
        let failure = match_columns(&given, &flat(), &map, "f.csv").expect_err("refused");
        let text = failure.to_string();
        for part in [
            "the file has no column \"crme_id\"\n  did you mean \"crime_id\"?",
            "no column \"boroug\"\n  did you mean \"borough\"?",
            "--map gives borough twice, \"code\" and \"crime_id\"",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
        assert!("crime_id".parse::<Mapping>().is_err() && "=code".parse::<Mapping>().is_err());
    }

    #[test]
    fn a_row_in_place_of_a_header_is_not_printed() {
        let failure =
            match_columns(&names(&["C1", "8N", "2026-06-01"]), &flat(), &[], "f.csv").expect_err("refused");
        let text = failure.to_string();
        assert!(text.contains("looks like a row") && !text.contains("C1"), "{text}");
    }
}

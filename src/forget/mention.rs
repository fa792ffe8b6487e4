//! Where a reference names somebody: as the value of a column of references, and, where it cannot be taken for anything
//! else, as a word of a text: between white space, quotes, brackets, signs of lists, or the ends.

use crate::database::{self, sql_file};
use crate::failure::Failure;
use duckdb::Connection;
use std::cell::RefCell;
use std::collections::HashMap;

/// What takes the place of a reference in a text that speaks of others too.
pub(super) const INSTEAD: &str = "(forgotten)";

/// The references of a person, to be looked for.
pub(super) struct Mention<'a> {
    references: Vec<Reference>,
    /// An engine that knows which columns hold references.
    engine: &'a Connection,
    columns: RefCell<HashMap<String, bool>>,
}

#[derive(Clone, Debug)]
pub(super) struct Reference {
    pub(super) person_id: String,
    /// True where nothing else is written so: `P0004` is, `1825`, `female` and the code `8N` are not.
    pub(super) is_telling: bool,
}

/// What a value of a column says of the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// Nothing.
    Other,
    /// Its row is about them.
    Theirs,
    /// It names them among other words: the text without the reference.
    Naming(String),
}

impl<'a> Mention<'a> {
    /// Looks for references; `engine` may be any.
    pub(super) fn of(references: &[Reference], engine: &'a Connection) -> Result<Self, Failure> {
        database::run(engine, &sql_file("forget/holds_references.sql")?)?;
        Ok(Self { references: references.to_vec(), engine, columns: RefCell::default() })
    }

    /// What a value of a column says of them.
    pub(super) fn value(&self, column: &str, value: &str) -> Value {
        let bare = value.strip_prefix('\'').unwrap_or(value);
        let is_one = |reference: &Reference| [value, bare].contains(&reference.person_id.as_str());
        let found = self.references.iter().filter(|reference| is_one(reference));
        let holds_references = self.holds_references(column);
        if found.clone().any(|reference| reference.is_telling || holds_references) {
            return Value::Theirs;
        }
        let without = self.without(value, holds_references);
        if without == value { Value::Other } else { Value::Naming(without) }
    }

    /// True where a value of a column is one of the references, or names one.
    pub(super) fn is_value(&self, column: &str, value: &str) -> bool {
        self.value(column, value) != Value::Other
    }

    /// True where a text names one of the references by what cannot be taken for anything else.
    pub(super) fn is_in(&self, text: &str) -> bool {
        self.first(text, 0, false).is_some()
    }

    /// True where a text that is known to speak of people holds one of the references as a word, whatever it looks like.
    pub(super) fn may_be_in(&self, text: &str) -> bool {
        self.first(text, 0, true).is_some()
    }

    /// True where a text begins by saying of whom it speaks: `1825: rank 3`.
    pub(super) fn is_spoken_of_in(&self, text: &str) -> bool {
        self.references.iter().any(|reference| {
            text.strip_prefix(reference.person_id.as_str()).is_some_and(|rest| rest.starts_with(": "))
        })
    }

    /// A text with other words in place of what [`Mention::is_in`] finds; with `of_all`, [`Mention::may_be_in`].
    pub(super) fn without(&self, text: &str, of_all: bool) -> String {
        let (mut kept, mut place) = (String::new(), 0);
        while let Some((begin, end)) = self.first(text, place, of_all) {
            kept.push_str(&text[place..begin]);
            kept.push_str(INSTEAD);
            place = end;
        }
        kept + &text[place..]
    }

    /// The first place of a reference in a text from a byte on.
    fn first(&self, text: &str, from: usize, of_all: bool) -> Option<(usize, usize)> {
        let references = self.references.iter().filter(|reference| of_all || reference.is_telling);
        let forms = references.flat_map(|reference| forms(&reference.person_id));
        // The longest, where one begins with another.
        forms
            .filter_map(|form| place_of(text, from, &form))
            .min_by_key(|(begin, end)| (*begin, text.len() - end))
    }

    fn holds_references(&self, column: &str) -> bool {
        let known = self.columns.borrow().get(column).copied();
        known.unwrap_or_else(|| {
            let asked = self.engine.query_row("select holds_references(?)", [column], |row| row.get(0));
            // Rather one too many than one too few.
            let holds = asked.unwrap_or(true);
            self.columns.borrow_mut().insert(column.to_owned(), holds);
            holds
        })
    }
}

/// Where a form stands in a text as a word, in whatever letters.
fn place_of(text: &str, from: usize, form: &str) -> Option<(usize, usize)> {
    let first = form.chars().next()?;
    let rest = text.get(from..)?;
    let starts = rest.char_indices().filter(|(_, letter)| letter.eq_ignore_ascii_case(&first));
    starts.map(|(place, _)| from + place).find_map(|begin| {
        let end = begin + form.len();
        let is_form = text.get(begin..end).is_some_and(|found| found.eq_ignore_ascii_case(form));
        let is_word = is_form && {
            let before = text[..begin].trim_end_matches(['.', ':']);
            let after = text[end..].trim_start_matches(['.', ':']);
            before.chars().next_back().is_none_or(is_between_words)
                && after.chars().next().is_none_or(is_between_words)
        };
        is_word.then_some((begin, end))
    })
}

/// A reference, also as it stands in JSON and CSV, where a quote or a backslash is written otherwise.
fn forms(reference: &str) -> Vec<String> {
    let json = serde_json::to_string(reference).unwrap_or_default();
    let quoted = reference.replace('"', "\"\"");
    let mut forms = vec![reference.to_owned(), json.trim_matches('"').to_owned(), quoted];
    forms.retain(|form| !form.is_empty());
    forms.dedup();
    forms
}

fn is_between_words(sign: char) -> bool {
    sign.is_whitespace() || ",;|\"'(){}[]<>=".contains(sign)
}

#[cfg(test)]
pub(super) mod tests {
    use super::{Mention, Reference, Value};
    use duckdb::Connection;

    pub(in crate::forget) fn engine() -> Connection {
        Connection::open_in_memory().expect("an engine")
    }

    pub(in crate::forget) fn of<'a>(references: &[(&str, bool)], engine: &'a Connection) -> Mention<'a> {
        let reference = |&(person_id, is_telling): &(&str, bool)| Reference {
            person_id: person_id.to_owned(),
            is_telling,
        };
        Mention::of(&references.iter().map(reference).collect::<Vec<_>>(), engine).expect("a mention")
    }

    #[test]
    fn a_reference_is_found_as_a_word_and_not_within_another() {
        let engine = engine();
        let mention = of(&[("P1", true), ("A1 \"B\"", true)], &engine);
        for text in [
            "P1",
            "x,P1,y",
            "\"P1\"",
            "see P1.",
            "P1: rank 3",
            "('p1')",
            "\"A1 \"\"B\"\"\"",
            "[\"A1 \\\"B\\\"\"]",
        ] {
            assert!(mention.is_in(text), "{text}");
        }
        for text in ["", "P10", "XP1", "P1-2", "P1/26", "P 1", "A1 B"] {
            assert!(!mention.is_in(text), "{text}");
        }
        assert_eq!(mention.without("é p1, P10 and P1.", false), "é (forgotten), P10 and (forgotten).");
    }

    #[test]
    fn a_number_is_a_reference_where_references_stand_and_an_amount_elsewhere() {
        let engine = engine();
        let mention = of(&[("1825", false)], &engine);
        assert_eq!(mention.value("person_id", "1825"), Value::Theirs);
        assert_eq!(mention.value("Suspect ref", "'1825"), Value::Theirs);
        assert_eq!(mention.value("identities", "1825, 7"), Value::Naming("(forgotten), 7".to_owned()));
        assert!(!mention.is_value("harm_days", "1825") && !mention.is_in("1825 days"));
        assert!(mention.may_be_in("1825: rank 3") && !mention.may_be_in("11825: rank 3"));
        assert!(mention.is_spoken_of_in("1825: rank 3") && !mention.is_spoken_of_in("1825 days"));
    }

    #[test]
    fn columns_of_references_are_told_from_what_else_is_said_of_people() {
        let engine = engine();
        let mention = of(&[("named", false)], &engine);
        let names =
            ["person_id", "is_person_id", "Suspect Ref", "SuspectRef", "nominal", "victim_id", "identity"];
        for name in names {
            assert_eq!(mention.value(name, "named"), Value::Theirs, "{name}");
        }
        for name in
            ["suspect_status", "crime_id", "incident_id", "victims", "suspect_sex", "code", "furthest_status"]
        {
            assert_eq!(mention.value(name, "named"), Value::Other, "{name}");
        }
    }
}

//! Where a reference names somebody: as a value of a column of references, and, where it cannot be taken for anything
//! else, as a word of a text: between white space, quotes, brackets, signs of lists, or the ends.

/// The references of a person, to be looked for.
pub(super) struct Mention {
    references: Vec<Reference>,
}

#[derive(Clone, Debug)]
pub(super) struct Reference {
    pub(super) person_id: String,
    /// True where nothing else is likely to be written so: `P0004` is, `1825` and `female` are not.
    pub(super) is_telling: bool,
}

impl Mention {
    pub(super) fn of(references: &[Reference]) -> Self {
        Self { references: references.to_vec() }
    }

    /// True where a value of a column is one of the references, or a text that names one.
    pub(super) fn is_value(&self, column: &str, value: &str) -> bool {
        let bare = value.strip_prefix('\'').unwrap_or(value);
        let is_one = |reference: &Reference| [value, bare].contains(&reference.person_id.as_str());
        holds_references(column) && self.references.iter().any(is_one) || self.is_in(value)
    }

    /// True where a text names one of the references by what cannot be taken for anything else.
    pub(super) fn is_in(&self, text: &str) -> bool {
        self.words_in(text, false)
    }

    /// True where a text that is known to speak of people holds one of the references as a word, whatever it looks like.
    pub(super) fn may_be_in(&self, text: &str) -> bool {
        self.words_in(text, true)
    }

    fn words_in(&self, text: &str, with_all: bool) -> bool {
        let text = text.to_lowercase();
        let references = self.references.iter().filter(|reference| with_all || reference.is_telling);
        references.flat_map(|reference| forms(&reference.person_id)).any(|form| {
            text.match_indices(form.as_str()).any(|(place, _)| {
                let before = text[..place].trim_end_matches(['.', ':']);
                let after = text[place + form.len()..].trim_start_matches(['.', ':']);
                before.chars().next_back().is_none_or(is_between_words)
                    && after.chars().next().is_none_or(is_between_words)
            })
        })
    }
}

/// A reference in small letters, also as it stands in JSON and CSV, where a quote or a backslash is written otherwise.
fn forms(reference: &str) -> Vec<String> {
    let json = serde_json::to_string(reference).unwrap_or_default();
    let mut forms: Vec<_> = [reference, json.trim_matches('"'), &reference.replace('"', "\"\"")]
        .iter()
        .map(|form| form.to_lowercase())
        .collect();
    forms.dedup();
    forms
}

fn holds_references(column: &str) -> bool {
    let column = column.to_lowercase();
    let words = ["person", "identity", "identities", "suspect", "victim", "offender", "nominal", "reference"];
    column.ends_with("_id") || words.iter().any(|word| column.contains(word))
}

fn is_between_words(sign: char) -> bool {
    sign.is_whitespace() || ",;|\"'(){}[]<>=".contains(sign)
}

#[cfg(test)]
pub(super) mod tests {
    use super::{Mention, Reference};

    pub(in crate::forget) fn of(references: &[(&str, bool)]) -> Mention {
        let reference = |&(person_id, is_telling): &(&str, bool)| Reference {
            person_id: person_id.to_owned(),
            is_telling,
        };
        Mention::of(&references.iter().map(reference).collect::<Vec<_>>())
    }

    #[test]
    fn a_reference_is_found_as_a_word_and_not_within_another() {
        let mention = of(&[("P1", true), ("A1 \"B\"", true)]);
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
    }

    #[test]
    fn a_number_is_a_reference_where_references_stand_and_an_amount_elsewhere() {
        let mention = of(&[("1825", false)]);
        assert!(mention.is_value("person_id", "1825") && mention.is_value("Suspect ref", "'1825"));
        assert!(!mention.is_value("harm_days", "1825") && !mention.is_in("1825 days"));
        assert!(mention.may_be_in("1825: rank 3") && !mention.may_be_in("11825: rank 3"));
    }
}

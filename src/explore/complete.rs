//! What may follow at the cursor: in a dot command its words, in SQL the words that fit the place.

use super::dot;
use super::vocabulary::{Vocabulary, Word, WordKind};
use crate::sql_text::{Token, TokenKind, code_tokens};

/// An offer: what is put in, and what is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Offer {
    /// What is put in place of the word typed.
    pub(crate) word: String,
    /// What is shown of it.
    pub(crate) shown: String,
}

/// Byte at which the word at the end of a text begins, and what it may become.
pub(crate) fn offers(before: &str, vocabulary: &Vocabulary, reports: &[String]) -> (usize, Vec<Offer>) {
    let begin = before
        .rfind(|letter: char| !(letter.is_alphanumeric() || letter == '_' || letter == '$'))
        .map_or(0, |place| place + before[place..].chars().next().map_or(1, char::len_utf8));
    let typed = before[begin..].to_lowercase();
    if before.trim_start().starts_with('.') {
        return dot_offers(before, begin, &typed, vocabulary, reports);
    }
    let tokens = code_tokens(before);
    if tokens.last().is_some_and(|last| last.kind == TokenKind::Text && last.end() == before.len()) {
        return (begin, Vec::new());
    }
    let owner = owner(before, begin, &tokens);
    let called = called(&tokens, vocabulary);
    let mut found: Vec<(usize, &Word)> = vocabulary
        .words
        .iter()
        .filter(|word| word.word.to_lowercase().starts_with(&typed))
        .filter_map(|word| Some((rank(word, owner.as_deref(), called.as_deref(), &tokens, &typed)?, word)))
        .collect();
    found.sort_by(|left, right| (left.0, &left.1.word).cmp(&(right.0, &right.1.word)));
    let mut offers: Vec<Offer> = Vec::new();
    for (_, word) in found {
        let call = if word.kind == WordKind::Macro { "(" } else { "" };
        let offer = Offer { word: format!("{}{call}", word.word), shown: word.shown.clone() };
        if !offers.iter().any(|known| known.word == offer.word) {
            offers.push(offer);
        }
    }
    (begin, offers)
}

/// How near a word is to the place; none where it does not belong there.
fn rank(
    word: &Word,
    owner: Option<&str>,
    called: Option<&str>,
    tokens: &[Token<'_>],
    typed: &str,
) -> Option<usize> {
    let is_named = |table: &str| tokens.iter().any(|token| token.is(table));
    if let Some(owner) = owner {
        return (word.kind == WordKind::Column && word.owner.eq_ignore_ascii_case(owner)).then_some(0);
    }
    match word.kind {
        WordKind::Parameter => called.is_some_and(|called| called == word.owner).then_some(0),
        WordKind::Column if is_named(&word.owner) => Some(1),
        WordKind::Table => Some(2),
        WordKind::Macro => Some(3),
        // Of everything else there is too much to be offered for nothing.
        _ if typed.is_empty() => None,
        WordKind::Keyword => Some(4),
        WordKind::Column => Some(5),
        WordKind::Function => Some(6),
    }
}

/// The table before a point: by its name, or by the name it was given in the statement.
fn owner(before: &str, begin: usize, tokens: &[Token<'_>]) -> Option<String> {
    let head = before[..begin].strip_suffix('.')?;
    let alias = tokens.iter().rev().find(|token| token.end() == head.len())?;
    let place = |place: usize| tokens.get(place).filter(|token| token.kind == TokenKind::Word);
    let given = tokens.iter().enumerate().find_map(|(number, token)| {
        // `crime as c`, `crime c`.
        let is_alias = token.is(alias.text) && token.begin != alias.begin && number > 0;
        let before = is_alias.then(|| place(number - 1)).flatten()?;
        let table = if before.is("as") { place(number.checked_sub(2)?)? } else { before };
        (!table.is("from") && !table.is("join")).then(|| table.text.to_lowercase())
    });
    Some(given.unwrap_or_else(|| alias.text.trim_matches('"').to_lowercase()))
}

/// The macro in whose brackets the text ends.
fn called(tokens: &[Token<'_>], vocabulary: &Vocabulary) -> Option<String> {
    let mut depth = 0_usize;
    for (place, token) in tokens.iter().enumerate().rev() {
        if token.is(")") {
            depth += 1;
        } else if token.is("(") && depth > 0 {
            depth -= 1;
        } else if token.is("(") {
            let name = tokens.get(place.checked_sub(1)?)?.text.to_lowercase();
            return vocabulary.has(WordKind::Macro, &name).then_some(name);
        }
    }
    None
}

fn dot_offers(
    before: &str,
    begin: usize,
    typed: &str,
    vocabulary: &Vocabulary,
    reports: &[String],
) -> (usize, Vec<Offer>) {
    let plain = |word: &str| Offer { word: word.to_owned(), shown: word.to_owned() };
    let fitting = |words: Vec<&str>| -> Vec<Offer> {
        words.into_iter().filter(|word| word.to_lowercase().starts_with(typed)).map(plain).collect()
    };
    let words: Vec<_> = before.split_whitespace().collect();
    let is_first = words.len() <= 1 && !before.ends_with(char::is_whitespace);
    if is_first {
        let names = dot::COMMANDS.iter().map(|(name, ..)| name.trim_start_matches('.')).collect();
        return (begin, fitting(names));
    }
    let of_kind = |kind: WordKind| -> Vec<&str> {
        vocabulary.words.iter().filter(|word| word.kind == kind).map(|word| word.word.as_str()).collect()
    };
    let offers = match words.first().copied().unwrap_or_default() {
        ".report" => fitting(reports.iter().map(String::as_str).collect()),
        ".describe" | ".schema" => fitting(of_kind(WordKind::Table)),
        ".macros" => fitting(of_kind(WordKind::Macro)),
        ".mode" => fitting(vec!["table", "csv", "tsv", "json", "jsonl", "markdown"]),
        ".timer" => fitting(vec!["on", "off"]),
        _ => Vec::new(),
    };
    (begin, offers)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary() -> Vocabulary {
        let word = |kind, owner: &str, word: &str, shown: &str| Word {
            kind,
            owner: owner.to_owned(),
            word: word.to_owned(),
            shown: shown.to_owned(),
        };
        Vocabulary {
            words: vec![
                word(WordKind::Table, "", "crime", "crime"),
                word(WordKind::Table, "", "person", "person"),
                word(WordKind::Column, "crime", "crime_id", "crime_id"),
                word(WordKind::Column, "person", "person_id", "person_id"),
                word(WordKind::Macro, "", "harm_ranking", "harm_ranking(as_of date)"),
                word(WordKind::Parameter, "harm_ranking", "as_of := ", "as_of date"),
                word(WordKind::Keyword, "", "create", "create"),
                word(WordKind::Keyword, "", "as", "as"),
                word(WordKind::Function, "", "concat", "concat"),
            ],
        }
    }

    fn words(before: &str) -> Vec<String> {
        let (_, offers) = offers(before, &vocabulary(), &["v100".to_owned()]);
        offers.into_iter().map(|offer| offer.word).collect()
    }

    #[test]
    fn columns_of_the_tables_named_come_first() {
        assert_eq!(words("from crime where c"), ["crime_id", "crime", "create", "concat"]);
        assert_eq!(words("select p"), ["person", "person_id"]);
        assert_eq!(words("SELECT C")[0], "crime");
    }

    #[test]
    fn behind_a_point_stand_the_columns_of_its_table() {
        assert_eq!(words("from crime where crime."), ["crime_id"]);
        assert_eq!(words("from crime as c join person p on c."), ["crime_id"]);
        assert_eq!(words("from crime as c join person p on p.per"), ["person_id"]);
        assert!(words("from crime where nothing.").is_empty());
    }

    #[test]
    fn a_macro_is_shown_with_its_parameters_and_offers_them_in_its_brackets() {
        let (begin, found) = offers("from harm", &vocabulary(), &[]);
        assert_eq!((begin, found[0].word.as_str()), (5, "harm_ranking("));
        assert_eq!(found[0].shown, "harm_ranking(as_of date)");
        assert_eq!(words("from harm_ranking(")[0], "as_of := ");
        assert_eq!(words("from harm_ranking(a")[0], "as_of := ");
        assert!(!words("from harm_ranking(a) where a").contains(&"as_of := ".to_owned()));
    }

    #[test]
    fn nothing_is_offered_in_a_text() {
        assert!(words("select 'cr").is_empty());
        assert!(!words("select 'x' cr").is_empty());
    }

    #[test]
    fn dot_commands_have_words_of_their_own() {
        assert_eq!(words(".rep"), ["reports", "report"]);
        assert_eq!(words(".report v"), ["v100"]);
        assert_eq!(words(".describe p"), ["person"]);
        assert_eq!(words(".timer "), ["on", "off"]);
    }
}

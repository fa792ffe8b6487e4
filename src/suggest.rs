//! The word that somebody may have meant.

/// The word most like another, where one is much like it.
pub(crate) fn nearest<'a>(text: &str, words: &'a [String]) -> Option<&'a str> {
    words
        .iter()
        .map(|word| (strsim::jaro_winkler(text, word), word.as_str()))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|left, right| left.0.total_cmp(&right.0))
        .map(|(_, word)| word)
}

/// As [`did_you_mean`], with the word in quotes: it may hold spaces.
pub(crate) fn did_you_mean_quoted(text: &str, known: &[String]) -> String {
    nearest(text, known).map(|near| format!("did you mean {near:?}? ")).unwrap_or_default()
}

/// `did you mean WORD? ` for the known word nearest to `text`, ready for what follows in a hint; empty where none is
/// near.
pub(crate) fn did_you_mean(text: &str, known: &[String]) -> String {
    nearest(text, known).map(|near| format!("did you mean {near}? ")).unwrap_or_default()
}

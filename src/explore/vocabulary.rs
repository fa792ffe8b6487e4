//! The words that the shell knows: tables, columns, macros with their parameters, functions, keywords.

use super::protocol::CatalogQuery;
use super::session::Session;
use crate::failure::Failure;
use crate::render;

/// What a word is. In the order in which words are offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum WordKind {
    /// A parameter of a macro.
    Parameter,
    /// A column of a table.
    Column,
    /// A table or a view.
    Table,
    /// A macro of the database.
    Macro,
    /// A word of the language.
    Keyword,
    /// A function of the engine.
    Function,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) kind: WordKind,
    /// Table of a column, macro of a parameter; else nothing.
    pub(crate) owner: String,
    pub(crate) word: String,
    /// The word as it is offered: a macro with its parameters.
    pub(crate) shown: String,
}

/// The words that the shell knows.
#[derive(Clone, Debug, Default)]
pub(crate) struct Vocabulary {
    pub(crate) words: Vec<Word>,
}

impl Vocabulary {
    /// The words of a database.
    pub(crate) fn read(session: &mut Session) -> Result<Self, Failure> {
        let mut words = Vec::new();
        let look = CatalogQuery { file: "explore/vocabulary.sql".to_owned(), ..CatalogQuery::default() };
        session.catalog(look, |rows| {
            for row in render::texts(rows)? {
                let Ok([kind, owner, word, shown]) = <[String; 4]>::try_from(row) else { continue };
                let kind = match kind.as_str() {
                    "parameter" => WordKind::Parameter,
                    "column" => WordKind::Column,
                    "table" => WordKind::Table,
                    "macro" => WordKind::Macro,
                    "function" => WordKind::Function,
                    _ => WordKind::Keyword,
                };
                words.push(Word { kind, owner, word, shown });
            }
            Ok(())
        })?;
        Ok(Self { words })
    }

    /// True where there is such a word of a kind, in whatever case.
    pub(crate) fn has(&self, kind: WordKind, word: &str) -> bool {
        self.words.iter().any(|known| known.kind == kind && known.word.eq_ignore_ascii_case(word))
    }
}

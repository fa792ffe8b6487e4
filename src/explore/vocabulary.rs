//! The words that the shell knows: tables, columns, macros with their parameters, functions, keywords.

use super::protocol::Look;
use super::session::Session;
use crate::failure::Failure;
use crate::render;

/// What a word is. In the order in which words are offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WordKind {
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

/// A word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// What it is.
    pub kind: WordKind,
    /// Table of a column, macro of a parameter; else nothing.
    pub owner: String,
    /// The word itself.
    pub word: String,
    /// The word as it is offered: a macro with its parameters.
    pub shown: String,
}

/// The words that the shell knows.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    /// All of them.
    pub words: Vec<Word>,
}

impl Vocabulary {
    /// The words of a database.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn read(session: &mut Session) -> Result<Self, Failure> {
        let mut words = Vec::new();
        let look = Look { file: "explore/vocabulary.sql".to_owned(), ..Look::default() };
        session.look(look, |rows| {
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
    #[must_use]
    pub fn has(&self, kind: WordKind, word: &str) -> bool {
        self.words.iter().any(|known| known.kind == kind && known.word.eq_ignore_ascii_case(word))
    }
}

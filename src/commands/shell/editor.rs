//! The line of the shell: editing, history, completion, colours.

use crate::cancellation;
use crate::explore::{Vocabulary, coloured, is_whole, offers};
use crate::failure::{Failure, Kind};
use crate::interrupt;
use crate::ledger::end_all;
use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};
use rustyline::completion::{Completer, Pair};
use rustyline::config::Configurer;
use rustyline::error::ReadlineError;
use rustyline::highlight::{CmdKind, Highlighter};
use rustyline::hint::Hinter;
use rustyline::history::FileHistory;
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{CompletionType, Config, Helper};
use std::borrow::Cow;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

const PROMPT: &str = "harmrank> ";
/// Statements kept in the history.
const KEPT: usize = 2000;

/// What the user did.
pub(super) enum Read {
    /// A whole text to be run.
    Text(String),
    /// Ctrl-C: what stood in the line is dropped.
    Nothing,
    Left,
}

/// A line editor with a history.
pub(super) struct Editor {
    inner: rustyline::Editor<Words, FileHistory>,
    history: Option<PathBuf>,
    /// True where there was no history: a first time.
    pub(super) is_first: bool,
    /// True while the user types: then Ctrl-C is a key, and a signal means to leave.
    is_idle: Arc<AtomicBool>,
}

impl Editor {
    pub(super) fn new(
        vocabulary: Arc<OnceLock<Vocabulary>>,
        reports: Vec<String>,
        has_history: bool,
    ) -> Result<Self, Failure> {
        let config = Config::builder().completion_type(CompletionType::List).auto_add_history(false).build();
        let mut inner = rustyline::Editor::with_config(config).map_err(|error| failure(&error))?;
        inner.set_max_history_size(KEPT).map_err(|error| failure(&error))?;
        inner.set_history_ignore_space(true);
        let has_colours = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
            && std::env::var_os("TERM").is_none_or(|terminal| terminal != "dumb");
        inner.set_helper(Some(Words { vocabulary, reports, has_colours, is_plain: false }));
        let history = has_history.then(history_file).flatten();
        let is_first = history.as_ref().is_some_and(|path| !path.exists());
        if let Some(path) = &history {
            // A history that cannot be read is a history that is not there.
            let _ = inner.load_history(path);
        }
        let is_idle = Arc::new(AtomicBool::new(false));
        if let Ok(terminal) = tcgetattr(std::io::stdin()) {
            leave_when_asked(Arc::clone(&is_idle), terminal);
        }
        Ok(Self { inner, history, is_first, is_idle })
    }

    /// Reads a whole text.
    pub(super) fn read(&mut self) -> Result<Read, Failure> {
        self.is_idle.store(true, Ordering::SeqCst);
        let read = self.inner.readline(PROMPT);
        self.is_idle.store(false, Ordering::SeqCst);
        match read {
            Ok(text) => {
                self.keep(&text);
                Ok(Read::Text(text))
            }
            Err(ReadlineError::Interrupted) => Ok(Read::Nothing),
            Err(ReadlineError::Eof) => Ok(Read::Left),
            Err(error) => Err(failure(&error)),
        }
    }

    /// Asks why the data are read; nothing where that is left empty.
    pub(super) fn reason(&mut self) -> Result<Option<String>, Failure> {
        let helper = self.inner.helper_mut();
        // No SQL: one line, in one colour.
        let is_plain = helper.map(|words| std::mem::replace(&mut words.is_plain, true));
        let read = self.inner.readline("Why are the data read, without names? ");
        if let (Some(words), Some(is_plain)) = (self.inner.helper_mut(), is_plain) {
            words.is_plain = is_plain;
        }
        match read {
            Ok(text) => Ok(Some(text.trim().to_owned()).filter(|text| !text.is_empty())),
            Err(ReadlineError::Interrupted | ReadlineError::Eof) => Ok(None),
            Err(error) => Err(failure(&error)),
        }
    }

    /// One entry for a statement, however many lines it has.
    fn keep(&mut self, text: &str) {
        let text = text.trim_end();
        let Some(path) = self.history.as_ref().filter(|_| !text.is_empty()) else { return };
        let is_new = self.inner.add_history_entry(text).unwrap_or(false);
        if is_new && path.parent().is_some_and(|folder| std::fs::create_dir_all(folder).is_ok()) {
            // What cannot be kept is still typed.
            let _ = self.inner.append_history(path);
        }
    }
}

/// `harmrank/history` in the user's state folder.
fn history_file() -> Option<PathBuf> {
    let named = |variable| std::env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from);
    let state = named("XDG_STATE_HOME").filter(|path| path.is_absolute());
    let state = state.or_else(|| Some(named("HOME")?.join(".local").join("state")))?;
    Some(state.join("harmrank").join("history"))
}

/// Ends the shell, its terminal as it was, when a signal comes while the user types.
fn leave_when_asked(is_idle: Arc<AtomicBool>, terminal: Termios) {
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(Duration::from_millis(100));
            if is_idle.load(Ordering::SeqCst) && cancellation::is_cancelled() {
                let _ = tcsetattr(std::io::stdin(), OptionalActions::Now, &terminal);
                leave_for_signal();
            }
        }
    });
}

/// The exit of a shell whose terminal or whose user's session has gone.
fn leave_for_signal() -> ! {
    end_all(&Failure::cancelled());
    interrupt::remove_drafts();
    std::process::exit(i32::from(Kind::Interrupted.exit_code()))
}

fn failure(error: &ReadlineError) -> Failure {
    Failure::failed(format!("the terminal cannot be read: {error}"))
}

/// What the editor knows of the words.
struct Words {
    vocabulary: Arc<OnceLock<Vocabulary>>,
    reports: Vec<String>,
    has_colours: bool,
    /// True where the line is no SQL.
    is_plain: bool,
}

impl Words {
    fn vocabulary(&self) -> &Vocabulary {
        static NONE: Vocabulary = Vocabulary { words: Vec::new() };
        self.vocabulary.get().unwrap_or(&NONE)
    }
}

impl Helper for Words {}

impl Hinter for Words {
    type Hint = String;
}

impl Completer for Words {
    type Candidate = Pair;

    fn complete(
        &self,
        line: &str,
        place: usize,
        _: &rustyline::Context<'_>,
    ) -> rustyline::Result<(usize, Vec<Pair>)> {
        let (begin, offers) = offers(&line[..place], self.vocabulary(), &self.reports);
        let pairs = offers.into_iter().map(|offer| Pair { display: offer.shown, replacement: offer.word });
        Ok((begin, pairs.collect()))
    }
}

impl Highlighter for Words {
    fn highlight<'l>(&self, line: &'l str, _: usize) -> Cow<'l, str> {
        if self.has_colours && !self.is_plain && !line.trim_start().starts_with('.') {
            Cow::Owned(coloured(line, self.vocabulary()))
        } else {
            Cow::Borrowed(line)
        }
    }

    fn highlight_prompt<'b, 's: 'b, 'p: 'b>(&'s self, prompt: &'p str, _: bool) -> Cow<'b, str> {
        if self.has_colours {
            Cow::Owned(format!("\u{1b}[1m{prompt}\u{1b}[0m"))
        } else {
            Cow::Borrowed(prompt)
        }
    }

    fn highlight_char(&self, _: &str, _: usize, _: CmdKind) -> bool {
        self.has_colours
    }
}

impl Validator for Words {
    fn validate(&self, context: &mut ValidationContext<'_>) -> rustyline::Result<ValidationResult> {
        Ok(if self.is_plain || is_whole(context.input()) {
            ValidationResult::Valid(None)
        } else {
            ValidationResult::Incomplete
        })
    }
}

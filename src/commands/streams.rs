//! What commands say on standard output, and failures on standard error.

use crate::cancellation;
use crate::cli::ListForm;
use crate::failure::{Failure, Kind};
use crate::interrupt;
use crate::ledger::end_all;
use crate::standard_output;
use crate::terminal_text::clean_lines;
use crate::wording::json_text;
use serde::Serialize;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;
use std::time::Duration;
use terminal_size::{Width, terminal_size_of};
use textwrap::Options;

/// Writes words for people to standard output, without signs that a terminal would obey.
pub(super) fn say(text: &str) -> Result<(), Failure> {
    write_all(&clean_lines(text))
}

/// Writes a document for programs, such as SQL or JSON, to standard output: as it is, but on a terminal.
pub(super) fn say_document(text: &str) -> Result<(), Failure> {
    if io::stdout().is_terminal() { say(text) } else { write_all(text) }
}

fn write_all(text: &str) -> Result<(), Failure> {
    standard_output::check()?;
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

/// Writes to standard error, without signs that a terminal would obey; on a terminal long lines are broken at words.
pub(super) fn tell(text: &str) {
    let width = terminal_size_of(io::stderr()).map(|(Width(columns), _)| usize::from(columns));
    let text = clean_lines(text);
    let text = match width {
        Some(width) => wrapped(&text, width),
        None => text,
    };
    let _ = io::stderr().write_all(text.as_bytes());
}

/// Writes lines for programs to standard error, each in one piece.
fn tell_lines(text: &str) {
    let _ = io::stderr().write_all(clean_lines(text).as_bytes());
}

/// Breaks the lines of messages and hints at words; what is set further in, such as a line of SQL with the place beneath
/// it, stays as it is.
fn wrapped(text: &str, width: usize) -> String {
    let line = |line: &str| {
        let (text, end) = line.strip_suffix('\n').map_or((line, ""), |line| (line, "\n"));
        let is_message = !text.starts_with("   ") && text.chars().count() > width;
        let options = Options::new(width.max(20)).subsequent_indent("    ").break_words(false);
        if is_message { textwrap::fill(text, options) + end } else { line.to_owned() }
    };
    text.split_inclusive('\n').map(line).collect()
}

pub(super) fn say_json(value: &impl Serialize) -> Result<(), Failure> {
    say_document(&json_text(value)?)
}

pub(super) fn say_as(form: ListForm, value: &impl Serialize, text: &str) -> Result<(), Failure> {
    match form {
        ListForm::Table => say(text),
        ListForm::Json => say_json(value),
    }
}

/// Writes what a user must know of an answer that says nothing of itself, on standard error.
pub(super) fn warn(text: &str) {
    tell(&format!("harmrank: warning: {text}\n"));
}

/// Writes a failure and returns its exit code. A reader that went away is no failure.
pub(super) fn report_failure(failure: &Failure, as_json: bool) -> ExitCode {
    if failure.is_broken_pipe() {
        return ExitCode::SUCCESS;
    }
    let kind = if cancellation::is_cancelled() { Kind::Interrupted } else { failure.kind };
    if as_json {
        tell_lines(&format!("{}\n", failure.to_json_lines()));
    } else {
        tell(&format!("{failure}\n"));
    }
    ExitCode::from(kind.exit_code())
}

/// Writes help or the version; to standard error, as wrong use, where a command lacked its words.
pub(super) fn report_help(help: &clap::Error, as_json: bool) -> ExitCode {
    if let Err(failed) = print(help) {
        return report_failure(&Failure::from(failed), as_json);
    }
    if help.use_stderr() { ExitCode::from(Kind::Usage.exit_code()) } else { ExitCode::SUCCESS }
}

/// Prints as clap does, and hears of a standard output that takes nothing.
fn print(error: &clap::Error) -> io::Result<()> {
    if error.use_stderr() {
        return error.print();
    }
    standard_output::check()?;
    error.print()?;
    io::stdout().flush()
}

/// Lets a signal or the time limit end the process in the middle of what only reads, where the engine does not stop.
pub(super) fn end_when_cancelled(limit: Option<Duration>, as_json: bool) {
    interrupt::enforce_deadline(limit, move |failure| {
        end_all(failure);
        let _ = report_failure(failure, as_json);
        std::process::exit(i32::from(failure.kind.exit_code()));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_message_is_broken_at_words_and_a_line_of_sql_is_not() {
        let text =
            "harmrank: one two three four five\n  six seven eight nine ten\n    select a, b, c, d, e, f, g\n";
        assert_eq!(
            wrapped(text, 20),
            "harmrank: one two\n    three four five\n  six seven eight\n    nine ten\n    select a, b, c, d, e, f, g\n"
        );
        assert_eq!(wrapped(text, 80), text);
    }
}

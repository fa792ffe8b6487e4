//! A text longer than the screen goes to the pager.

use crate::interrupt;
use std::io::{self, Write};
use std::process::{Child, ChildStdin, Command, Stdio};

/// What pages where `PAGER` is not set: leaves colours and what was read on the screen, ends by itself on a
/// short text.
const DEFAULT: &str = "less -FRX";

/// A terminal of so many lines. What fits is printed at its end; what does not, goes to the pager as it comes.
pub(crate) struct Screen<W: Write> {
    out: W,
    lines: usize,
    columns: usize,
    pager: Option<String>,
    held: Vec<u8>,
    line_count: usize,
    state: State,
}

enum State {
    /// It may still fit.
    Held,
    /// It does not fit, and there is no pager.
    Plain,
    Paged(Child, Option<ChildStdin>),
}

/// The command that pages: what `PAGER` says, else `less`; none where `PAGER` is empty or `cat`.
pub(crate) fn pager(variable: Option<String>) -> Option<String> {
    let command = variable.unwrap_or_else(|| DEFAULT.to_owned());
    let command = command.trim();
    (!command.is_empty() && command != "cat").then(|| command.to_owned())
}

impl<W: Write> Screen<W> {
    /// A screen over a terminal of so many lines and columns.
    pub(crate) fn new(out: W, lines: usize, columns: usize, pager: Option<String>) -> Self {
        Self { out, lines, columns, pager, held: Vec::new(), line_count: 0, state: State::Held }
    }

    /// Prints what is held, or waits until the reader has left the pager.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        if matches!(self.state, State::Held) {
            self.out.write_all(&self.held)?;
        }
        self.out.flush()
    }

    /// Lines of the terminal that a stretch of text takes, the last unfinished one aside.
    fn lines_of(&self, text: &[u8]) -> usize {
        let columns = self.columns.max(1);
        let lines = text.split_inclusive(|byte| *byte == b'\n').filter(|line| line.ends_with(b"\n"));
        // Signs, not columns: only text that was wrapped to the terminal's width anyway comes here.
        lines.map(|line| String::from_utf8_lossy(line).chars().count().saturating_sub(2) / columns + 1).sum()
    }

    /// Opens the pager, or finds that there is none.
    fn overflow(&mut self) -> io::Result<()> {
        // Whoever leaves the pager ends the report: neither Ctrl-C nor a time limit takes it from them.
        interrupt::block_cancel();
        if let Some((child, mut input)) = self.pager.as_ref().and_then(|command| start(command)) {
            let outcome = input.write_all(&self.held);
            self.state = State::Paged(child, Some(input));
            self.held.clear();
            return outcome;
        }
        interrupt::allow_cancel();
        self.state = State::Plain;
        self.out.write_all(&std::mem::take(&mut self.held))
    }
}

/// Starts a pager; nothing where it cannot be run.
fn start(command: &str) -> Option<(Child, ChildStdin)> {
    let mut words = command.split_whitespace();
    let program = words.next()?;
    // A pager that is a line of shell is run as one; the default is not, so that its absence shows.
    let mut run = if command == DEFAULT {
        let mut run = Command::new(program);
        run.args(words);
        run
    } else {
        if !is_command(command) {
            let _ = writeln!(
                io::stderr(),
                "harmrank: PAGER names {command:?}, which cannot be run: printed without it"
            );
            return None;
        }
        let mut run = Command::new("sh");
        run.args(["-c", command]);
        run
    };
    // Whoever may read the list may not thereby run commands or write files, as `less` would let them.
    if std::env::var_os("LESSSECURE").is_none() {
        run.env("LESSSECURE", "1");
    }
    // The same manners for a `less` that PAGER names, unless its user has others.
    if std::env::var_os("LESS").is_none() {
        run.env("LESS", "FRX");
    }
    let mut child = run.stdin(Stdio::piped()).spawn().ok()?;
    let input = child.stdin.take()?;
    Some((child, input))
}

/// True where the first word of a line of shell is something that can be run.
fn is_command(line: &str) -> bool {
    let Some(program) = shlex::split(line).and_then(|words| words.into_iter().next()) else { return false };
    // `A=b less` sets a variable first.
    program.contains('=')
        || Command::new("sh")
            .args(["-c", "command -v -- \"$1\"", "sh", &program])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
}

impl<W: Write> Write for Screen<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.state {
            State::Plain => return self.out.write(bytes),
            State::Paged(_, Some(input)) => return input.write(bytes),
            State::Paged(_, None) => return Err(io::ErrorKind::BrokenPipe.into()),
            State::Held => {}
        }
        self.held.extend_from_slice(bytes);
        self.line_count += self.lines_of(bytes);
        if self.line_count >= self.lines {
            self.overflow()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.state {
            State::Plain => self.out.flush(),
            State::Paged(_, Some(input)) => input.flush(),
            State::Held | State::Paged(_, None) => Ok(()),
        }
    }
}

impl<W: Write> Drop for Screen<W> {
    /// The terminal is the reader's until they leave the pager, whatever became of the report.
    fn drop(&mut self) {
        if let State::Paged(child, input) = &mut self.state {
            drop(input.take());
            let _ = child.wait();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(lines: usize, columns: usize, text: &str, pager: Option<&str>) -> String {
        let mut out = Vec::new();
        let mut screen = Screen::new(&mut out, lines, columns, pager.map(str::to_owned));
        screen.write_all(text.as_bytes()).expect("written");
        screen.finish().expect("printed");
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn what_fits_is_printed_and_what_does_not_goes_to_the_pager() {
        let folder = tempfile::tempdir().expect("folder");
        let file = folder.path().join("paged");
        let pager = format!("cat > '{}'", file.display());
        assert_eq!(printed(4, 80, "a\nb\nc\n", Some(&pager)), "a\nb\nc\n");
        assert!(!file.exists());
        assert_eq!(printed(4, 80, "a\nb\nc\nd\n", Some(&pager)), "");
        assert_eq!(std::fs::read_to_string(&file).expect("paged"), "a\nb\nc\nd\n");
        assert_eq!(printed(4, 2, "aa\nbbbbb\n", Some(&pager)), "", "a folded line takes several");
    }

    #[test]
    fn without_a_pager_it_is_printed() {
        assert_eq!(printed(1, 80, "a\nb\n", None), "a\nb\n");
        assert_eq!(pager(Some(String::new())), None);
        assert_eq!(pager(Some("cat".to_owned())), None);
        assert_eq!(pager(None).as_deref(), Some("less -FRX"));
    }

    #[test]
    fn a_pager_that_cannot_be_run_is_none() {
        assert_eq!(printed(1, 80, "a\nb\n", Some("no-such-pager --flag")), "a\nb\n");
        assert!(is_command("cat > 'a b'") && is_command("LESS=F less") && !is_command("'open"));
    }

    #[test]
    fn a_pager_left_early_is_a_reader_gone() {
        let mut screen = Screen::new(io::sink(), 1, 80, Some("true".to_owned()));
        let text = "line\n".repeat(100_000);
        let error = screen.write_all(text.as_bytes()).expect_err("nobody reads");
        assert_eq!(error.kind(), io::ErrorKind::BrokenPipe);
    }
}

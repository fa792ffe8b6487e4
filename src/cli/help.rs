//! What `--help` of each command ends with: examples and the topic of the manual, and where the options of every command
//! are.

use crate::manual::{examples, topic_of};
use clap::Command;
use clap::builder::StyledStr;

/// Most examples in the help of a command.
const MOST: usize = 3;

/// Ends the help of a command, and of those below it, with its examples: those of the manual, else the one that
/// `own_example` gives. `words` are those after the program's name.
pub(super) fn with_examples(
    command: Command,
    words: &str,
    own_example: &dyn Fn(&str) -> Option<String>,
) -> Command {
    let names: Vec<_> = command.get_subcommands().map(|below| below.get_name().to_owned()).collect();
    let command = names.into_iter().fold(command, |command, name| {
        let words = format!("{words} {name}");
        command.mut_subcommand(name, |below| with_examples(below, words.trim(), own_example))
    });
    let found = if words.is_empty() { Vec::new() } else { examples(words, MOST) };
    let lines: Vec<_> = found.iter().map(|example| format!("\n  {example}")).collect();
    let shown = if lines.is_empty() {
        own_example(words).map(|example| format!("Example:\n  {example}"))
    } else {
        Some(format!("Examples:{}", lines.concat()))
    };
    let own = command.get_after_help().map(StyledStr::to_string);
    let topic = topic_of(words).map(|topic| format!("Manual: harmrank help {}\n", topic.name));
    let end =
        format!("{}Options of every command, such as --db: harmrank help options", topic.unwrap_or_default());
    command.after_help(shown.into_iter().chain(own).chain([end]).collect::<Vec<_>>().join("\n\n"))
}

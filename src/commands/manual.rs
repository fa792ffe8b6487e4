//! `harmrank help`, `man`, `completions`: none of them needs a database.

use super::CommandContext;
use super::output::{Paging, to_screen};
use super::streams::{say, say_document};
use crate::atomic_file;
use crate::cli;
use crate::failure::Failure;
use crate::manual;
use crate::render::Format;
use crate::report::Library;
use crate::suggest::did_you_mean;
use crate::write_gate;
use clap_complete::Shell;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

/// Columns of a text where no terminal says how wide it is.
const WIDTH: usize = 80;

/// Shows the topics of the manual, one of them, or the help of a command.
pub(super) fn help(words: &[String], ctx: &CommandContext<'_>) -> Result<(), Failure> {
    let width = ctx.context.width.unwrap_or(WIDTH);
    let text = match words {
        [] => contents(),
        [word] => match manual::topic(word) {
            Some(topic) => manual::for_terminal(&topic, width),
            None => help_of_command(words, ctx.library)?,
        },
        words => help_of_command(words, ctx.library)?,
    };
    to_screen(Format::Table, Paging::UsersPager, ctx.context, |_, out| Ok(out.write_all(text.as_bytes())?))
}

/// The names and titles of all topics.
fn contents() -> String {
    let mut text = String::from("harmrank help TOPIC shows one of these:\n\n");
    for topic in manual::topics() {
        let _ = writeln!(text, "  {:<14} {}", topic.name, topic.title());
    }
    text.push_str("\nharmrank COMMAND --help lists the flags of a command; harmrank --help the commands.\n");
    text
}

/// What `--help` of a command prints, by its words.
fn help_of_command(words: &[String], library: &Library) -> Result<String, Failure> {
    let mut command = cli::commands(library);
    command.build();
    for word in words {
        let Some(below) = command.find_subcommand(word) else {
            let names = manual::topics().map(|topic| topic.name.to_owned());
            let commands = command.get_subcommands().map(|below| below.get_name().to_owned());
            let known: Vec<_> = names.chain(commands).collect();
            let guess = did_you_mean(word, &known);
            return Err(Failure::usage(format!("no topic and no command {word:?}"))
                .hint(format!("{guess}`harmrank help` lists the topics")));
        };
        command = below.clone();
    }
    Ok(command.render_long_help().to_string())
}

/// Writes the man pages of all commands (section 1) and topics (section 7) into a folder.
pub(super) fn man(folder: &Path, ctx: &CommandContext<'_>) -> Result<(), Failure> {
    write_gate::check_folder(folder)?;
    let io = |error: io::Error| Failure::io(&error, folder);
    fs::create_dir_all(folder).map_err(io)?;
    clap_mangen::generate_to(cli::commands(ctx.library), folder).map_err(io)?;
    for topic in manual::topics() {
        let path = folder.join(format!("harmrank-{}.7", topic.name));
        let page = manual::man_page(&topic, ctx.context.version);
        atomic_file::overwrite(&path, page.as_bytes()).map_err(|error| Failure::io(&error, &path))?;
    }
    say(&format!("wrote man pages to {}\n", folder.display()))
}

/// Prints the completions of a shell.
pub(super) fn completions(shell: Shell, library: &Library) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut cli::commands(library), "harmrank", &mut script);
    say_document(&String::from_utf8_lossy(&script))
}

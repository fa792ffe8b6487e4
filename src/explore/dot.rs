//! Dot commands of the shell.

use crate::failure::Failure;
use crate::render::Format;
use crate::suggest::did_you_mean;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Dot {
    /// Names of tables and views, and what a row is.
    Tables,
    /// The SQL that made something; everything without a name.
    Schema(String),
    /// What a table holds.
    Describe(String),
    /// Signatures of macros with this word in their name, and what they mean.
    Macros(String),
    Reports,
    /// A report with its flags.
    Report(Vec<String>),
    /// The report that explains one person.
    Person(String),
    /// The format of answers; none: say which.
    Mode(Option<Format>),
    /// All of the last answer.
    Last,
    /// Whether the time of each statement is said; none: the other way round.
    Timer(Option<bool>),
    /// What holds a query in.
    About,
    Help,
    Quit,
}

/// Each command with what follows it, and what it does.
pub(crate) const COMMANDS: [(&str, &str, &str); 13] = [
    (".tables", "", "tables and views: rows, and what a row is"),
    (".schema", "[NAME]", "the SQL that made a table, view or macro"),
    (".describe", "NAME", "what a row is, columns, units, how many, how full"),
    (".macros", "[WORD]", "typed signature and meaning of each macro"),
    (".reports", "", "the reports there are"),
    (".report", "NAME [FLAGS]", "a report, as `harmrank report` runs it"),
    (".person", "ID", "every crime considered for one person"),
    (".mode", "[FORMAT]", "how answers are written: table, csv, tsv, json, jsonl, markdown"),
    (".last", "", "all rows of the last answer"),
    (".timer", "[on|off]", "say how long each statement took"),
    (".about", "", "what holds a query in on this machine"),
    (".help", "", "this"),
    (".quit", "", "leave, as does Ctrl-D"),
];

/// The commands for people.
pub(crate) fn help() -> String {
    let lines =
        COMMANDS.iter().map(|(name, follows, does)| format!("{:<22} {does}\n", format!("{name} {follows}")));
    lines.collect::<String>()
        + "\nSQL ends with a semicolon, or an empty line. Tab completes, Ctrl-R searches the history, Ctrl-C cancels.\n"
}

/// True for what can be read where answers are shown.
fn is_for_screens(format: Format) -> bool {
    !format.is_binary() && format != Format::Html
}

pub(crate) fn read(line: &str) -> Result<Dot, Failure> {
    let line = line.trim().trim_end_matches(';').trim_end();
    let mut words = shlex::split(line)
        .ok_or_else(|| {
            Failure::usage("a quote is not closed")
                .at(line)
                .hint("close it, or write \\' for a quote of the text")
        })?
        .into_iter();
    let name = &words.next().unwrap_or_default();
    let rest: Vec<String> = words.collect();
    let Some((_, follows, _)) = COMMANDS.iter().find(|(known, ..)| known == name) else {
        return Err(unknown(name));
    };
    let wrong = || {
        Failure::usage(format!("it is {name} {follows}")).at(name).hint("a word with a space goes in quotes")
    };
    let most = match *follows {
        "" => 0,
        "NAME [FLAGS]" => usize::MAX,
        _ => 1,
    };
    if rest.len() > most {
        return Err(wrong());
    }
    let first = rest.first().cloned();
    Ok(match name.as_str() {
        ".tables" => Dot::Tables,
        ".schema" => Dot::Schema(first.unwrap_or_default()),
        ".describe" => Dot::Describe(first.ok_or_else(wrong)?),
        ".macros" => Dot::Macros(first.unwrap_or_default()),
        ".reports" => Dot::Reports,
        ".report" if first.is_some() => Dot::Report(rest),
        ".person" => Dot::Person(first.ok_or_else(wrong)?),
        ".mode" => Dot::Mode(match first {
            None => None,
            Some(word) => {
                Some(Format::named(&word).filter(|format| is_for_screens(*format)).ok_or_else(|| {
                    let known: Vec<_> =
                        Format::all().filter(|format| is_for_screens(*format)).map(Format::name).collect();
                    Failure::usage(format!("unknown format {word:?}")).at(name).hint(known.join(", "))
                })?)
            }
        }),
        ".last" => Dot::Last,
        ".timer" => Dot::Timer(match first.as_deref() {
            None => None,
            Some("on") => Some(true),
            Some("off") => Some(false),
            Some(_) => return Err(wrong()),
        }),
        ".about" => Dot::About,
        ".help" => Dot::Help,
        ".quit" => Dot::Quit,
        _ => return Err(wrong()),
    })
}

fn unknown(name: &str) -> Failure {
    let names: Vec<String> = COMMANDS.iter().map(|(name, ..)| (*name).to_owned()).collect();
    let guess = did_you_mean(name, &names);
    Failure::usage(format!("no command {name}")).hint(format!("{guess}.help names all"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_read_with_what_follows_them() {
        assert_eq!(read(".tables"), Ok(Dot::Tables));
        assert_eq!(read(" .describe crime; "), Ok(Dot::Describe("crime".to_owned())));
        assert_eq!(
            read(".report v100 --limit 5"),
            Ok(Dot::Report(["v100", "--limit", "5"].map(str::to_owned).to_vec()))
        );
        assert_eq!(read(".person 'N 1009'"), Ok(Dot::Person("N 1009".to_owned())));
        assert!(read(".person 'N 1009").is_err());
        assert_eq!(read(".mode csv"), Ok(Dot::Mode(Some(Format::Csv))));
        assert_eq!(read(".timer"), Ok(Dot::Timer(None)));
        for (name, follows, _) in COMMANDS {
            let line = format!("{name} {}", if follows.starts_with(['[', 'N', 'I']) { "csv" } else { "" });
            let is_timer = name == ".timer";
            assert_eq!(read(&line).is_ok(), !is_timer, "{line}");
        }
    }

    #[test]
    fn what_is_none_is_told_with_the_nearest() {
        for wrong in
            [".describe", ".person a b", ".mode xlsx", ".mode html", ".timer maybe", ".tables x", ".report"]
        {
            assert!(read(wrong).is_err(), "{wrong}");
        }
        let failure = read(".tabels").expect_err("none such");
        assert!(failure.to_string().contains("did you mean .tables?"), "{failure}");
        let failure = read(".mode excel").expect_err("none such");
        assert_eq!(failure.problems[0].hint.as_deref(), Some("table, csv, tsv, json, jsonl, markdown"));
    }
}

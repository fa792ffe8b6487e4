//! The manual: one topic per Markdown file under `src/manual`, embedded in the program. A terminal, a man page and the
//! examples of `--help` come from the same text.

mod markdown;
mod roff;
mod terminal;

pub(crate) use roff::man_page;
pub(crate) use terminal::for_terminal;

static FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/manual_files.rs"));

/// Words that begin a command of this program where the manual shows one.
const PROGRAM: &str = "harmrank ";

/// One topic of the manual.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Topic {
    /// What `harmrank help` calls it.
    pub(crate) name: &'static str,
    /// The text, in Markdown; its first line is the title.
    pub(crate) text: &'static str,
}

impl Topic {
    /// The title, without the mark of a heading.
    pub(crate) fn title(&self) -> &'static str {
        self.text.lines().next().unwrap_or_default().trim_start_matches('#').trim()
    }
}

/// All topics, in the order of their names.
pub(crate) fn topics() -> impl Iterator<Item = Topic> {
    FILES.iter().filter_map(|&(path, text)| Some(Topic { name: path.strip_suffix(".md")?, text }))
}

/// A topic by its name, in any case.
pub(crate) fn topic(name: &str) -> Option<Topic> {
    topics().find(|topic| topic.name.eq_ignore_ascii_case(name))
}

/// The topic that explains a command, by its words after the name of the program: the one that names the command, or
/// the command it belongs to, in the comment at its head.
pub(crate) fn topic_of(words: &str) -> Option<Topic> {
    let commands = |topic: &Topic| {
        let line = topic.text.lines().find_map(|line| line.strip_prefix("<!-- commands:"))?;
        Some(line.trim_end_matches("-->").split(',').map(str::trim).collect::<Vec<_>>())
    };
    let mut words = words;
    loop {
        let names = |topic: &Topic| commands(topic).is_some_and(|commands| commands.contains(&words));
        if let Some(topic) = topics().find(names) {
            return Some(topic);
        }
        words = words.rsplit_once(' ')?.0;
    }
}

/// The commands in the manual that begin with these words after the name of the program: each once, those of the
/// command's own topic first, at most `most` of them.
pub(crate) fn examples(words: &str, most: usize) -> Vec<&'static str> {
    let own = topic_of(words);
    let mut found: Vec<&str> = Vec::new();
    for line in own.into_iter().chain(topics()).flat_map(|topic| topic.text.lines()) {
        let line = line.strip_prefix("    ").unwrap_or_default();
        let rest = line.strip_prefix(PROGRAM).and_then(|call| call.strip_prefix(words));
        if rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')) && !found.contains(&line) {
            found.push(line);
        }
    }
    found.truncate(most);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_topic_has_a_title_and_a_name_that_is_easy_to_type() {
        let topics: Vec<_> = topics().collect();
        assert!(topics.len() > 20, "{}", topics.len());
        for topic in topics {
            assert!(topic.text.starts_with("# ") && topic.title().len() < 60, "{}", topic.name);
            assert!(topic.name.chars().all(|letter| letter.is_ascii_lowercase() || letter == '-'));
        }
    }

    #[test]
    fn a_reference_to_a_topic_leads_to_one() {
        for from in topics() {
            let text = from.text.split_whitespace().collect::<Vec<_>>().join(" ");
            for (_, rest) in
                text.match_indices("harmrank help ").map(|(at, found)| text.split_at(at + found.len()))
            {
                let name = rest.split(|letter: char| !letter.is_ascii_lowercase() && letter != '-').next();
                let name = name.unwrap_or_default();
                assert!(name.is_empty() || topic(name).is_some(), "{} names {name:?}", from.name);
            }
        }
    }

    #[test]
    fn a_command_has_the_topic_that_names_it() {
        let name = |words| topic_of(words).map(|topic| topic.name);
        assert_eq!(
            [name("report v100"), name("loads undo"), name("init")],
            [Some("list"), Some("load"), Some("start")]
        );
        assert_eq!(name("no-such"), None);
    }

    #[test]
    fn examples_of_a_command_are_those_of_the_manual() {
        assert!(examples("loads", 9).iter().all(|line| line.starts_with("harmrank loads ")));
        assert_eq!(examples("report v100", 1), ["harmrank report v100"]);
        assert_eq!(examples("load-", 9), Vec::<&str>::new());
    }
}

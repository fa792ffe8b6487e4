//! A topic of the manual for reading on a terminal.

use super::Topic;
use super::markdown::{Block, blocks};
use tabled::builder::Builder;
use tabled::settings::{Padding, Style};
use textwrap::Options;

/// Lines of text longer than this are hard to read, however wide the terminal.
const WIDEST: usize = 100;
/// Spaces between the columns of a table.
const GAP: usize = 2;

/// The text of a topic in lines of at most `width` columns; code and words longer than that keep their lines.
pub(crate) fn for_terminal(topic: &Topic, width: usize) -> String {
    let width = width.min(WIDEST);
    let mut out = String::new();
    let mut is_in_list = false;
    for block in blocks(topic.text) {
        let is_item = matches!(block, Block::Item(..));
        let follows_closely = is_item && is_in_list;
        if !out.is_empty() && !follows_closely {
            out.push('\n');
        }
        is_in_list = is_item;
        out.push_str(&shown(block, width));
        out.push('\n');
    }
    out
}

fn shown(block: Block, width: usize) -> String {
    match block {
        Block::Heading(level, text) => {
            let line = if level == 1 { "=" } else { "-" };
            format!("{text}\n{}", line.repeat(text.chars().count()))
        }
        Block::Paragraph(text) => textwrap::fill(&text, width),
        Block::Item(depth, mark, text) => {
            let first = format!("{}{mark:<4}", "    ".repeat(depth));
            let rest = " ".repeat(first.len());
            textwrap::fill(&text, Options::new(width).initial_indent(&first).subsequent_indent(&rest))
        }
        Block::Code(text) => textwrap::indent(&text, "    ").trim_end().to_owned(),
        Block::Table(rows) => table(rows, width),
    }
}

/// A table in columns no wider than fits, cells wrapped at words: the widest column gives way first, and none below its
/// longest word.
fn table(mut rows: Vec<Vec<String>>, width: usize) -> String {
    let columns = rows.first().map_or(0, Vec::len);
    let length = |text: &str| text.chars().count();
    let longest = |column: usize, of: &dyn Fn(&str) -> usize| {
        rows.iter().map(|row| of(&row[column])).max().unwrap_or(0)
    };
    let mut widths: Vec<_> = (0..columns).map(|column| longest(column, &length)).collect();
    let word = |text: &str| text.split_whitespace().map(length).max().unwrap_or(0);
    let least: Vec<_> = (0..columns).map(|column| longest(column, &word)).collect();
    let room = width.saturating_sub(GAP * columns);
    while widths.iter().sum::<usize>() > room {
        let can_give = |column: &usize| widths[*column] > least[*column];
        let Some(widest) = (0..columns).filter(can_give).max_by_key(|column| widths[*column]) else { break };
        widths[widest] -= 1;
    }
    for row in &mut rows {
        for (cell, width) in row.iter_mut().zip(&widths) {
            let options = Options::new((*width).max(1))
                .break_words(false)
                .word_splitter(textwrap::WordSplitter::NoHyphenation)
                .word_separator(textwrap::WordSeparator::AsciiSpace);
            *cell = textwrap::fill(cell, options);
        }
    }
    let mut table = Builder::from_iter(rows).build();
    table.with(Style::psql().remove_vertical()).with(Padding::new(0, GAP, 0, 0));
    table.to_string().lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manual::topics;

    #[test]
    fn no_text_and_no_table_is_wider_than_the_terminal() {
        for topic in topics() {
            for width in [80, 200] {
                let text = for_terminal(&topic, width);
                let lines = text.lines().filter(|line| !line.starts_with("    "));
                let wide: Vec<_> = lines.filter(|line| line.chars().count() > width).collect();
                assert!(wide.is_empty(), "{} at {width}: {wide:#?}", topic.name);
            }
        }
    }

    #[test]
    fn no_word_of_a_table_is_broken() {
        let row = |cells: [&str; 3]| cells.map(ToOwned::to_owned).to_vec();
        let rows = vec![
            row(["flag", "default", "meaning"]),
            row(["`--as-of`", "`data-date`", "the last day of it"]),
        ];
        assert_eq!(
            table(rows, 34),
            "flag       default      meaning\n----------------------------------\n`--as-of`  `data-date`  the last\n                        day of\n                        it"
        );
    }
}

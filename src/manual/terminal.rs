//! A topic of the manual for reading on a terminal.

use super::Topic;
use super::markdown::{Block, blocks};
use tabled::builder::Builder;
use tabled::settings::peaker::PriorityMax;
use tabled::settings::{Padding, Style, Width};
use textwrap::Options;

/// Lines of text longer than this are hard to read, however wide the terminal.
const WIDEST: usize = 100;
/// Spaces between the columns of a table.
const GAP: usize = 2;
/// Letters that a wrapped column has room for, however narrow the terminal.
const NARROWEST: usize = 20;

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

/// A table with the cells of its widest column wrapped at words, and where that is not enough the others too.
fn table(mut rows: Vec<Vec<String>>, width: usize) -> String {
    let columns = rows.first().map_or(0, Vec::len);
    let widest_cell = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<_> = (0..columns).map(widest_cell).collect();
    if let Some(widest) = (0..columns).max_by_key(|column| widths[*column]) {
        let others: usize = widths.iter().sum::<usize>() - widths[widest] + GAP * columns;
        let room = width.saturating_sub(others).max(NARROWEST);
        for row in &mut rows {
            row[widest] = textwrap::fill(&row[widest], room);
        }
    }
    let mut table = Builder::from_iter(rows).build();
    table.with(Style::psql().remove_vertical()).with(Padding::new(0, GAP, 0, 0));
    table.with(Width::wrap(width).keep_words(true).priority(PriorityMax::left()));
    table.to_string().lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manual::topics;

    #[test]
    fn no_text_and_no_table_is_wider_than_the_terminal() {
        for topic in topics() {
            for width in [60, 80, 200] {
                let text = for_terminal(&topic, width);
                let lines = text.lines().filter(|line| !line.starts_with("    "));
                let wide: Vec<_> = lines.filter(|line| line.chars().count() > width).collect();
                assert!(wide.is_empty(), "{} at {width}: {wide:#?}", topic.name);
            }
        }
    }
}

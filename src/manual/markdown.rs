//! A text of the manual taken apart into blocks. The manual uses headings, paragraphs, lists, indented code and tables.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// A piece of a text, top to bottom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Block {
    /// A heading; 1 is the title.
    Heading(usize, String),
    Paragraph(String),
    /// An item of a list: depth from 0, its mark (empty for a second paragraph of an item), its text.
    Item(usize, String, String),
    /// Lines as they are.
    Code(String),
    /// Rows of cells, the first of them the heads.
    Table(Vec<Vec<String>>),
}

/// What was read of a text so far.
#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    /// Text of the block that is open.
    text: String,
    /// The next number of each open list; none: a list of dashes.
    lists: Vec<Option<u64>>,
    /// The mark of an item of which no text is written yet.
    mark: String,
    rows: Vec<Vec<String>>,
}

/// Takes a text apart. Marks of emphasis and the targets of links are left out.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let mut reader = Reader::default();
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match event {
            Event::Text(text) => reader.text.push_str(&text),
            Event::Code(code) => {
                reader.text.push('`');
                reader.text.push_str(&code);
                reader.text.push('`');
            }
            Event::SoftBreak | Event::HardBreak => reader.text.push(' '),
            Event::Start(tag) => reader.start(&tag),
            Event::End(tag) => reader.end(tag),
            _ => {}
        }
    }
    reader.blocks
}

impl Reader {
    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::List(first) => {
                self.close_text();
                self.lists.push(*first);
            }
            Tag::Item => {
                self.mark = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{}.", *number - 1)
                    }
                    _ => "-".to_owned(),
                };
            }
            Tag::Table(_) => self.rows.clear(),
            Tag::TableHead | Tag::TableRow => self.rows.push(Vec::new()),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(level) => {
                let text = std::mem::take(&mut self.text);
                self.blocks.push(Block::Heading(level as usize, text));
            }
            TagEnd::Paragraph | TagEnd::Item => self.close_text(),
            TagEnd::List(_) => {
                self.lists.pop();
            }
            TagEnd::CodeBlock => {
                let text = std::mem::take(&mut self.text);
                self.blocks.push(Block::Code(text.trim_end().to_owned()));
            }
            TagEnd::TableCell => {
                let text = std::mem::take(&mut self.text);
                if let Some(row) = self.rows.last_mut() {
                    row.push(text);
                }
            }
            TagEnd::Table => self.blocks.push(Block::Table(std::mem::take(&mut self.rows))),
            _ => {}
        }
    }

    /// Ends a paragraph, or the text of an item.
    fn close_text(&mut self) {
        if self.text.is_empty() {
            return;
        }
        let text = std::mem::take(&mut self.text);
        self.blocks.push(match self.lists.len() {
            0 => Block::Paragraph(text),
            depth => Block::Item(depth - 1, std::mem::take(&mut self.mark), text),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_taken_apart() {
        let text = "# A\n\nb `c`\n**d** [e](f)\n\n    g\n      h\n\n- i\n  - j\n- k\n\n3. l\n\n| m | n |\n|---|---|\n| o | p |\n";
        let cells = |row: [&str; 2]| row.map(ToOwned::to_owned).to_vec();
        let item = |depth, mark: &str, text: &str| Block::Item(depth, mark.to_owned(), text.to_owned());
        assert_eq!(
            blocks(text),
            [
                Block::Heading(1, "A".to_owned()),
                Block::Paragraph("b `c` d e".to_owned()),
                Block::Code("g\n  h".to_owned()),
                item(0, "-", "i"),
                item(1, "-", "j"),
                item(0, "-", "k"),
                item(0, "3.", "l"),
                Block::Table(vec![cells(["m", "n"]), cells(["o", "p"])]),
            ]
        );
    }
}

//! A topic of the manual as a man page.

use super::Topic;
use super::markdown::{Block, blocks};
use roff::{Roff, roman};

/// The page of a topic: `harmrank-TOPIC`, section 7.
pub(crate) fn man_page(topic: &Topic, version: &str) -> String {
    let mut page = Roff::new();
    let name = format!("harmrank-{}", topic.name);
    let source = format!("harmrank {version}");
    page.control("TH", [name.as_str(), "7", "", source.as_str()]);
    page.control("SH", ["NAME"]);
    page.text([roman(format!("{name} - {}", topic.title()))]);
    page.control("SH", ["DESCRIPTION"]);
    for block in blocks(topic.text) {
        match block {
            // It is the name of the page.
            Block::Heading(1, _) => {}
            Block::Heading(_, text) => {
                page.control("SS", [text.as_str()]);
            }
            Block::Paragraph(text) => {
                page.control("PP", []);
                page.text([roman(text)]);
            }
            Block::Item(_, mark, text) => {
                page.control("IP", [mark.as_str(), "4"]);
                page.text([roman(text)]);
            }
            Block::Code(text) => verbatim(&mut page, &text),
            Block::Table(rows) => {
                for row in rows.into_iter().skip(1) {
                    let mut cells = row.into_iter();
                    page.control("TP", []);
                    page.text([roman(cells.next().unwrap_or_default())]);
                    page.text([roman(cells.filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join("; "))]);
                }
            }
        }
    }
    page.render()
}

fn verbatim(page: &mut Roff, text: &str) {
    page.control("PP", []);
    page.control("RS", ["4"]);
    page.control("nf", []);
    for line in text.lines() {
        page.text([roman(line)]);
    }
    page.control("fi", []);
    page.control("RE", []);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_the_text_and_no_line_that_is_a_request_by_chance() {
        let topic = Topic {
            name: "shell",
            text: "# Ask\n\nIt is.\n\n    .help\n\n- one\n\n| a | b |\n|--|--|\n| c | d |\n",
        };
        let page = man_page(&topic, "1.0");
        for part in [
            ".TH harmrank-shell 7",
            "harmrank\\-shell \\- Ask",
            ".nf\n\\&.help\n.fi",
            ".IP - 4\none",
            ".TP\nc\nd\n",
        ] {
            assert!(page.contains(part), "{part:?} is missing:\n{page}");
        }
    }
}

//! The page's style, and its hash: the page's policy lets no other style in.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};
use std::fmt::Write;

const PAGE: &str = include_str!("page.css");
/// Columns that A4 holds upright.
const UPRIGHT: usize = 8;

/// The style of a page with these columns: on a telephone each row is a card whose values carry their heading,
/// and paper is turned where there are many columns.
pub(crate) fn style<'a>(headings: impl ExactSizeIterator<Item = &'a str>) -> String {
    let turned = if headings.len() > UPRIGHT { "landscape" } else { "portrait" };
    let mut style = format!("{PAGE}@page{{size:A4 {turned};margin:12mm 12mm 14mm}}\n");
    style.push_str("@media screen and (max-width:40rem){\n");
    for (place, heading) in headings.enumerate() {
        // Writing to a string cannot fail.
        let _ = writeln!(
            style,
            "tbody>tr>:nth-child({})::before{{content:\"{}\"}}",
            place + 1,
            in_style(heading)
        );
    }
    style.push_str("}\n");
    style
}

/// A text as style writes it: whatever is neither letter nor digit by its number, so that nothing ends the string.
fn in_style(text: &str) -> String {
    text.chars().fold(String::new(), |mut out, sign| {
        if sign.is_ascii_alphanumeric() || sign == ' ' {
            out.push(sign);
        } else {
            let _ = write!(out, "\\{:x} ", u32::from(sign));
        }
        out
    })
}

/// SHA-256 of a style, as a policy names it.
pub(crate) fn hash(style: &str) -> String {
    BASE64_STANDARD.encode(Sha256::digest(style.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_heading_ends_the_style() {
        assert_eq!(in_style("a\"}</style>é"), "a\\22 \\7d \\3c \\2f style\\3e \\e9 ");
    }
}

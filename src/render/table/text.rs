//! Texts on a page of fixed columns: how wide they are, and cut where they are too wide.

use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation;

/// Where a text is cut.
const MARK: &str = "…";
/// Columns of a whole bar, of eight eighths each.
const BAR: usize = 10;
/// A column filled by so many eighths.
const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/// Columns a text takes on a terminal, as the table counts them.
pub(super) fn width(text: &str) -> usize {
    tabled::grid::util::string::get_text_width(text)
}

/// A text no wider than that; a mark stands where it was cut. What is read as one sign stays whole.
pub(super) fn cut(text: &str, most: usize) -> Cow<'_, str> {
    if width(text) <= most {
        return Cow::Borrowed(text);
    }
    let mut kept = String::new();
    for sign in text.graphemes(true) {
        let end = kept.len();
        kept.push_str(sign);
        if width(&kept) + width(MARK) > most {
            kept.truncate(end);
            break;
        }
    }
    Cow::Owned(kept + MARK)
}

/// Puts a bar beside each amount, as long as the amount is large beside the greatest.
pub(super) fn add_bars(cells: &mut [String]) {
    let amounts: Vec<f64> = cells.iter().map(|cell| cell.parse().unwrap_or(0.0)).collect();
    let greatest = amounts.iter().copied().fold(0.0, f64::max);
    let digits = cells.iter().map(String::len).max().unwrap_or(0);
    for (cell, amount) in cells.iter_mut().zip(amounts) {
        let share = if greatest > 0.0 { (amount / greatest).max(0.0) } else { 0.0 };
        let drawn = bar(share);
        let idle = BAR - width(&drawn);
        *cell = format!("{cell:>digits$} {drawn}{}", " ".repeat(idle));
    }
}

/// A bar for a share from 0 to 1.
fn bar(share: f64) -> String {
    let whole: u8 = 80;
    let eighths = (1..=whole).rfind(|&eighth| f64::from(eighth) <= (share * f64::from(whole)).round());
    let eighths = usize::from(eighths.unwrap_or(0));
    format!("{}{}", "█".repeat(eighths / 8), EIGHTHS[eighths % 8])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_text_is_no_wider_than_asked_whatever_its_signs() {
        let family = "👨‍👩‍👧‍👦 family";
        let texts = [
            "Rape of a female aged 16 or over",
            "強制性交等罪の被害届",
            "e\u{301}\u{301}te\u{301} long one",
            family,
        ];
        for text in texts {
            for most in 1..40 {
                let cut = cut(text, most);
                assert!(width(&cut) <= most, "{cut:?} in {most}");
                assert_eq!(cut.ends_with('…'), width(text) > most, "{cut:?} in {most}");
            }
        }
        assert_eq!(cut("e\u{301}e\u{301}e\u{301}", 2), "e\u{301}…");
        assert_eq!(cut("強制性交", 4), "強…");
    }

    #[test]
    fn bars_are_as_long_as_the_amounts_are_large() {
        let mut cells = ["100", "50", "1.25", "0", ""].map(str::to_owned);
        add_bars(&mut cells);
        assert_eq!(
            cells,
            [" 100 ██████████", "  50 █████     ", "1.25 ▏         ", "   0           ", "               "]
        );
        let mut none = [String::new()];
        add_bars(&mut none);
        assert_eq!(none, ["           "]);
    }
}

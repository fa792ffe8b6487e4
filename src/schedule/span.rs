//! Lengths of time as people write them: `8d`, `6w`, `13m`, `2y`.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span as JiffSpan, Timestamp, ToSpan};
use std::fmt;

/// So many days, weeks, months or years.
#[derive(Clone, Debug)]
pub(crate) struct Span {
    text: String,
    span: JiffSpan,
}

impl Span {
    /// Reads one; nothing where the text is none.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let unit = text.chars().next_back()?;
        let number: i64 =
            text.strip_suffix(unit)?.parse().ok().filter(|number| (1..=9_999).contains(number))?;
        let span = match unit {
            'd' => number.days(),
            'w' => number.weeks(),
            'm' => number.months(),
            'y' => number.years(),
            _ => return None,
        };
        Some(Self { text: text.to_owned(), span })
    }

    /// The day so long before another; the first there is where it would be earlier.
    pub(crate) fn before(&self, day: Date) -> Date {
        day.saturating_sub(self.span)
    }

    /// The moment so long before another, days of 24 hours.
    pub(crate) fn before_moment(&self, moment: Timestamp) -> Timestamp {
        moment.to_zoned(TimeZone::UTC).saturating_sub(self.span).timestamp()
    }
}

impl fmt::Display for Span {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.text)
    }
}

/// As clap reads it.
pub(crate) fn parse(text: &str) -> Result<Span, String> {
    Span::read(text).ok_or_else(|| "write a number and a unit, such as 8d, 6w, 13m or 2y".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn spans_are_counted_by_the_calendar() {
        let before = |text: &str| Span::read(text).expect("span").before(date(2026, 3, 31));
        assert_eq!(before("8d"), date(2026, 3, 23));
        assert_eq!(before("2w"), date(2026, 3, 17));
        assert_eq!(before("1m"), date(2026, 2, 28));
        assert_eq!(before("2y"), date(2024, 3, 31));
        for wrong in ["", "d", "8", "0d", "-1d", "8 d", "8h", "1.5d", "8é"] {
            assert!(Span::read(wrong).is_none(), "{wrong}");
        }
    }
}

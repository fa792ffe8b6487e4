//! Days as people write them: absolute or relative, always resolved before any SQL.

use jiff::Span;
use jiff::civil::{Date, date};

/// The ways of writing a day, for help and errors.
pub(crate) const FORMS: &str = "2026-06-30, 30/06/2026, today, data-date, month-start, year-start or -7d";

/// Reads a day: `2026-06-30`, `30/06/2026`, `today`, `data-date`, `month-start`, `year-start`, or `-7d`.
///
/// Relative days count from `data_date`, the day the data speak of, but `today` from the clock.
/// Nothing where the text is none of these.
pub(crate) fn read(text: &str, today: Date, data_date: Date) -> Option<Date> {
    match text {
        "today" => return Some(today),
        "data-date" => return Some(data_date),
        "month-start" => return Some(data_date.first_of_month()),
        "year-start" => return Some(data_date.first_of_year()),
        _ => {}
    }
    if let Some(days) = text.strip_prefix('-').and_then(|rest| rest.strip_suffix('d')) {
        let is_number = days.bytes().all(|byte| byte.is_ascii_digit());
        let span = is_number.then(|| Span::new().try_days(days.parse::<i64>().ok()?).ok())??;
        return data_date.checked_sub(span).ok();
    }
    if let [day, month, year] = text.split('/').collect::<Vec<_>>()[..] {
        return (year.len() == 4)
            .then(|| Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok())
            .flatten();
    }
    let is_iso = text.len() == 10
        && text.bytes().enumerate().all(|(place, byte)| match place {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if is_iso { text.parse().ok() } else { None }
}

/// Days since 1970-01-01, as the engine holds a date.
pub(crate) fn to_epoch_days(day: Date) -> i32 {
    day.since(date(1970, 1, 1)).map_or(0, |span| span.get_days())
}

/// The day so many days after 1970-01-01; the last or the first there is where that would be later or earlier.
pub(crate) fn from_epoch_days(days: i32) -> Date {
    let limit = if days < 0 { Date::MIN } else { Date::MAX };
    Span::new().try_days(days).map_or(limit, |span| date(1970, 1, 1).saturating_add(span))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_people_write_them() {
        let today = date(2026, 7, 15);
        let data = date(2026, 6, 30);
        let read = |text| read(text, today, data);
        assert_eq!(read("2026-02-28"), Some(date(2026, 2, 28)));
        assert_eq!(read("3/4/2026"), Some(date(2026, 4, 3)));
        assert_eq!(read("today"), Some(today));
        assert_eq!(read("data-date"), Some(data));
        assert_eq!(read("-30d"), Some(date(2026, 5, 31)));
        assert_eq!(read("month-start"), Some(date(2026, 6, 1)));
        for wrong in [
            "",
            "2026-02-30",
            "20260630",
            "3/4/26",
            "yesterday",
            "-d",
            "2026-6-3",
            "-8000000d",
            "-99999999999999999999d",
            "--1d",
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn epoch_days_match_the_engine() {
        assert_eq!(to_epoch_days(date(1970, 1, 2)), 1);
        assert_eq!(to_epoch_days(date(2026, 6, 30)), 20_634);
        assert_eq!(to_epoch_days(date(1969, 12, 31)), -1);
        assert_eq!(from_epoch_days(20_634), date(2026, 6, 30));
        assert_eq!((from_epoch_days(i32::MAX), from_epoch_days(i32::MIN)), (Date::MAX, Date::MIN));
    }
}

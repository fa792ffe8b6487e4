//! Periods, and when their lists are due: whole days, weeks and months of Europe/London.

use crate::failure::Failure;
use jiff::civil::{Date, ISOWeekDate, Time, Weekday};
use jiff::{Timestamp, ToSpan};
use std::cmp::Ordering;
use std::fmt;

const ZONE: &str = "Europe/London";

/// How long a period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Length {
    Day,
    /// Monday to Sunday, by ISO 8601: `2026-W27`.
    Week,
    /// A month of the calendar: `2026-07`.
    Month,
}

/// A whole day, week or month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Period {
    /// How long it is.
    pub(crate) length: Length,
    pub(crate) from: Date,
    /// Its last day, inclusive.
    pub(crate) to: Date,
}

impl Period {
    /// The period of a length that a day is in.
    pub(crate) fn around(length: Length, day: Date) -> Self {
        let (from, to) = match length {
            Length::Day => (day, day),
            Length::Week => {
                let monday = day.saturating_sub(i64::from(day.weekday().to_monday_zero_offset()).days());
                (monday, monday.saturating_add(6.days()))
            }
            Length::Month => (day.first_of_month(), day.last_of_month()),
        };
        Self { length, from, to }
    }

    /// The period of a label: `2026-07-03`, `2026-W27` or `2026-07`. Nothing where the text is none.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let found = if let Some((year, week)) = text.split_once("-W") {
            let week = ISOWeekDate::new(year.parse().ok()?, week.parse().ok()?, Weekday::Monday).ok()?;
            Self::around(Length::Week, week.date())
        } else if text.len() == 7 {
            let (year, month) = text.split_once('-')?;
            Self::around(Length::Month, Date::new(year.parse().ok()?, month.parse().ok()?, 1).ok()?)
        } else {
            Self::around(Length::Day, text.parse().ok()?)
        };
        (found.to_string() == text).then_some(found)
    }

    pub(crate) fn before(&self) -> Self {
        Self::around(self.length, self.from.saturating_sub(1.day()))
    }

    pub(crate) fn after(&self) -> Self {
        Self::around(self.length, self.to.saturating_add(1.day()))
    }
}

/// By the last day, so that periods of several lengths stand in the order in which they ended.
impl Ord for Period {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.to, self.length).cmp(&(other.to, other.length))
    }
}

impl PartialOrd for Period {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Period {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.length {
            Length::Day => write!(out, "{}", self.from),
            Length::Week => {
                let week = self.from.iso_week_date();
                write!(out, "{:04}-W{:02}", week.year(), week.week())
            }
            Length::Month => write!(out, "{:04}-{:02}", self.from.year(), self.from.month()),
        }
    }
}

/// When lists are due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cadence {
    /// What day after its end a period's list is due.
    pub(crate) on: On,
    /// The time of that day, in Europe/London.
    pub(crate) at: Time,
}

/// The day on which a list is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum On {
    /// The day after each day.
    Daily,
    /// The first such day after each week.
    Weekly(Weekday),
    /// This day of the month after each month; its last where it is shorter.
    Monthly(i8),
}

impl Cadence {
    /// How long its periods are.
    pub(crate) fn length(&self) -> Length {
        match self.on {
            On::Daily => Length::Day,
            On::Weekly(_) => Length::Week,
            On::Monthly(_) => Length::Month,
        }
    }

    /// The day on which the list of a period is due.
    pub(crate) fn due_on(&self, period: &Period) -> Date {
        let next = period.to.saturating_add(1.day());
        match self.on {
            On::Daily => next,
            On::Weekly(day) => next.saturating_add(i64::from(day.since(next.weekday())).days()),
            On::Monthly(day) => {
                let last = next.days_in_month();
                next.saturating_add(i64::from(day.min(last) - 1).days())
            }
        }
    }

    /// The moment at which the list of a period is due. A time that the clocks leave out is taken an hour later,
    /// one that they show twice is the first of both: every period is due once.
    pub(crate) fn due_at(&self, period: &Period) -> Result<Timestamp, Failure> {
        let local = self.due_on(period).to_datetime(self.at);
        let zoned = local.in_tz(ZONE).map_err(|error| no_zone(&error))?;
        Ok(zoned.timestamp())
    }

    /// The newest period whose list is due at a moment.
    pub(crate) fn newest_due(&self, now: Timestamp) -> Result<Period, Failure> {
        let mut period = Period::around(self.length(), day_of(now)?);
        while self.due_at(&period)? > now {
            period = period.before();
        }
        Ok(period)
    }
}

/// The day it is in Europe/London.
pub(crate) fn day_of(moment: Timestamp) -> Result<Date, Failure> {
    Ok(moment.in_tz(ZONE).map_err(|error| no_zone(&error))?.date())
}

/// A moment as the clocks of Europe/London show it, to the minute.
pub(crate) fn local(moment: Timestamp) -> Result<String, Failure> {
    Ok(moment.in_tz(ZONE).map_err(|error| no_zone(&error))?.strftime("%Y-%m-%d %H:%M").to_string())
}

fn no_zone(error: &jiff::Error) -> Failure {
    Failure::failed(format!("no time zone {ZONE}: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, time};

    fn cadence(on: On, hour: i8, minute: i8) -> Cadence {
        Cadence { on, at: time(hour, minute, 0, 0) }
    }

    #[test]
    fn labels_are_read_as_they_are_written() {
        for label in ["2026-07-03", "2026-W27", "2026-W53", "2026-07", "2027-W01"] {
            assert_eq!(Period::read(label).map(|period| period.to_string()).as_deref(), Some(label));
        }
        for wrong in ["", "latest", "2026-W54", "2026-W7", "2026-13", "2026-02-30", "2025-W53", "2026"] {
            assert_eq!(Period::read(wrong), None, "{wrong}");
        }
        let week = Period::read("2026-W53").expect("a week");
        assert_eq!((week.from, week.to), (date(2026, 12, 28), date(2027, 1, 3)));
        assert_eq!(week.after().to_string(), "2027-W01");
    }

    #[test]
    fn a_list_is_due_after_its_period_has_ended() {
        let due = |on, label: &str| cadence(on, 6, 0).due_on(&Period::read(label).expect("period"));
        assert_eq!(due(On::Daily, "2026-07-03"), date(2026, 7, 4));
        assert_eq!(due(On::Weekly(Weekday::Monday), "2026-W27"), date(2026, 7, 6));
        assert_eq!(due(On::Weekly(Weekday::Sunday), "2026-W27"), date(2026, 7, 12));
        assert_eq!(due(On::Monthly(1), "2026-12"), date(2027, 1, 1));
        assert_eq!(due(On::Monthly(31), "2026-01"), date(2026, 2, 28));
    }

    #[test]
    fn each_period_is_due_once_whatever_the_clocks_do() {
        // 29 March 2026: 01:00 to 02:00 is left out; 25 October 2026: it is there twice.
        let daily = cadence(On::Daily, 1, 30);
        let due =
            |label: &str| daily.due_at(&Period::read(label).expect("period")).expect("moment").to_string();
        assert_eq!(due("2026-03-27"), "2026-03-28T01:30:00Z");
        assert_eq!(due("2026-03-28"), "2026-03-29T01:30:00Z", "02:30 by the clocks");
        assert_eq!(due("2026-03-29"), "2026-03-30T00:30:00Z");
        assert_eq!(due("2026-10-24"), "2026-10-25T00:30:00Z", "the first of both");
        assert_eq!(due("2026-10-25"), "2026-10-26T01:30:00Z");
        let newest = |now: &str| daily.newest_due(now.parse().expect("moment")).expect("period").to_string();
        assert_eq!(newest("2026-10-25T00:29:59Z"), "2026-10-23");
        assert_eq!(newest("2026-10-25T00:30:00Z"), "2026-10-24");
        assert_eq!(newest("2026-10-25T01:30:00Z"), "2026-10-24", "not a second time");
    }
}

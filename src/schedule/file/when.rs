//! When lists are due, as a schedule says it.

use super::{Reader, choose};
use crate::schedule::period::{Cadence, On};
use jiff::civil::{Time, Weekday};
use toml::de::{DeTable, DeValue};

const DAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

impl Reader<'_> {
    pub(super) fn cadence(&mut self, table: &DeTable<'_>, begin: usize) -> Option<Cadence> {
        let (period, byte) = self.required(table, "period", begin)?;
        let at = self.time(table);
        let on = table.get("on").map(|value| (value.get_ref(), value.span().start));
        let on = match (period.as_str(), on) {
            ("daily", None) => On::Daily,
            ("daily", Some((_, byte))) => {
                self.problem(byte, "a daily list is due every day: it has no `on`", None);
                return None;
            }
            ("weekly", on) => On::Weekly(self.weekday(on)?),
            ("monthly", None) => On::Monthly(1),
            ("monthly", Some((value, byte))) => {
                let day = value.as_integer().and_then(|day| day.as_str().parse().ok());
                let Some(day) = day.filter(|day| (1..=31).contains(day)) else {
                    self.problem(byte, "is no day of a month", Some("write on = 1, up to 31".to_owned()));
                    return None;
                };
                On::Monthly(day)
            }
            (other, _) => {
                let words = ["daily", "weekly", "monthly"].map(ToOwned::to_owned);
                self.problem(byte, format!("{other:?} is no period"), Some(choose(other, &words)));
                return None;
            }
        };
        Some(Cadence { on, at: at? })
    }

    fn weekday(&mut self, on: Option<(&DeValue<'_>, usize)>) -> Option<Weekday> {
        let Some((value, byte)) = on else { return Some(Weekday::Monday) };
        let text = value.as_str().unwrap_or_default().to_ascii_lowercase();
        let found = DAYS.iter().find(|(name, _)| *name == text).map(|(_, day)| *day);
        if found.is_none() {
            let words = DAYS.map(|(name, _)| name.to_owned());
            self.problem(byte, "is no day of a week", Some(choose(&text, &words)));
        }
        found
    }

    fn time(&mut self, table: &DeTable<'_>) -> Option<Time> {
        let Some((text, byte)) = self.text_of(table, "at") else {
            return (!table.contains_key("at")).then_some(Time::constant(6, 0, 0, 0));
        };
        let parts = text.split_once(':').filter(|(hour, minute)| hour.len() == 2 && minute.len() == 2);
        let time =
            parts.and_then(|(hour, minute)| Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok());
        if time.is_none() {
            self.problem(
                byte,
                format!("{text:?} is no time of day"),
                Some("write at = \"06:00\"".to_owned()),
            );
        }
        time
    }
}

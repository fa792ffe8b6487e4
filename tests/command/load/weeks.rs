//! Weekly extracts, each with the crimes of its last weeks as they stood then: whatever the order they come in,
//! what is held in the end is the last word on each crime.

use crate::support::Desk;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::LazyLock;

/// Weeks of extracts; `HARMRANK_WEEKS=52` for a year of them.
static WEEKS: LazyLock<u64> =
    LazyLock::new(|| std::env::var("HARMRANK_WEEKS").ok().and_then(|text| text.parse().ok()).unwrap_or(14));
const HEADER: &str = "crime_id,code,reported_on,status,suspect_id,suspect_sex,suspect_birth,suspect_status,victim_id,victim_sex\n";

/// What the words of a week say, without the marks of when they were said.
const HELD: [&str; 4] = [
    "select crime_id, code, reported_on, status from crime",
    "select crime_id, person_id, suspect.status from suspect join crime using (crime_key) join person using (person_key)",
    "select crime_id, person_id, victim.sex, age, kind from victim join crime using (crime_key) join person using (person_key)",
    "select crime_id, person_id, suspect_status, female_victims, suspect_sex, age_low, age_high
     from suspicion join crime using (crime_key) join person using (person_key)",
];

/// A number that looks drawn but is the same every time.
pub(super) fn drawn(seeds: &[u64], below: u64) -> u64 {
    let mixed = seeds.iter().fold(0x9e37_79b9_7f4a_7c15_u64, |state, seed| {
        (state ^ seed).wrapping_mul(0xbf58_476d_1ce4_e5b9).rotate_left(29)
    });
    (mixed >> 7) % below
}

fn day_of_week(week: u64, day: u64) -> String {
    let first: jiff::civil::Date = "2025-06-23".parse().expect("a day");
    first
        .checked_add(jiff::Span::new().days(i64::try_from(week * 7 + day).expect("days")))
        .expect("a day")
        .to_string()
}

/// The rows of a crime as the extract of a week says them: statuses move, suspects come and go.
fn rows_of(crime: u64, week: u64) -> String {
    let reported = crime / 9;
    let code = if drawn(&[crime, week / 3], 6) == 0 { "105A" } else { "8N" };
    let status = if drawn(&[crime, week, 1], 15) == 0 { "cancelled" } else { "recorded" };
    let day = day_of_week(reported, crime % 7);
    let mut rows = String::new();
    for place in 0..=drawn(&[crime, week / 2, 2], 3) {
        let person = drawn(&[crime, place], 40);
        let stage =
            ["named", "arrested", "charged"][usize::try_from(drawn(&[crime, week, 3], 3)).expect("small")];
        let (birth, victim) = (1960 + person, drawn(&[crime, 4], 60));
        writeln!(rows, "C{crime:04},{code},{day},{status},P{person:03},M,{birth},{stage},V{victim:03},F")
            .expect("text");
    }
    rows
}

/// The extract of a week: crimes reported in its last five weeks.
fn extract(week: u64) -> String {
    let crimes = week.saturating_sub(4) * 9..(week + 1) * 9;
    crimes.fold(HEADER.to_owned(), |text, crime| text + &rows_of(crime, week))
}

fn held(desk: &Desk) -> BTreeMap<&'static str, Vec<String>> {
    HELD.into_iter().map(|sql| (sql, desk.rows(&format!("from ({sql}) order by all")))).collect()
}

fn load(desk: &Desk, week: u64) {
    desk.load_text(&extract(week), &["--extract-date", &day_of_week(week, 6)]);
}

/// Every crime as the last extract that carried it said it.
fn last_word() -> Desk {
    let words = (0..*WEEKS * 9)
        .fold(HEADER.to_owned(), |text, crime| text + &rows_of(crime, (crime / 9 + 4).min(*WEEKS - 1)));
    Desk::holding(&words, &["--extract-date", &day_of_week(*WEEKS, 6)])
}

#[test]
fn weeks_in_order_twice_and_with_one_undone_end_in_the_last_word() {
    let desk = Desk::new();
    for week in 0..*WEEKS {
        load(&desk, week);
        if week % 4 == 2 {
            load(&desk, week);
        }
        if week == 9 {
            // The wrong file, with the same crimes otherwise, noticed and taken back.
            let wrong = extract(week).replace(",P0", ",P9").replace("8N", "19C");
            let account = desk.load_text(&wrong, &["--extract-date", &day_of_week(week, 6)]);
            desk.run(&["loads", "undo", &account["batch_key"].to_string()]).succeeded();
        }
    }
    assert_eq!(held(&desk), held(&last_word()));
}

#[test]
fn weeks_out_of_order_end_in_the_last_word() {
    let desk = Desk::new();
    for place in 0..*WEEKS {
        load(&desk, place * 5 % *WEEKS);
    }
    assert_eq!(held(&desk), held(&last_word()));
}

//! Rule 19 from load to load: a load looks only at whom it speaks of, and finds what a look at everybody would.

use crate::support::{Desk, lines};

const HEAD: &str = "crime_id,code,reported_on,suspect_id,suspect_sex,suspect_birth,victim_id,victim_sex\n";

/// Loads rows as the extract of a day; returns the references marked as stand-ins, which are those that a look at
/// everybody finds, in the list's table too.
fn marked_after(desk: &Desk, rows: &[String], day: &str) -> Vec<String> {
    desk.load_text(&(HEAD.to_owned() + &lines(rows.iter().cloned())), &["--extract-date", day]);
    marked(desk)
}

fn marked(desk: &Desk) -> Vec<String> {
    let marked = desk.rows("select person_id from person where is_placeholder order by all");
    assert_eq!(marked, desk.rows("select person_id from placeholder_now order by all"));
    let in_list = "select distinct person_id from suspicion
        inner join merged_person using (person_key) inner join person using (person_key)
        where is_placeholder_suspect <> merged_person.is_placeholder";
    assert!(desk.rows(in_list).is_empty(), "the list's table says otherwise of {:?}", desk.rows(in_list));
    marked
}

/// One crime a row, each with a victim of its own.
fn crimes_of(suspect: &str, numbers: std::ops::Range<u32>) -> Vec<String> {
    numbers.map(|number| format!("C{number},8N,2026-06-01,{suspect},M,1990,V{number},F")).collect()
}

#[test]
fn only_a_load_that_describes_suspects_makes_stand_ins_of_others() {
    let desk = Desk::new();
    let nobody_described = ["C1,8N,2026-06-01,P1,,,,".to_owned(), "C2,8N,2026-06-01,P2,,,,".to_owned()];
    assert!(marked_after(&desk, &nobody_described, "2026-06-10").is_empty());
    let described = ["C3,8N,2026-06-02,P3,M,1990,,".to_owned(), "C4,8N,2026-06-02,P4,,,,".to_owned()];
    assert_eq!(marked_after(&desk, &described, "2026-06-11"), ["P4"]);
    let more = ["C4,8N,2026-06-02,P4,M,,,".to_owned()];
    assert!(marked_after(&desk, &more, "2026-06-12").is_empty());
    desk.run(&["loads", "undo", "3"]).succeeded();
    assert_eq!(marked(&desk), ["P4"]);
    desk.run(&["loads", "undo", "2"]).succeeded();
    assert_eq!(desk.row("select count(*) from describing_load"), "0");
}

#[test]
fn victims_of_two_loads_make_a_stand_in_and_their_end_unmakes_it() {
    let desk = Desk::new();
    assert!(marked_after(&desk, &crimes_of("P1", 0..60), "2026-06-10").is_empty());
    assert!(marked_after(&desk, &crimes_of("P2", 200..203), "2026-06-11").is_empty());
    assert_eq!(marked_after(&desk, &crimes_of("P1", 60..120), "2026-06-12"), ["P1"]);
    // The later crimes are now those of another: of the first the load says only that it names them no longer.
    assert!(marked_after(&desk, &crimes_of("P2", 60..120), "2026-06-13").is_empty());
}

#[test]
fn an_age_or_a_link_that_ends_is_looked_at() {
    let desk = Desk::new();
    let rows = ["C1,8N,2026-06-01,P1,M,1990,,".to_owned(), "C2,8N,2026-06-01,UNKNOWN,M,1990,,".to_owned()];
    assert_eq!(marked_after(&desk, &rows, "2026-06-10"), ["UNKNOWN"]);
    // No suspect of anything any more.
    assert!(marked_after(&desk, &["C2,8N,2026-06-01,P1,M,1990,,".to_owned()], "2026-06-11").is_empty());
}

#[test]
fn a_merge_says_who_somebody_is_and_its_end_takes_that_back() {
    let desk = Desk::new();
    let rows = ["C1,8N,2026-06-01,P1,M,1990,,".to_owned(), "C2,8N,2026-06-01,P2,,,,".to_owned()];
    assert_eq!(marked_after(&desk, &rows, "2026-06-10"), ["P2"]);
    desk.write("merged.csv", "person_id,is_person_id\nP2,P1\n");
    desk.load(&["--identities", "merged.csv", "--extract-date", "2026-06-11"]);
    assert!(marked(&desk).is_empty());
    desk.write("none.csv", "person_id,is_person_id\n");
    desk.load(&["--identities", "none.csv", "--extract-date", "2026-06-12"]);
    assert_eq!(marked(&desk), ["P2"]);
    desk.run(&["loads", "undo", "3"]).succeeded();
    assert!(marked(&desk).is_empty());
}

/// Merged the other way round: whoever is left behind is looked at too, though no file names them.
#[test]
fn whoever_a_merge_leaves_behind_is_looked_at() {
    let desk = Desk::new();
    let rows = ["C1,8N,2026-06-01,P1,M,1990,,".to_owned(), "C2,8N,2026-06-01,P2,,,,".to_owned()];
    assert_eq!(marked_after(&desk, &rows, "2026-06-10"), ["P2"]);
    desk.write("merged.csv", "person_id,is_person_id\nP1,P2\n");
    desk.load(&["--identities", "merged.csv", "--extract-date", "2026-06-11"]);
    assert!(marked(&desk).is_empty());
    desk.write("none.csv", "person_id,is_person_id\n");
    desk.load(&["--identities", "none.csv", "--extract-date", "2026-06-12"]);
    assert_eq!(marked(&desk), ["P2"]);
}

/// What an older program judged comes back with its rows, and is judged anew.
#[test]
fn an_undo_judges_by_the_rules_of_today() {
    let desk = Desk::new();
    let rows = ["C1,8N,2026-06-01,P1,M,1990,,".to_owned(), "C2,8N,2026-06-01,P2,M,1991,,".to_owned()];
    assert!(marked_after(&desk, &rows, "2026-06-10").is_empty());
    // As another program had it.
    desk.writer()
        .execute_batch(
            "update person set is_placeholder = true where person_id = 'P2';
             update suspicion set is_placeholder_suspect = true
             where person_key = (select person_key from person where person_id = 'P2')",
        )
        .expect("another judgement");
    let more = ["C2,8N,2026-06-01,P2,M,1992,,".to_owned()];
    assert!(marked_after(&desk, &more, "2026-06-11").is_empty());
    desk.run(&["loads", "undo", "2"]).succeeded();
    assert!(marked(&desk).is_empty());
}

#[test]
fn a_load_after_somebody_was_forgotten_looks_at_all() {
    let desk = Desk::new();
    let crimes: Vec<_> =
        (0..101).map(|number| format!("C{number},8N,2026-06-01,PX01,M,1990,VX01,F")).collect();
    assert!(marked_after(&desk, &crimes, "2026-06-10").is_empty());
    desk.run(&["forget", "--person", "VX01", "--why", "request"]).succeeded();
    // Nobody can say any more that the victims are one.
    assert_eq!(marked_after(&desk, &["C900,8N,2026-06-02,P2,M,1980,,".to_owned()], "2026-06-11"), ["PX01"]);
}

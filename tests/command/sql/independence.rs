//! What free SQL answers, errors included, does not depend on the records of restricted people: two databases that
//! differ in nothing else answer the same to statements drawn from a grammar.

use crate::support::Desk;
use std::fmt::Write as _;

/// Statements drawn.
const STATEMENTS: usize = 40;

/// A crime each of two people who are not restricted and of one who is, with what differs put in. On one thread: which of
/// several rows the engine fails on first would else be left to chance.
fn desk(sex: &str, birth: &str, status: &str, custody: &str, reason: &str) -> Desk {
    let desk = Desk::new();
    desk.write(
        "extract.csv",
        format!(
            "crime_id,code,reported_on,suspect_id,suspect_sex,suspect_birth,suspect_status,victim_id,victim_sex\n\
             C1,19C,2026-06-01,SECRET1,{sex},{birth},{status},V1,F\n\
             C1,19C,2026-06-01,P2,M,1980,named,V1,F\n\
             C2,8N,2026-06-02,P4,M,1985,charged,V2,F\n"
        ),
    );
    desk.load(&["extract.csv", "--extract-date", "2026-06-05", "--threads", "1"]);
    desk.write("custody.csv", format!("person_id,from_on,to_on\nSECRET1,{custody},\nP4,2026-01-01,\n"));
    desk.load(&["--custody", "custody.csv", "--extract-date", "2026-06-05", "--threads", "1"]);
    desk.write(
        "exclusions.csv",
        format!(
            "person_id,from_on,review_on,decided_by,reason\nSECRET1,2026-01-01,2027-01-01,panel,{reason}\n\
             P2,2026-01-01,2027-01-01,panel,review\n"
        ),
    );
    desk.load(&["--exclusions", "exclusions.csv", "--extract-date", "2026-06-05", "--threads", "1"]);
    desk.run(&["restrict", "--person", "SECRET1", "--why", "accuracy contested"]).succeeded();
    desk
}

/// Draws one of several, the same ones for the same beginning.
struct Draw(u64);

impl Draw {
    fn one<'a>(&mut self, among: &[&'a str]) -> &'a str {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        among[usize::try_from((self.0 >> 33) % among.len() as u64).expect("a place")]
    }

    /// A value of a row, by an expression that may fail on it.
    fn value(&mut self, column: &str) -> String {
        match self.one(&["plain", "cast", "error", "case", "text", "list"]) {
            "cast" => format!("(concat('x', {column})::integer)"),
            "error" => format!("if({column} is not null, error(concat('seen ', {column})), 1)"),
            "case" => format!("case when {column}::varchar > '1' then error({column}::varchar) else 0 end"),
            "text" => format!("substr({column}::varchar, 1, 3)"),
            "list" => format!("[{column}][2]"),
            _ => column.to_owned(),
        }
    }

    fn statement(&mut self) -> String {
        let (table, columns): (&str, &[&str]) =
            match self.one(&["person", "suspect", "suspicion", "custody", "exclusion"]) {
                "person" => ("person", &["person_key", "person_id", "sex", "birth_year"]),
                "suspect" => ("suspect", &["person_key", "status", "crime_key"]),
                "suspicion" => ("suspicion", &["person_key", "suspect_status", "crime_key"]),
                "custody" => ("custody", &["person_id", "from_on", "person_key"]),
                _ => ("exclusion", &["person_id", "reason", "person_key"]),
            };
        let (first, second) = (self.one(columns), self.one(columns));
        let (value, other) = (self.value(first), self.value(second));
        let mut sql = String::new();
        let _ = match self
            .one(&["where", "select", "window", "lateral", "macro", "having", "pivot", "exists", "union"])
        {
            "where" => write!(sql, "select count(*) as n from {table} where {value} is not null"),
            "select" => write!(sql, "select {value} as a, {other} as b from {table} order by all"),
            "window" => {
                write!(
                    sql,
                    "select sum(hash({value}) % 97) over (order by {other}) as a from {table} order by all"
                )
            }
            "lateral" => write!(
                sql,
                "select found.a from {table}, lateral (select {value} as a) as found order by all"
            ),
            "macro" => write!(
                sql,
                "create temp macro f(x) as (select count(*) from {table} where {value} = x); select f(1) as a"
            ),
            "having" => write!(
                sql,
                "select {first} as a, count(*) as n from {table} group by {first} having max({other}) is not null order by all"
            ),
            "pivot" => write!(
                sql,
                "pivot (select {first}::varchar as a, {second}::varchar as b from {table}) on b in ('M', 'F', '1') using count(*)"
            ),
            "exists" => write!(
                sql,
                "select person_id from person where exists (from {table} as t where t.person_key = person.person_key and {value} is not null) order by all"
            ),
            _ => write!(
                sql,
                "select {value}::varchar as a from {table} union all select {other}::varchar from {table} order by all"
            ),
        };
        sql
    }
}

#[test]
fn the_records_of_restricted_people_change_no_answer_and_no_error() {
    let desks = [
        desk("M", "1990", "named", "2026-01-01", "first"),
        desk("F", "1971", "convicted", "2025-05-05", "second 1980"),
    ];
    let mut draw = Draw(2026);
    let mut failed = 0;
    for _ in 0..STATEMENTS {
        let sql = draw.statement();
        let [first, second] =
            desks.each_ref().map(|desk| desk.run(&["sql", &sql, "--format", "csv", "--threads", "1"]));
        assert_eq!((first.code, &first.stdout), (second.code, &second.stdout), "{sql}");
        assert_eq!(first.stderr, second.stderr, "{sql}");
        let all = format!("{}{}", first.stdout, first.stderr);
        assert!(!all.contains("SECRET"), "{sql}: {all}");
        failed += usize::from(first.code != Some(0));
    }
    // Both are tried: answers, and errors that quote a value.
    assert!((5..STATEMENTS - 5).contains(&failed), "{failed} of {STATEMENTS} failed");
}

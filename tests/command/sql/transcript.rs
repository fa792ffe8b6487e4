//! A session as somebody would have it on the demo, and all of what is printed in it.

use super::terminal::Terminal;
use crate::demo::demo;
use crate::support::Desk;
use std::fmt::Write as _;
use std::path::Path;

const KEPT: &str = "tests/fixture/sql_session.txt";

/// What is typed, line by line: a statement goes on to its semicolon.
const TYPED: &str = "\
select status, count(*) as crimes from crime group by all order by crimes desc;
from harm_ranking(as_of := (select data_date from data_date)) where harm_rank <= 3;
.describe crime
.tables
select extract(year from reported_on) as year,
  count(*) as crimes,
  count(distinct borough) as boroughs
from crime
group by all
order by year;
select person_id, harm_dys from harm_ranking(as_of := date '2026-06-30');
select count(*) from suspicions;
.person P00004160
.macros excluded
.report v100 --limit 5
.describe harm_index
.mode csv
select index_id, unit from harm_index order by index_id;
.mode table
.timer on
select 1 as one;
.timer off
.last
.lst
.quit
";

/// The session, refreshed by `HARMRANK_TRANSCRIPT=overwrite cargo test --test command transcript`; read the difference
/// before keeping it.
#[test]
fn a_whole_session_reads_as_it_is_kept() {
    let desk = Desk::bare();
    std::fs::copy(demo().0.path("harmrank-demo.duckdb"), desk.db()).expect("the demo");
    let mut terminal = Terminal::start(&desk, &["sql"]);
    let mut session = "$ harmrank sql\n".to_owned();
    session.push_str(&printed(&terminal.wait_for("\u{1b}[?2004h")));
    let mut prompt = "harmrank> ";
    for line in TYPED.lines() {
        writeln!(session, "{prompt}{line}").expect("written");
        terminal.type_in(&format!("{line}\r"));
        prompt = "    ...> ";
        if line.starts_with('.') || line.ends_with(';') {
            // Told to the terminal where a line has been read, and where the next begins.
            terminal.wait_for("\u{1b}[?2004l");
            if line != ".quit" {
                session.push_str(&printed(&terminal.wait_for("\u{1b}[?2004h")));
                prompt = "harmrank> ";
            }
        }
    }
    assert_eq!(terminal.end(), Some(0));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(KEPT);
    if std::env::var("HARMRANK_TRANSCRIPT").is_ok_and(|wish| wish == "overwrite") {
        std::fs::write(&path, &session).expect("kept");
    }
    let kept = std::fs::read_to_string(&path).expect("a transcript");
    assert!(kept == session, "{KEPT} differs from:\n{session}");
}

/// What was printed, as it reads: without the codes of the terminal, times and hashes masked.
fn printed(shown: &str) -> String {
    let plain = without_codes(shown);
    plain.trim_start_matches('\n').lines().fold(String::new(), |mut text, line| {
        let line = line.trim_end();
        let is_time = line.strip_suffix(" s").is_some_and(|time| time.parse::<f64>().is_ok());
        let masked = if is_time { "N.NNN s".to_owned() } else { without_hash(line) };
        writeln!(text, "{masked}").expect("written");
        text
    })
}

fn without_codes(printed: &str) -> String {
    let mut plain = String::new();
    let mut rest = printed;
    while let Some(place) = rest.find('\u{1b}') {
        plain.push_str(&rest[..place]);
        let code = rest[place..].strip_prefix("\u{1b}[").unwrap_or("");
        let end = code.find(|letter: char| letter.is_ascii_alphabetic()).map_or(code.len(), |end| end + 1);
        rest = &code[end..];
    }
    plain.push_str(rest);
    plain.replace('\r', "")
}

/// The hash of the SQL changes with every change of it.
fn without_hash(line: &str) -> String {
    let Some((before, hash)) = line.rsplit_once("SQL ") else { return line.to_owned() };
    let length = hash.find(|letter: char| !letter.is_ascii_hexdigit()).unwrap_or(hash.len());
    if length < 8 { line.to_owned() } else { format!("{before}SQL HASH{}", &hash[length..]) }
}

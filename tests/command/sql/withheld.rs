//! A record that is restricted does not show in free SQL, however it is asked for.

use super::terminal::Terminal;
use crate::support::{Desk, assert_contains, lines};

const EXTRACT: &str = "\
crime_id,code,reported_on,suspect_id,suspect_sex,suspect_birth,victim_id,victim_sex,victim_age,note
C1,19C,2026-06-01,SECRET1,M,1990-04,V1,F,30,seen with SECRET1
C2,8N,2026-06-02,SECRET1,M,1990-04,V2,F,41,
C2,8N,2026-06-02,P2,M,1980,V2,F,41,
C3,8N,2026-06-03,MERGED1,M,1990,SECRET2,F,41,
C4,8N,2026-06-03,P4,M,1980,SECRET1,M,36,
C5,,2026-06-03,SECRET1,M,1980,V9,F,41,
C6,8N,2026-06-03,P4,M,1980,V9,F,SECRET2,
";

/// Two people restricted, one of whom is suspect, victim, merged, in custody, excluded, acted upon, in the quarantine,
/// in a doubted value and in what was carried along, now and in a version before.
fn restricted() -> Desk {
    let desk = Desk::new();
    let load = |flags: &[&str]| desk.load(&[flags, &["--extract-date", "2026-06-05"]].concat());
    desk.write("first.csv", EXTRACT);
    load(&["first.csv", "--carry", "note"]);
    for (table, first, second) in [
        (
            "identities",
            "person_id,is_person_id\nMERGED1,SECRET1\n",
            "person_id,is_person_id\nMERGED1,SECRET1\nP7,P2\n",
        ),
        (
            "custody",
            "person_id,from_on,to_on\nSECRET1,2026-01-01,2026-02-01\n",
            "person_id,from_on,to_on\nSECRET1,2026-01-01,2026-03-01\n",
        ),
        (
            "exclusions",
            "person_id,from_on,review_on,decided_by,reason\nSECRET1,2026-01-01,2027-02-01,panel,x\n",
            "person_id,from_on,review_on,decided_by,reason\nSECRET1,2026-01-01,2027-03-01,panel,x\n",
        ),
        (
            "actions",
            "person_id,acted_on,kind\nSECRET1,2026-01-01,arrest\n",
            "person_id,acted_on,kind\nSECRET1,2026-01-02,arrest\n",
        ),
    ] {
        for text in [first, second] {
            desk.write("table.csv", text);
            load(&[&format!("--{table}"), "table.csv"]);
        }
    }
    desk.write("second.csv", EXTRACT.replace("8N", "19C").replace("1990-04", "1991-04"));
    desk.load(&["second.csv", "--carry", "note", "--extract-date", "2026-06-06"]);
    for person in ["SECRET1", "SECRET2"] {
        desk.run(&["restrict", "--person", person, "--why", "accuracy contested"]).succeeded();
    }
    desk
}

/// What a query says on standard output.
fn asked(desk: &Desk, sql: &str) -> String {
    let outcome = desk.run(&["sql", sql, "--format", "csv"]);
    assert_eq!(outcome.code, Some(0), "{sql}: {outcome:?}");
    assert_eq!(
        outcome.stderr,
        "2 people are withheld from the tables: their record is restricted, see `harmrank restrict --help`\n"
    );
    outcome.stdout
}

/// Views that fail until whoever makes a list makes tables of their names: they hold nobody.
const MADE_BY_A_LIST: [&str; 4] = ["considered_evidence", "list_evidence", "list_parameter", "list_pool"];

#[test]
fn no_table_view_or_macro_shows_a_row_of_theirs() {
    let desk = restricted();
    let keys =
        desk.rows("select person_key from person where person_id in ('SECRET1', 'SECRET2', 'MERGED1')");
    assert_eq!(keys.len(), 3);
    let relations = desk.rows(
        "select table_name from duckdb_tables() where not internal union
         select view_name from duckdb_views() where not internal order by 1",
    );
    let (failing, relations): (Vec<_>, Vec<_>) =
        relations.into_iter().partition(|name| MADE_BY_A_LIST.contains(&name.as_str()));
    assert_eq!(failing, MADE_BY_A_LIST, "in order");
    for relation in failing {
        let refused = desk.run(&["sql", &format!("from {relation}")]).failed(1);
        assert_contains(&refused, &[&format!("make {relation} first")]);
    }
    let mut empty = Vec::new();
    for relation in &relations {
        let all = desk.rows(&format!("select * from {relation}")).join("\n");
        let named = all.contains("SECRET") || all.contains("MERGED");
        let shown = asked(&desk, &format!("from {relation}"));
        assert!(!shown.contains("SECRET") && !shown.contains("MERGED"), "{relation}: {shown}");
        if named {
            empty.push(relation.as_str());
        }
        let columns = format!("select column_name from duckdb_columns() where table_name = '{relation}'");
        for column in
            desk.rows(&columns).iter().filter(|name| ["person_key", "root_key"].contains(&name.as_str()))
        {
            let by_key =
                format!("select count(*) as n from {relation} where {column} in ({})", keys.join(", "));
            assert_eq!(asked(&desk, &by_key), "n\n0\n", "{by_key}");
        }
    }
    // What would show them without: else nothing is shown here.
    for relation in [
        "action",
        "action_history",
        "crime",
        "crime_history",
        "custody",
        "custody_history",
        "exclusion",
        "exclusion_history",
        "identity",
        "identity_root",
        "load_issue",
        "load_reject",
        "person",
        "person_history",
        "restriction",
    ] {
        assert!(empty.contains(&relation), "{relation} names nobody in this test: {empty:?}");
    }
    let macros = [
        "harm_ranking(as_of := date '2026-06-06')",
        "harm_evidence(as_of := date '2026-06-06')",
        "harm_evidence(as_of := date '2026-06-06', known_on := date '2026-06-05')",
    ];
    for call in macros {
        let shown = asked(&desk, &format!("from {call}"));
        assert!(!shown.contains("SECRET") && !shown.contains("MERGED"), "{call}: {shown}");
    }
}

#[test]
fn every_way_to_ask_is_the_same() {
    let desk = restricted();
    let ways = [
        "select count(*) as n from person where person_id in ('SECRET1', 'SECRET2', 'MERGED1')",
        "from person select count(*) as n where person_id like 'SECRET%'",
        "with person as (from person) select count(*) as n from person where person_id like 'SECRET%'",
        "select count(*) as n from main.person where person_id like 'SECRET%'",
        "select count(*) as n from temp.person where person_id like 'SECRET%'",
        "select count(*) as n from temp.main.\"PERSON\" where person_id like 'SECRET%'",
        "select (select count(*) from person where person_id = 'SECRET1') as n",
        "create temp table t as from person; select count(*) as n from t where person_id = 'SECRET1'",
        "create temp view v as from person; select count(*) as n from v where person_id = 'SECRET1'",
        "create temp macro f(who) as table from person where person_id = who; select count(*) as n from f('SECRET1')",
        "create temp macro g(who) as (select count(*) from person where person_id = who); select g('SECRET1') as n",
        "set variable x = (select count(*) from person where person_id = 'SECRET1'); select $x as n",
        "select count(*) as n from merged_person as m inner join person as p on m.person_key = p.person_key
         where p.person_id like 'SECRET%'",
    ];
    for sql in ways {
        assert_eq!(asked(&desk, sql), "n\n0\n", "{sql}");
    }
    let all = desk.row("select count(*) from person").parse::<usize>().expect("a number");
    assert_eq!(asked(&desk, "select count(*) as n from person"), format!("n\n{}\n", all - 3));
    assert_contains(&asked(&desk, "describe person"), &["person_id,VARCHAR"]);
    assert!(!asked(&desk, "summarize person").contains("SECRET"));
}

#[test]
fn what_goes_past_the_views_is_refused() {
    let desk = restricted();
    for sql in [
        "from harmrank.person",
        "from harmrank.main.person",
        "from \"harmrank\".\"MAIN\".\"Person\"",
        "select person_id from harmrank.main.suspicion as s inner join person as p on s.person_key = p.person_key",
        "describe harmrank.main.person",
        "summarize harmrank.person",
        "show harmrank.main.person",
        "create temp table t as from harmrank.person",
        "create temp macro f() as table from harmrank.main.person",
        "set variable x = (select count(*) from harmrank.person)",
        "with a as (from harmrank.person) from a",
        "drop view person",
        "drop view if exists \"Person\"",
        "drop table person",
        "create or replace temp view person as select 1 as a",
        "create or replace temp table suspicion as select 1 as a",
    ] {
        let said = desk.run(&["sql", sql]).failed(2);
        assert_contains(
            &said,
            &["shows without the people whose record is restricted: ask for it by this name"],
        );
    }
    for sql in ["from query_table('harmrank.main.person')", "from query('from harmrank.person')"] {
        assert_contains(&desk.run(&["sql", sql]).failed(2), &["is not allowed"]);
    }
    // The other tables by any name.
    asked(&desk, "from harmrank.main.harm_index");
}

#[test]
fn no_error_quotes_what_is_left_out() {
    let desk = restricted();
    for table in ["person", "person_history", "custody", "exclusion", "action", "identity"] {
        let sql = format!(
            "select count(*) as n from {table} where if(person_id like 'SECRET%' or person_id like 'MERGED%', error(person_id), 1) = 1"
        );
        assert!(!asked(&desk, &sql).is_empty());
    }
    let keys = desk
        .rows("select person_key from person where person_id in ('SECRET1', 'SECRET2', 'MERGED1')")
        .join(", ");
    for table in ["person", "suspect", "victim", "suspicion", "custody", "exclusion", "action"] {
        for table in [table.to_owned(), format!("{table}_history")] {
            for failing in ["error(concat('key ', person_key))", "concat('key ', person_key)::integer"] {
                let sql = format!(
                    "select count(*) as n from {table} where case when person_key in ({keys}) then {failing} end is not null"
                );
                assert_eq!(asked(&desk, &sql), "n\n0\n", "{sql}");
            }
        }
    }
    for table in ["crime", "crime_history"] {
        let sql = format!(
            "select count(*) as n from {table} where if(carried like '%SECRET%', error(carried), 1) = 2"
        );
        assert_eq!(asked(&desk, &sql), "n\n0\n", "{sql}");
    }
    let sql =
        "select count(*) as n from load_reject where if(row_text like '%SECRET%', error(row_text), 1) = 1";
    assert_eq!(asked(&desk, sql), "n\n0\n");
}

#[test]
fn a_report_of_the_users_own_leaves_them_out_too() {
    let desk = restricted();
    std::fs::create_dir(desk.path("mine")).expect("folder");
    let head = "/*\ntitle = 't'\nsummary = 's'\nstatement = 'x'\n*/\n";
    desk.write("mine/people.sql", format!("{head}select person_id from person order by all"));
    desk.write("mine/past_the_view.sql", format!("{head}select person_id from harmrank.main.person"));
    let flags = ["--reports", "mine", "--format", "csv"];
    let outcome = desk.run(&[&["report", "people"], &flags[..]].concat());
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    assert_contains(&outcome.stderr, &["2 people are withheld from the tables"]);
    let shown = outcome.stdout;
    assert!(shown.contains("P4") && !shown.contains("SECRET") && !shown.contains("MERGED"), "{shown}");
    let refused = desk.run(&[&["report", "past_the_view"], &flags[..]].concat()).failed(2);
    assert_contains(&refused, &["mine/past_the_view.sql:6:23", "ask for it by this name"]);
    // Run again as of the load it was made after.
    let run = desk.run(&[&["report", "people"], &flags[..], &["--archive"]].concat()).stdout;
    desk.write("later.csv", EXTRACT.replace("P4", "P5"));
    desk.load(&["later.csv", "--extract-date", "2026-06-07"]);
    let verified = desk.run(&["runs", "verify", run.trim_end(), "--reports", "mine"]).succeeded();
    assert_contains(&verified, &["identical"]);
}

#[test]
fn where_nobody_is_restricted_nothing_is_between() {
    let desk = restricted();
    for person in ["SECRET1", "SECRET2"] {
        desk.run(&["restrict", "--person", person, "--lift", "--why", "settled"]).succeeded();
    }
    let sql = "select count(*) as n from harmrank.main.person where person_id like 'SECRET%'";
    assert_eq!(desk.run(&["sql", sql, "--format", "csv"]).succeeded(), "n\n2\n");
    let shown = desk.run(&["sql", "select person_id from restriction order by all", "--format", "csv"]);
    assert_eq!(shown.succeeded(), lines(["person_id", "SECRET1", "SECRET2"].map(str::to_owned)));
}

#[test]
fn the_shell_says_so_once_and_lists_each_table_once() {
    let desk = restricted();
    let mut terminal = Terminal::start(&desk, &["sql", "--no-history"]);
    terminal.wait_for("harmrank> ");
    let first = terminal.ask("select count(*) as n from person where person_id like 'SECRET%';");
    assert_contains(&first, &["2 people are withheld from the tables", " 0\n"]);
    let tables = terminal.ask(".tables");
    assert_eq!(tables.matches("One row per person as the source knows them").count(), 1, "{tables}");
    assert!(!tables.contains("withheld"), "{tables}");
    let described = terminal.ask(".describe person");
    assert_eq!(described.matches("person_key").count(), 1, "{described}");
    assert_contains(&described, &["person: One row per person", "Internal key"]);
    assert_eq!(terminal.leave(), Some(0));
}

/// Somebody restricted under a merged reference, and another reference of theirs that only a list names.
#[test]
fn a_reference_that_only_a_list_names_is_theirs_too() {
    let desk = Desk::new();
    desk.write(
        "extract.csv",
        "crime_id,code,reported_on,suspect_id\nC1,8N,2026-06-01,P1\nC2,8N,2026-06-01,P3\n",
    );
    desk.load(&["extract.csv"]);
    desk.write("i.csv", "person_id,is_person_id\nP3,P1\nQ9,P1\nQ8,Q9\n");
    desk.load(&["--identities", "i.csv", "--extract-date", "2026-06-02"]);
    desk.write(
        "k.csv",
        "person_id,from_on,to_on\nQ9,2026-01-01,2026-02-01\nQ8,2026-01-01,2026-02-01\nR1,2026-01-01,\n",
    );
    desk.load(&["--custody", "k.csv", "--extract-date", "2026-06-02"]);
    desk.run(&["restrict", "--person", "P3", "--why", "accuracy contested"]).succeeded();
    let shown = desk.run(&["sql", "select person_id from custody order by all"]).stdout;
    assert!(shown.contains("R1") && !shown.contains("Q9") && !shown.contains("Q8"), "{shown}");
    let shown = desk.run(&["sql", "select person_id, is_person_id from identity order by all"]).stdout;
    assert!(shown.contains("no rows") && !shown.contains('Q') && !shown.contains("P1"), "{shown}");
}

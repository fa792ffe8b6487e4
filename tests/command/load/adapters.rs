//! Adapters: the built-in ones by name, and a user's own file with one SELECT.

use super::balance;
use crate::support::{Desk, assert_contains, text};

/// An American export: other names, month first.
const SOURCE: &str =
    "ref,hocode,rep,nominal\nC1,8N,06/30/2026,P1\nC2,8N,06/13/2026,P1\nC3,19C,01/02/2026,P2\n";

fn refused(adapter: &str) -> String {
    let desk = Desk::new();
    desk.write("source.csv", SOURCE);
    desk.write("own.sql", adapter);
    let before = desk.whole_fingerprint();
    let problems = desk.run(&["load", "source.csv", "--adapter", "own.sql", "--errors", "json"]).problems(2);
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert_eq!((text(&problems[0]["kind"]), text(&problems[0]["at"])), ("usage", "own.sql"));
    assert_contains(text(&problems[0]["hint"]), &["one SELECT over `$path`"]);
    assert_eq!(desk.whole_fingerprint(), before);
    text(&problems[0]["message"]).to_owned()
}

#[test]
fn an_adapter_of_ones_own_renames_columns_and_reads_month_first_dates() {
    let desk = Desk::new();
    desk.write("source.csv", SOURCE);
    desk.write(
        "own.sql",
        "-- One row per crime and suspect; \"nominal\" is the person.\n\
         select ref as crime_id, hocode as code, strptime(rep, '%m/%d/%Y')::date as reported_on, nominal as suspect_id\n\
         from read_csv($path, header = true, all_varchar = true);\n",
    );
    let account = desk.load(&["source.csv", "--adapter", "own.sql"]);
    assert_eq!(balance(&account), [3, 0, 0, 0, 0], "{account}");
    assert_eq!(
        desk.rows("select crime_id, reported_on from crime order by 1"),
        ["C1|2026-06-30", "C2|2026-06-13", "C3|2026-01-02"]
    );
    assert_eq!(desk.row("select adapter, length(adapter_hash) from load_batch"), "own.sql|64");
}

#[test]
fn the_adapter_in_the_manual_works_as_printed() {
    let desk = Desk::new();
    let help = desk.run(&["help", "adapters"]).succeeded();
    let from = help.find("    select\n        ref as crime_id").expect("an adapter in the manual");
    let until = help[from..].find("hive_partitioning = false)").expect("its end")
        + from
        + "hive_partitioning = false)".len();
    desk.write("own.sql", &help[from..until]);
    desk.write("source.csv", SOURCE);
    desk.load(&["source.csv", "--adapter", "own.sql"]);
    assert_eq!(desk.row("select reported_on from crime where crime_id = 'C1'"), "2026-06-30");
}

#[test]
fn an_adapter_of_two_statements_is_refused() {
    let message = refused("select 'C1' as crime_id, $path as code; select 2");
    assert_eq!(message, "an adapter holds exactly one statement");
}

#[test]
fn an_adapter_without_a_statement_is_refused() {
    assert_eq!(refused("-- select $path;\n"), "an adapter holds exactly one statement");
}

#[test]
fn an_adapter_that_does_not_read_its_path_is_refused() {
    assert_eq!(
        refused("select 'C1' as crime_id, '8N' as code, '$path' as reported_on"),
        "the adapter does not read $path"
    );
}

#[test]
fn an_adapter_with_an_unknown_parameter_is_refused() {
    let message = refused("select * from read_csv($path, delim = $separator)");
    assert_eq!(message, "$separator is not given to adapters, only $path is");
}

#[test]
fn an_adapter_that_is_not_there_is_refused() {
    let desk = Desk::new();
    desk.write("source.csv", SOURCE);
    let stderr = desk.run(&["load", "source.csv", "--adapter", "absent.sql"]).failed(2);
    assert_contains(&stderr, &["harmrank: absent.sql: adapter cannot be read"]);
}

#[test]
fn a_mistyped_adapter_is_answered_with_the_nearest() {
    let desk = Desk::new();
    desk.write("source.csv", SOURCE);
    let stderr = desk.run(&["load", "source.csv", "--adapter", "nibr"]).failed(2);
    assert_contains(
        &stderr,
        &["no adapter \"nibr\"", "did you mean nibrs?", "built in: flat, nibrs", "ending in .sql"],
    );
}

#[test]
fn an_adapter_whose_sql_fails_is_named_with_the_reason() {
    let desk = Desk::new();
    desk.write("source.csv", SOURCE);
    desk.write("own.sql", "select nonesuch as crime_id from read_csv($path)");
    let before = desk.whole_fingerprint();
    let stderr = desk.run(&["load", "source.csv", "--adapter", "own.sql"]).failed(1);
    assert_contains(&stderr, &["source.csv: adapter own.sql cannot read it", "nonesuch", "mend the SELECT"]);
    assert_contains(&stderr, &["LINE 1: select nonesuch as crime_id"]);
    assert_eq!(desk.whole_fingerprint(), before);
}

#[test]
fn an_adapter_must_yield_the_required_columns() {
    let desk = Desk::new();
    desk.write("source.csv", SOURCE);
    desk.write(
        "own.sql",
        "select ref as crime_id, nominal as suspect_id from read_csv($path, all_varchar = true)",
    );
    let problems = desk.run(&["load", "source.csv", "--adapter", "own.sql", "--errors", "json"]).problems(1);
    let messages: Vec<_> = problems.iter().map(|problem| text(&problem["message"])).collect();
    assert_eq!(messages, ["no column code", "no column reported_on"]);
}

/// The same gate as for a query: `$path` is the only file.
#[test]
fn an_adapter_reads_its_path_and_nothing_else() {
    for (sql, place, message) in [
        (
            "with stolen as (copy (select 'x') to 'stolen.csv')\nselect * from read_csv($path)",
            "mine.sql:1:1",
            "the shell is read-only: use SELECT",
        ),
        (
            "select *, (select content from read_text('extract.csv')) as borough\nfrom read_csv($path)",
            "mine.sql:1:32",
            "an adapter reads $path alone",
        ),
        (
            "select *, getenv('HOME') as borough from read_csv($path)",
            "mine.sql:1:11",
            "getenv() is not allowed",
        ),
        (
            "select * from read_csv($path) union all by name from 'other.csv'",
            "mine.sql:1:",
            "other.csv is a file",
        ),
    ] {
        let desk = Desk::new();
        desk.write("extract.csv", "crime_id,code,reported_on\nC1,8N,2026-06-01\n");
        desk.write("mine.sql", sql);
        let problems =
            desk.run(&["load", "extract.csv", "--adapter", "mine.sql", "--errors", "json"]).problems(2);
        assert!(text(&problems[0]["at"]).starts_with(place), "{problems:?}");
        assert_contains(text(&problems[0]["message"]), &[message]);
        assert!(!desk.path("stolen.csv").exists());
        assert_eq!(desk.row("select count(*) from crime"), "0");
    }
}

/// A folder called `code=19C` is no column, whatever reads what is in it: 10 days stay 10 days.
#[test]
fn no_folder_of_a_path_is_data() {
    let desk = Desk::new();
    let folder = desk.path("borough=Camden/code=19C/status=cancelled");
    std::fs::create_dir_all(&folder).expect("folders");
    let rows = "crime_id,code,reported_on,suspect_id,suspect_sex,suspect_birth,borough,victim_sex\n\
                C1,8N,2026-06-01,N1,M,1990,Barnet,F\n";
    std::fs::write(folder.join("extract.csv"), rows).expect("written");
    let parquet = folder.join("extract.parquet");
    let copy = format!(
        "copy (from read_csv('{}', all_varchar = true, hive_partitioning = false)) to '{}' (format parquet)",
        folder.join("extract.csv").display(),
        parquet.display()
    );
    duckdb::Connection::open_in_memory().and_then(|engine| engine.execute_batch(&copy)).expect("copied");
    for name in ["extract.csv", "extract.parquet"] {
        let path = folder.join(name).display().to_string();
        let desk = Desk::new();
        desk.load(&[&path, "--extract-date", "2026-06-05"]);
        let seen = desk.row("select code || ' ' || borough || ' ' || status from crime");
        assert_eq!(seen, "8N Barnet recorded", "{name}");
        desk.write("mine.sql", "select * from read_csv($path)");
        let refused = desk.run(&["load", &path, "--adapter", "mine.sql"]).failed(2);
        assert_contains(&refused, &["borough=Camden", "hive_partitioning = false"]);
    }
}

#[test]
fn an_adapter_cannot_write_to_the_database() {
    let desk = Desk::new();
    desk.write("source.csv", SOURCE);
    for sql in ["drop table staged_file -- $path", "insert into crime select $path", "attach $path as other"]
    {
        desk.write("own.sql", format!("{sql}\n, $path"));
        let before = desk.whole_fingerprint();
        desk.run(&["load", "source.csv", "--adapter", "own.sql"]).failed(2);
        assert_eq!(desk.whole_fingerprint(), before, "{sql}");
    }
}

/// An export with other names; the values are not to be seen in a draft.
const EXPORT: &str = "Crime Ref;HO Code;Date Reported;Nominal ID;Officer;Notes\n\
                      SECRET1;8N;06/30/2026;SECRETP1;SECRET Smith;\n\
                      SECRET2;8N;06/13/2026;;SECRET Jones;\n";

#[test]
fn a_draft_shows_no_value_and_loads_once_it_is_written() {
    let desk = Desk::new();
    desk.write("export.csv", EXPORT);
    let draft = desk.run(&["adapter", "new", "export.csv"]).succeeded();
    assert!(!draft.contains("SECRET") && !draft.contains("8N") && !draft.contains("2026"), "{draft}");
    assert_contains(
        &draft,
        &[
            "\"Crime Ref\" as crime_id,  -- a guess: text, in every row",
            "strptime(\"Date Reported\", '%m/%d/%Y')::date as reported_on,  -- a guess: dates, month first",
            "\"Nominal ID\" as suspect_id,  -- a guess: text, filled in 50 %",
            "-- \"\" as victim_sex,  -- F, M or X",
            "-- \"Officer\",  -- text, in every row",
            "-- \"Notes\",  -- empty",
            "delim = ';'",
        ],
    );
    desk.run(&["adapter", "new", "export.csv", "-o", "own.sql"]).succeeded();
    assert_eq!(std::fs::read_to_string(desk.path("own.sql")).expect("draft"), draft);
    let account = desk.load(&["export.csv", "--adapter", "own.sql"]);
    assert_eq!(balance(&account), [2, 0, 0, 0, 0], "{account}");
    assert_eq!(
        desk.rows("select crime_id, reported_on from crime order by 1"),
        ["SECRET1|2026-06-30", "SECRET2|2026-06-13"]
    );
    let stderr = desk.run(&["adapter", "new", "export.csv", "-o", "own.sql"]).failed(1);
    assert_contains(&stderr, &["own.sql: exists already; nothing was written"]);
    assert_eq!(desk.names(), ["export.csv", "harmrank.duckdb", "own.sql"]);
}

#[test]
fn fault_21_a_draft_guesses_no_birth_of_a_name_and_no_place_of_a_day() {
    let desk = Desk::new();
    desk.write(
        "export.csv",
        "crime_id,code,reported_on,victim name,date of arrest,suspect yob,arrest area\n\
         C1,8N,2026-06-01,Ann,2026-06-03,1990,North\n\
         C2,8N,2026-06-01,Bob,2026-06-04,1991,\n\
         C3,8N,2026-06-01,,05/06/2026,1992,North\n\
         C4,8N,2026-06-01,Cat,2026-06-04,1990,North\n\
         C5,8N,2026-06-01,Dan,2026-06-04,1990,North\n",
    );
    let draft = desk.run(&["adapter", "new", "export.csv"]).succeeded();
    assert_contains(
        &draft,
        &["-- \"victim name\",  -- text, filled in 80 %; a name, by its name: not taken in"],
    );
    assert!(!draft.contains("of 100 rows") && !draft.contains("\"victim name\" as"), "{draft}");
    assert!(
        !draft.lines().any(|line| line.contains("\"date of arrest\" as") && !line.contains("_on,")),
        "{draft}"
    );
    // No guess for a day is a column of anything else, in any draft of these.
    for line in draft.lines().filter(|line| line.contains("a guess")) {
        assert!(!line.contains("_on,") || line.contains("dates"), "{line}");
    }
}

#[test]
fn a_draft_says_what_is_required_and_lacking() {
    let desk = Desk::bare();
    desk.write("export.csv", "Crime Ref,Whatever\nC1,x\n");
    let draft = desk.run(&["adapter", "new", "export.csv"]).succeeded();
    assert_contains(
        &draft,
        &["-- \"\" as code,  -- REQUIRED: offence code", "-- \"\" as reported_on,  -- REQUIRED: "],
    );
}

#[test]
fn a_draft_for_any_form_of_file_loads_it() {
    let desk = Desk::new();
    desk.write(
        "wide.csv",
        "sep=;\n\"Crime Ref\";\"HO Code\";Reported;Ort\nC1;8N;2026-06-01;\"Caf\u{e9}; Bar\"\n",
    );
    let text = std::fs::read_to_string(desk.path("wide.csv")).expect("text");
    desk.write(
        "ansi.csv",
        text.chars().map(|letter| u8::try_from(letter).expect("Latin")).collect::<Vec<_>>(),
    );
    desk.write("rows.json", r#"[{"Crime Ref": "C1", "HO Code": "8N", "Reported": "2026-06-01", "n": 1}]"#);
    let path = desk.path("rows.parquet").display().to_string();
    duckdb::Connection::open_in_memory()
        .and_then(|stock| {
            stock.execute_batch(&format!(
                "copy (select 'C1' as \"Crime Ref\", '8N' as hocode, date '2026-06-01' as reported)
                 to '{path}' (format parquet)"
            ))
        })
        .expect("Parquet written");
    let folder = std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixture/workbook");
    std::fs::copy(folder.join("title_and_gaps.xlsx"), desk.path("sheet.xlsx")).expect("copied");
    for (name, rows, flags) in [
        ("wide.csv", 1, &[][..]),
        ("ansi.csv", 1, &["--encoding", "windows-1252"]),
        ("rows.json", 1, &[]),
        ("rows.parquet", 1, &[]),
        ("sheet.xlsx", 3, &[]),
    ] {
        let own = format!("{name}.sql");
        desk.run(&["adapter", "new", name, "-o", &own]).succeeded();
        let draft = std::fs::read_to_string(desk.path(&own)).expect("draft");
        assert_contains(&draft, &flags.join(" ").split_inclusive('\n').collect::<Vec<_>>());
        let account = desk.load(&[&[name, "--adapter", &own], flags].concat());
        assert_eq!(account["rows_in"], rows, "{name}: {draft}\n{account}");
    }
}

#[test]
fn a_file_without_a_header_is_not_drafted_and_not_shown() {
    let desk = Desk::bare();
    desk.write("export.csv", "SECRET1,8N,2026-06-01\nSECRET2,8N,2026-06-02\n");
    let stderr = desk.run(&["adapter", "new", "export.csv"]).failed(1);
    assert_contains(&stderr, &["the first line looks like a row, not a header"]);
    assert!(!stderr.contains("SECRET"), "{stderr}");
}

#[test]
fn the_adapters_there_are_can_be_listed_and_shown() {
    let desk = Desk::bare();
    let listed = desk.run(&["adapter", "list"]).succeeded();
    assert_eq!(listed.lines().count(), 2, "{listed}");
    assert_contains(
        &listed,
        &["flat   One row per row of a flat extract", "nibrs  One row per crime, suspect and victim"],
    );
    assert_contains(&desk.run(&["adapter", "show", "nibrs"]).succeeded(), &["victim_offender_rel", "$path"]);
    assert_contains(&desk.run(&["adapter", "show", "nibr"]).failed(2), &["did you mean nibrs?"]);
}

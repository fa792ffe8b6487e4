//! What followed a kept list: the people of its evidence, held against what the database knows since.

use super::archive::{EVIDENCE, ROWS, Record};
use super::input::take_in;
use super::manifest::Manifest;
use crate::catalog;
use crate::database::{Access, run, sql_file};
use crate::failure::Failure;
use crate::interrupt;
use crate::load::quoted;
use crate::report::{Meta, Origin, Report, data_date};
use duckdb::Connection;
use serde_json::{Map, Value as Json};

/// What holds the list and what followed, ready for the report that compares them.
pub struct Outcome {
    /// The database, with the list in temporary tables.
    pub connection: Connection,
    /// The report that compares.
    pub report: Report,
    /// What its output states about itself.
    pub meta: Meta,
}

/// Parameters of a list that its evidence does not show: who stood next to it then cannot be told from it.
const NOT_IN_EVIDENCE: [&str; 3] = ["borough", "bcu", "min_victims"];
/// Parameters that make later harm the same kind of harm.
const OF_HARM: [&str; 7] =
    ["index", "scope", "weight_rule", "named_by", "historic", "proactive", "min_crimes"];

/// Takes in a run.
///
/// # Errors
/// When it kept no evidence, does not say who stood next to the listed, or cannot be read.
pub fn outcome(record: &Record, band: u32, access: &Access) -> Result<Outcome, Failure> {
    let manifest = &record.manifest;
    refuse_what_cannot_be_told(manifest)?;
    let connection = access.read()?;
    interrupt::watch(&connection);
    let parameter = |name: &str| manifest.meta["parameters"][name].clone();
    for name in OF_HARM {
        let value = match parameter(name) {
            Json::String(text) => quoted(&text),
            Json::Number(number) => number.to_string(),
            _ => "null".to_owned(),
        };
        connection.execute_batch(&format!("set variable run_{name} = {value}"))?;
    }
    let listed_on = parameter("as_of");
    let listed_on = listed_on.as_str().unwrap_or_default();
    connection.execute_batch(&format!(
        "set variable listed_on = {}::date; set variable known_until = date '{}'; set variable band = {band};",
        quoted(listed_on),
        data_date(&connection)?
    ))?;
    let path = |name: &str| record.folder.join(name).display().to_string();
    let paths = [("rows", path(ROWS)), ("evidence", path(EVIDENCE))];
    take_in("run/outcome_input.sql", &paths, &connection)?;
    for file in catalog::folder("run/interval") {
        run(&connection, &file)?;
    }
    let file = sql_file("run/outcomes.sql")?;
    let report = Report::parse("outcomes", file.text, Origin::BuiltIn, None)?;
    let stated = [("run", Json::from(manifest.id.clone())), ("band", Json::from(band))];
    let stated: Map<_, _> = stated.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let data_date = data_date(&connection)?.to_string();
    let meta =
        Meta { report: "runs outcomes".to_owned(), ..Meta::of(&report, stated, None, data_date, Vec::new()) };
    Ok(Outcome { connection, report, meta })
}

fn refuse_what_cannot_be_told(manifest: &Manifest) -> Result<(), Failure> {
    let at = |failure: Failure| failure.at(manifest.id.clone());
    if ![ROWS, EVIDENCE].iter().all(|name| manifest.kept.iter().any(|kept| kept.file == *name)) {
        return Err(at(Failure::usage("kept no evidence: who stood next to the list is not known")
            .hint("lists kept with --archive keep it")));
    }
    let asked = NOT_IN_EVIDENCE.iter().find(|name| {
        let value = &manifest.meta["parameters"][**name];
        !value.is_null() && value.as_i64() != Some(1)
    });
    match asked {
        None => Ok(()),
        Some(name) => Err(at(Failure::usage(format!(
            "its evidence does not say who stood next to the list: it was cut by {name}"
        ))
        .hint("keep the force-wide list with --archive as well"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(expression: &str) -> f64 {
        let connection = Connection::open_in_memory().expect("engine");
        for file in catalog::folder("run/interval") {
            run(&connection, &file).expect("macros");
        }
        let sql = format!("select ({expression})::double");
        connection.query_row(&sql, [], |row| row.get(0)).unwrap_or_else(|error| panic!("{sql}: {error}"))
    }

    #[track_caller]
    fn assert_near(expression: &str, expected: f64, within: f64) {
        let found = value(expression);
        assert!((found - expected).abs() <= within, "{expression}: {found}, expected {expected}");
    }

    /// Computed by hand from the formula, and at the ends.
    #[test]
    fn wilsons_interval_of_a_share() {
        assert_near("wilson_bound(8, 25, -1)", 17.2, 0.05);
        assert_near("wilson_bound(8, 25, 1)", 51.6, 0.05);
        assert_near("wilson_bound(0, 10, -1)", 0.0, 0.0);
        assert_near("wilson_bound(0, 10, 1)", 27.8, 0.05);
        assert_near("wilson_bound(10, 10, 1)", 100.0, 0.0);
    }

    /// Against the exact interval from the chi-square distribution.
    #[test]
    fn byars_interval_is_near_the_exact_one() {
        for (events, low, high) in [(5, 1.623, 11.668), (13, 6.922, 22.23), (100, 81.36, 121.63)] {
            assert_near(&format!("byar_low({events})"), low, 0.02);
            assert_near(&format!("byar_high({events})"), high, 0.02);
        }
        assert_near("byar_low(0)", 0.0, 0.0);
        assert_near("byar_high(0)", 3.689, 0.03);
    }

    /// Two people with 10 and 20 days of harm in 100 days each: the ratio is that of the means.
    #[test]
    fn the_variance_of_a_ratio_is_that_of_a_mean_where_all_have_as_long() {
        assert_near("ratio_variance(30, 200, 500, 3000, 20000, 2)", 50.0 / 2.0 / 100.0 / 100.0, 1e-12);
        assert_near("coalesce(ratio_variance(30, 100, 900, 3000, 10000, 1), -1)", -1.0, 0.0);
    }
}

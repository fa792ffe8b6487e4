//! Kept lists as tables that a report reads: who stood on each that day, who stood next to it, and what is recorded of
//! them since. The tables are those of `sql/input/kept_lists`.

use super::archive::{EVIDENCE, ROWS, Record};
use super::named::Named;
use super::rerun::{RerunContext, arguments_of_run, code_changes, load_changes};
use crate::cancellation;
use crate::database::{run, sql_file};
use crate::failure::{Failure, Kind};
use crate::interrupt;
use crate::report::{Given, Library, ListRead, Manner, Origin, Parameter, Report, prepare};
use crate::sql_text::statements;
use crate::suggest::did_you_mean;
use duckdb::{Connection, ToSql, named_params};
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::path::Path;

/// People that stood next to a list.
const NEXT: usize = 100;

/// Lists that count the same kind of harm.
struct HarmKind {
    values: Vec<Option<String>>,
    first_on: String,
    last_on: String,
}

impl RerunContext<'_> {
    /// What fills the tables of kept lists for a report that reads them; with `only`, with none but those runs.
    pub(crate) fn fill<'a>(
        &'a self,
        only: Option<&'a [ListRead]>,
    ) -> impl Fn(&Given, &Connection) -> Result<Vec<ListRead>, Failure> + 'a {
        move |given, connection| fill(given, only, self, connection)
    }
}

/// Fills the tables of kept lists: all of them, or those that the parameter `run` asks for; with `only`, none but those
/// runs.
fn fill(
    given: &Given,
    only: Option<&[ListRead]>,
    ctx: &RerunContext<'_>,
    connection: &Connection,
) -> Result<Vec<ListRead>, Failure> {
    let lists = lists(only, ctx)?;
    let comparable = comparable_parameters(ctx.library);
    let kinds = take_manifests(&lists, &comparable, connection)?;
    let asked = given.one("run");
    let chosen = chosen(asked, &lists, connection)?;
    let mut reasons = Vec::new();
    for &place in &chosen {
        interrupt::check()?;
        if let Some(why) = rebuild_ranking(&lists[place], ctx, connection)? {
            connection.execute(
                "update kept_list set why_not = ? where list_key = ?",
                duckdb::params![why, place],
            )?;
            reasons.push((lists[place].name.clone(), why));
        } else {
            execute("run/stood/place.sql", named_params! { "list_key": place }, connection)?;
        }
    }
    if let (Some(_), true, Some((name, why))) = (asked, reasons.len() == chosen.len(), reasons.first()) {
        return Err(Failure::new(Kind::Check, why.clone()).at(name.clone()));
    }
    for (number, kind) in kinds.iter().enumerate() {
        interrupt::check()?;
        let mut bound: Vec<(&str, &dyn ToSql)> =
            vec![("harm_kind", &number), ("first_on", &kind.first_on), ("last_on", &kind.last_on)];
        let values = kind.values.iter().map(|value| value as &dyn ToSql);
        bound.extend(comparable.iter().copied().zip(values));
        execute("run/stood/report_crimes.sql", &bound, connection)?;
    }
    let read = chosen.iter().filter_map(|place| list_read(&lists[*place].record));
    Ok(read.collect())
}

/// Names of the parameters that make later harm another kind of harm, as the heads of the program's reports mark them.
fn comparable_parameters(library: &Library) -> Vec<&str> {
    let built_in = library.reports.iter().filter(|report| report.origin == Origin::BuiltIn);
    let mut names: Vec<_> = built_in
        .flat_map(|report| &report.header.parameters)
        .filter(|parameter| parameter.is_comparable)
        .map(|parameter| parameter.name.as_str())
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Runs that kept the rows of a list and the evidence behind it, the oldest first.
fn lists(only: Option<&[ListRead]>, ctx: &RerunContext<'_>) -> Result<Vec<Named>, Failure> {
    let mut lists = (ctx.lists)()?;
    lists.retain(|list| {
        let manifest = &list.record.manifest;
        let has = |name: &str| manifest.kept.iter().any(|kept| kept.file == name);
        let is_meant = only.is_none_or(|only| only.iter().any(|read| read.run == manifest.id));
        has(ROWS) && has(EVIDENCE) && is_meant
    });
    lists.sort_by_cached_key(|list| (list.record.manifest.at.clone(), list.name.clone()));
    Ok(lists)
}

fn list_read(record: &Record) -> Option<ListRead> {
    let rows = record.manifest.kept.iter().find(|kept| kept.file == ROWS)?;
    Some(ListRead { run: record.manifest.id.clone(), sha256: rows.sha256.clone() })
}

/// Takes in what the manifests say, and returns the kinds of harm by number.
fn take_manifests(
    lists: &[Named],
    comparable: &[&str],
    connection: &Connection,
) -> Result<Vec<HarmKind>, Failure> {
    let mut kinds: BTreeMap<Vec<Option<String>>, usize> = BTreeMap::new();
    let mut found: Vec<HarmKind> = Vec::new();
    let mut insert = connection.prepare(
        "insert into kept_list (list_key, list, run, listed_on, adopted_by, harm_kind) values (?, ?, ?, ?::date, ?, ?)",
    )?;
    for (place, Named { name, record, .. }) in lists.iter().enumerate() {
        let manifest = &record.manifest;
        let parameter = |name: &str| match &manifest.meta["parameters"][name] {
            Json::Null => None,
            Json::String(text) => Some(text.clone()),
            other => Some(other.to_string()),
        };
        let listed_on = parameter("as_of").unwrap_or_default();
        let values: Vec<_> = comparable.iter().map(|name| parameter(name)).collect();
        let kind = *kinds.entry(values.clone()).or_insert(found.len());
        if kind == found.len() {
            found.push(HarmKind { values, first_on: listed_on.clone(), last_on: listed_on.clone() });
        }
        let reach = &mut found[kind];
        reach.first_on = reach.first_on.clone().min(listed_on.clone());
        reach.last_on = reach.last_on.clone().max(listed_on.clone());
        let adopted_by = manifest.adopted.last().map(|last| last.role.clone());
        insert.execute(duckdb::params![place, name, manifest.id, listed_on, adopted_by, kind])?;
    }
    Ok(found)
}

/// Places of the lists asked for.
fn chosen(asked: Option<&str>, lists: &[Named], connection: &Connection) -> Result<Vec<usize>, Failure> {
    let chosen: Vec<usize> = connection
        .prepare(
            "select list_key from kept_list where is_list_asked(list, run, ?::varchar) order by list_key",
        )?
        .query_map([asked], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let Some(asked) = asked.filter(|_| chosen.is_empty()) else { return Ok(chosen) };
    let names: Vec<_> = lists.iter().map(|list| list.name.clone()).collect();
    let near = did_you_mean(asked, &names);
    Err(Failure::usage(format!("no kept list begins with {asked:?}"))
        .at("--run")
        .hint(format!("{near}lists are kept by `report --archive` and by schedules: harmrank runs list")))
}

/// Makes the table of those who stood on a list and next to it; or says why it cannot be told who did.
fn rebuild_ranking(
    list: &Named,
    ctx: &RerunContext<'_>,
    connection: &Connection,
) -> Result<Option<String>, Failure> {
    let Record { folder, manifest } = &list.record;
    let [rows, evidence] = [ROWS, EVIDENCE].map(|name| folder.join(name));
    if !rows.is_file() || !evidence.is_file() {
        return Ok(Some("its rows or its evidence are no longer there".to_owned()));
    }
    let Ok(report) = ctx.library.find(&manifest.report) else {
        return Ok(Some(format!("its report {} is no more", manifest.report)));
    };
    let [rows, evidence] = [rows, evidence].map(|path| path.display().to_string());
    if is_in_evidence(report, &list.record) {
        let paths = named_params! { "rows": rows, "evidence": evidence };
        execute("run/stood/by_evidence.sql", paths, connection)?;
        return Ok(None);
    }
    if let Err(why) = rerank(report, list, ctx, connection)? {
        return Ok(Some(why));
    }
    execute("run/stood/by_ranking.sql", named_params! { "rows": rows }, connection)?;
    Ok(None)
}

/// True where the evidence shows who stood next to the list: where nothing but the limit has cut it. Of other parameters
/// that cut a list, a place for instance, its evidence does not know.
fn is_in_evidence(report: &Report, record: &Record) -> bool {
    let is_at_default =
        |name: &str, value: &Json| match report.parameter(name).and_then(Parameter::default_text) {
            None => value.is_null(),
            Some(default) => value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned) == default,
        };
    let is_shown = |name: &String, value: &Json| {
        let cuts = report.parameter(name).is_none_or(|parameter| parameter.is_cut);
        name == LIMIT || !cuts || is_at_default(name, value)
    };
    // What a report of the user's leaves out, its SQL alone says.
    report.origin == Origin::BuiltIn
        && record.manifest.parameters().all(|(name, value)| is_shown(name, value))
}

/// The parameter that says how long a list is.
const LIMIT: &str = "limit";

/// Ranks a list again, longer, on the data as they stood after the same load; or says why it is not the same list.
fn rerank(
    report: &Report,
    list: &Named,
    ctx: &RerunContext<'_>,
    connection: &Connection,
) -> Result<Result<(), String>, Failure> {
    let manifest = &list.record.manifest;
    if report.parameter(LIMIT).is_none() {
        return Ok(Err(format!("{} has no limit that could show who stood next to it", report.name)));
    }
    // A report of the user's shuts its engine for good.
    let own = (report.origin != Origin::BuiltIn).then(|| ctx.access.read_unverified()).transpose()?;
    let beside = own.as_ref().unwrap_or(connection).try_clone()?;
    interrupt::watch(&beside);
    let mut changes = Vec::new();
    let has_later_loads = load_changes(manifest, &beside, &mut changes)?;
    code_changes(manifest, report, &beside, &mut changes)?;
    let mut longer = arguments_of_run(manifest, report, &mut Vec::new());
    longer.values.insert(LIMIT.to_owned(), vec![(manifest.rows + NEXT).to_string()]);
    let manner = Manner {
        after_load: has_later_loads.then_some(manifest.data.last_load),
        is_without_notes: true,
        ..Manner::default()
    };
    let people = prepare(report, &longer, ctx.context.today, ctx.access, &beside, manner)
        .and_then(|ready| ready.people(&beside));
    // The lock of a file goes with the first connection to it that is closed.
    std::mem::forget(own);
    let forgotten =
        manifest.amended.iter().map(|said| format!("somebody on it was forgotten on {}", said.on));
    let mut words: Vec<_> = forgotten.chain(changes.into_iter().map(|change| change.how)).collect();
    words.dedup();
    let people = match people {
        Err(failure) if cancellation::is_cancelled() || cancellation::is_timed_out() => {
            return Err(failure);
        }
        Err(failure) => {
            words.extend(failure.problems.into_iter().map(|problem| problem.message));
            return Ok(Err(not_comparable_why(&words)));
        }
        Ok(people) => people,
    };
    run(connection, &sql_file("run/stood/ranked_again.sql")?)?;
    let mut insert = connection.prepare("insert into ranked_again values (?, ?, ?::decimal(18, 4))")?;
    for (person, rank, days) in &people {
        insert.execute(duckdb::params![person, rank, days])?;
    }
    let is_the_same = differences(&list.record.folder, connection)? == 0;
    Ok(if is_the_same { Ok(()) } else { Err(not_comparable_why(&words)) })
}

fn not_comparable_why(words: &[String]) -> String {
    let why = if words.is_empty() { "they are not as they were".to_owned() } else { words.join("; ") };
    format!("who stood next to it cannot be told, for the data no longer give the same list: {why}")
}

fn differences(folder: &Path, connection: &Connection) -> Result<i64, Failure> {
    let rows = folder.join(ROWS).display().to_string();
    let mut prepared = connection.prepare(sql_file("run/stood/differences.sql")?.text)?;
    Ok(prepared.query_row(named_params! { "rows": rows }, |row| row.get(0))?)
}

fn execute(file: &str, bound: &[(&str, &dyn ToSql)], connection: &Connection) -> Result<(), Failure> {
    for sql in statements(sql_file(file)?.text) {
        connection.prepare(&sql)?.execute(bound)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::embedded_sql;

    fn value(expression: &str) -> f64 {
        let connection = Connection::open_in_memory().expect("engine");
        for file in embedded_sql::folder("input/kept_lists") {
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
        assert_near("coalesce(wilson_bound(null, 10, 1), -1)", -1.0, 0.0);
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

//! The ranking against a second, much simpler account of the rules, in Rust and without SQL.
//!
//! Random forces are drawn from a fixed seed: crimes around the edges of the window, people of known and unknown
//! age, merged references, co-suspects, several victims. Days are counted in tenths, of which all weights used
//! here are whole numbers.

#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use duckdb::{Config as EngineConfig, Connection};
use harmrank::embedded_sql;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use std::collections::{BTreeMap, BTreeSet};

const AS_OF: Date = date(2026, 6, 30);
const PEOPLE: usize = 9;
/// From the suspicion that has ended to the furthest; the first two do not count.
const STATUSES: [&str; 8] = [
    "eliminated",
    "acquitted",
    "named",
    "no_further_action",
    "arrested",
    "cautioned",
    "charged",
    "convicted",
];

/// A way of recording an offence, and what the rules say of it: tenths of days, and its place in the scopes.
struct Way {
    code: Option<&'static str>,
    ho_class: Option<&'static str>,
    item: Option<&'static str>,
    days: Option<[i64; 3]>,
    place: Place,
}

#[derive(Clone, Copy, PartialEq)]
enum Place {
    Violence,
    Sexual,
    Excluded,
    Outside,
}

const fn code(code: &'static str, days: Option<[i64; 3]>, place: Place) -> Way {
    Way { code: Some(code), ho_class: None, item: None, days, place }
}

const fn item(item: &'static str, tenths: i64, place: Place) -> Way {
    Way { code: None, ho_class: None, item: Some(item), days: Some([tenths; 3]), place }
}

/// Low, middle and high from the published table: 8N is read as actual bodily harm, 20A as touching, 105A as common
/// assault, class 008/01 as a serious wound; nobody has reviewed 5E, of whose eight items 2,190 is the median.
const WAYS: [Way; 14] = [
    item("19C.19.8.0", 18_250, Place::Sexual),
    item("8N.8.6.0", 100, Place::Violence),
    item("105.8.67.0", 840, Place::Violence),
    item("3B.3.1.0A", 100, Place::Violence),
    code("8N", Some([20, 100, 14_600]), Place::Violence),
    code("20A", Some([190, 190, 7_300]), Place::Sexual),
    code("105A", Some([10, 10, 840]), Place::Violence),
    code("5E", Some([100, 21_900, 32_850]), Place::Violence),
    Way {
        code: None,
        ho_class: Some("008/01"),
        item: None,
        days: Some([190, 5_475, 9_125]),
        place: Place::Violence,
    },
    code("8S", Some([1_825, 1_825, 18_250]), Place::Excluded),
    code("58D", Some([10, 10, 3_650]), Place::Outside),
    code("46", Some([10, 10, 10]), Place::Outside),
    code("NFS", None, Place::Violence),
    Way { code: Some("8N"), ho_class: None, item: Some("19C.19.8.0"), days: None, place: Place::Violence },
];

#[derive(Clone, Debug)]
struct Person {
    sex: Option<&'static str>,
    birth: Option<(i16, Option<i8>)>,
    /// Another person they are, before them in the list.
    merged_into: Option<usize>,
}

#[derive(Clone, Debug)]
struct Crime {
    way: usize,
    /// Days before the last day of the window; below 0 after it.
    days_ago: i64,
    /// First and last day on which it may have been committed, in days before the report.
    committed: (Option<i64>, Option<i64>),
    status: &'static str,
    detected_by: Option<&'static str>,
    is_domestic: bool,
    /// Person, place in `STATUSES`, age as recorded.
    suspects: BTreeMap<usize, (usize, Option<i16>)>,
    /// Person where there is an identifier, sex.
    victims: Vec<(Option<usize>, Option<&'static str>)>,
}

#[derive(Clone, Debug)]
struct Force {
    people: Vec<Person>,
    crimes: Vec<Crime>,
}

#[derive(Clone, Debug)]
struct Question {
    window_days: i64,
    scope: &'static str,
    weight_rule: &'static str,
    proactive: &'static str,
    historic: &'static str,
    min_age: i16,
    min_crimes: usize,
    min_victims: usize,
    list_size: Option<usize>,
}

impl Default for Question {
    fn default() -> Self {
        Self {
            window_days: 365,
            scope: "vawg",
            weight_rule: "middle",
            proactive: "exclude",
            historic: "include",
            min_age: 18,
            min_crimes: 1,
            min_victims: 1,
            list_size: None,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Standing {
    harm_rank: Option<i64>,
    person_id: String,
    tenths: Option<i64>,
    tenths_low: Option<i64>,
    tenths_high: Option<i64>,
    crimes: i64,
    unweighted: i64,
    victims: i64,
    reported_as_victim: i64,
}

// The oracle: one pass over the crimes, one over the people.

impl Force {
    fn root(&self, person: usize) -> usize {
        self.people[person].merged_into.map_or(person, |other| self.root(other))
    }

    fn identities(&self, root: usize) -> impl Iterator<Item = usize> {
        (0..self.people.len()).filter(move |&person| self.root(person) == root)
    }

    /// What the last of the chain says wins, then the earliest of the others.
    fn birth(&self, root: usize) -> Option<(i16, Option<i8>)> {
        self.people[root].birth.or_else(|| {
            let births = || self.identities(root).filter_map(|person| self.people[person].birth);
            let year = births().map(|(year, _)| year).min()?;
            Some((year, births().filter(|birth| birth.0 == year).filter_map(|birth| birth.1).min()))
        })
    }

    fn least_age(&self, root: usize, crime: &Crime) -> Option<i16> {
        let Some((year, month)) = self.birth(root) else {
            return self.identities(root).filter_map(|person| crime.suspects.get(&person)?.1).min();
        };
        let report = crime.reported_on();
        let had_birthday = month.is_some_and(|month| report.month() > month);
        Some((report.year() - year - i16::from(!had_birthday)).max(0))
    }

    /// Neither sex nor birth nor age under any reference, in a source that describes somebody.
    fn is_placeholder(&self, root: usize) -> bool {
        let says = |person: &Person| person.sex.is_some() || person.birth.is_some();
        let aged = |person: usize| {
            self.crimes
                .iter()
                .any(|crime| crime.suspects.get(&person).is_some_and(|suspect| suspect.1.is_some()))
        };
        self.people.iter().any(says)
            && !self.identities(root).any(|person| says(&self.people[person]) || aged(person))
    }

    fn rank(&self, question: &Question) -> Vec<Standing> {
        let mut listed: Vec<Standing> = (0..self.people.len())
            .filter(|&person| self.root(person) == person && !self.is_placeholder(person))
            .filter_map(|root| self.place(root, question))
            .collect();
        let mut scores: Vec<i64> = listed.iter().filter_map(|place| place.tenths).collect();
        scores.sort_unstable_by(|left, right| right.cmp(left));
        for place in &mut listed {
            place.harm_rank =
                place.tenths.map(|tenths| 1 + count(scores.iter().filter(|&&score| score > tenths)));
        }
        if let Some(size) = question.list_size {
            let cut = scores.get(size - 1).or(scores.last()).copied();
            listed.retain(|place| place.tenths.is_some() && place.tenths >= cut);
        }
        listed.sort();
        listed
    }

    fn place(&self, root: usize, question: &Question) -> Option<Standing> {
        let crimes: Vec<&Crime> =
            self.crimes.iter().filter(|crime| self.is_counted(root, crime, question)).collect();
        // Victims without a reference are as many as a crime has of them (rule 4).
        let victims: BTreeSet<_> = crimes
            .iter()
            .enumerate()
            .flat_map(|(number, crime)| {
                crime.victims.iter().enumerate().map(move |(place, victim)| ((number, place), victim))
            })
            .filter(|(_, victim)| !question.scope.starts_with("vawg") || victim.1 == Some("F"))
            .map(|(unidentified, victim)| match victim.0 {
                Some(person) => (Some(self.root(person)), None),
                None => (None, Some(unidentified)),
            })
            .collect();
        let is_long_enough = crimes.len() >= question.min_crimes
            && (question.min_victims <= 1 || victims.len() >= question.min_victims);
        let sum = |which: usize| {
            crimes
                .iter()
                .filter_map(|crime| crime.days().map(|days| days[which]))
                .reduce(|sum, days| sum + days)
        };
        let rule = ["low", "middle", "high"].iter().position(|rule| *rule == question.weight_rule)?;
        (!crimes.is_empty() && is_long_enough).then(|| Standing {
            harm_rank: None,
            person_id: reference(root),
            tenths: sum(rule),
            tenths_low: sum(0),
            tenths_high: sum(2),
            crimes: count(crimes.iter()),
            unweighted: count(crimes.iter().filter(|crime| crime.days().is_none())),
            victims: count(victims.iter()),
            reported_as_victim: count(self.crimes.iter().filter(|crime| {
                crime.status == "recorded"
                    && question.has_in_window(crime)
                    && crime
                        .victims
                        .iter()
                        .any(|victim| victim.0.is_some_and(|person| self.root(person) == root))
            })),
        })
    }

    fn is_counted(&self, root: usize, crime: &Crime, question: &Question) -> bool {
        let furthest = self
            .identities(root)
            .filter_map(|person| crime.suspects.get(&person))
            .map(|suspect| suspect.0)
            .max();
        let is_proactive = matches!(crime.detected_by, Some("police" | "company"));
        let is_historic = crime.committed.1.or(crime.committed.0).is_some_and(|days| days > 365);
        furthest.is_some_and(|status| status >= 2)
            && crime.status == "recorded"
            && question.has_in_window(crime)
            && question.takes(crime)
            && is_wanted(question.proactive, is_proactive)
            && is_wanted(question.historic, is_historic)
            && self.least_age(root, crime).is_none_or(|age| age >= question.min_age.max(10))
    }
}

impl Crime {
    fn reported_on(&self) -> Date {
        before(AS_OF, self.days_ago)
    }

    fn days(&self) -> Option<[i64; 3]> {
        WAYS[self.way].days
    }
}

impl Question {
    fn has_in_window(&self, crime: &Crime) -> bool {
        (0..self.window_days).contains(&crime.days_ago)
    }

    fn takes(&self, crime: &Crime) -> bool {
        let place = WAYS[crime.way].place;
        let is_vawg = matches!(place, Place::Violence | Place::Sexual);
        let of_a_woman = crime.victims.iter().any(|victim| victim.1 == Some("F"));
        match self.scope {
            "vawg" => of_a_woman && place != Place::Excluded && (is_vawg || crime.is_domestic),
            "vawg-stat" => of_a_woman && is_vawg,
            "domestic" => crime.is_domestic,
            "sexual" => place == Place::Sexual,
            _ => true,
        }
    }

    fn sql(&self) -> String {
        let Self {
            window_days,
            scope,
            weight_rule,
            proactive,
            historic,
            min_age,
            min_crimes,
            min_victims,
            ..
        } = self;
        let list_size = self.list_size.map_or_else(|| "null".to_owned(), |size| size.to_string());
        format!(
            "select
                 harm_rank, person_id, (harm_days * 10)::bigint, (harm_days_low * 10)::bigint,
                 (harm_days_high * 10)::bigint, crimes, unweighted_crimes, victims, reported_as_victim,
                 harm_days * 10 <> (harm_days * 10)::bigint
             from harm_ranking(
                 date '{AS_OF}', window_days := {window_days}, scope := '{scope}', weight_rule := '{weight_rule}',
                 proactive := '{proactive}', historic := '{historic}', min_age := {min_age},
                 min_crimes := {min_crimes}, min_victims := {min_victims}, list_size := {list_size}
             )"
        )
    }
}

fn is_wanted(choice: &str, has_it: bool) -> bool {
    choice == "include" || (choice == "only") == has_it
}

fn reference(person: usize) -> String {
    format!("P{person:02}")
}

fn before(day: Date, days: i64) -> Date {
    day.checked_sub(days.days()).expect("a day in the calendar")
}

fn count<T>(things: impl Iterator<Item = T>) -> i64 {
    i64::try_from(things.count()).expect("few")
}

// The same force in a database.

struct Engine(Connection);

impl Engine {
    fn new() -> Self {
        let config = EngineConfig::default()
            .with("autoinstall_known_extensions", "false")
            .and_then(|config| config.with("autoload_known_extensions", "false"))
            .expect("known settings");
        let connection = Connection::open_in_memory_with_flags(config).expect("an engine");
        for file in embedded_sql::installed() {
            connection.execute_batch(file.text).expect(file.path);
        }
        let ways = WAYS.iter().enumerate().map(|(key, way)| {
            format!("({key}, 'ho', {}, {}, {})", text(way.code), text(way.ho_class), text(way.item))
        });
        let engine = Self(connection);
        engine.insert("offence", &ways.collect::<Vec<_>>());
        engine.run("insert into offence_weight by name from offence_weight_now");
        engine
    }

    fn run(&self, sql: &str) {
        self.0.execute_batch(sql).unwrap_or_else(|error| panic!("{error}\n{sql}"));
    }

    fn insert(&self, table_and_columns: &str, rows: &[String]) {
        if !rows.is_empty() {
            self.run(&format!("insert into {table_and_columns} values {}", rows.join(",\n")));
        }
    }

    /// Crimes come in, and take their keys, in the order given.
    fn hold(&self, force: &Force, order: &[usize]) {
        for table in ["crime", "person", "identity", "suspect", "victim", "suspicion"] {
            self.run(&format!("delete from {table}"));
        }
        let people = |row: &dyn Fn(usize, &Person) -> Option<String>| {
            let mut rows: Vec<String> =
                force.people.iter().enumerate().filter_map(|(place, person)| row(place, person)).collect();
            let turn = order.first().copied().unwrap_or(0) % rows.len().max(1);
            rows.rotate_left(turn);
            rows
        };
        self.insert(
            "person (person_id, sex, birth_year, birth_month, person_key, root_key, is_placeholder, known_from, batch_key)",
            &people(&|place, person| {
                let (year, month) = person.birth.map_or((None, None), |(year, month)| (Some(year), month));
                let key = self.person_key(place, order);
                Some(format!(
                    "('{}', {}, {}, {}, {key}, {key}, false, date '2026-07-01', 1)",
                    reference(place), text(person.sex), number(year), number(month)
                ))
            }),
        );
        self.insert(
            "identity",
            &people(&|place, person| {
                Some(format!("('{}', '{}', 1)", reference(place), reference(person.merged_into?)))
            }),
        );
        let crimes = |row: &dyn Fn(usize, &Crime) -> Vec<String>| -> Vec<String> {
            order.iter().enumerate().flat_map(|(key, &place)| row(key, &force.crimes[place])).collect()
        };
        self.insert(
            "crime (crime_key, crime_id, offence_key, code_system, reported_on, committed_from_on, committed_to_on,
                    status, detected_by, is_domestic, crime_content, suspects_content, victims_content, known_from, confirmed_on, batch_key)",
            &crimes(&|key, crime| {
                let day = |days: Option<i64>| {
                    days.map_or_else(|| "null".to_owned(), |days| format!("date '{}'", before(crime.reported_on(), days)))
                };
                vec![format!(
                    "({key}, 'C{key}', {}, 'ho', date '{}', {}, {}, '{}', {}, {}, {key}, 0, 0, date '2026-07-01',
                      date '2026-07-01', 1)",
                    crime.way, crime.reported_on(), day(crime.committed.0), day(crime.committed.1), crime.status,
                    text(crime.detected_by), crime.is_domestic
                )]
            }),
        );
        self.insert(
            "suspect (crime_key, person_key, reported_on, status, age)",
            &crimes(&|key, crime| {
                let row = |(&person, &(status, age)): (&usize, &(usize, Option<i16>))| {
                    let person = self.person_key(person, order);
                    format!(
                        "({key}, {person}, date '{}', '{}', {})",
                        crime.reported_on(),
                        STATUSES[status],
                        number(age)
                    )
                };
                crime.suspects.iter().map(row).collect()
            }),
        );
        self.insert(
            "victim (crime_key, victim_number, person_key, reported_on, sex, kind)",
            &crimes(&|key, crime| {
                let row = |(place, victim): (usize, &(Option<usize>, Option<&'static str>))| {
                    let person = number(victim.0.map(|person| self.person_key(person, order)));
                    format!(
                        "({key}, {}, {person}, date '{}', {}, 'person')",
                        place + 1,
                        crime.reported_on(),
                        text(victim.1)
                    )
                };
                crime.victims.iter().enumerate().map(row).collect()
            }),
        );
        self.run(
            "update person set root_key = root.person_key
             from identity_root inner join person as root on root.person_id = identity_root.root_id
             where person.person_id = identity_root.person_id;
             insert into describing_load values (1) on conflict do nothing;
             update person set is_placeholder = true
             where person.person_key in (select placeholder_now.person_key from placeholder_now);
             insert into suspicion by name
             select fresh.*, date '2026-07-01' as known_from, 1 as batch_key
             from suspicion_between(date '1900-01-01', date '2100-01-01') as fresh;",
        );
    }

    /// Keys that follow neither the references nor the order of the rows.
    #[allow(clippy::unused_self, reason = "a key is the engine's matter")]
    fn person_key(&self, place: usize, order: &[usize]) -> usize {
        1 + (place * 7 + order.first().copied().unwrap_or(0)) % 100
    }

    fn rank(&self, question: &Question) -> Vec<Standing> {
        let mut statement = self.0.prepare(&question.sql()).expect("the question");
        let rows = statement
            .query_map([], |row| {
                assert_ne!(row.get::<_, Option<bool>>(9)?, Some(true), "days are exact");
                Ok(Standing {
                    harm_rank: row.get(0)?,
                    person_id: row.get(1)?,
                    tenths: row.get(2)?,
                    tenths_low: row.get(3)?,
                    tenths_high: row.get(4)?,
                    crimes: row.get(5)?,
                    unweighted: row.get(6)?,
                    victims: row.get(7)?,
                    reported_as_victim: row.get(8)?,
                })
            })
            .expect("an answer");
        let mut listed: Vec<Standing> = rows.collect::<Result<_, _>>().expect("rows of the list");
        listed.sort();
        listed
    }

    fn scores(&self, question: &Question) -> BTreeMap<String, i64> {
        self.rank(question).into_iter().filter_map(|place| Some((place.person_id, place.tenths?))).collect()
    }
}

fn text(value: Option<&str>) -> String {
    value.map_or_else(|| "null".to_owned(), |value| format!("'{value}'"))
}

fn number<T: ToString>(value: Option<T>) -> String {
    value.map_or_else(|| "null".to_owned(), |value| value.to_string())
}

fn in_order(force: &Force) -> Vec<usize> {
    (0..force.crimes.len()).collect()
}

// What is drawn.

fn any_person(place: usize) -> impl Strategy<Value = Person> {
    let birth = proptest::option::weighted(
        0.6,
        (select(vec![1960, 1975, 1990, 2007, 2008, 2016]), proptest::option::of(select(vec![1, 6, 7, 12]))),
    );
    (select(vec![Some("F"), Some("M"), None]), birth, proptest::option::weighted(0.5, 0..PEOPLE)).prop_map(
        move |(sex, birth, other)| Person { sex, birth, merged_into: other.filter(|&other| other < place) },
    )
}

fn any_crime() -> impl Strategy<Value = Crime> {
    let days_ago = prop_oneof![
        2 => select(vec![-1, 0, 1, 6, 7, 29, 30, 89, 90, 363, 364, 365, 366]),
        3 => -3_i64..400,
    ];
    let back = || proptest::option::of(select(vec![0_i64, 10, 364, 365, 366, 367, 4000]));
    let committed = (back(), back()).prop_map(|(first, last)| match (first, last) {
        (Some(first), Some(last)) => (Some(first.max(last)), Some(last)),
        other => other,
    });
    let status =
        prop_oneof![9 => Just("recorded"), 1 => select(vec!["cancelled", "transferred", "not_crime"])];
    let detected_by = prop_oneof![4 => select(vec![None, Some("victim"), Some("witness")]), 1 => select(vec![Some("police"), Some("company")])];
    let suspect = (
        prop_oneof![1 => 0..2_usize, 4 => 2..STATUSES.len()],
        proptest::option::weighted(0.3, select(vec![9, 10, 17, 18, 40])),
    );
    let victim =
        (proptest::option::weighted(0.7, 0..PEOPLE), select(vec![Some("F"), Some("F"), Some("M"), None]));
    (
        0..WAYS.len(),
        days_ago,
        committed,
        status,
        detected_by,
        any::<bool>(),
        proptest::collection::btree_map(0..PEOPLE, suspect, 1..4),
        proptest::collection::vec(victim, 1..4),
    )
        .prop_map(|(way, days_ago, committed, status, detected_by, is_domestic, suspects, victims)| {
            Crime { way, days_ago, committed, status, detected_by, is_domestic, suspects, victims }
        })
}

fn any_force() -> impl Strategy<Value = Force> {
    let people: Vec<_> = (0..PEOPLE).map(any_person).collect();
    (people, proptest::collection::vec(any_crime(), 10..80))
        .prop_map(|(people, crimes)| Force { people, crimes })
}

fn any_question() -> impl Strategy<Value = Question> {
    let choice = || prop_oneof![4 => Just("include"), 3 => Just("exclude"), 1 => Just("only")];
    (
        prop_oneof![select(vec![1_i64, 7, 30, 90, 364, 365, 366]), 100_i64..400],
        select(vec!["vawg", "vawg", "vawg-stat", "domestic", "sexual", "all"]),
        select(vec!["low", "middle", "high"]),
        choice(),
        choice(),
        select(vec![10_i16, 17, 18, 19]),
        prop_oneof![3 => Just(1_usize), 1 => Just(2)],
        prop_oneof![3 => Just(1_usize), 1 => Just(2)],
        proptest::option::of(1_usize..6),
    )
        .prop_map(
            |(
                window_days,
                scope,
                weight_rule,
                proactive,
                historic,
                min_age,
                min_crimes,
                min_victims,
                list_size,
            )| {
                Question {
                    window_days,
                    scope,
                    weight_rule,
                    proactive,
                    historic,
                    min_age,
                    min_crimes,
                    min_victims,
                    list_size,
                }
            },
        )
}

/// The same cases every time.
fn runner(cases: u32) -> TestRunner {
    TestRunner::new(Config {
        cases,
        rng_seed: RngSeed::Fixed(20_260_630),
        failure_persistence: None,
        max_shrink_iters: 100,
        ..Config::default()
    })
}

#[test]
fn the_list_is_that_of_the_oracle() {
    let engine = Engine::new();
    let listed = std::cell::Cell::new(0);
    runner(40)
        .run(&(any_force(), proptest::collection::vec(any_question(), 3)), |(force, questions)| {
            engine.hold(&force, &in_order(&force));
            for question in questions.iter().chain([&Question::default()]) {
                let expected = force.rank(question);
                listed.set(listed.get() + expected.len());
                prop_assert_eq!(engine.rank(question), expected, "{:?}", question);
            }
            Ok(())
        })
        .unwrap_or_else(|failure| panic!("{failure}"));
    assert!(listed.get() > 400, "the questions are answered with people: {}", listed.get());
}

#[test]
fn the_order_in_which_records_arrive_does_not_matter() {
    let engine = Engine::new();
    let shuffled = any_force().prop_flat_map(|force| {
        let order = Just(in_order(&force)).prop_shuffle();
        (Just(force), order)
    });
    runner(15)
        .run(&(shuffled, any_question()), |((force, order), question)| {
            engine.hold(&force, &in_order(&force));
            let in_order = engine.rank(&question);
            engine.hold(&force, &order);
            prop_assert_eq!(engine.rank(&question), in_order);
            Ok(())
        })
        .unwrap_or_else(|failure| panic!("{failure}"));
}

#[test]
fn a_longer_window_takes_nobody_off_and_lowers_no_score() {
    let engine = Engine::new();
    runner(15)
        .run(&(any_force(), any_question(), 1_i64..200), |(force, question, more)| {
            engine.hold(&force, &in_order(&force));
            let short = Question { list_size: None, ..question };
            let long = Question { window_days: short.window_days + more, ..short.clone() };
            let (less, more) = (engine.scores(&short), engine.scores(&long));
            for (person, tenths) in less {
                prop_assert!(more.get(&person).is_some_and(|longer| *longer >= tenths), "{person}");
            }
            Ok(())
        })
        .unwrap_or_else(|failure| panic!("{failure}"));
}

#[test]
fn the_score_of_all_crimes_is_the_sum_over_any_two_parts() {
    let engine = Engine::new();
    runner(15)
        .run(&(any_force(), any_question(), any::<u64>()), |(mut force, question, parting)| {
            // Nobody is a stand-in: that depends on all records of a person together.
            force.people.iter_mut().for_each(|person| person.sex = Some("X"));
            let question = Question { list_size: None, min_crimes: 1, min_victims: 1, ..question };
            let (first, second): (Vec<usize>, Vec<usize>) =
                in_order(&force).into_iter().partition(|place| parting >> (place % 64) & 1 == 0);
            let mut summed: BTreeMap<String, i64> = BTreeMap::new();
            for part in [first, second] {
                engine.hold(&force, &part);
                for (person, tenths) in engine.scores(&question) {
                    *summed.entry(person).or_default() += tenths;
                }
            }
            engine.hold(&force, &in_order(&force));
            prop_assert_eq!(engine.scores(&question), summed);
            Ok(())
        })
        .unwrap_or_else(|failure| panic!("{failure}"));
}

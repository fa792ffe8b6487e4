//! `harmrank load`: what comes in, what stays out, and what a later word changes (rules 1 to 9).

mod adapters;
mod balance;
mod dates;
mod disk;
mod doubts;
mod files;
mod formats;
mod history;
mod nasty;
mod nobody;
mod outcome;
mod protected;
mod repeats;
mod sources;
mod stand_ins;
mod statuses;
mod tables;
mod undo;
mod values;
mod weeks;

use serde_json::Value as Json;

/// The five terms of the balance: new, replaced, unchanged, outdated, refused.
fn balance(account: &Json) -> [i64; 5] {
    let count = |name: &str| account[name].as_i64().unwrap_or_else(|| panic!("{name} in {account}"));
    let terms = ["rows_new", "rows_replaced", "rows_unchanged", "rows_outdated", "rows_refused"].map(count);
    assert_eq!(count("rows_in"), terms.iter().sum::<i64>(), "the account does not balance: {account}");
    terms
}

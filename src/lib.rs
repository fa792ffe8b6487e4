//! harmrank orders people, victims and places by the harm of recorded crime.
//!
//! The domain is SQL, under `sql/`; this crate is the door. The way of the data is the way of the modules:
//! [`load`] brings extracts into a [`database`], [`report`] asks it a question, [`render`] writes the answer, and
//! [`record`] keeps it so that it can be shown to be the same in a year, [`schedule`] does so every week.
//! [`explore`] asks it anything else, in SQL. The [`ledger`] keeps who asked.
//! [`catalog`] holds the SQL, [`cli`] the command line, [`failure`] what can go wrong, [`context`] what
//! enters from outside.

pub mod catalog;
mod cli;
mod context;
pub mod database;
mod dates;
mod demo;
mod explore;
pub mod failure;
mod forget;
mod interrupt;
mod ledger;
mod load;
mod record;
mod render;
pub mod report;
mod restrict;
mod run;
mod schedule;
mod settings;
mod verified;
mod whole;
mod words;

pub use run::main;

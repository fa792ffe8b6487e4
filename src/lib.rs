//! harmrank ranks people by the harm of the crimes they have been reported for.
//!
//! The domain is SQL, under `sql/`; this crate is the door. The way of the data is the way of the modules:
//! [`load`] brings extracts into a [`database`], [`report`] asks it a question, [`render`] writes the answer, and
//! [`runs`] keeps it so that it can be shown to be the same in a year, [`schedule`] does so every week.
//! [`explore`] asks it anything else, in SQL. The [`ledger`] keeps who asked.
//! [`embedded_sql`] holds the SQL, [`cli`] the command line, [`failure`] what can go wrong, [`context`] what
//! enters from outside.

mod atomic_file;
mod cancellation;
mod cli;
mod commands;
mod context;
pub mod database;
mod dates;
mod demo;
mod disk_room;
pub mod embedded_sql;
mod explore;
pub mod failure;
mod file_lock;
mod forget;
mod interrupt;
mod ledger;
mod load;
mod manual;
mod paths;
mod plain_file;
mod render;
pub mod report;
mod restrict;
mod runs;
mod schedule;
mod settings;
mod source_position;
mod sql_guard;
mod sql_text;
mod suggest;
mod terminal_text;
mod wording;
mod work_folder;
mod write_gate;

pub use commands::main;

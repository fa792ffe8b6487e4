//! The program as its users call it: the built binary, real files, real processes.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod database;
mod demo;
mod faults;
mod forget;
mod ledger;
mod load;
mod manual;
mod nibrs;
mod outcomes;
mod pipes;
mod processes;
mod report;
mod restrict;
mod runs;
mod schedule;
mod spill;
mod sql;
mod support;
mod writing;

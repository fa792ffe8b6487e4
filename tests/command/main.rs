//! The program as its users call it: the built binary, real files, real processes.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod database;
mod demo;
mod ledger;
mod load;
mod nibrs;
mod processes;
mod readme;
mod report;
mod runs;
mod schedule;
mod sql;
mod support;

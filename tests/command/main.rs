//! The program as its users call it: the built binary, real files, real processes.

mod database;
mod demo;
mod load;
mod nibrs;
mod report;
mod support;

//! `harmrank demo`: a synthetic force, and its first list.

use super::context::CommandContext;
use super::streams::say;
use super::{logged, report};
use crate::cli::{DemoArgs, Output, Purpose, ReportCall, Running};
use crate::demo;
use crate::failure::Failure;
use crate::ledger::{Entry, Kind as Act};
use crate::report::Given;
use crate::write_gate;

pub(super) fn run(arguments: DemoArgs, ctx: &CommandContext<'_>) -> Result<(), Failure> {
    let DemoArgs { suspects, years, seed } = arguments;
    write_gate::check_new_database(&ctx.access.path)?;
    demo::make(demo::Size { suspects, years, seed }, ctx.access)?;
    logged::log_creation(&Entry::new("demo", Act::Collection), ctx)?;
    let purpose = Purpose { reason: Some("the first list of the demo".to_owned()), recipient: None };
    let call = ReportCall {
        name: "v100".to_owned(),
        given: Given::default(),
        running: Running { purpose, ..Running::default() },
        output: Output { no_pager: true, ..Output::default() },
    };
    report::run(&call, ctx)?;
    say(&demo::what_next(ctx.access)?)
}

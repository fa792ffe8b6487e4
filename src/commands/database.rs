//! `harmrank init` and `harmrank upgrade`.

use super::context::CommandContext;
use super::logged;
use super::streams::say;
use crate::database::{self, Access};
use crate::failure::Failure;
use crate::ledger::{Entry, Kind as Act};
use crate::write_gate;

pub(super) fn init(ctx: &CommandContext<'_>) -> Result<(), Failure> {
    write_gate::check_new_database(&ctx.access.path)?;
    database::create(ctx.access)?;
    logged::log_creation(&Entry::new("init", Act::Alteration), ctx)?;
    say(&format!("created {}\n", ctx.access.path.display()))
}

pub(super) fn upgrade(ctx: &CommandContext<'_>) -> Result<(), Failure> {
    let entry = Entry::new("upgrade", Act::Alteration);
    let outcome = if logged::log_change(entry, ctx, |_| upgrade_both(ctx.access))? {
        "brought up to this program's SQL"
    } else {
        "was up to date"
    };
    say(&format!("{} {outcome}\n", ctx.access.path.display()))
}

/// Upgrades the file of protected characteristics as well, where there is one.
fn upgrade_both(access: &Access) -> Result<bool, Failure> {
    let beside = access.of_protected();
    let is_changed = beside.path.exists() && database::upgrade(&beside)?;
    Ok(database::upgrade(access)? || is_changed)
}

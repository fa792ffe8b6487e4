//! What the program keeps beside and behind a database: no output is written over it.

use super::context::CommandContext;
use super::kept_runs::schedule_file;
use crate::ledger;
use crate::paths::{folder_of, followed_by, log_of};
use crate::settings;
use crate::write_gate::own;

/// Lets the gate for writing know every file and folder that is the program's own.
pub(super) fn register(ctx: &CommandContext<'_>) {
    for (access, what) in [
        (ctx.access.clone(), "the database"),
        (ctx.access.of_protected(), "the file of protected characteristics"),
    ] {
        own(log_of(&access.path), "the log of the database");
        own(followed_by(&access.path, ".tmp"), "what the engine put aside");
        own(access.path, what);
    }
    let (folder, key) = ledger::folder_and_key(&ctx.access.path, &ctx.settings.ledger);
    own(folder, "the ledger");
    own(key, "the key of the ledger");
    own(folder_of(&ctx.access.path).join(settings::FILE), "the file of settings");
    own(schedule_file(None, ctx), "the file of schedules");
}

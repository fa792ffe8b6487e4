//! What every command is given.

use crate::context::Context;
use crate::database::Access;
use crate::report::Library;
use crate::settings::Settings;

pub(super) struct CommandContext<'a> {
    pub(super) access: &'a Access,
    pub(super) library: &'a Library,
    pub(super) settings: &'a Settings,
    pub(super) context: &'a Context,
    /// True where failures are written as JSON.
    pub(super) as_json: bool,
}

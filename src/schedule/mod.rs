//! Lists made for every day, week or month: on time, once, and heard of when they are not.
//!
//! [`read`] takes `schedules.toml` apart and [`problems`] holds it against the reports; [`standing`] says what is due,
//! from the clock and the editions in a [`ScheduleFolder`] alone; [`make`] fills a draft that
//! [`ScheduleFolder::publish`] names. [`Lock`] lets one run at a time do so. The clock that starts runs is the system's: [`units`].

mod check;
mod due;
mod edition;
mod entry;
mod file;
mod folder;
mod index;
mod lock;
mod movement;
mod period;
mod span;
mod status;
pub(crate) mod units;
mod values;
mod work;

pub(crate) use check::problems;
pub(crate) use due::due;
pub(crate) use edition::{EDITION, Edition, EditionOutput, Failed, PublishedEdition};
pub(crate) use entry::Schedule;
pub(crate) use file::{FILE, FOLDER, failure, read};
pub(crate) use folder::{ScheduleFolder, is_past};
pub(crate) use lock::Lock;
pub(crate) use period::{On, Period, day_of, local};
pub(crate) use span::{Span, parse as parse_span};
pub(crate) use status::{Review, State, Status, review, status};
pub(crate) use values::{Output, outputs};
pub(crate) use work::{Job, make, too_old};

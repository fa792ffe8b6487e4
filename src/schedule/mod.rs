//! Lists made for every day, week or month: on time, once, and heard of when they are not.
//!
//! [`read`] takes `schedules.toml` apart and [`problems`] holds it against the reports; [`standing`] says what is due,
//! from the clock and the editions on a [`Shelf`] alone; [`make`] fills a draft that [`Shelf::publish`] names.
//! [`Lock`] lets one run at a time do so. The clock that starts runs is the system's: [`units`].

mod archive;
mod check;
mod due;
mod entry;
mod file;
mod index;
mod lock;
mod movement;
mod period;
mod span;
mod status;
pub mod units;
mod values;
mod work;

pub use archive::{EDITION, Edition, Failed, INDEX, Kept, LATEST, Movement, Part, Shelf, is_past};
pub use check::problems;
pub use due::{Standing, due, standing};
pub use entry::{ForEach, Given, Schedule, folder_name};
pub use file::{CATCH_UP, FILE, FOLDER, failure, read};
pub use lock::Lock;
pub use period::{Cadence, Length, On, Period, day_of, local};
pub use span::{Span, parse as parse_span};
pub use status::{Review, State, Status, review, status};
pub use values::{Output, outputs};
pub use work::{Job, make};

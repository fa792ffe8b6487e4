//! Anything asked of the data in SQL, without a way to change them or to anything else on the machine.
//!
//! The SQL runs in a process of its own, the same program called with [`HIDDEN_VERB`]: the [`sandbox`] takes from it
//! all it does not need before the database is opened, [`crate::sql_guard`] looks through every statement, and the
//! [`session`] on this side holds the clock. Rows come over a pipe as Arrow batches, framed by the [`protocol`].

mod child;
mod clock;
mod complete;
pub(crate) mod dot;
mod exchange;
mod highlight;
mod parameter;
mod protections;
mod protocol;
mod sandbox;
mod session;
mod text;
mod vocabulary;

pub(crate) use child::serve;
pub(crate) use complete::offers;
pub(crate) use highlight::{coloured, is_whole};
pub(crate) use parameter::{Asked, Bound};
pub(crate) use protections::protections_text;
pub(crate) use protocol::CatalogQuery;
pub(crate) use session::{Answer, Begun, Limits, Session, start_early};
pub(crate) use text::{Source, Unit, limited, literals_of};
pub(crate) use vocabulary::Vocabulary;

/// The first argument of the process that runs a user's SQL. Not for users.
pub(crate) const HIDDEN_VERB: &str = "--sql-session";

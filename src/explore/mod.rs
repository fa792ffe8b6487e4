//! Anything asked of the data in SQL, without a way to change them or to anything else on the machine.
//!
//! The SQL runs in a process of its own, the same program called with [`HIDDEN_VERB`]: the [`sandbox`] takes from it
//! all it does not need before the database is opened, the [`guard`] looks through every statement, and the
//! [`session`] on this side holds the clock. Rows come over a pipe as Arrow batches, framed by the [`protocol`].

mod child;
mod clock;
mod complete;
pub mod dot;
mod exchange;
mod guard;
mod highlight;
mod judge;
mod parameter;
mod protocol;
mod sandbox;
mod session;
mod text;
mod tree;
mod vocabulary;
mod withheld;

pub use child::serve;
pub use complete::{Offer, offers};
pub use guard::{Deed, deed};
pub use highlight::{coloured, is_whole};
pub use parameter::{Asked, Bound};
pub use protocol::{Look, Placed};
pub use sandbox::{Protections, told};
pub use session::{Answer, Begun, Limits, Session, start_early};
pub use text::{Source, Unit, limited, texts_of};
pub use vocabulary::{Vocabulary, Word, WordKind};

/// The first argument of the process that runs a user's SQL. Not for users.
pub const HIDDEN_VERB: &str = "--sql-session";

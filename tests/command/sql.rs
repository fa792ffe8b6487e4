//! Queries of the user's own: answers in every format, errors with their place, and what holds them in.

mod attempts;
mod independence;
mod shell;
mod shot;
mod terminal;
mod transcript;
mod withheld;

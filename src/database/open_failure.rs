//! What an error of the engine on opening a file means for the user.

use crate::failure::{Failure, Kind, is_damage};
use std::path::Path;

/// What happened, and what to do, for an error on opening the file at `path`.
pub(super) fn open_failure(text: &str, path: &Path) -> Failure {
    let busy = text.contains("Could not set lock on file");
    if busy {
        let holder =
            text.split_once("Conflicting lock is held in ").map_or("another process", |(_, rest)| {
                let end = [". However", ". See"].iter().filter_map(|stop| rest.find(stop)).min();
                rest[..end.unwrap_or(rest.len())].trim()
            });
        return Failure::new(Kind::Busy, format!("the database is in use by {holder}"))
            .at_path(path)
            .hint("try again when it is done, or wait longer with --wait SECONDS");
    }
    // The engine would read a file of another form, such as CSV, into memory.
    if text.contains("not a valid DuckDB database file")
        || text.contains("in-memory database in read-only mode")
    {
        return Failure::failed("not a DuckDB database")
            .at_path(path)
            .hint("name the right file with --db FILE");
    }
    if text.contains("newer version of DuckDB") || text.contains("version number") {
        return Failure::failed("written by a newer engine than this program's")
            .at_path(path)
            .hint("use a newer harmrank");
    }
    if text.contains("Permission denied") || text.contains("Cannot open file") {
        return Failure::failed("cannot be opened: no permission")
            .at_path(path)
            .hint("check the rights of file and folder");
    }
    if is_damage(text) {
        return Failure::damaged(text).at_path(path);
    }
    Failure::failed(first_line(text)).at_path(path)
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or(text)
}

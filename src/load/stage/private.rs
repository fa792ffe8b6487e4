//! Columns that are not taken along: by their name they hold who somebody is.

use crate::failure::{Failure, Kind, Problem};
use duckdb::Connection;

/// What a column holds by its name that is not kept with a crime, see `sql/load/stage/1_macro/private_kind.sql`.
pub(crate) fn private_kind(name: &str, connection: &Connection) -> Result<Option<String>, Failure> {
    Ok(connection.query_row("select private_kind(?)", [name], |row| row.get(0))?)
}

/// Refuses to carry along what by its name is of somebody's person.
pub(super) fn refuse_private(names: &[String], connection: &Connection) -> Result<(), Failure> {
    let mut problems = Vec::new();
    for name in names {
        let Some(kind) = private_kind(name, connection)? else { continue };
        problems.push(Problem {
            message: format!("{name:?} holds {kind}, by its name: it is not kept with crimes"),
            hint: Some(
                "protected characteristics go to a file of their own: harmrank load --protected FILE; names, addresses \
                 and the like are not taken in; what holds neither is carried under another name, given by an adapter"
                    .to_owned(),
            ),
            at: Some("--carry".to_owned()),
        });
    }
    if problems.is_empty() { Ok(()) } else { Err(Failure::of(Kind::Usage, problems)) }
}

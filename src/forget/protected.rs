//! The same in the file of protected characteristics, where there is one.

use super::{Held, attached, find, fresh, suppress};
use crate::context::Context;
use crate::database::{self, Access, sql_file};
use crate::failure::Failure;
use crate::ledger::Ledger;

/// Removes each of the references, and writes the file anew; with `is_dry`, looks what is held alone.
pub(super) fn forget(
    references: &[String],
    access: &Access,
    is_dry: bool,
    ledger: &Ledger,
    context: &Context,
) -> Result<Vec<Held>, Failure> {
    let access = access.of_protected();
    if !access.path.exists() {
        return Ok(Vec::new());
    }
    let (mut now, mut past, mut what) = (0, 0, String::new());
    for reference in references {
        let (workshop, connection) = attached(&access)?;
        find(reference, &connection)?;
        database::run(&connection, &sql_file("forget/kept_protected.sql")?)?;
        let held = sql_file("forget/count_protected.sql")?.text;
        let held: Held = connection
            .query_row(held, [], |row| Ok(Held { what: row.get(0)?, now: row.get(1)?, past: row.get(2)? }))?;
        (now, past, what) = (now + held.now, past + held.past, held.what);
        if !is_dry {
            suppress(std::slice::from_ref(reference), ledger, context, &connection)?;
            fresh::replace(&access, workshop.path(), &connection)?;
        }
    }
    Ok(Vec::from_iter((now + past > 0).then_some(Held { what, now, past })))
}

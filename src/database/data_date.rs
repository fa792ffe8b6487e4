//! The day the data of a database speak of.

use crate::failure::Failure;
use duckdb::Connection;
use jiff::civil::Date;

/// The extract date of the newest load, see `sql/model/data_date.sql`; a failure where nothing has been loaded.
pub(crate) fn data_date(connection: &Connection) -> Result<Date, Failure> {
    let text: Option<String> =
        connection.query_row("select data_date::varchar from data_date", [], |row| row.get(0))?;
    text.and_then(|text| text.parse().ok()).ok_or_else(|| {
        Failure::failed("nothing has been loaded yet")
            .hint("load an extract with `harmrank load FILE`, or try `harmrank demo`")
    })
}

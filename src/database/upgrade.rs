//! An older database brought up: its tables to this program's columns, its macros, views and reference rows made anew.

use super::open::Access;
use super::sql::{run, sql_file};
use super::stamp::{SCHEMA_VERSION, close, newer, read_stamp, stamp};
use crate::embedded_sql;
use crate::failure::Failure;
use crate::interrupt;
use duckdb::{AccessMode, Connection};

/// Tables whose rows are the program's own: an upgrade makes them anew.
const PROGRAM_TABLES: [&str; 8] = [
    "flat_column",
    "table_column",
    "offence_code",
    "offence_code_alias",
    "stand_in_word",
    "status_word",
    "typical_item",
    "vawg_code",
];

/// Brings the SQL in a database up to this program's. Data are kept.
///
/// Returns false where there was nothing to do.
pub(crate) fn upgrade(access: &Access) -> Result<bool, Failure> {
    let mut connection = access.open(&AccessMode::ReadWrite)?;
    interrupt::watch(&connection);
    let found = read_stamp(&connection, &access.path)?;
    if found.schema_version > SCHEMA_VERSION {
        return Err(newer(&access.path, found.schema_version));
    }
    let is_of_today = found.schema_version == SCHEMA_VERSION && found.sql_hash == embedded_sql::hash();
    if is_of_today && access.verify_anew(&connection).is_ok() {
        return Ok(false);
    }
    let change = connection.transaction()?;
    interrupt::check()?;
    drop_objects(&change)?;
    if found.schema_version < SCHEMA_VERSION {
        renew_tables(&change, found.schema_version)?;
    }
    change.execute_batch("delete from harmrank_stamp")?;
    for table in PROGRAM_TABLES {
        change.execute_batch(&format!("drop table if exists {table}"))?;
        run(&change, &sql_file(&format!("schema/{table}.sql"))?)?;
    }
    // Supplements are the user's own: kept, together with the indices they belong to.
    change.execute_batch("delete from harm_weight where basis <> 'supplement'; delete from harm_index;")?;
    for layer in ["weight", "model", "ranking"] {
        for file in embedded_sql::layer(layer) {
            interrupt::check()?;
            run(&change, &file)?;
        }
    }
    change.execute_batch(
        "delete from offence_weight;
         insert into offence_weight by name from offence_weight_now order by index_id, offence_key;",
    )?;
    run(&change, &sql_file("load/anew/placeholder.sql")?)?;
    interrupt::check()?;
    // Committed and not stamped it would have to be brought up again.
    interrupt::block_cancel();
    change.commit()?;
    close(connection)?;
    stamp(&access.path, access.config(&AccessMode::ReadWrite)?)?;
    interrupt::allow_cancel();
    Ok(true)
}

/// Makes the tables of an older version anew and carries their rows over: by name, or by the file under
/// `sql/upgrade` of the first later version in which a column came, went or changed its meaning.
fn renew_tables(connection: &Connection, found: i32) -> Result<(), Failure> {
    let mut new_tables = Vec::new();
    for file in embedded_sql::layer("schema") {
        interrupt::check()?;
        let table = file.name();
        if PROGRAM_TABLES.contains(&table) {
            continue;
        }
        let is_held: bool = connection.query_row(
            "select count(*) > 0 from duckdb_tables() where table_name = ? and database_name = current_database()",
            [table],
            |row| row.get(0),
        )?;
        let step = |version| embedded_sql::file(&format!("upgrade/version_{version}/{table}.sql"));
        let step = (found + 1..=SCHEMA_VERSION).find_map(step);
        if !is_held {
            run(connection, &file)?;
            // Filled once the tables are there that it is worked out of.
            new_tables.extend(step);
            continue;
        }
        connection
            .execute_batch(&format!("create table {table}_before as from {table}; drop table {table};"))?;
        run(connection, &file)?;
        match step {
            Some(upgrade) => run(connection, &upgrade)?,
            None => connection.execute_batch(&format!("insert into {table} by name from {table}_before"))?,
        }
        connection.execute_batch(&format!("drop table {table}_before"))?;
    }
    new_tables.iter().try_for_each(|file| run(connection, file))
}

fn drop_objects(connection: &Connection) -> Result<(), Failure> {
    let drops: Vec<String> = connection
        .prepare(
            "select distinct
                'drop ' || case when function_type = 'table_macro' then 'macro table ' else 'macro ' end
                    || '\"' || function_name || '\"'
             from duckdb_functions()
             where not internal and database_name = current_database()
             union all
             select 'drop view \"' || view_name || '\"'
             from duckdb_views()
             where not internal and database_name = current_database()",
        )?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for drop in drops {
        connection.execute_batch(&drop)?;
    }
    Ok(())
}

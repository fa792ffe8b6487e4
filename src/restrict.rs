//! Restricting the record of a person: kept as evidence, out of every list. What that means to a list is SQL, see
//! `sql/model/restricted_person.sql`.

use crate::context::Context;
use crate::database::Access;
use crate::failure::Failure;
use crate::suggest::did_you_mean;
use duckdb::Connection;

/// Restricts the record of a person; returns what was done, in words.
pub(crate) fn restrict(
    person: &str,
    why: &str,
    access: &Access,
    context: &Context,
) -> Result<String, Failure> {
    let connection = access.write()?;
    held(person, &connection)?;
    if let Some(day) = standing(person, &connection)? {
        return Ok(format!("restricted already, since {day}"));
    }
    connection.execute(
        "insert into restriction by name
         select person.person_id, person.root_key as person_key, ?::date as restricted_on, ? as reason
         from person where person.person_id = ?",
        duckdb::params![context.today.to_string(), why, person],
    )?;
    connection.execute_batch("checkpoint")?;
    Ok(format!("restricted since {}: kept as evidence, out of every list", context.today))
}

/// Lifts the restrictions of a person; returns what was done, in words.
pub(crate) fn lift(person: &str, why: &str, access: &Access, context: &Context) -> Result<String, Failure> {
    let connection = access.write()?;
    held(person, &connection)?;
    let Some(day) = standing(person, &connection)? else {
        return Err(Failure::usage("no restriction stands").at("--person"));
    };
    connection.execute(
        "update restriction set lifted_on = ?, lifted_reason = ?
         where lifted_on is null
         and person_key in (select root_key from person where person_id = ?)",
        duckdb::params![context.today.to_string(), why, person],
    )?;
    connection.execute_batch("checkpoint")?;
    Ok(format!("lifted on {}: restricted since {day}", context.today))
}

fn held(person: &str, connection: &Connection) -> Result<(), Failure> {
    let sql = crate::database::sql_file("check/near_person.sql")?.text;
    let reference: &dyn duckdb::ToSql = &person;
    let near: Vec<String> = connection
        .prepare(sql)?
        .query_map(&[("reference", reference)][..], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    if near.first().is_some_and(|first| first == person) {
        return Ok(());
    }
    let guess = did_you_mean(person, &near);
    Err(Failure::usage(format!("no person {person:?} in the database"))
        .at("--person")
        .hint(format!("{guess}references are taken letter for letter")))
}

/// Since when the record is restricted, if it is.
fn standing(person: &str, connection: &Connection) -> Result<Option<String>, Failure> {
    Ok(connection.query_row(
        "select min(restricted_on)::varchar from restriction
         where lifted_on is null
         and person_key in (select root_key from person where person_id = ?)",
        [person],
        |row| row.get(0),
    )?)
}

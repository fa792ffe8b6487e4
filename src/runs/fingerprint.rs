//! What a run depended on besides its parameters: the loads, the index, the engine.

use crate::database::sql_file;
use crate::failure::Failure;
use duckdb::{Connection, named_params};
use serde::{Deserialize, Serialize};

/// The data behind a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Data {
    /// Number of the newest load.
    pub(crate) last_load: i64,
    /// Fingerprint of all loads in order.
    pub(crate) chain: String,
    /// Fingerprint of the rows themselves, where it was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) deep: Option<String>,
}

/// One load, with the fingerprint of it and all before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Load {
    pub(super) number: i64,
    pub(super) chain: String,
}

/// What a run depended on besides its parameters.
#[derive(Clone, Debug)]
pub(crate) struct Facts {
    pub(crate) data: Data,
    /// Fingerprint of the values of the index, where the report has one.
    pub(crate) index_hash: Option<String>,
    /// Version of the engine.
    pub(crate) engine: String,
}

impl Facts {
    /// Reads them from the database of a run.
    pub(crate) fn of(
        connection: &Connection,
        index_id: Option<&str>,
        is_deep: bool,
    ) -> Result<Self, Failure> {
        let loads = loads(connection)?;
        let last = loads.last();
        let data = Data {
            last_load: last.map_or(0, |load| load.number),
            chain: last.map_or_else(String::new, |load| load.chain.clone()),
            deep: is_deep.then(|| deep(connection)).transpose()?,
        };
        let index_hash = index_id.map(|index_id| index_hash(connection, index_id)).transpose()?;
        let engine = connection.query_row("select version()", [], |row| row.get(0))?;
        Ok(Self { data, index_hash, engine })
    }
}

pub(super) fn loads(connection: &Connection) -> Result<Vec<Load>, Failure> {
    let mut prepared = connection.prepare(sql_file("run/data_chain.sql")?.text)?;
    let loads = prepared.query_map([], |row| Ok(Load { number: row.get(0)?, chain: row.get(1)? }))?;
    Ok(loads.collect::<Result<_, _>>()?)
}

pub(super) fn deep(connection: &Connection) -> Result<String, Failure> {
    Ok(connection.query_row(sql_file("run/data_deep.sql")?.text, [], |row| row.get(0))?)
}

fn index_hash(connection: &Connection, index_id: &str) -> Result<String, Failure> {
    let file = sql_file("run/index_hash.sql")?;
    Ok(connection.query_row(file.text, named_params! { "index_id": index_id }, |row| row.get(0))?)
}

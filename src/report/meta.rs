//! What every output states about itself.

use super::file::Report;
use super::header::Chart;
use crate::embedded_sql;
use crate::failure::Failure;
use duckdb::Connection;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

/// What every output states about itself.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Meta {
    /// Name of the report.
    pub(crate) report: String,
    pub(crate) title: String,
    /// One line: what a row is.
    #[serde(skip)]
    pub(crate) summary: String,
    /// What the output is and what it is not.
    pub(crate) statement: String,
    /// True for an answer to a query of the user's own: nothing is left out, and rows stand as they are.
    #[serde(skip)]
    pub(crate) is_query: bool,
    /// Columns to show first where a terminal is too narrow for all.
    #[serde(skip)]
    pub(crate) columns_first: Vec<String>,
    /// A column of amounts: a bar stands beside each where there is room for one.
    #[serde(skip)]
    pub(crate) bar: Option<String>,
    /// Pictures for the formats that have them.
    #[serde(skip)]
    pub(crate) charts: Vec<Chart>,
    /// Parameters as resolved: dates absolute, `null` where left out.
    pub(crate) parameters: Map<String, Json>,
    /// The harm index, where the report has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) index: Option<Index>,
    /// The day the data speak of.
    pub(crate) data_date: String,
    /// What was counted, what was left out and why.
    pub(crate) notes: Vec<Note>,
    /// Version of the program.
    pub(crate) harmrank: String,
    /// SHA-256 of the SQL in the database.
    pub(crate) sql_hash: String,
    /// SHA-256 of the report file.
    pub(crate) report_hash: String,
}

impl Meta {
    /// What the output of a report by this program states.
    pub(crate) fn of(
        report: &Report,
        parameters: Map<String, Json>,
        index: Option<Index>,
        data_date: String,
        notes: Vec<Note>,
    ) -> Self {
        Self {
            report: report.name.clone(),
            title: report.header.title.clone(),
            summary: report.header.summary.clone(),
            statement: report.header.statement.clone(),
            is_query: false,
            columns_first: report.header.columns_first.clone(),
            bar: report.header.bar.clone(),
            charts: report.header.charts.clone(),
            parameters,
            index,
            data_date,
            notes,
            harmrank: env!("CARGO_PKG_VERSION").to_owned(),
            sql_hash: embedded_sql::hash(),
            report_hash: embedded_sql::hash_of(&report.text),
        }
    }
}

/// A harm index as named under a list.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Index {
    pub(crate) index_id: String,
    pub(crate) title: String,
    /// Words to print with its values.
    pub(crate) attribution: String,
}

/// One thing a report says about itself.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Note {
    /// What it is about.
    pub(crate) topic: String,
    /// The count it states, where it states one.
    pub(crate) quantity: Option<i64>,
    pub(crate) note: String,
}

/// Topic of what a reader must know before the first row.
const WARNING: &str = "warning";

impl Note {
    /// What a reader must know before the first row.
    pub(super) fn warning(quantity: u64, note: String) -> Self {
        Self { topic: WARNING.to_owned(), quantity: i64::try_from(quantity).ok(), note }
    }

    pub(crate) fn is_warning(&self) -> bool {
        self.topic == WARNING
    }
}

/// A kept list that a report read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ListRead {
    /// Id of its run.
    pub(crate) run: String,
    /// SHA-256 of its rows.
    pub(crate) sha256: String,
}

impl Index {
    /// The index of a short name, as the database has it.
    pub(super) fn named(index_id: &str, connection: &Connection) -> Result<Self, Failure> {
        let sql = "select title, attribution from harm_index where index_id = ?";
        Ok(connection.query_row(sql, [index_id], |row| {
            Ok(Self { index_id: index_id.to_owned(), title: row.get(0)?, attribution: row.get(1)? })
        })?)
    }
}

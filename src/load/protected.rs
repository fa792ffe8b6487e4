//! Ethnicity, religion and the like: in a database file of their own beside the other one, by loads of their own. No
//! report, no macro and no shell reads it.
//!
//! The file has the tables of every database, so that a load is recorded, shown and taken back there as elsewhere, and
//! those under `sql/protected`, which only it has.

use super::form::PROTECTED;
use super::order::Order;
use crate::database::{self, Access};
use crate::embedded_sql;
use crate::failure::Failure;
use crate::paths::folder_of;
use crate::work_folder::{self, WorkFolder};
use duckdb::Connection;
use std::path::PathBuf;

/// True for a database that is such a file.
pub(crate) fn is_one(connection: &Connection) -> Result<bool, Failure> {
    Ok(connection.query_row(
        "select count(*) > 0 from duckdb_tables()
         where table_name = 'protected' and database_name = current_database()",
        [],
        |row| row.get(0),
    )?)
}

/// The file that a load goes into.
pub(super) struct Target {
    pub(super) access: Access,
    pub(super) is_protected: bool,
    /// Where there is no file yet, one to load into.
    draft: Option<Draft>,
}

/// A file of protected characteristics that is made.
struct Draft {
    /// Gone with what is in it, unless that was published.
    _folder: WorkFolder,
    /// Where it is to be once something is loaded; none where the load is only tried.
    target: Option<PathBuf>,
}

impl Target {
    pub(super) fn itself(access: &Access) -> Self {
        Self { access: access.clone(), is_protected: false, draft: None }
    }

    /// The database; of protected characteristics their file, which is made where there is none.
    pub(super) fn of(order: &Order, access: &Access) -> Result<Self, Failure> {
        let of_them = |table: &str| table == PROTECTED;
        if !order.tables.iter().any(|(table, _)| of_them(table)) {
            return Ok(Self::itself(access));
        }
        if !order.paths.is_empty() || !order.tables.iter().all(|(table, _)| of_them(table)) {
            return Err(Failure::usage("protected characteristics go into a file of their own")
                .at("--protected")
                .hint("load them by themselves: harmrank load --protected FILE"));
        }
        let mut target = access.of_protected();
        if target.path.exists() {
            drop(target.read()?);
            return Ok(Self { access: target, is_protected: true, draft: None });
        }
        let folder = work_folder::begin(&folder_of(&access.path), work_folder::LOAD)?;
        let path = std::mem::replace(&mut target.path, folder.path().join("protected.duckdb"));
        database::create_with(&target, &embedded_sql::layer("protected"))?;
        let draft = Draft { _folder: folder, target: (!order.is_dry).then_some(path) };
        Ok(Self { access: target, is_protected: true, draft: Some(draft) })
    }

    /// Gives a file that was made its name, once it is loaded and closed.
    pub(super) fn publish(&self) -> Result<(), Failure> {
        let target = self.draft.as_ref().and_then(|draft| draft.target.as_ref());
        target.map_or(Ok(()), |target| {
            database::publish(&self.access.path, target).map_err(|error| Failure::io(&error, target))
        })
    }
}

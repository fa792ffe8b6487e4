//! What the user must know of how a source was read.

use super::Staging;
use crate::failure::Failure;
use crate::load::columns::{Matched, known_names, map_flag};
use crate::load::file::Ready;
use crate::load::form::Form;

impl Staging {
    /// What the user must know of how a source was read, columns of ours that it may have under another name included.
    pub(super) fn warnings_of(
        &self,
        number: usize,
        ready: &Ready,
        form: &Form,
        (matched, ignored): (&Matched, &[String]),
    ) -> Result<Vec<String>, Failure> {
        let mut warnings = ready.warnings.clone();
        let lacking: Vec<_> =
            form.columns.iter().filter(|column| !matched.taken.contains_key(&column.name)).collect();
        warnings.extend(known_names(&lacking, ignored).iter().map(|(ours, theirs)| {
            format!("the column {theirs:?} was not read; is it {ours}? then: {}", map_flag(theirs, ours))
        }));
        if self.is_without_rows(number)? {
            warnings.push("holds a header and no row".to_owned());
        }
        warnings.extend(self.cut_off(number, ready)?);
        Ok(warnings)
    }

    fn is_without_rows(&self, number: usize) -> Result<bool, Failure> {
        let sql = format!("select rows_in = 0 from staged_file where file_number = {number}");
        Ok(self.connection.query_row(&sql, [], |row| row.get(0))?)
    }

    /// Why the file may have been cut off where it was exported, if it may.
    fn cut_off(&self, number: usize, ready: &Ready) -> Result<Option<String>, Failure> {
        if ready.header.is_none() {
            return Ok(None);
        }
        Ok(self.connection.query_row(
            &format!(
                "select cut_off_at(rows_in + ? + (
                     select count(*) from staged_line_without_row where file_number = {number}
                 )) from staged_file where file_number = {number}"
            ),
            [ready.first_line - 1],
            |row| row.get(0),
        )?)
    }
}

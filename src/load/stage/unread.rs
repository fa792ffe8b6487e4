//! Lines of a file that are no rows: those the engine could not take apart, and those that hold nothing.

use super::Staging;
use crate::database::{quoted, quoted_name};
use crate::failure::Failure;
use crate::load::columns::is_fraction;
use crate::load::file::{CsvHeader, Doubt};

impl Staging {
    /// Lines that hold no row shift the lines of the rows behind them.
    pub(super) fn keep_lines_without_row(&self, number: usize, lines: &[i64]) -> Result<(), Failure> {
        let number = i32::try_from(number).unwrap_or(i32::MAX);
        let mut appender = self.connection.appender("staged_line_without_row")?;
        for line in lines {
            appender.append_row(duckdb::params![number, line])?;
        }
        Ok(appender.flush()?)
    }

    /// What was in doubt when a file was read, for the account.
    pub(super) fn keep_doubts(&self, file_name: &str, doubts: &[Doubt]) -> Result<(), Failure> {
        for doubt in doubts {
            let examples: Vec<_> =
                doubt.examples.iter().map(|place| quoted(&format!("{file_name}: {place}"))).collect();
            self.connection.execute(
                &format!(
                    "insert into staged_reading by name
                     select 1 as place, ? as topic, ? as quantity, ? as total, ? as note,
                         [{}]::varchar[] as examples, ? as remedy",
                    examples.join(", ")
                ),
                duckdb::params![doubt.topic, doubt.quantity, doubt.total, doubt.note, doubt.remedy],
            )?;
        }
        Ok(())
    }

    /// Codes in a column of fractions may have lost a nought at their end.
    pub(super) fn doubt_fractions(
        &self,
        number: usize,
        file_name: &str,
        given: &[(String, String)],
        codes: &[String],
    ) -> Result<(), Failure> {
        for (name, _) in given.iter().filter(|(name, kind)| codes.contains(name) && is_fraction(kind)) {
            let column = quoted_name(name);
            let sql = format!(
                "select count(*) filter (where {column} <> trunc({column})), count({column})
                 from staged_raw_{number}"
            );
            let (quantity, total): (u64, u64) =
                self.connection.query_row(&sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
            if quantity > 0 {
                let doubt = Doubt {
                    topic: "codes kept as fractions",
                    quantity,
                    total,
                    note: "codes are numbers with a fraction: 8.2 may be 8.2 or 8.20; such a class is read as none"
                        .to_owned(),
                    examples: vec![format!("column {name}")],
                    remedy: "write the column as text, and load it again",
                };
                self.keep_doubts(file_name, &[doubt])?;
            }
        }
        Ok(())
    }

    /// Lines the engine could not take apart, kept for the quarantine.
    pub(super) fn keep_unread(
        &self,
        number: usize,
        header: Option<&CsvHeader>,
        crime_id: Option<&String>,
        at: &str,
    ) -> Result<(), Failure> {
        let has_rejects: bool = self.connection.query_row(
            "select count(*) > 0 from duckdb_tables() where table_name = 'reject_errors'",
            [],
            |row| row.get(0),
        )?;
        if !has_rejects {
            return Ok(());
        }
        let unread: Vec<(i64, String, String)> = self
            .connection
            .prepare(
                "select line, min(lower(replace(error_type::varchar, '_', ' '))), min(csv_line)
                 from reject_errors group by line order by line",
            )?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
            .collect::<Result<_, _>>()?;
        let lines_before = header.map_or(0, |header| i64::try_from(header.lines_before).unwrap_or(0));
        let mut appender = self.connection.appender("staged_unread")?;
        for (line, reason, text) in unread {
            let line = line + lines_before;
            let text = text.trim_matches('\n');
            if reason == "unquoted value" && text.contains('\n') {
                return Err(Failure::failed(format!(
                    "a quote that opens on line {line} does not close there"
                ))
                .at(at)
                .hint("close the quote: what follows it cannot be told apart; nothing was loaded"));
            }
            let crime_id = header.zip(crime_id).and_then(|(header, column)| header.value_in(text, column));
            let reason = format!("line cannot be read: {reason}");
            let number = i32::try_from(number).unwrap_or(i32::MAX);
            appender.append_row(duckdb::params![number, line, crime_id, reason, text])?;
        }
        appender.flush()?;
        drop(appender);
        self.connection.execute_batch("delete from reject_errors; delete from reject_scans;")?;
        Ok(())
    }
}

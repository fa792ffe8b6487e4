//! What the files say together, and what is said where nothing of it can be taken.

use super::{StagedFile, Staging, phase};
use crate::failure::Failure;
use crate::load::form::{List, Row};
use crate::load::suppression::Suppression;
use crate::wording::number_of;

impl Staging {
    /// What the files say, as the steps that follow read it: rows of crimes, suspects, victims and people in the
    /// columns of the flat extract, rows of lists in their own.
    pub(super) fn create_views(&self) -> Result<(), Failure> {
        let files = self.files.borrow();
        let nothing = |columns: &[String]| {
            let columns: Vec<_> = columns.iter().map(|name| format!("null::varchar as {name}")).collect();
            format!("select 0 as file_number, 0::bigint as row_in_file, {} where false", columns.join(", "))
        };
        let union = |first: String, select: &dyn Fn(usize, &StagedFile) -> Option<String>| {
            let rest = files.iter().enumerate().filter_map(|(index, file)| select(index + 1, file));
            std::iter::once(first).chain(rest).collect::<Vec<_>>().join("\nunion all\n")
        };
        // Rows are numbered from 0 where the first stands on line 2, behind a header.
        let rows = |number: usize, file: &StagedFile, columns: &str| {
            format!(
                "select {number} as file_number, rowid + {} as row_in_file, {columns} from staged_raw_{number}",
                file.first_line - 2
            )
        };
        let names: Vec<_> = self.flat.iter().map(|column| column.name.clone()).collect();
        let names = [names, vec!["carried".to_owned(), "part".to_owned()]].concat();
        let flat = union(nothing(&names), &|number, file| {
            let part = file.row.part()?;
            let carried = file.carried.as_deref().unwrap_or("null::varchar");
            let columns = format!("{}, {carried} as carried, '{part}' as part", file.columns.join(", "));
            Some(rows(number, file, &columns))
        });
        let text = union(nothing(&["row_text".to_owned()]), &|number, file| {
            Some(rows(number, file, &format!("to_json(staged_raw_{number})::varchar as row_text")))
        });
        self.connection.execute_batch(&format!(
            "create view staged_said as {flat}; create view staged_line as {text};"
        ))?;
        for list in List::ALL {
            let columns: Vec<String> = self
                .connection
                .prepare("select column_name from table_column where table_name = ? order by ordinal")?
                .query_map([list.table().name()], |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            let all = union(nothing(&columns), &|number, file| {
                (file.row == Row::List(list)).then(|| rows(number, file, &file.columns.join(", ")))
            });
            self.connection.execute_batch(&format!("create view {}_row as {all};", list.name()))?;
        }
        Ok(())
    }

    /// Leaves out what the files say of people who were forgotten, before anything else is made of it.
    pub(super) fn suppress(&self, suppression: &Suppression<'_>) -> Result<(), Failure> {
        phase::run(&self.connection, "2_reference", None)?;
        if suppression.is_empty() {
            return phase::run(&self.connection, "3_forgotten", Some("nobody"));
        }
        let named: Vec<String> = self
            .connection
            .prepare("select reference from named_reference")?
            .query_map([], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        for reference in named.iter().filter(|reference| suppression.holds(reference)) {
            self.connection.execute("insert into suppressed_reference values (?)", [reference])?;
        }
        phase::run(&self.connection, "3_forgotten", Some("somebody"))
    }

    pub(super) fn refuse_month_first(&self) -> Result<(), Failure> {
        let found: Vec<(usize, i64)> = self
            .connection
            .prepare("select file_number, only_month_first from month_first_file order by file_number")?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?;
        let Some((number, rows)) = found.first() else { return Ok(()) };
        let files = self.files.borrow();
        let name = files.get(number - 1).map_or("", |file| file.name.as_str());
        Err(Failure::failed(format!(
            "the report dates fit only month/day/year: {} a day above 12 in second place, none in first",
            number_of(*rows, ["row has", "rows have"])
        ))
        .at(name)
        .hint(
            "dates are read day-first and never guessed; export them as year-month-day, or load with your own \
             adapter that reads them with strptime(reported_on, '%m/%d/%Y')",
        ))
    }

    /// Why there is nothing to load. Without a row there is no extract date, and none is made up.
    pub(in crate::load) fn nothing_taken(&self) -> Result<Failure, Failure> {
        let reasons: Vec<String> = self
            .connection
            .prepare(
                "select format('{:,} {}: {}', count(*), if(count(*) = 1, 'row', 'rows'), reason)
                 from staged_reject group by reason order by count(*) desc, reason limit 3",
            )?
            .query_map([], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        let names: Vec<_> = self.files.borrow().iter().map(|file| file.name.clone()).collect();
        let failure = Failure::failed("no row could be taken; nothing was changed").at(names.join(", "));
        Ok(if reasons.is_empty() && self.is_by_table() {
            let message = "no table of crimes tells the day of the extract; nothing was changed";
            Failure::usage(message).at(names.join(", ")).hint("give it with --extract-date")
        } else if reasons.is_empty() {
            failure
                .hint("the files hold a header alone; with --extract-date the load is recorded all the same")
        } else {
            failure.hint(format!("{}; with --extract-date they go to quarantine", reasons.join("; ")))
        })
    }
}

//! What the files say together, and what is said where nothing of it can be taken.

use super::{StagedFile, Staging, phase};
use crate::database::quoted;
use crate::failure::Failure;
use crate::load::columns::{Mapping, plain};
use crate::load::form::Form;
use crate::load::suppression::Suppression;
use crate::suggest::did_you_mean_quoted;
use crate::wording::number_of;

impl Staging {
    /// What the files say, as the steps that follow read it: rows of crimes, suspects, victims and people in the
    /// columns of the flat extract, rows of lists in their own, and people whom these name.
    pub(super) fn create_views(&self) -> Result<(), Failure> {
        let names: Vec<_> = self.flat.iter().map(|column| column.name.as_str()).collect();
        self.create_view("staged_said", &[names, vec!["carried", "part"]].concat(), |_, file| {
            let carried = file.carried.as_deref().unwrap_or("null::varchar");
            let columns =
                format!("{}, {carried} as carried, '{}' as part", file.columns.join(", "), file.table.row);
            (!file.table.is_list()).then_some(columns)
        })?;
        self.create_view("staged_line", &["row_text"], |number, _| {
            Some(format!("to_json(staged_raw_{number})::varchar as row_text"))
        })?;
        let mut listed = Vec::new();
        for table in self.tables.iter().filter(|table| table.is_list()) {
            let columns = Form::of_table(table.clone(), &self.connection)?.columns;
            let names: Vec<_> = columns.iter().map(|column| column.name.as_str()).collect();
            let view = format!("{}_row", table.row);
            self.create_view(&view, &names, |_, file| {
                (file.table == *table).then(|| file.columns.join(", "))
            })?;
            listed.extend(table.reference_columns.iter().flatten().map(|column| {
                format!("select file_number, row_in_file, clean_text({column}) as reference from {view}")
            }));
        }
        let listed = listed.join(" union all ");
        Ok(self.connection.execute_batch(&format!("create view listed_reference as {listed}"))?)
    }

    /// A view of rows of the files, with their place: of each file, by its number, the columns selected; none: no rows.
    fn create_view(
        &self,
        name: &str,
        columns: &[&str],
        select: impl Fn(usize, &StagedFile) -> Option<String>,
    ) -> Result<(), Failure> {
        let nothing: Vec<_> = columns.iter().map(|name| format!("null::varchar as {name}")).collect();
        let mut parts = vec![format!(
            "select 0 as file_number, 0::bigint as row_in_file, {} where false",
            nothing.join(", ")
        )];
        for (index, file) in self.files.borrow().iter().enumerate() {
            let number = index + 1;
            // Rows are numbered from 0 where the first stands on line 2, behind a header.
            parts.extend(select(number, file).map(|columns| {
                format!(
                    "select {number} as file_number, rowid + {} as row_in_file, {columns} from staged_raw_{number}",
                    file.first_line - 2
                )
            }));
        }
        let rows = parts.join("\nunion all\n");
        Ok(self.connection.execute_batch(&format!("create view {name} as {rows}"))?)
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

    /// What `--value` says a status of the source means; refused where it is none of ours.
    pub(in crate::load) fn take_values(&self, values: &[Mapping]) -> Result<(), Failure> {
        for (place, value) in values.iter().enumerate() {
            let is_other = |earlier: &&Mapping| plain(&earlier.theirs) == plain(&value.theirs);
            if let Some(earlier) = values[..place].iter().find(is_other) {
                return Err(Failure::usage(format!(
                    "says what {:?} means twice: {} and {}",
                    value.theirs, earlier.ours, value.ours
                ))
                .at("--value")
                .hint("leave one of them out"));
            }
            let taken = self.connection.execute(
                "insert into staged_value by name
                 select distinct column_name, status_form(?) as word, status
                 from status_word where status = ?",
                [&value.theirs, &value.ours],
            )?;
            if taken == 0 {
                let known: Vec<String> = self
                    .connection
                    .prepare("select distinct status from status_word order by status")?
                    .query_map([], |row| row.get(0))?
                    .collect::<Result<_, _>>()?;
                let guess = did_you_mean_quoted(&value.ours, &known);
                return Err(Failure::usage(format!("no status {:?}", value.ours))
                    .at("--value")
                    .hint(format!("{guess}statuses: {}", known.join(", "))));
            }
        }
        Ok(())
    }

    /// A file that was given before, under whatever name, is read once.
    pub(in crate::load) fn note_same_file(&self, name: &str, earlier: &str) {
        let warning = format!("{name}: the same file as {earlier}, which was read already: read once");
        if let Some(file) = self.files.borrow_mut().last_mut() {
            file.warnings.push(warning);
        }
    }

    /// The code system of records that do not say theirs; the Home Office's where none is given.
    pub(in crate::load) fn take_code_system(&self, given: Option<&str>) -> Result<(), Failure> {
        let system = given.map_or_else(|| "null::varchar".to_owned(), quoted);
        Ok(self.connection.execute_batch(&format!("set variable code_system_given = {system};"))?)
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

    /// Refuses a file in which a spreadsheet has taken days for months wherever it could.
    pub(super) fn refuse_half_swapped(&self) -> Result<(), Failure> {
        let found: Vec<(usize, String, i64, i64)> = self
            .connection
            .prepare(
                "select file_number, column_name, stored_dates, written_dates from half_swapped_date
                 order by file_number, column_name",
            )?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?
            .collect::<Result<_, _>>()?;
        let Some((number, column, stored, written)) = found.first() else { return Ok(()) };
        let files = self.files.borrow();
        let name = files.get(number - 1).map_or("", |file| file.name.as_str());
        Err(Failure::failed(format!(
            "a spreadsheet has swapped day and month in half of {column}: {} stored as dates, all of days 1 to 12, \
             {} left as text, all of days 13 and later",
            number_of(*stored, ["value is", "values are"]),
            number_of(*written, ["value is", "values are"]),
        ))
        .at(name)
        .hint(
            "load the file that the spreadsheet was made from; or read that into it anew with the column as text; \
             nothing was loaded",
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

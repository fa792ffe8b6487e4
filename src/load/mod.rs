//! Loading: adapter, staging in memory, merge in one transaction, account.

mod account;
mod batch;
mod columns;
mod decision;
mod draft;
mod file;
mod form;
mod merge;
mod order;
mod protected;
mod room;
mod source;
mod stage;
mod suppression;
mod transaction;

pub(crate) use account::Account;
pub(crate) use batch::{list, listing, show, undo};
pub(crate) use columns::Mapping;
pub(crate) use draft::draft_adapter;
pub(crate) use file::{Encoding, Marks, Reading};
#[cfg(test)]
pub(crate) use form::table_names;
pub(crate) use order::Order;
pub(crate) use protected::is_one as is_protected;
pub(crate) use source::{Adapter, Source, built_in, built_in_names};

use crate::context::Context;
use crate::database::Access;
use crate::embedded_sql;
use crate::failure::Failure;
use crate::ledger::Ledger;
use crate::suggest::did_you_mean_quoted;
use file::ReadPath;
use jiff::civil::Date;
use merge::{Origin, finish};
use protected::Target;
use stage::Staging;
use suppression::Suppression;

/// Loads what is ordered. Either all of it is in the database afterwards, or nothing is.
pub(crate) fn load(
    order: &Order,
    access: &Access,
    ledger: &Ledger,
    context: &Context,
) -> Result<Account, Failure> {
    order.check()?;
    // A database that cannot take the load should say so before the files are read.
    let suppression = Suppression::of(&access.read()?, ledger)?;
    let target = Target::of(order, access)?;
    let flat = order.paths.iter().map(|path| (None, path));
    let tables = order.tables.iter().map(|(table, path)| (Some(table.as_str()), path));
    let sources = flat
        .chain(tables)
        .map(|(table, path)| Ok((table, Source::look(path)?)))
        .collect::<Result<Vec<_>, Failure>>()?;
    if !order.is_dry {
        room::check(&target.access.path, sources.iter().map(|(_, source)| source.bytes).sum())?;
    }
    let staging = Staging::open(access)?;
    staging.refuse_private(&order.reading.carry)?;
    staging.take_values(&order.values)?;
    staging.take_code_system(order.code_system.as_deref())?;
    let (adapter, read) = read_sources(&staging, &sources, order)?;
    if let Some(missing) = order.reading.carry.iter().find(|name| !staging.carries(name)) {
        let unread = staging.unread_columns();
        let guess = did_you_mean_quoted(missing, &unread);
        return Err(Failure::usage(format!("no column {missing:?} to carry along"))
            .at("--carry")
            .hint(format!("{guess}columns that are not read: {}", unread.join(", "))));
    }
    drop(read);
    let adapter = adapter.ok_or_else(|| Failure::usage("nothing to load").hint("name a file or a folder"))?;
    let origin = Origin {
        adapter: if order.tables.is_empty() { adapter.name } else { "tables".to_owned() },
        adapter_hash: adapter.hash,
        extract_on: order.extract_on,
        full: order.full,
        is_dry: order.is_dry,
        is_strict: order.is_strict,
        values: order.values.iter().map(|value| format!("{}={}", value.theirs, value.ours)).collect(),
        code_system: order.code_system.clone(),
    };
    let newest = staging.prepare(order.extract_on, context.today, &suppression)?;
    if order.full.is_some() && !staging.holds_crimes()? {
        return Err(Failure::failed("declared complete, and the files hold no crime; nothing was changed")
            .at("--full")
            .hint("every crime held of those dates would be withdrawn: was the export cut off?"));
    }
    finish(staging, newest, &origin, &suppression, (access, &target))
}

/// Reads the sources in order, each once; returns the adapter of the last, and the copies that were read.
fn read_sources(
    staging: &Staging,
    sources: &[(Option<&str>, Source)],
    order: &Order,
) -> Result<(Option<Adapter>, Vec<ReadPath>), Failure> {
    let (mut adapter, mut read) = (None, Vec::new());
    for (place, (table, source)) in sources.iter().enumerate() {
        let is_same = |(other, earlier): &&(_, Source)| other == table && earlier.hash == source.hash;
        if let Some((_, earlier)) = sources[..place].iter().find(is_same) {
            staging.note_same_file(&source.name, &earlier.name);
            continue;
        }
        let found = Adapter::find(&order.adapter, &source.path)?;
        let form = staging.form(*table)?;
        let reading = order.reading.of_columns(&form.columns);
        let ready = found.ready(&source.path, &reading, staging.folder())?;
        staging.read(source, &found, &ready, &reading, &form)?;
        // Its rows are staged; the room it takes may be needed.
        ready.path.clear();
        read.push(ready.path);
        adapter = Some(found);
    }
    Ok((adapter, read))
}

/// Loads the synthetic force that the SQL under `sql/demo` generates for these variables, under the name of `adapter`, into a database that is
/// there once `made` says so.
pub(crate) fn generate(
    adapter: &str,
    variables: &str,
    extract_on: Date,
    access: &Access,
    made: impl FnOnce() -> Result<(), Failure>,
) -> Result<Account, Failure> {
    let staging = Staging::open(access)?;
    staging.generate(variables)?;
    let origin = Origin {
        adapter: adapter.to_owned(),
        adapter_hash: embedded_sql::hash_of(variables),
        extract_on: Some(extract_on),
        full: None,
        is_dry: false,
        is_strict: false,
        values: Vec::new(),
        code_system: None,
    };
    let suppression = Suppression::default();
    let newest = staging.prepare(Some(extract_on), extract_on, &suppression)?;
    made()?;
    finish(staging, newest, &origin, &suppression, (access, &Target::itself(access)))
}

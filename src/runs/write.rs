//! Files of a run: the output and its manifest, or a folder of an archive; complete or not at all.

use super::archive::{EVIDENCE, MANIFEST, REPORT, ROWS, Record};
use super::fingerprint::Facts;
use super::hashing::{HashingWriter, tee};
use super::manifest::{Kept, Manifest, Who, Written};
use crate::atomic_file;
use crate::embedded_sql::hash_of;
use crate::failure::Failure;
use crate::interrupt;
use crate::ledger::Head;
use crate::paths::folder_of;
use crate::plain_file;
use crate::render::Options;
use crate::report::{Ready, Rows};
use crate::work_folder::{self, WorkFolder};
use crate::write_gate;
use duckdb::Connection;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Bytes gathered before they are written.
const BUFFER: usize = 1 << 16;

/// Writes rows in the format of the run and returns their number.
pub(crate) type Render<'a> =
    &'a mut dyn FnMut(&Ready<'_>, Rows<'_>, &mut (dyn Write + Send)) -> Result<usize, Failure>;

/// A run about to be written.
pub(crate) struct Run<'a> {
    /// The report, its parameters resolved.
    pub(crate) ready: &'a Ready<'a>,
    /// The database it reads.
    pub(crate) connection: &'a Connection,
    /// The format, and how it is wanted.
    pub(crate) options: Options,
    /// True where the rows of the data are to be hashed as well.
    pub(crate) is_deep: bool,
    /// The line of the ledger that it was begun with.
    pub(crate) ledger: Option<Head>,
}

/// The manifest that stands beside a file.
pub(crate) fn manifest_path(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".manifest.json");
    PathBuf::from(name)
}

/// Writes a file and its manifest beside it.
pub(crate) fn file(path: &Path, run: &Run<'_>, render: Render<'_>) -> Result<Manifest, Failure> {
    let draft = begun(path)?;
    let mut rows = 0;
    let mut out = HashingWriter::new(BufWriter::new(draft.as_file().try_clone()?));
    run.ready.rows(run.connection, |batches| {
        rows = render(run.ready, batches, &mut out)?;
        Ok(())
    })?;
    let sha256 = out.finish().map_err(|error| Failure::io(&error, path))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let written = Written { file: name, options: run.options, sha256, rows, kept: Vec::new() };
    let manifest = run.manifest(written)?;
    put_both(draft, path, &manifest)?;
    Ok(manifest)
}

/// Writes a file of what is no run of a report over the database; without a manifest.
pub(crate) fn without_manifest<T>(
    path: &Path,
    render: impl FnOnce(&mut (dyn Write + Send)) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let draft = begun(path)?;
    let mut out = BufWriter::with_capacity(BUFFER, draft.as_file().try_clone()?);
    let outcome = render(&mut out)?;
    out.flush().map_err(|error| Failure::io(&error, path))?;
    atomic_file::publish(draft, path).map_err(|error| Failure::io(&error, path))?;
    Ok(outcome)
}

/// Puts a copy of the output of an archived run where the user wants it, with its manifest beside it.
pub(crate) fn copy(record: &Record, path: &Path) -> Result<(), Failure> {
    let mut draft = begun(path)?;
    let mut kept = plain_file::open(&record.folder.join(&record.manifest.file))
        .map_err(|error| Failure::io(&error, path))?;
    io::copy(&mut kept, &mut draft).map_err(|error| Failure::io(&error, path))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let manifest = Manifest { file: name, kept: Vec::new(), ..record.manifest.clone() };
    put_both(draft, path, &manifest)
}

/// An empty file in the folder in which one is to be written, that is gone where the process is stopped.
fn begun(path: &Path) -> Result<NamedTempFile, Failure> {
    write_gate::check_file(path)?;
    write_gate::check_manifest(&manifest_path(path))?;
    let folder = folder_of(path);
    let _ = atomic_file::remove_orphans(&folder);
    let draft = atomic_file::begin(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound if !folder.is_dir() => Failure::failed("no such folder; nothing was written")
            .at_path(path)
            .hint("create the folder first"),
        io::ErrorKind::NotFound | io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            Failure::failed("its folder cannot be written to; nothing was written")
                .at_path(path)
                .hint("name a file in another folder, or mend its rights")
        }
        _ => Failure::io(&error, path),
    })?;
    interrupt::remove_if_stopped(draft.path());
    Ok(draft)
}

fn put_both(draft: NamedTempFile, path: &Path, manifest: &Manifest) -> Result<(), Failure> {
    let mut beside = atomic_file::begin(path).map_err(|error| Failure::io(&error, path))?;
    interrupt::remove_if_stopped(beside.path());
    beside.write_all(manifest.text()?.as_bytes()).map_err(|error| Failure::io(&error, path))?;
    interrupt::check()?;
    interrupt::block_cancel();
    // The manifest first: a list without one is worse than a manifest that has to wait for its list.
    for (file, target) in [(beside, manifest_path(path)), (draft, path.to_path_buf())] {
        atomic_file::publish(file, &target).map_err(|error| Failure::io(&error, path))?;
    }
    Ok(())
}

/// A folder of an archive, begun.
pub(crate) struct Draft {
    archive: PathBuf,
    folder: WorkFolder,
    // After the folder, so that it goes after it.
    _begun: Begun,
}

/// An archive made for a run: it goes again where nothing came to be in it.
struct Begun(Option<PathBuf>);

impl Drop for Begun {
    fn drop(&mut self) {
        // A folder that holds something stays.
        let _ = self.0.take().map(std::fs::remove_dir);
    }
}

impl Draft {
    /// Begins a folder in an archive, which is made where it is not there.
    pub(crate) fn begin(archive: &Path) -> Result<Self, Failure> {
        write_gate::check_folder(archive)?;
        let is_new = !archive.exists();
        std::fs::create_dir_all(archive).map_err(|error| Failure::io(&error, archive))?;
        let begun = Begun(is_new.then(|| archive.to_path_buf()));
        let archive = archive.canonicalize().map_err(|error| Failure::io(&error, archive))?;
        // What cannot be removed is told by whoever has to be rid of it: `forget`.
        let _ = work_folder::remove_orphans(&archive);
        let folder =
            work_folder::begin(&archive, work_folder::RUN).map_err(|error| Failure::io(&error, &archive))?;
        interrupt::remove_if_stopped(folder.path());
        Ok(Self { archive, folder, _begun: begun })
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Fills the folder with the output, a copy of its rows, the evidence, the report and the manifest, and gives it
    /// the name of the run.
    pub(crate) fn fill(self, run: &Run<'_>, render: Render<'_>) -> Result<Record, Failure> {
        let mut alone = |_: Options, ready: &Ready<'_>, rows: Rows<'_>, out: &mut (dyn Write + Send)| {
            render(ready, rows, out)
        };
        let manifest = fill_folder(self.path(), &self.archive, run, &[], &mut alone)?;
        atomic_file::sync_folder(self.path()).map_err(|error| Failure::io(&error, &self.archive))?;
        interrupt::check()?;
        let target = self.archive.join(&manifest.id);
        self.folder.publish(&target).map_err(|error| Failure::io(&error, &self.archive))?;
        Ok(Record { folder: target, manifest })
    }
}

/// Writes rows in one of several formats and returns their number.
pub(crate) type RenderIn<'a> =
    &'a mut dyn FnMut(Options, &Ready<'_>, Rows<'_>, &mut (dyn Write + Send)) -> Result<usize, Failure>;

/// Fills a folder with the output, the same in further formats, a copy of its rows, the evidence, the report and the
/// manifest. Errors name `shown`, the folder that a reader knows.
pub(crate) fn fill_folder(
    folder: &Path,
    shown: &Path,
    run: &Run<'_>,
    further: &[Options],
    render: RenderIn<'_>,
) -> Result<Manifest, Failure> {
    let begin = |name: &str| File::create(folder.join(name)).map_err(|error| Failure::io(&error, shown));
    let name_in = |options: Options| format!("{}.{}", run.ready.meta.report, options.format.ending());
    let name = name_in(run.options);
    let mut out = HashingWriter::new(BufWriter::new(begin(&name)?));
    let copied = BufWriter::new(begin(ROWS)?);
    let (mut rows, mut rows_hash) = (0, String::new());
    run.ready.rows(run.connection, |batches| {
        let (batches, finish) = tee(batches, copied)?;
        rows = render(run.options, run.ready, batches, &mut out)?;
        rows_hash = finish()?;
        Ok(())
    })?;
    let sha256 = out.finish().map_err(|error| Failure::io(&error, shown))?;
    let mut kept = vec![Kept { file: ROWS.to_owned(), sha256: rows_hash }];
    for options in further {
        let file = name_in(*options);
        let mut out = HashingWriter::new(BufWriter::new(begin(&file)?));
        run.ready
            .rows(run.connection, |batches| render(*options, run.ready, batches, &mut out).map(|_| ()))?;
        kept.push(Kept { file, sha256: out.finish().map_err(|error| Failure::io(&error, shown))? });
    }
    let evidence = folder.join(EVIDENCE);
    if run.ready.write_evidence(run.connection, &evidence)? {
        let mut hash = HashingWriter::new(io::sink());
        io::copy(&mut File::open(&evidence)?, &mut hash)?;
        kept.push(Kept { file: EVIDENCE.to_owned(), sha256: hash.finish()? });
    }
    let text = &run.ready.report().text;
    begin(REPORT)?.write_all(text.as_bytes()).map_err(|error| Failure::io(&error, shown))?;
    kept.push(Kept { file: REPORT.to_owned(), sha256: hash_of(text) });
    let written = Written { file: name, options: run.options, sha256, rows, kept };
    let manifest = run.manifest(written)?;
    begin(MANIFEST)?.write_all(manifest.text()?.as_bytes()).map_err(|error| Failure::io(&error, shown))?;
    Ok(manifest)
}

impl Run<'_> {
    fn manifest(&self, written: Written) -> Result<Manifest, Failure> {
        let index = self.ready.meta.index.as_ref().map(|index| index.index_id.as_str());
        let facts = Facts::of(self.connection, index, self.is_deep)?;
        let Ready { meta, lists, .. } = self.ready;
        Manifest::new(meta, lists, facts, written, Who::of_process(), self.ledger.clone())
    }
}

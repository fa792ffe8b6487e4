//! The manifest of a run.

use super::fingerprint::{Data, Facts};
use crate::embedded_sql::hash_of;
use crate::failure::Failure;
use crate::ledger::{Account, Head};
use crate::plain_file;
use crate::render::{Format, Options};
use crate::report::{ListRead, Meta};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use std::path::Path;

/// What a run was: everything needed to run it again, and to tell whether it comes out the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Manifest {
    /// Name of this run, and no other.
    pub(crate) id: String,
    /// Name of the report.
    pub(crate) report: String,
    /// When it was run, UTC. No clock is in the output.
    pub(crate) at: String,
    /// Who ran it: the name of the account.
    pub(crate) user: String,
    pub(crate) host: String,
    /// Name of the output file.
    pub(crate) file: String,
    pub(crate) format: String,
    /// True where texts that a spreadsheet would run were left as they are.
    #[serde(default)]
    pub(crate) raw: bool,
    /// True where it begins with a byte-order mark.
    #[serde(default)]
    pub(crate) bom: bool,
    /// SHA-256 of its bytes.
    pub(crate) sha256: String,
    pub(crate) rows: usize,
    /// The data behind it.
    pub(crate) data: Data,
    /// SHA-256 of the values of the index, where the report has one.
    pub(crate) index_hash: Option<String>,
    /// Version of the engine.
    pub(crate) engine: String,
    /// Other files of an archived run.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) kept: Vec<Kept>,
    /// The line of the ledger that the run was begun with: were it cut off, this would show it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) ledger: Option<Head>,
    /// Decisions to adopt the list, each added behind the others.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) adopted: Vec<Adoption>,
    /// What was done to its files since, because somebody was forgotten.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) amended: Vec<Amendment>,
    /// Kept lists that the report read beside the database.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) lists: Vec<ListRead>,
    /// What the output states about itself: resolved parameters, notes, hashes of SQL and report, version.
    pub(crate) meta: Json,
}

/// A file kept beside the output of an archived run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Kept {
    pub(crate) file: String,
    /// SHA-256 of its bytes.
    pub(crate) sha256: String,
}

/// A human decision to adopt a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Adoption {
    /// When it was recorded, UTC.
    pub(crate) at: String,
    /// Who recorded it: the name of the account.
    pub(crate) user: String,
    pub(crate) role: String,
    /// What was decided, and why.
    pub(crate) note: String,
}

/// What was done to a file of a run because somebody was forgotten.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Amendment {
    pub(crate) on: String,
    /// Name of the file.
    pub(crate) file: String,
    /// SHA-256 of its bytes before.
    pub(crate) before: String,
    /// SHA-256 of its bytes after; null: it was withdrawn, for its format cannot be rewritten.
    pub(crate) after: Option<String>,
}

/// Who runs, where and when.
#[derive(Clone, Debug)]
pub(crate) struct Who {
    user: String,
    host: String,
    at: String,
}

impl Who {
    /// The account and machine of the process, and the clock.
    pub(crate) fn of_process() -> Self {
        let Account { user, host, .. } = Account::of_process();
        Self { user, host, at: jiff::Timestamp::now().to_string() }
    }
}

/// What a run put out.
#[derive(Clone, Debug)]
pub(crate) struct Written {
    /// Name of the output file.
    pub(crate) file: String,
    /// Its format, and how it was wanted.
    pub(crate) options: Options,
    /// SHA-256 of its bytes.
    pub(crate) sha256: String,
    pub(crate) rows: usize,
    /// Other files, where they are kept.
    pub(crate) kept: Vec<Kept>,
}

impl Manifest {
    /// The manifest of a run.
    pub(crate) fn new(
        meta: &Meta,
        lists: &[ListRead],
        facts: Facts,
        written: Written,
        who: Who,
        ledger: Option<Head>,
    ) -> Result<Self, Failure> {
        let meta_json = serde_json::to_value(meta).map_err(|error| Failure::failed(error.to_string()))?;
        let mut manifest = Self {
            id: String::new(),
            report: meta.report.clone(),
            at: who.at,
            user: who.user,
            host: who.host,
            file: written.file,
            format: written.options.format.name(),
            raw: written.options.is_raw,
            bom: written.options.has_bom,
            sha256: written.sha256,
            rows: written.rows,
            data: facts.data,
            index_hash: facts.index_hash,
            engine: facts.engine,
            kept: written.kept,
            adopted: Vec::new(),
            amended: Vec::new(),
            ledger,
            lists: lists.to_vec(),
            meta: meta_json,
        };
        let all = serde_json::to_string(&manifest).map_err(|error| Failure::failed(error.to_string()))?;
        // Told apart by the clock to a nanosecond and by the process as well.
        let mark = hash_of(&format!("{all}{}", std::process::id()));
        let second: String = manifest.at.chars().filter(char::is_ascii_digit).take(14).collect();
        manifest.id = format!("{}-{second}-{}", manifest.report, &mark[..8]);
        Ok(manifest)
    }

    /// Adds a decision to adopt the list, behind those there are.
    pub(crate) fn adopt(&mut self, role: &str, note: &str, who: &Who) {
        self.adopted.push(Adoption {
            at: who.at.clone(),
            user: who.user.clone(),
            role: role.to_owned(),
            note: note.to_owned(),
        });
    }

    /// The text of its file.
    pub(crate) fn text(&self) -> Result<String, Failure> {
        crate::wording::json_text(self)
    }

    /// Reads one from its file.
    pub(crate) fn read(path: &Path) -> Result<Self, Failure> {
        let at = |failure: Failure| failure.at_path(path);
        let text =
            plain_file::read_to_string(path).map_err(|error| at(Failure::failed(error.to_string())))?;
        serde_json::from_str(&text).map_err(|error| {
            at(Failure::failed(format!("is no manifest of a run: {error}")))
                .hint("name the id of a run, its folder, or FILE.manifest.json")
        })
    }

    /// The format of the output, and how it was wanted.
    pub(crate) fn options(&self) -> Result<Options, Failure> {
        let format = Format::named(&self.format)
            .ok_or_else(|| Failure::failed(format!("this program knows no format {:?}", self.format)))?;
        Ok(Options { format, is_raw: self.raw, has_bom: self.bom })
    }

    /// A text the output states about itself.
    pub(crate) fn stated(&self, key: &str) -> &str {
        self.meta[key].as_str().unwrap_or_default()
    }

    pub(crate) fn parameters(&self) -> impl Iterator<Item = (&String, &Json)> {
        self.meta["parameters"].as_object().into_iter().flatten()
    }
}

//! Two rows of names: words that span columns above their names, which a file cannot tell from a header.

use crate::failure::Failure;
use crate::load::columns::{FlatColumn, plain};
use crate::load::file::CsvHeader;

/// The failure to match a header, where the line beneath it holds the names: then above it stands what spans them.
pub(super) fn two_headers(header: &CsvHeader, flat: &[FlatColumn], failure: Failure) -> Failure {
    let known = |names: &[String]| {
        let is_known = |name: &&String| {
            let is_called = |word: &String| plain(word) == plain(name);
            flat.iter().any(|column| is_called(&column.name) || column.also_called.iter().any(is_called))
        };
        names.iter().filter(is_known).count()
    };
    if known(&header.beneath) <= known(&header.columns).max(1) {
        return failure;
    }
    let row = header.lines_before + 1;
    let at = failure.problems.first().and_then(|problem| problem.at.clone()).unwrap_or_default();
    Failure::failed(format!("row {row} is not the header: the names of the columns stand in row {}", row + 1))
        .at(at)
        .hint(format!("--header-row {} reads them there", row + 1))
}

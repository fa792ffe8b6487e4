//! The file of protected characteristics that lies beside a database, by its name.

use super::open::Access;
use std::path::Path;

/// Ending of the name of the file.
const ENDING: &str = "protected.duckdb";

/// The file of protected characteristics of a database, whether there is one or not.
pub(crate) fn access_to_protected(access: &Access) -> Access {
    Access { path: access.path.with_extension(ENDING), ..access.clone() }
}

/// True for the name of such a file.
pub(crate) fn is_protected_name(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().ends_with(&format!(".{ENDING}")))
}

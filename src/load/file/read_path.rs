//! Where a file is read from: where the user has it, or a copy of it in plain text without a name.
//!
//! A copy holds what the extract says of people. It has no name in any folder, so that it is gone with the process,
//! however that ends; its room is given back as soon as it has been read.

use std::fs::File;
use std::io;
use std::ops::Deref;
use std::os::fd::AsRawFd as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The path of a file, which keeps a copy until it is dropped.
#[derive(Clone, Debug)]
pub(crate) struct ReadPath {
    path: PathBuf,
    copy: Option<Arc<File>>,
    /// Where the system has no way to a file without a name: it is removed with the folder.
    is_named: bool,
}

impl ReadPath {
    /// The file where the user has it.
    pub(crate) fn of(path: &Path) -> Self {
        Self { path: path.to_path_buf(), copy: None, is_named: true }
    }

    /// An empty copy on the disk of a folder, and the file to write it to.
    pub(super) fn copy_in(folder: &Path) -> io::Result<(Self, File)> {
        let file = tempfile::tempfile_in(folder)?;
        let path = PathBuf::from(format!("/proc/self/fd/{}", file.as_raw_fd()));
        if path.exists() {
            let out = file.try_clone()?;
            return Ok((Self { path, copy: Some(Arc::new(file)), is_named: false }, out));
        }
        let (file, path) =
            tempfile::Builder::new().prefix("plain-").suffix(".csv").tempfile_in(folder)?.keep()?;
        let out = file.try_clone()?;
        Ok((Self { path, copy: Some(Arc::new(file)), is_named: true }, out))
    }

    /// Gives back the room of a copy that has been read. The copy stays open, so that no later one has its path.
    pub(crate) fn clear(&self) {
        let Some(copy) = &self.copy else { return };
        let _ = copy.set_len(0);
        if self.is_named {
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

impl Deref for ReadPath {
    type Target = Path;

    fn deref(&self) -> &Path {
        &self.path
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    #[test]
    fn a_copy_is_read_by_its_path_and_stands_in_no_folder() {
        let folder = tempfile::tempdir().expect("folder");
        let (path, mut out) = ReadPath::copy_in(folder.path()).expect("a copy");
        out.write_all(b"a,b\n").expect("written");
        assert_eq!(std::fs::read(&*path).expect("read"), b"a,b\n");
        if cfg!(target_os = "linux") {
            assert_eq!(std::fs::read_dir(folder.path()).expect("folder").count(), 0);
        }
        path.clear();
        assert!(std::fs::read(&*path).unwrap_or_default().is_empty());
    }
}

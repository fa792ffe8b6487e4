//! Build script: embeds every file under `sql/` and every topic of the manual, so that a new report or topic needs no
//! Rust.

#![allow(clippy::print_stdout, reason = "a build script talks to Cargo on standard output")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    embed("sql", "sql", "sql_files.rs")?;
    embed("src/manual", "md", "manual_files.rs")?;
    println!("cargo:rerun-if-changed=src/embed_sql.rs");
    Ok(())
}

/// Writes a list of the files of a folder that have this ending: path below the folder, and text.
fn embed(below: &str, ending: &str, list: &str) -> io::Result<()> {
    let folder = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join(below);
    let mut files = Vec::new();
    collect(&folder, ending, &mut files)?;
    files.sort();
    let mut code = String::from("&[\n");
    for file in &files {
        let name = file.strip_prefix(&folder).unwrap_or(file).to_string_lossy().replace('\\', "/");
        // Found from the package, so that a target folder serves a checkout wherever it lies.
        let path = format!("/{below}/{name}");
        let _ =
            writeln!(code, "    ({name:?}, include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {path:?}))),");
    }
    code.push_str("]\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join(list), code)?;
    println!("cargo:rerun-if-changed={below}");
    Ok(())
}

fn collect(folder: &Path, ending: &str, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, ending, files)?;
        } else if path.extension().is_some_and(|found| found == ending) {
            files.push(path);
        }
    }
    Ok(())
}

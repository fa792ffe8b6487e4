//! Output files: whole or not at all, with a manifest beside them.

use super::held;
use crate::support::{assert_contains, text};
use harmrank::embedded_sql::to_hex;
use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use std::os::unix::fs::PermissionsExt;

#[test]
fn an_output_file_is_what_the_screen_shows_and_its_manifest_has_its_hash() {
    let desk = held();
    for (ending, format) in [("csv", "csv"), ("json", "json"), ("txt", "table"), ("CSV", "csv")] {
        let name = format!("list.{ending}");
        assert_eq!(desk.run(&["report", "v100", "-o", &name]).succeeded(), "");
        let bytes = std::fs::read(desk.path(&name)).expect("file");
        let shown = desk.run(&["report", "v100", "--format", format]).succeeded();
        assert_eq!(String::from_utf8_lossy(&bytes), shown, "{name}");
        let manifest = std::fs::read(desk.path(&format!("{name}.manifest.json"))).expect("manifest");
        let manifest: Json = serde_json::from_slice(&manifest).expect("JSON");
        let hash = to_hex(&Sha256::digest(&bytes));
        assert_eq!(
            (text(&manifest["file"]), text(&manifest["sha256"]), &manifest["rows"]),
            (name.as_str(), hash.as_str(), &6.into())
        );
        assert_eq!(manifest["meta"], desk.report(&["v100"])["meta"]);
    }
}

#[test]
fn a_format_asked_for_wins_over_the_ending() {
    let desk = held();
    desk.run(&["report", "v100", "-o", "list.csv", "--format", "json"]).succeeded();
    let bytes = std::fs::read(desk.path("list.csv")).expect("file");
    assert!(serde_json::from_slice::<Json>(&bytes).is_ok());
}

#[test]
fn an_ending_that_names_no_format_is_wrong_use() {
    let desk = held();
    for name in ["list.doc", "list"] {
        let stderr = desk.run(&["report", "v100", "-o", name]).failed(2);
        assert_contains(&stderr, &[name, "its ending names no format", "--format"]);
    }
    assert_eq!(desk.names(), ["extract.csv", "harmrank.duckdb"]);
}

#[test]
fn an_output_file_is_replaced_whole() {
    let desk = held();
    desk.write("list.csv", "old\n".repeat(10_000));
    desk.run(&["report", "v100", "-o", "list.csv"]).succeeded();
    assert_eq!(
        std::fs::read_to_string(desk.path("list.csv")).expect("file"),
        desk.run(&["report", "v100", "--format", "csv"]).succeeded()
    );
}

/// The file, its manifest and nothing else; or nothing at all.
#[test]
fn where_one_of_both_cannot_be_written_neither_is() {
    let desk = held();
    desk.write("list.csv", "old\n");
    std::fs::create_dir(desk.path("list.csv.manifest.json")).expect("folder in the way of the manifest");
    desk.run(&["report", "v100", "-o", "list.csv"]).failed(1);
    assert_eq!(std::fs::read_to_string(desk.path("list.csv")).expect("file"), "old\n");
    assert_eq!(desk.names(), ["extract.csv", "harmrank.duckdb", "list.csv", "list.csv.manifest.json"]);
}

#[test]
fn an_output_in_a_missing_folder_is_refused() {
    let desk = held();
    let stderr = desk.run(&["report", "v100", "-o", "no/such/list.csv"]).failed(1);
    assert_contains(&stderr, &["no/such/list.csv: no such folder; nothing was written", "create the folder"]);
    assert!(
        !stderr.contains("os error") && !stderr.contains(".tmp") && !stderr.contains(".draft"),
        "{stderr}"
    );
}

#[test]
fn an_output_that_is_a_folder_is_refused() {
    let desk = held();
    std::fs::create_dir(desk.path("list.csv")).expect("folder");
    assert_contains(&desk.run(&["report", "v100", "-o", "list.csv"]).failed(1), &["list.csv"]);
    assert_eq!(desk.names(), ["extract.csv", "harmrank.duckdb", "list.csv"]);
}

#[test]
fn an_output_in_a_folder_without_rights_is_refused() {
    let desk = held();
    let folder = desk.path("closed");
    std::fs::create_dir(&folder).expect("folder");
    std::fs::set_permissions(&folder, PermissionsExt::from_mode(0o500)).expect("rights taken");
    let Some(outcome) = desk.run_bound_by_rights(&["report", "v100", "-o", "closed/list.csv"]) else {
        return;
    };
    assert_contains(&outcome.failed(1), &["closed/list.csv", "its folder cannot be written to"]);
    assert_eq!(std::fs::read_dir(&folder).expect("folder").count(), 0);
}

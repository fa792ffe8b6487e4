//! A disk that is full: the load fails with a word about it and leaves what was there.

use crate::support::{Desk, assert_contains, finish};
use std::fmt::Write as _;
use std::process::{Command, Stdio};

/// Rows that compress badly.
fn extract() -> String {
    let mut text = "crime_id,code,reported_on,suspect_id,victim_id,victim_sex\n".to_owned();
    for row in 0_u64..60_000 {
        let mixed = row.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        writeln!(
            text,
            "C{row}-{mixed:x},8N,2026-06-{:02},P{mixed:x},V{:x},F",
            1 + row % 28,
            mixed.rotate_left(17)
        )
        .expect("text");
    }
    text
}

/// Loads with files of at most so many KiB, as on a disk that is full: writing more fails.
fn load_within(desk: &Desk, kib: u64, flags: &str) -> String {
    let program = env!("CARGO_BIN_EXE_harmrank");
    let script = format!("trap '' XFSZ; ulimit -f {kib}; exec '{program}' load big.csv {flags}");
    let mut command = Command::new("bash");
    // Blocks of `ulimit -f` are of 1024 bytes in bash.
    command.args(["-c", &script]).current_dir(desk.path("")).env("HARMRANK_TODAY", crate::support::TODAY);
    command.env("XDG_CACHE_HOME", env!("CARGO_TARGET_TMPDIR")).env_remove("HARMRANK_DB");
    let child =
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("bash");
    finish(child).failed(1)
}

#[test]
fn a_full_disk_leaves_the_database_as_it_was() {
    let desk = Desk::holding("crime_id,code,reported_on\nC0,8N,2026-05-01\n", &[]);
    desk.write("big.csv", extract());
    let before = desk.whole_fingerprint();
    let size = std::fs::metadata(desk.db()).expect("database").len() / 1024;
    // Where the database grows, and where what does not fit into memory is put aside.
    for (kib, flags) in [(size + 600, ""), (size + 600, "--memory 40MB")] {
        let stderr = load_within(&desk, kib, flags);
        assert_contains(&stderr, &["no room on the disk"]);
        // Where the end of the transaction is what found no room, only the next open knows.
        assert!(
            stderr.contains("nothing was changed") || stderr.contains("`harmrank loads list`"),
            "{stderr}"
        );
        assert_eq!(desk.whole_fingerprint(), before, "{flags}");
        assert!(desk.names().iter().all(|name| !name.starts_with(".harmrank")), "{:?}", desk.names());
    }
    assert_eq!(desk.load(&["big.csv"])["rows_new"], 60_000, "with room it goes in");
}

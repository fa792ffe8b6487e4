//! Transcripts of sessions at a terminal: what is printed is what the files under `tests/cmd` show.
//!
//! `TRYCMD=overwrite cargo test --test transcripts` writes them anew; read the difference before keeping it.

#[test]
fn the_program_prints_what_the_transcripts_show() {
    trycmd::TestCases::new().env("HARMRANK_TODAY", "2026-07-01").env("COLUMNS", "100").case("tests/cmd/*.md");
}

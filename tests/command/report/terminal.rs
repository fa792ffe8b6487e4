//! What a reader at a terminal sees: a table that fits, bars, the pager.

use super::held;
use crate::support::{Desk, assert_contains};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};
use std::fs::{File, OpenOptions};
use std::io::Read;
use std::process::Stdio;

/// What came to a terminal of so many columns and lines; exit code; standard error.
pub struct Seen {
    pub screen: String,
    pub code: Option<i32>,
    pub stderr: String,
}

pub fn at_terminal(desk: &Desk, columns: u16, lines: u16, pager: &str, arguments: &[&str]) -> Seen {
    let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a terminal");
    grantpt(&master).expect("granted");
    unlockpt(&master).expect("unlocked");
    let name = ptsname(&master, Vec::new()).expect("named");
    let slave =
        OpenOptions::new().read(true).write(true).open(name.to_str().expect("UTF-8")).expect("opened");
    let size = Winsize { ws_row: lines, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
    tcsetwinsize(&master, size).expect("sized");
    let mut command = desk.command(arguments);
    command.env("PAGER", pager).stdout(Stdio::from(slave)).stderr(Stdio::piped());
    let child = command.spawn().expect("started");
    // The last handle on this side of the terminal: reading ends with the program.
    drop(command);
    let mut screen = Vec::new();
    let mut master = File::from(master);
    let mut piece = [0; 4096];
    // The end of a terminal reads as an error.
    while let Ok(length @ 1..) = master.read(&mut piece) {
        screen.extend_from_slice(&piece[..length]);
    }
    let ended = child.wait_with_output().expect("ended");
    Seen {
        screen: String::from_utf8(screen).expect("UTF-8").replace("\r\n", "\n"),
        code: ended.status.code(),
        stderr: String::from_utf8(ended.stderr).expect("UTF-8"),
    }
}

#[test]
fn a_table_fits_the_terminal_and_says_what_it_left_out() {
    let desk = held();
    for columns in [40, 72, 100] {
        let seen = at_terminal(&desk, columns, 200, "cat", &["report", "v100"]);
        assert_eq!((seen.code, seen.stderr.as_str()), (Some(0), ""), "{}", seen.screen);
        for line in seen.screen.lines() {
            assert!(line.chars().count() <= usize::from(columns), "{columns}: {line:?} in\n{}", seen.screen);
        }
        assert_contains(&seen.screen, &["hidden because", "csv"]);
        assert_eq!(seen.screen.contains('█'), columns >= 60, "{}", seen.screen);
    }
    assert!(!desk.run(&["report", "v100"]).succeeded().contains('█'), "plain when piped");
}

#[test]
fn loads_of_many_files_are_listed_within_the_terminal() {
    let desk = Desk::new();
    let names: Vec<_> = (1..=6).map(|number| format!("extract_of_borough_{number}.csv")).collect();
    for (number, name) in names.iter().enumerate() {
        desk.write(name, format!("crime_id,code,reported_on\nC{number},8N,2026-06-01\n"));
    }
    desk.load(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let seen = at_terminal(&desk, 100, 200, "cat", &["loads", "list"]);
    assert_eq!((seen.code, seen.stderr.as_str()), (Some(0), ""), "{}", seen.screen);
    assert!(seen.screen.lines().all(|line| line.chars().count() <= 100), "{}", seen.screen);
    assert!(names.iter().all(|name| seen.screen.contains(name.as_str())), "{}", seen.screen);
}

#[test]
fn a_table_longer_than_the_screen_goes_to_the_pager() {
    let desk = held();
    let report = ["report", "v100"];
    let seen = at_terminal(&desk, 100, 10, "cat > paged.txt", &report);
    assert_eq!((seen.code, seen.screen.as_str(), seen.stderr.as_str()), (Some(0), "", ""));
    let paged = std::fs::read_to_string(desk.path("paged.txt")).expect("paged");
    assert!(paged.starts_with("People reported for the most harm\n"), "{paged}");
    assert_contains(&paged, &["N101", "run         6 rows"]);
    std::fs::remove_file(desk.path("paged.txt")).expect("removed");

    let short = at_terminal(&desk, 100, 200, "cat > paged.txt", &report);
    assert_eq!(short.screen, paged, "what fits is printed");
    let plain = at_terminal(&desk, 100, 10, "cat > paged.txt", &["report", "v100", "--no-pager"]);
    assert_eq!(plain.screen, paged);
    let rows = at_terminal(&desk, 100, 3, "cat > paged.txt", &["report", "v100", "--format", "csv"]);
    assert!(rows.screen.starts_with("harm_rank,"), "only tables are paged");
    assert!(!desk.path("paged.txt").exists());
}

#[test]
fn leaving_the_pager_early_is_no_failure() {
    let desk = held();
    let seen = at_terminal(&desk, 100, 5, "head -1", &["report", "v100"]);
    assert_eq!((seen.code, seen.stderr.as_str()), (Some(0), ""));
    assert_eq!(seen.screen, "People reported for the most harm\n");
    let none = at_terminal(&desk, 100, 5, "exec /no/such/pager 2>&-", &["report", "v100"]);
    assert_eq!(none.code, Some(0), "{}", none.stderr);
}

#[test]
fn ctrl_c_belongs_to_whoever_reads_in_the_pager() {
    let desk = held();
    // As at a keyboard: the signal reaches the pager, which does not end of it, and the program behind it.
    let reader = "trap '' INT; kill -INT $PPID; sleep 0.3; kill -INT $PPID; cat > paged.txt";
    let seen = at_terminal(&desk, 100, 3, reader, &["report", "v100"]);
    assert_eq!((seen.code, seen.stderr.as_str()), (Some(0), ""));
    let paged = std::fs::read_to_string(desk.path("paged.txt")).expect("paged");
    assert_contains(&paged, &["People reported for the most harm", "N101", "run         6 rows"]);
}

#[test]
fn bytes_that_are_no_text_do_not_go_to_a_terminal() {
    let desk = held();
    for format in ["xlsx", "parquet", "arrow"] {
        let seen = at_terminal(&desk, 80, 24, "cat", &["report", "v100", "--format", format]);
        assert_eq!((seen.code, seen.screen.as_str()), (Some(2), ""), "{}", seen.stderr);
        assert_contains(&seen.stderr, &[format, "is not for a terminal", "-o FILE"]);
        let piped = desk.command(&["report", "v100", "--format", format]).output().expect("run");
        assert!(piped.status.success() && piped.stdout.len() > 500, "a pipe is no terminal");
    }
}

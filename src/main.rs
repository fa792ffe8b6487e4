//! `harmrank`: parse, run, exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    harmrank::main()
}

//! `harmrank`: parse, run, exit code.

use std::process::ExitCode;

/// Where the engine is compiled in, its memory comes from here too: an eighth less time for a list.
#[cfg(all(target_os = "linux", feature = "bundled"))]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    harmrank::main()
}

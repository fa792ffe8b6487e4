//! Whether there was a standard output when the process began. The standard library opens `/dev/null` in the place of one
//! that is closed, before `main`: what is written there is lost, and nothing fails.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};

static WAS_CLOSED: AtomicBool = AtomicBool::new(false);

/// A failure where standard output was closed when the process began: nothing that is written to it reaches anybody.
pub(crate) fn check() -> io::Result<()> {
    if WAS_CLOSED.load(Ordering::Relaxed) {
        return Err(io::Error::new(
            io::ErrorKind::NotConnected,
            "standard output is closed: what there is to say reached nobody",
        ));
    }
    Ok(())
}

extern "C" fn look() {
    use std::os::fd::AsFd as _;
    let is_open = rustix::io::fcntl_getfd(io::stdout().as_fd()).is_ok();
    WAS_CLOSED.store(!is_open, Ordering::Relaxed);
}

/// Called before the standard library is set up: a system call and a store, nothing that it would have to be ready for.
#[cfg(target_os = "linux")]
#[used]
#[expect(
    unsafe_code,
    reason = "the loader calls what stands in this section; later the closed stream cannot be told"
)]
#[unsafe(link_section = ".init_array")]
static LOOK: extern "C" fn() = look;

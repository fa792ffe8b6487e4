//! A terminal with somebody at it: what is typed goes in, what is shown is kept.

use crate::support::Desk;
use rustix::process::{Pid, Signal, kill_process};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};
use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

pub struct Terminal {
    keys: File,
    screen: Arc<Mutex<Vec<u8>>>,
    /// How much of the screen was waited for.
    read: usize,
    child: Child,
}

impl Terminal {
    /// The program in a terminal of 120 columns and 40 lines, without colours.
    pub fn start(desk: &Desk, arguments: &[&str]) -> Self {
        Self::of(desk.command(arguments), desk)
    }

    pub fn of(mut command: Command, desk: &Desk) -> Self {
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a terminal");
        grantpt(&master).expect("granted");
        unlockpt(&master).expect("unlocked");
        let name = ptsname(&master, Vec::new()).expect("named");
        let slave =
            OpenOptions::new().read(true).write(true).open(name.to_str().expect("UTF-8")).expect("opened");
        let size = Winsize { ws_row: 40, ws_col: 120, ws_xpixel: 0, ws_ypixel: 0 };
        tcsetwinsize(&master, size).expect("sized");
        let end = || Stdio::from(slave.try_clone().expect("cloned"));
        command.env("TERM", "xterm").env("NO_COLOR", "1").env("XDG_STATE_HOME", desk.path("state"));
        if !command.get_envs().any(|(name, _)| name == "PAGER") {
            command.env("PAGER", "cat");
        }
        command.stdin(end()).stdout(end()).stderr(end());
        let child = command.spawn().expect("started");
        drop(command);
        let screen = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&screen);
        let mut shown = File::from(master);
        let keys = shown.try_clone().expect("cloned");
        std::thread::spawn(move || {
            let mut piece = [0; 4096];
            // The end of a terminal reads as an error.
            while let Ok(length @ 1..) = shown.read(&mut piece) {
                kept.lock().expect("screen").extend_from_slice(&piece[..length]);
            }
        });
        Self { keys, screen, read: 0, child }
    }

    pub fn type_in(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).expect("typed");
    }

    /// What Ctrl-C does where no line is being typed.
    pub fn interrupt(&self) {
        self.signal(Signal::INT);
    }

    pub fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.child), signal).expect("signal sent");
    }

    /// Waits until a text is shown, and returns what was shown up to it since the last wait.
    #[track_caller]
    pub fn wait_for(&mut self, text: &str) -> String {
        let begun = Instant::now();
        loop {
            let shown = self.shown_since();
            if let Some(place) = shown.find(text) {
                let end = place + text.len();
                self.read += end;
                return shown[..end].to_owned();
            }
            assert!(begun.elapsed() < Duration::from_secs(20), "waited in vain for {text:?}:\n{shown}");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    fn shown_since(&self) -> String {
        let screen = self.screen.lock().expect("screen");
        // Signs are whole up to the last byte, but for one that is on its way.
        String::from_utf8_lossy(&screen[self.read.min(screen.len())..]).into_owned()
    }

    /// Types a statement and waits for the prompt after its answer.
    #[track_caller]
    pub fn ask(&mut self, line: &str) -> String {
        self.type_in(&format!("{line}\r"));
        self.wait_for("\n");
        self.wait_for("harmrank> ").replace("\r\n", "\n")
    }

    /// Types Ctrl-C, and waits for the next line.
    #[track_caller]
    pub fn drop_line(&mut self) {
        self.type_in("\u{3}");
        // Told to the terminal where a line begins.
        self.wait_for("\u{1b}[?2004h");
        self.wait_for("harmrank> ");
    }

    /// Types Ctrl-D and waits for the end; the exit code.
    pub fn leave(mut self) -> Option<i32> {
        self.type_in("\u{4}");
        self.child.wait().expect("ended").code()
    }

    /// Waits for the end; the exit code.
    pub fn end(mut self) -> Option<i32> {
        self.child.wait().expect("ended").code()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // After a test that failed nobody is at it any more.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

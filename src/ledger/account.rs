//! Who runs the program: as the system says, not the environment, which anybody sets.

use nix::unistd::{Uid, User};
use std::fmt::Write as _;

/// The account and the machine of the process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Account {
    /// Name of the account; its number where the system has no name for it.
    pub(crate) user: String,
    pub(crate) uid: u32,
    /// The account that logged in, where it is another: who is behind `sudo`. Linux alone knows it.
    pub(crate) login: Option<String>,
    /// Name of the machine.
    pub(crate) host: String,
}

impl Account {
    /// The account the process runs as.
    pub(crate) fn of_process() -> Self {
        let uid = rustix::process::getuid().as_raw();
        let login = login_uid().filter(|login| *login != uid).map(name_of);
        let host = rustix::system::uname().nodename().to_string_lossy().into_owned();
        Self { user: name_of(uid), uid, login, host }
    }

    /// The name as that of a file: what is not a letter, digit, dot, hyphen or underscore as `%` and two digits.
    pub(crate) fn file_name(&self) -> String {
        Self::file_name_of(&self.user)
    }

    /// The same of another account, by its name.
    pub(crate) fn file_name_of(user: &str) -> String {
        user.bytes().enumerate().fold(String::new(), |mut name, (place, byte)| {
            let is_plain =
                byte.is_ascii_alphanumeric() || b"-_".contains(&byte) || (byte == b'.' && place > 0);
            if is_plain {
                name.push(char::from(byte));
            } else {
                let _ = write!(name, "%{byte:02X}");
            }
            name
        })
    }
}

fn name_of(uid: u32) -> String {
    let found = User::from_uid(Uid::from_raw(uid)).ok().flatten();
    found.map_or_else(|| uid.to_string(), |user| user.name)
}

fn login_uid() -> Option<u32> {
    let text = std::fs::read_to_string("/proc/self/loginuid").ok()?;
    // All bits set: nobody logged in.
    text.trim().parse().ok().filter(|uid| *uid != u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_no_file_name_becomes_one() {
        let named = |user: &str| {
            Account { user: user.to_owned(), uid: 1, login: None, host: String::new() }.file_name()
        };
        assert_eq!(named("j.doe-1"), "j.doe-1");
        assert_eq!(named("FORCE\\doe/é"), "FORCE%5Cdoe%2F%C3%A9");
        assert_eq!(named(".."), "%2E.");
    }
}

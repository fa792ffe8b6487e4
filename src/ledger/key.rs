//! The key of the ledger: what makes of a reference a hash that only its holder can make again.
//!
//! One key for all accounts: the question who asked about a person is put to all of them. It stands beside the
//! folder of the ledger and not in it, so that the ledger can be copied, kept and shown without it. Who destroys it
//! makes the hashes say nothing of anybody, and leaves every chain whole: an append-only log and erasure do not
//! contradict each other.

use crate::atomic_file;
use crate::embedded_sql::to_hex;
use crate::failure::Failure;
use crate::paths::folder_of;
use crate::plain_file;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::fmt;
use std::fs::File;
use std::io;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

/// What stands before a keyed hash.
pub(crate) const MARK: &str = "hmac:";

/// The key. Never shown.
#[derive(Clone)]
pub(crate) struct Key {
    secret: [u8; 32],
    /// Tells this key from others, and nothing of it.
    pub(crate) id: String,
}

impl fmt::Debug for Key {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Key({}, redacted)", self.id)
    }
}

impl Key {
    /// Reads the key of the ledger in a folder, or makes one where nothing has been written to that yet.
    pub(crate) fn open(path: &Path, ledger: &Path) -> Result<Self, Failure> {
        if let Some(key) = Self::read(path)? {
            return Ok(key);
        }
        if holds_lines(ledger).map_err(|error| failed(&error, ledger))? {
            return Err(Self::lost(path, ledger));
        }
        Self::make(path).map_err(|error| {
            failed(&error, path).hint(
                "let this account write there, or name another file: key = \"FILE\" under [ledger] in harmrank.toml",
            )
        })?;
        Self::read(path)?.ok_or_else(|| Failure::failed("is gone again").at_path(path))
    }

    /// Reads the key; nothing where there is none.
    pub(crate) fn read(path: &Path) -> Result<Option<Self>, Failure> {
        let mode = match path.metadata() {
            Ok(file) => file.permissions().mode(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(failed(&error, path)),
        };
        if mode & 0o007 != 0 {
            return Err(Failure::failed("the key of the ledger is open to every account of this machine")
                .at_path(path)
                .hint("chmod 600 it, or 640 for a group that shares the database"));
        }
        let text = plain_file::read_to_string(path).map_err(|error| {
            failed(&error, path).hint("its owner can let a group read it: chgrp GROUP FILE; chmod 640 FILE")
        })?;
        let secret = from_hex(text.trim()).ok_or_else(|| {
            Failure::failed("is no key of a ledger: 64 hexadecimal digits")
                .at_path(path)
                .hint("put the right file there; hashes made with another key cannot be found again")
        })?;
        Ok(Some(Self::new(secret)))
    }

    /// That lines were written with a key that is not there.
    pub(super) fn lost(path: &Path, ledger: &Path) -> Failure {
        Failure::failed("the key of the ledger is not there, and the ledger has lines that were made with it")
            .at_path(path)
            .hint(format!(
                "put the key of the ledger back from a backup, or name it: key = \"FILE\" under [ledger] in \
                 harmrank.toml; where it was destroyed on purpose, move {} away and keep it: a new ledger with a \
                 new key is begun",
                ledger.display()
            ))
    }

    /// Complete or not at all; who comes second takes the key of who came first.
    fn make(path: &Path) -> io::Result<()> {
        let mut secret = [0; 32];
        getrandom::fill(&mut secret).map_err(io::Error::other)?;
        match atomic_file::create_new(path, format!("{}\n", to_hex(&secret)).as_bytes()) {
            Ok(()) => File::open(folder_of(path))?.sync_all(),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            Err(error) => Err(error),
        }
    }

    fn new(secret: [u8; 32]) -> Self {
        let mut key = Self { secret, id: String::new() };
        key.id = to_hex(&key.mac("harmrank ledger key")[..4]);
        key
    }

    /// The hash of a text under this key: HMAC-SHA256, of which 128 bits are kept.
    pub(crate) fn hashed(&self, text: &str) -> String {
        format!("{MARK}{}", to_hex(&self.mac(text)[..16]))
    }

    fn mac(&self, text: &str) -> [u8; 32] {
        // A key shorter than a block is one with noughts behind it (RFC 2104).
        let mut block = [0; 64];
        block[..32].copy_from_slice(&self.secret);
        let mut mac = <Hmac<Sha256> as KeyInit>::new(&block.into());
        mac.update(text.as_bytes());
        mac.finalize().into_bytes().into()
    }
}

/// True where a file of a ledger has something in it.
fn holds_lines(ledger: &Path) -> io::Result<bool> {
    let entries = match std::fs::read_dir(ledger) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error),
    };
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "jsonl")
            && path.metadata().is_ok_and(|file| file.len() > 0)
        {
            return Ok(true);
        }
    }
    Ok(false)
}

fn failed(error: &io::Error, path: &Path) -> Failure {
    Failure::failed(format!("the key of the ledger cannot be had: {error}")).at_path(path)
}

fn from_hex(text: &str) -> Option<[u8; 32]> {
    let digits = text.as_bytes();
    let mut bytes = [0; 32];
    if digits.len() != 64 || !text.is_ascii() {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Computed with Python's hmac.
    #[test]
    fn a_hash_is_hmac_sha256() {
        let key = Key::new([0x0b; 32]);
        assert_eq!(key.hashed("Hi There"), "hmac:198a607eb44bfbc69903a0f1cf2bbdc5");
        assert_ne!(key.hashed("Hi There"), Key::new([0x0c; 32]).hashed("Hi There"));
    }

    #[test]
    fn a_key_does_not_show_itself() {
        let shown = format!("{:?}", Key::new([0xab; 32]));
        assert!(!shown.contains("abab") && !shown.contains("171"), "{shown}");
    }
}

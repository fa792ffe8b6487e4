//! What the process that runs a user's SQL gives up before it opens the database.
//!
//! The engine's own switches come on top, see [`super::child`]; they alone leave the database file, its log and the
//! folder for spilled data open to COPY, and no setting of the engine bounds a single value.

use super::protections::{Protections, Spill};
use super::protocol::Opening;
use crate::failure::Failure;
use crate::paths::log_of;
use rustix::process::{Resource, Rlimit, setrlimit};
use std::path::{Path, PathBuf};

/// Address space beside the engine's memory: what is in use before a query, batches on their way.
const ASIDE: u64 = 512 << 20;
/// Threads of the engine that are no workers.
const OTHER_THREADS: u64 = 10;
/// Address space of a thread: its stack, and what the allocator sets aside for it.
const PER_THREAD: u64 = 72 << 20;

/// Gives up what the process does not need. Called before a thread is started or the database opened.
pub(super) fn enter(opening: &Opening) -> Result<Protections, Failure> {
    let threads = opening.threads.or_else(|| std::thread::available_parallelism().ok().map(usize::from));
    let threads = u64::try_from(threads.unwrap_or(1)).unwrap_or(1);
    // A core file would hold what was read.
    limit(Resource::Core, 0)?;
    let address_space = address_space(opening.memory, threads);
    if let Some(bytes) = address_space {
        limit(Resource::As, bytes)?;
    }
    let landlock = kernel_rules(opening)?;
    if landlock.is_none() || opening.spill.is_none() {
        // No file of any kind is to grow.
        limit(Resource::Fsize, 0)?;
    }
    let spill = if landlock.is_some() && opening.spill.is_some() { Spill::Encrypted } else { Spill::None };
    Ok(Protections { landlock, address_space, memory: opening.memory, spill })
}

fn limit(resource: Resource, bytes: u64) -> Result<(), Failure> {
    let both = Rlimit { current: Some(bytes), maximum: Some(bytes) };
    setrlimit(resource, both).map_err(|error| Failure::failed(format!("no limit can be set: {error}")))
}

/// What is mapped now, the engine's memory and a quarter, and room beside it.
fn address_space(memory: u64, threads: u64) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmSize:"))?;
    let mapped: u64 = line.trim().trim_end_matches(" kB").trim().parse().ok()?;
    Some(mapped * 1024 + memory + memory / 4 + ASIDE + (threads + OTHER_THREADS) * PER_THREAD)
}

/// The files and folders that belong to a database: what reading it may open.
fn files_of(database: &Path) -> Vec<PathBuf> {
    vec![database.to_owned(), log_of(database)]
}

#[cfg(target_os = "linux")]
fn kernel_rules(opening: &Opening) -> Result<Option<u8>, Failure> {
    use landlock::{
        ABI, Access, AccessFs, AccessNet, LandlockStatus, PathBeneath, PathFd, Ruleset, RulesetAttr,
        RulesetCreatedAttr, RulesetStatus, Scope,
    };
    let newest = ABI::V6;
    let read_file = AccessFs::ReadFile.into();
    let read_folder = AccessFs::ReadFile | AccessFs::ReadDir;
    let spill = AccessFs::ReadFile
        | AccessFs::ReadDir
        | AccessFs::WriteFile
        | AccessFs::MakeReg
        | AccessFs::RemoveFile
        | AccessFs::Truncate;
    let files = files_of(&opening.database).into_iter().map(|path| (path, read_file));
    // The engine looks up there how many cores and how much memory it may use.
    let system = ["/proc", "/sys"].map(|path| (PathBuf::from(path), read_folder));
    let spilled = opening.spill.iter().map(|path| (path.clone(), spill));
    let rules = files.chain(system).chain(spilled).filter_map(|(path, access)| {
        let opened = PathFd::new(path).ok()?;
        Some(Ok::<_, landlock::RulesetError>(PathBeneath::new(opened, access)))
    });
    let enforced = Ruleset::default()
        .handle_access(AccessFs::from_all(newest))
        .and_then(|ruleset| ruleset.handle_access(AccessNet::from_all(newest)))
        .and_then(|ruleset| ruleset.scope(Scope::from_all(newest)))
        .and_then(Ruleset::create)
        .and_then(|ruleset| ruleset.add_rules(rules))
        .and_then(landlock::RulesetCreated::restrict_self)
        .map_err(|error| Failure::failed(format!("the kernel refuses its rules: {error}")))?;
    Ok(match (enforced.ruleset, enforced.landlock) {
        (RulesetStatus::NotEnforced, _) => None,
        (_, LandlockStatus::Available { effective_abi, .. }) => {
            Some(u8::try_from(effective_abi as i32).unwrap_or(u8::MAX))
        }
        _ => None,
    })
}

#[cfg(not(target_os = "linux"))]
#[allow(clippy::unnecessary_wraps, reason = "as on Linux")]
fn kernel_rules(_: &Opening) -> Result<Option<u8>, Failure> {
    Ok(None)
}

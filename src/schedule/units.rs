//! What makes the system's clock start runs: units of systemd, a line of cron, a command for Windows.

use super::entry::Schedule;
use super::period::On;
use jiff::civil::Weekday;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Where things are, all absolute.
pub(crate) struct Places {
    pub(crate) program: PathBuf,
    pub(crate) database: PathBuf,
    pub(crate) file: PathBuf,
    /// Folder of the user's own reports, where there is one.
    pub(crate) reports: Option<PathBuf>,
    /// Folders that runs write to: lists and ledger.
    pub(crate) written: BTreeSet<PathBuf>,
}

impl Places {
    /// The command line, its words quoted by `quote`.
    fn command(&self, quote: impl Fn(&str) -> String, verb: &[&str]) -> String {
        let shown = |path: &Path| quote(&path.display().to_string());
        let mut words = vec![shown(&self.program), "--db".to_owned(), shown(&self.database)];
        if let Some(reports) = &self.reports {
            words.extend(["--reports".to_owned(), shown(reports)]);
        }
        words.extend(["schedule".to_owned(), "--file".to_owned(), shown(&self.file)]);
        words.extend(verb.iter().map(|word| (*word).to_owned()));
        words.join(" ")
    }
}

/// File name and text of each unit of systemd.
pub(crate) fn systemd(schedules: &[Schedule], places: &Places) -> Vec<(&'static str, String)> {
    vec![
        ("harmrank-schedule.service", service(schedules, places)),
        ("harmrank-schedule.timer", timer(schedules)),
        ("harmrank-schedule-failed.service", alert(places)),
    ]
}

fn service(schedules: &[Schedule], places: &Places) -> String {
    let mut text = "# Makes every list that is due. Written by `harmrank schedule units`.\n\
        [Unit]\n\
        Description=Scheduled lists of harmrank\n\
        OnFailure=harmrank-schedule-failed.service\n\n\
        [Service]\n\
        Type=oneshot\n\
        # The account whose lists and ledger these are:\n\
        # User=harmrank\n"
        .to_owned();
    let command = places.command(in_command, &["run", "--wait", "300"]);
    let _ = writeln!(text, "ExecStart={command}");
    if schedules.iter().any(|schedule| !schedule.on_success.is_empty() || !schedule.on_failure.is_empty()) {
        text.push_str(
            "# on_success and on_failure run under the same limits: without network, see PrivateNetwork.\n",
        );
    }
    text.push_str(&limits(places));
    text
}

/// What a run may do: write lists and ledger, read the rest, and nothing else.
fn limits(places: &Places) -> String {
    let mut text = "UMask=0077\nCacheDirectory=harmrank\nEnvironment=XDG_CACHE_HOME=%C/harmrank\n\
        ProtectSystem=strict\nProtectHome=read-only\nPrivateTmp=true\n"
        .to_owned();
    text.push_str(
        "# A list that does not fit into memory needs room beside the database: add its folder here.\n",
    );
    for folder in &places.written {
        let _ = writeln!(text, "ReadWritePaths={}", quoted(&folder.display().to_string()));
    }
    text.push_str(
        "PrivateNetwork=true\nRestrictAddressFamilies=AF_UNIX\nPrivateDevices=true\nNoNewPrivileges=true\n\
         CapabilityBoundingSet=\nProtectClock=true\nProtectControlGroups=true\nProtectHostname=true\n\
         ProtectKernelLogs=true\nProtectKernelModules=true\nProtectKernelTunables=true\n\
         RestrictNamespaces=true\nRestrictRealtime=true\nRestrictSUIDSGID=true\nLockPersonality=true\n\
         MemoryDenyWriteExecute=true\nSystemCallArchitectures=native\nSystemCallFilter=@system-service\n",
    );
    text
}

fn timer(schedules: &[Schedule]) -> String {
    let times: BTreeSet<_> = schedules.iter().map(on_calendar).collect();
    let mut text = "# When lists are due, and every hour for what was busy, stale or missed.\n\
        [Unit]\nDescription=Clock of the scheduled lists of harmrank\n\n[Timer]\n"
        .to_owned();
    for time in times {
        let _ = writeln!(text, "OnCalendar={time}");
    }
    text.push_str(
        "OnCalendar=hourly\nPersistent=true\nAccuracySec=1min\n\n[Install]\nWantedBy=timers.target\n",
    );
    text
}

fn alert(places: &Places) -> String {
    let command = places.command(in_command, &["status"]);
    format!(
        "# Started when a run fails. It writes to the journal which list is not there; add here what tells somebody.\n\
         [Unit]\nDescription=A scheduled list of harmrank is not there\n\n\
         [Service]\nType=oneshot\n# User=harmrank\nExecStart={command}\n\
         # ExecStartPost=/usr/local/bin/tell-somebody\n{}",
        limits(places)
    )
}

fn on_calendar(schedule: &Schedule) -> String {
    let time = schedule.cadence.at.strftime("%H:%M:00");
    let day = match schedule.cadence.on {
        On::Daily => "*-*-*".to_owned(),
        On::Weekly(day) => format!("{} *-*-*", short(day)),
        // Months end on several days: a run that finds nothing due does nothing.
        On::Monthly(day @ 29..) => format!("*-*-28..{day}"),
        On::Monthly(day) => format!("*-*-{day:02}"),
    };
    format!("{day} {time} Europe/London")
}

fn short(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "Mon",
        Weekday::Tuesday => "Tue",
        Weekday::Wednesday => "Wed",
        Weekday::Thursday => "Thu",
        Weekday::Friday => "Fri",
        Weekday::Saturday => "Sat",
        Weekday::Sunday => "Sun",
    }
}

/// A line of cron. The program knows what is due, so that the zone of cron does not matter.
pub(crate) fn cron(places: &Places) -> String {
    // A percent sign ends the command.
    let command = places.command(in_shell, &["run", "--wait", "300"]).replace('%', "\\%");
    format!(
        "# Every ten minutes; what is due, and when, stands in the schedules. What went wrong is mailed.\n\
         */10 * * * * {command} > /dev/null\n"
    )
}

/// The command for the Task Scheduler of Windows, through WSL.
pub(crate) fn windows(places: &Places) -> String {
    let command = places.command(in_shell, &["run", "--wait", "300"]).replace('"', "\\\"");
    format!(
        "rem UNTESTED: nobody has tried this yet. Every ten minutes, through WSL.\n\
         schtasks /Create /TN harmrank /SC MINUTE /MO 10 /TR \"wsl.exe -e sh -c \\\"{command}\\\"\"\n"
    )
}

/// A word of a unit's command line.
fn in_command(word: &str) -> String {
    quoted(&word.replace('$', "$$"))
}

/// A word of a unit's setting.
fn quoted(word: &str) -> String {
    let word = word.replace('%', "%%");
    if word.chars().all(|letter| letter.is_ascii_alphanumeric() || "/._-%$+,:=@".contains(letter)) {
        return word;
    }
    format!("\"{}\"", word.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A word of a shell's command line.
fn in_shell(word: &str) -> String {
    if word.chars().all(|letter| letter.is_ascii_alphanumeric() || "/._-%+,:=@".contains(letter)) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

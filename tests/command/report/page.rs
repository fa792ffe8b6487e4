//! The page in a real browser, without a screen. Without Chromium these tests say that they are skipped.

use crate::demo::demo;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

const BROWSERS: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];
/// Longest a browser may take.
const PATIENCE: Duration = Duration::from_mins(1);

/// A browser of this machine, or none.
#[allow(clippy::print_stderr, reason = "a test that does not run says so")]
fn browser() -> Option<PathBuf> {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&folders).flat_map(|folder| BROWSERS.map(|name| folder.join(name)));
    let browser = found.into_iter().find(|path| path.is_file());
    if browser.is_none() {
        eprintln!("skipped: none of {BROWSERS:?} is installed");
    }
    browser
}

/// The list of the demo as a page, in a folder that goes with it.
fn page() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("folder");
    let path = folder.path().join("list.html");
    let (desk, _) = demo();
    let flags = ["report", "v100", "--db", "harmrank-demo.duckdb", "-o", path.to_str().expect("UTF-8")];
    desk.run(&flags).succeeded();
    (folder, path)
}

/// Runs the browser over a file and returns what it prints.
fn browse(browser: &Path, folder: &Path, flags: &[&str], file: &Path) -> String {
    let out = folder.join("printed");
    let mut child = Command::new(browser)
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
        ])
        .args(["--disable-component-update", "--disable-sync", "--no-proxy-server"])
        .arg("--host-resolver-rules=MAP * ~NOTFOUND")
        .arg(format!("--user-data-dir={}", folder.join("profile").display()))
        .args(flags)
        .arg(format!("file://{}", file.display()))
        .stdin(Stdio::null())
        .stdout(std::fs::File::create(&out).expect("file"))
        .stderr(Stdio::null())
        .spawn()
        .expect("browser started");
    let begun = Instant::now();
    while child.try_wait().expect("waited").is_none() {
        if begun.elapsed() > PATIENCE {
            child.kill().expect("stopped");
            panic!("the browser did not end");
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    String::from_utf8_lossy(&std::fs::read(out).expect("printed")).into_owned()
}

/// Opens the page in a frame so wide, runs `script` over its document `page`, and returns what it yields.
fn measured(browser: &Path, folder: &Path, file: &Path, width: usize, script: &str) -> String {
    let html = std::fs::read_to_string(file).expect("page").replace('&', "&amp;").replace('"', "&quot;");
    let harness = folder.join("harness.html");
    let text = format!(
        "<!doctype html><pre id=\"result\"></pre><iframe width=\"{width}\" height=\"900\" srcdoc=\"{html}\"></iframe>\
         <script>const frame = document.querySelector('iframe');\
         frame.onload = () => {{ const page = frame.contentDocument;\
         document.getElementById('result').textContent = '[' + (() => {{ {script} }})() + ']'; }}</script>"
    );
    std::fs::write(&harness, text).expect("harness");
    let dom = browse(browser, folder, &["--virtual-time-budget=10000", "--dump-dom"], &harness);
    let result = dom.split_once("<pre id=\"result\">[").and_then(|(_, rest)| rest.split_once("]</pre>"));
    result.unwrap_or_else(|| panic!("no result in {} bytes", dom.len())).0.to_owned()
}

#[test]
fn nothing_runs_off_the_side_of_a_telephone_or_a_desk() {
    let Some(browser) = browser() else { return };
    let (folder, file) = page();
    let script = "const whole = page.documentElement; const rows = page.querySelectorAll('tbody tr').length;\
        return whole.scrollWidth - whole.clientWidth + ' ' + rows;";
    for width in [320, 390, 768, 1280] {
        let seen = measured(&browser, folder.path(), &file, width, script);
        assert_eq!(seen, "0 100", "at {width}");
    }
}

#[test]
fn a_row_is_a_card_on_a_telephone_and_its_values_carry_their_heading() {
    let Some(browser) = browser() else { return };
    let (folder, file) = page();
    let script = "const cell = page.querySelector('tbody td'); const view = page.defaultView;\
        return view.getComputedStyle(cell, '::before').content + view.getComputedStyle(cell).display;";
    assert_eq!(measured(&browser, folder.path(), &file, 390, script), "\"Person id\"block");
    assert_eq!(measured(&browser, folder.path(), &file, 1280, script), "nonetable-cell");
}

#[test]
fn the_style_is_let_in_by_the_pages_own_policy() {
    let Some(browser) = browser() else { return };
    let (folder, file) = page();
    let script = "return page.defaultView.getComputedStyle(page.querySelector('svg .bar')).fill;";
    assert_eq!(measured(&browser, folder.path(), &file, 1280, script), "rgb(42, 98, 165)");
}

#[test]
fn every_column_of_the_list_stands_on_a_desk_without_scrolling() {
    let Some(browser) = browser() else { return };
    let (folder, file) = page();
    let script = "const sheet = page.querySelector('.sheet'); return sheet.scrollWidth - sheet.clientWidth;";
    assert_eq!(measured(&browser, folder.path(), &file, 1280, script), "0");
}

/// Columns of a fixed height break rows by the same rules as pages do, and there it can be counted.
#[test]
fn no_row_is_cut_where_a_page_ends() {
    let Some(browser) = browser() else { return };
    let (folder, file) = page();
    let count = |rule: &str| {
        let script = format!(
            "const sheet = page.querySelector('.sheet'); const rows = [...page.querySelectorAll('tbody tr')];\
             Object.assign(sheet.style, {{ columnWidth: '1000px', columnFill: 'auto', height: '413px' }});\
             {rule} return rows.filter(row => row.getClientRects().length > 1).length;"
        );
        measured(&browser, folder.path(), &file, 1280, &script)
    };
    assert_eq!(count(""), "0");
    let without = count("rows.forEach(row => { row.style.breakInside = 'auto'; });");
    assert_ne!(without, "0", "else this test could not fail");
}

#[test]
fn it_prints_on_a_few_pages() {
    let Some(browser) = browser() else { return };
    let (folder, file) = page();
    let target = folder.path().join("list.pdf");
    let flag = format!("--print-to-pdf={}", target.display());
    browse(&browser, folder.path(), &["--no-pdf-header-footer", &flag], &file);
    let bytes = std::fs::read(target).expect("printed");
    let mark = b"/Type /Page\n";
    let pages = bytes.windows(mark.len()).filter(|window| window == mark).count();
    assert!((5..=12).contains(&pages), "{pages} pages");
    // A4 on its side: 842 by 595 points.
    let text = String::from_utf8_lossy(&bytes);
    assert!(
        text.contains("/MediaBox [0 0 842 595]") || text.contains("/MediaBox [0 0 841."),
        "not A4 on its side"
    );
}

use super::super::samples::{meta, rendered_for, texts};
use super::super::{Format, Options};
use super::style;
use crate::report::{Chart, ChartKind};

fn page(values: &[Option<&str>]) -> String {
    let mut meta = meta();
    meta.charts = vec![Chart {
        kind: ChartKind::Bars,
        title: "<script>alert(1)</script>".to_owned(),
        value: "na<me".to_owned(),
        label: Some("b\"}".to_owned()),
        count: None,
        unit: None,
        of: None,
        note: Some("a & b".to_owned()),
        query: None,
    }];
    let columns = [texts("na<me", values), texts("b\"}", values)];
    String::from_utf8(rendered_for(Options::new(Format::Html), &columns, &meta, None)).expect("UTF-8")
}

#[test]
fn nothing_in_the_data_becomes_markup() {
    let hostile = "\"'><img src=x onerror=alert(1)>&amp;</td></style><script>";
    let page = page(&[Some(hostile), Some("1"), None]);
    for markup in ["<img", "<script", "</td></style>"] {
        assert!(!page.contains(markup), "{markup} in {page}");
    }
    assert!(page.contains("&lt;img src=x onerror=alert(1)&gt;&amp;amp;"));
    assert!(page.contains("A sample &lt;of&gt; harm &amp; days"));
    assert_eq!(page.matches("<style>").count(), 1);
    assert_eq!(page.matches("</style>").count(), 1);
}

#[test]
fn the_policy_lets_the_pages_own_style_in_and_nothing_else() {
    let page = page(&[]);
    let style =
        page.split_once("<style>").and_then(|(_, rest)| rest.split_once("</style>")).expect("style").0;
    let policy = format!("default-src 'none'; style-src 'sha256-{}'", style::hash(style));
    assert!(page.contains(&policy), "{page}");
    // The policy forbids them, so they would be dead.
    for inline in [" style=", " onclick", "<link", "url(", "src=", "http-equiv=\"refresh"] {
        assert!(!page.contains(inline), "{inline} in {page}");
    }
}

#[test]
fn a_page_without_rows_says_so() {
    let page = page(&[]);
    assert!(page.contains("No rows.") && page.contains("Nothing to draw"), "{page}");
}

use super::super::samples::{self, Named, rendered_for, texts};
use super::super::{Format, Options};
use super::text::width;
use arrow::array::{ArrayRef, Decimal128Array, Int64Array};
use std::sync::Arc;

fn numbers(name: &str, values: Vec<i64>) -> Named {
    (name.to_owned(), Arc::new(Int64Array::from(values)) as ArrayRef)
}

fn table(columns: &[Named], page: Option<usize>) -> String {
    let mut meta = samples::meta();
    meta.columns_first = vec!["harm_rank".to_owned(), "person_id".to_owned()];
    meta.bar = Some("harm_days".to_owned());
    String::from_utf8(rendered_for(Options::new(Format::Table), columns, &meta, page)).expect("UTF-8")
}

fn sample() -> Vec<Named> {
    let days = Decimal128Array::from(vec![146_000_i128, 36_500, 5]).with_precision_and_scale(18, 1);
    vec![
        numbers("harm_rank", vec![1, 2, 3]),
        texts("person_id", &[Some("P-1"), Some("強制性交等罪"), Some("👨‍👩‍👧‍👦e\u{301}")]),
        ("harm_days".to_owned(), Arc::new(days.expect("decimals"))),
        texts(
            "gravest_offence",
            &[Some("Rape of a female aged 16 or over, and more words"), None, Some("x\ty")],
        ),
        numbers("crimes", vec![8, 7, 123_456_789]),
    ]
}

/// Lines of the table proper: those with a line between columns.
fn drawn(text: &str) -> Vec<&str> {
    text.lines().filter(|line| line.contains('|') || line.contains('+')).collect()
}

/// Columns at which the lines between columns stand.
fn edges(line: &str) -> Vec<usize> {
    line.char_indices()
        .filter(|(_, sign)| "|+".contains(*sign))
        .map(|(place, _)| width(&line[..place]))
        .collect()
}

#[test]
fn it_fits_the_page_and_keeps_its_columns_straight() {
    for page in [20, 40, 72, 100] {
        let text = table(&sample(), Some(page));
        for line in text.lines() {
            assert!(width(line) <= page, "{page}: {line:?} in\n{text}");
        }
        let lines = drawn(&text);
        assert!(!lines.is_empty(), "{text}");
        for line in &lines {
            assert_eq!(edges(line), edges(lines[0]), "{page}: {text}");
        }
    }
}

#[test]
fn what_is_cut_or_left_out_is_said() {
    let narrow = table(&sample(), Some(40));
    assert!(narrow.contains("hidden because the window is too narrow:\ngravest_offence, crimes"), "{narrow}");
    let middling = table(&sample(), Some(84));
    assert!(middling.contains('…') && middling.contains("cut where marked …: gravest_offence"), "{middling}");
    let whole = table(&sample(), None);
    assert!(!whole.contains('…') && !whole.contains("not shown"), "{whole}");
    assert!(whole.contains("and more words") && whole.contains("x\u{fffd}y"), "{whole}");
}

#[test]
fn bars_stand_on_a_terminal_alone() {
    assert!(table(&sample(), Some(100)).contains("14600 ██████████"));
    assert!(!table(&sample(), None).contains('█'));
    assert!(!table(&sample(), Some(50)).contains('█'));
}

#[test]
fn a_long_result_is_drawn_in_stretches() {
    let many = vec![numbers("harm_rank", (0..20_001).collect()), numbers("harm_days", vec![1; 20_001])];
    let text = table(&many, Some(100));
    assert_eq!(text.matches("-+-").count(), 3);
    assert_eq!(drawn(&text).len(), 20_001 + 3 * 3);
    assert!(!text.contains('█'), "no bar is right before the greatest amount is known");
}

#[test]
fn no_rows_are_said() {
    assert!(table(&[numbers("harm_rank", vec![])], Some(72)).contains("(no rows)"));
}

use super::super::samples::texts;
use super::*;
use arrow::array::{ArrayRef, Float64Array};
use arrow::datatypes::Schema;
use arrow::record_batch::RecordBatch;
use std::sync::Arc;

fn chart(kind: ChartKind) -> Chart {
    Chart {
        kind,
        title: "A <title>".to_owned(),
        value: "days".to_owned(),
        label: Some("who".to_owned()),
        count: None,
        unit: Some("days".to_owned()),
        of: Some("people".to_owned()),
        note: None,
        query: None,
    }
}

fn points(kind: ChartKind, values: &[Option<f64>]) -> Points {
    let labels: Vec<_> = (0..values.len()).map(|number| format!("P<{number}")).collect();
    let labels: Vec<_> = labels.iter().map(|label| Some(label.as_str())).collect();
    let days: ArrayRef = Arc::new(Float64Array::from(values.to_vec()));
    let (name, who) = texts("who", &labels);
    let batch =
        RecordBatch::try_from_iter_with_nullable([("days".to_owned(), days, true), (name, who, true)]);
    Points::of(&chart(kind), &[batch.expect("batch")]).expect("columns found")
}

const KINDS: [ChartKind; 4] = [ChartKind::Bars, ChartKind::Line, ChartKind::Lorenz, ChartKind::Histogram];

fn says(kind: ChartKind, values: &[Option<f64>]) -> String {
    draw(&chart(kind), &points(kind, values)).says
}

#[test]
fn every_kind_draws_nothing_one_and_odd_rows_inside_its_picture() {
    let samples: [&[Option<f64>]; 6] = [
        &[],
        &[None],
        &[Some(5.0)],
        &[Some(0.0), Some(0.0)],
        &[Some(-1.0), None, Some(1e300), Some(1e-9)],
        &[Some(1.0), Some(10.0), Some(100.0), Some(1825.0)],
    ];
    for kind in KINDS {
        for sample in samples {
            let picture = draw(&chart(kind), &points(kind, sample));
            let svg = &picture.svg;
            for wrong in ["NaN", "inf", "P<", "=\"-"] {
                assert!(!svg.contains(wrong), "{kind:?} of {sample:?}: {wrong} in {svg}");
            }
            assert!(!picture.says.contains("NaN"), "{kind:?} of {sample:?}: {}", picture.says);
        }
    }
}

#[test]
fn the_curve_says_how_few_carry_half() {
    let even = [Some(10.0); 4];
    assert!(says(ChartKind::Lorenz, &even).starts_with("2 of 4 people (50 %) carry half of the days."));
    let one = [Some(97.0), Some(1.0), Some(1.0), Some(1.0)];
    assert!(says(ChartKind::Lorenz, &one).starts_with("1 of 4 people (25 %) carry half of the days."));
    assert_eq!(says(ChartKind::Lorenz, &[Some(0.0)]), "No days to divide.");
}

#[test]
fn the_histogram_counts_everybody_once() {
    let values = [Some(1.0), Some(1.5), Some(10.0), Some(1000.0), Some(0.0)];
    let said = says(ChartKind::Histogram, &values);
    assert_eq!(
        said,
        "4 people, from 1 to 1,000 days; half have 1.5 or fewer. 1 people with no days have no place on this axis."
    );
}

#[test]
fn rows_without_a_value_are_said() {
    let mut meta = super::super::samples::meta();
    meta.charts = vec![chart(ChartKind::Lorenz)];
    let html = figures(&meta, &[points(ChartKind::Lorenz, &[Some(1.0), None, None])]);
    assert!(html.contains("Left out: 2 without a value."), "{html}");
    assert!(html.contains("A &lt;title&gt;"), "{html}");
}

#[test]
fn a_chart_of_a_column_that_is_not_there_is_refused() {
    let schema = Schema::empty();
    let failure = check(&chart(ChartKind::Bars), &schema).expect_err("no such column");
    assert!(failure.to_string().contains("names no column \"days\""), "{failure}");
}

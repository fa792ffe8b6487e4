//! Bars: one per row, in the order of the rows.

use super::points::Point;
use super::scale::shown;
use super::svg::{Anchor, Drawing, HEIGHT, Picture, WIDTH};
use crate::report::Chart;

/// Most bars drawn; the rest are counted.
const MOST: usize = 12;
/// Where the bars begin; labels stand left of it.
const LEFT: f64 = 150.0;
/// Longest label, in signs.
const LABEL: usize = 22;

pub(super) fn draw(chart: &Chart, points: &[Point]) -> Picture {
    let drawn = &points[..points.len().min(MOST)];
    let greatest = drawn.iter().map(|point| point.value).fold(0.0, f64::max);
    let step = (HEIGHT - 20.0) / f64::from(u32::try_from(drawn.len()).unwrap_or(1).max(6));
    let mut drawing = Drawing::default();
    let mut top = 10.0;
    for point in drawn {
        let length =
            if greatest > 0.0 { point.value.max(0.0) / greatest * (WIDTH - LEFT - 60.0) } else { 0.0 };
        let base = top + step * 0.5 + 4.0;
        drawing.text(LEFT - 6.0, base, Anchor::End, &label(&point.label));
        drawing.bar(LEFT, top + step * 0.15, length, step * 0.7);
        drawing.text(LEFT + length + 5.0, base, Anchor::Start, &shown(point.value));
        top += step;
    }
    let first = &drawn[0];
    let mut says = format!("The first is {} with {} {}.", first.label, shown(first.value), chart.unit());
    let more = points.len() - drawn.len();
    if more > 0 {
        says = format!("{says} {more} more are not drawn.");
    }
    Picture { svg: drawing.done(), says }
}

fn label(text: &str) -> String {
    if text.chars().count() <= LABEL {
        return text.to_owned();
    }
    text.chars().take(LABEL - 1).chain(['…']).collect()
}

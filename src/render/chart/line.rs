//! A line: one point per row, along its days or numbers, else evenly in the order of the rows.

use super::points::Point;
use super::scale::{short, shown, ticks};
use super::svg::{Drawing, Picture, Plot};
use crate::report::Chart;
use jiff::civil::{Date, date};

pub(super) fn draw(chart: &Chart, points: &[Point]) -> Picture {
    let places = places(points);
    let (from, to) =
        places.iter().fold((f64::MAX, f64::MIN), |(from, to), place| (from.min(*place), to.max(*place)));
    let greatest = points.iter().map(|point| point.value).fold(0.0, f64::max);
    let marks = ticks(greatest);
    let top = marks[marks.len() - 1];
    let plot = Plot::WITH_AXES;
    let x = |place: f64| plot.x(if to > from { (place - from) / (to - from) } else { 0.5 });
    let y = |value: f64| plot.y((value / top).clamp(0.0, 1.0));
    let mut drawing = Drawing::default();
    drawing.left_axis(&plot, &marks.iter().map(|mark| (mark / top, short(*mark))).collect::<Vec<_>>());
    let (first, last) = (&points[0], &points[points.len() - 1]);
    let ends = if points.len() > 1 {
        vec![(0.1, first.label.clone()), (0.9, last.label.clone())]
    } else {
        vec![(0.5, first.label.clone())]
    };
    drawing.bottom_axis(&plot, &ends, chart.label.as_deref().unwrap_or_default());
    let path: Vec<_> = points.iter().zip(&places).map(|(point, place)| (x(*place), y(point.value))).collect();
    if let [only] = path[..] {
        drawing.dot(only);
    } else {
        drawing.path("curve", &path);
    }
    let says = format!(
        "From {} ({}) to {} ({}); the greatest is {} {}.",
        shown(first.value),
        first.label,
        shown(last.value),
        last.label,
        shown(greatest),
        chart.unit()
    );
    Picture { svg: drawing.done(), says }
}

/// Where the points stand along the line.
fn places(points: &[Point]) -> Vec<f64> {
    let numbers: Option<Vec<f64>> = points.iter().map(|point| place(&point.label)).collect();
    numbers.unwrap_or_else(|| (0..u32::try_from(points.len()).unwrap_or(u32::MAX)).map(f64::from).collect())
}

fn place(label: &str) -> Option<f64> {
    if let Ok(day) = label.parse::<Date>() {
        return day.since(date(1970, 1, 1)).ok().map(|span| f64::from(span.get_days()));
    }
    label.parse().ok().filter(|place: &f64| place.is_finite())
}

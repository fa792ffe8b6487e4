//! A histogram on a logarithmic axis: how many have about so much.

use super::points::Point;
use super::scale::{short, shown, ticks};
use super::svg::{Drawing, Picture, Plot};
use crate::report::Chart;

/// Bins from one power of ten to the next.
const PER_DECADE: i32 = 4;

pub(super) fn draw(chart: &Chart, points: &[Point]) -> Picture {
    let (positive, rest): (Vec<&Point>, Vec<&Point>) = points.iter().partition(|point| point.value > 0.0);
    let idle: f64 = rest.iter().map(|point| point.count).sum();
    let (of, unit) = (chart.of(), chart.unit());
    let mut says = String::new();
    if idle > 0.0 {
        says = format!(" {} {of} with no {unit} have no place on this axis.", shown(idle));
    }
    let logs = positive.iter().map(|point| point.value.log10());
    let (least, most) = logs.fold((f64::MAX, f64::MIN), |(least, most), log| (least.min(log), most.max(log)));
    if positive.is_empty() {
        return Picture { svg: super::svg::words_in_the_middle("Nothing to draw"), says };
    }
    // Whole decades, at least one; a value on the upper end belongs to the next bin.
    let (from, to) = (least.floor(), (most + 1e-9).ceil().max(least.floor() + 1.0));
    let bins = bins(&positive, from, to);
    let greatest = bins.iter().copied().fold(0.0, f64::max);
    let marks = ticks(greatest);
    let top = marks[marks.len() - 1];
    let plot = Plot::WITH_AXES;
    let mut drawing = Drawing::default();
    drawing.left_axis(&plot, &marks.iter().map(|mark| (mark / top, short(*mark))).collect::<Vec<_>>());
    let width = (plot.right - plot.left) / f64::from(u32::try_from(bins.len()).unwrap_or(1));
    let mut x = plot.left;
    for count in &bins {
        let y = plot.y(count / top);
        // Few are still seen to be there.
        let height = if *count > 0.0 { (plot.bottom - y).max(1.0) } else { 0.0 };
        drawing.bar(x + 0.5, plot.bottom - height, width - 1.0, height);
        x += width;
    }
    let mut decades = Vec::new();
    let mut decade = from;
    while decade <= to {
        decades.push(((decade - from) / (to - from), short(10_f64.powf(decade))));
        decade += 1.0;
    }
    drawing.bottom_axis(&plot, &decades, &format!("{unit}, logarithmic scale"));
    let counted: f64 = positive.iter().map(|point| point.count).sum();
    says = format!(
        "{} {of}, from {} to {} {unit}; half have {} or fewer.{says}",
        shown(counted),
        shown(10_f64.powf(least)),
        shown(10_f64.powf(most)),
        shown(median(&positive, counted))
    );
    Picture { svg: drawing.done(), says }
}

fn bins(points: &[&Point], from: f64, to: f64) -> Vec<f64> {
    let edges: Vec<f64> = {
        let mut edges = Vec::new();
        let mut step = 0;
        while from + f64::from(step) / f64::from(PER_DECADE) <= to {
            edges.push(10_f64.powf(from + f64::from(step) / f64::from(PER_DECADE)));
            step += 1;
        }
        edges
    };
    let mut bins = vec![0.0; edges.len().saturating_sub(1).max(1)];
    for point in points {
        // A hair below each edge: a power of ten is not exact.
        let place = edges.partition_point(|edge| *edge <= point.value * (1.0 + 1e-9));
        let last = bins.len() - 1;
        bins[place.saturating_sub(1).min(last)] += point.count;
    }
    bins
}

fn median(points: &[&Point], counted: f64) -> f64 {
    let mut sorted: Vec<_> = points.to_vec();
    sorted.sort_by(|left, right| left.value.total_cmp(&right.value));
    let mut so_far = 0.0;
    for point in &sorted {
        so_far += point.count;
        if so_far >= counted / 2.0 {
            return point.value;
        }
    }
    0.0
}

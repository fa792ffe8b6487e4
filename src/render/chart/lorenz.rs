//! A Lorenz curve: how much of the whole the lower shares carry, with the line of equal shares.

use super::points::Point;
use super::scale::{per_cent, shown};
use super::svg::{Drawing, Picture, Plot};
use crate::report::Chart;

/// Corners of the curve, at most about so many.
const CORNERS: f64 = 250.0;

pub(super) fn draw(chart: &Chart, points: &[Point]) -> Picture {
    let mut points: Vec<_> = points.iter().filter(|point| point.count > 0.0 && point.value >= 0.0).collect();
    points.sort_by(|left, right| left.value.total_cmp(&right.value));
    let everybody: f64 = points.iter().map(|point| point.count).sum();
    let whole: f64 = points.iter().map(|point| point.count * point.value).sum();
    let plot = Plot::WITH_AXES;
    let mut drawing = Drawing::default();
    let shares = [0.0, 0.25, 0.5, 0.75, 1.0].map(|share| (share, format!("{:.0} %", share * 100.0)));
    drawing.left_axis(&plot, &shares);
    drawing.bottom_axis(&plot, &shares, &format!("share of {}, least first", chart.of()));
    drawing.path("even", &[(plot.x(0.0), plot.y(0.0)), (plot.x(1.0), plot.y(1.0))]);
    if whole <= 0.0 {
        return Picture { svg: drawing.done(), says: format!("No {} to divide.", chart.unit()) };
    }
    let mut corners = vec![(plot.x(0.0), plot.y(0.0))];
    let (mut people, mut carried, mut drawn_at) = (0.0, 0.0, 0.0);
    for (number, point) in points.iter().enumerate() {
        people += point.count;
        carried += point.count * point.value;
        let is_last = number + 1 == points.len();
        if is_last
            || people / everybody - drawn_at >= 1.0 / CORNERS
            || point.count / everybody > 0.5 / CORNERS
        {
            drawn_at = people / everybody;
            corners.push((plot.x(drawn_at), plot.y((carried / whole).min(1.0))));
        }
    }
    drawing.path("curve", &corners);
    Picture { svg: drawing.done(), says: sentence(chart, &points, everybody, whole) }
}

/// How few carry half.
fn sentence(chart: &Chart, points: &[&Point], everybody: f64, whole: f64) -> String {
    let (mut few, mut carried) = (0.0, 0.0);
    for point in points.iter().rev() {
        let missing = whole / 2.0 - carried;
        if missing <= 0.0 {
            break;
        }
        // Of those alike, only as many as it takes.
        let taken =
            if point.value > 0.0 { (missing / point.value).ceil().min(point.count) } else { point.count };
        few += taken;
        carried += taken * point.value;
    }
    let (of, unit) = (chart.of(), chart.unit());
    let mean = if few > 0.0 { few / everybody } else { 0.0 };
    format!(
        "{} of {} {of} ({}) carry half of the {unit}. The straight line shows equal shares.",
        shown(few),
        shown(everybody),
        per_cent(mean)
    )
}

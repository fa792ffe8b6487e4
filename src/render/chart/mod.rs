//! Pictures of rows as inline SVG, declared in the head of a report and drawn by one small function each.

mod bars;
mod histogram;
mod line;
mod lorenz;
mod points;
mod scale;
mod svg;

pub(super) use points::{Points, check};
pub(crate) use svg::escaped;
pub(super) use svg::push_escaped;

use crate::report::{Chart, ChartKind, Meta};
use std::fmt::Write;
use svg::Picture;

/// The figures of a report; nothing where it declares none. `points` belong to the charts in their order.
pub(super) fn figures(meta: &Meta, points: &[Points]) -> String {
    let mut html = String::new();
    for (number, (chart, points)) in meta.charts.iter().zip(points).enumerate() {
        let picture = draw(chart, points);
        let title = escaped(&chart.title);
        let mut says = picture.says;
        if points.without > 0.0 {
            says = format!("{says} Left out: {} without a value.", scale::shown(points.without));
        }
        if let Some(note) = &chart.note {
            says = format!("{says} {note}");
        }
        // Writing to a string cannot fail.
        let _ = write!(
            html,
            "<figure>\n<figcaption id=\"c{number}\"><strong>{title}</strong></figcaption>\n\
             <svg viewBox=\"0 0 {} {}\" role=\"img\" aria-labelledby=\"c{number} s{number}\">{}</svg>\n\
             <p id=\"s{number}\">{}</p>\n</figure>\n",
            svg::WIDTH,
            svg::HEIGHT,
            picture.svg,
            escaped(says.trim())
        );
    }
    html
}

fn draw(chart: &Chart, points: &Points) -> Picture {
    let points = &points.points;
    if points.is_empty() {
        return Picture { svg: svg::words_in_the_middle("Nothing to draw"), says: "No rows.".to_owned() };
    }
    match chart.kind {
        ChartKind::Bars => bars::draw(chart, points),
        ChartKind::Line => line::draw(chart, points),
        ChartKind::Lorenz => lorenz::draw(chart, points),
        ChartKind::Histogram => histogram::draw(chart, points),
    }
}

#[cfg(test)]
mod tests;

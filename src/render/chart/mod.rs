//! Pictures of rows as inline SVG, declared in the head of a report and drawn by one small function each.

mod bars;
mod histogram;
mod line;
mod lorenz;
mod scale;
mod svg;

use super::cell::Column;
use crate::failure::Failure;
use crate::report::{Chart, ChartKind, Meta};
use arrow::datatypes::Schema;
use arrow::record_batch::RecordBatch;
use std::fmt::Write;
pub(crate) use svg::escaped;
pub(super) use svg::push_escaped;

/// What a chart is drawn from: one point per row that has an amount.
#[derive(Clone, Debug, Default)]
pub(super) struct Points {
    points: Vec<Point>,
    /// Rows, or what they stand for, without an amount.
    without: f64,
}

/// One row as a chart sees it. Amounts are rounded to drawing precision here and nowhere else.
#[derive(Clone, Debug)]
struct Point {
    label: String,
    value: f64,
    /// How many the row stands for.
    count: f64,
}

impl Points {
    /// The points of all rows of some batches.
    pub(super) fn of(chart: &Chart, batches: &[RecordBatch]) -> Result<Self, Failure> {
        let mut points = Self::default();
        batches.iter().try_for_each(|batch| points.add(chart, batch))?;
        Ok(points)
    }

    /// Adds the rows of a batch.
    fn add(&mut self, chart: &Chart, batch: &RecordBatch) -> Result<(), Failure> {
        let schema = batch.schema();
        check(chart, &schema)?;
        let column = |name: &Option<String>| {
            let array = name.as_ref().and_then(|name| batch.column_by_name(name));
            array.map(|array| Column::new(array))
        };
        let Some(mut values) = column(&Some(chart.value.clone())) else { return Ok(()) };
        let (mut labels, mut counts) = (column(&chart.label), column(&chart.count));
        for row in 0..batch.num_rows() {
            let count = match &mut counts {
                Some(column) => column.cell(row).text().parse().unwrap_or(0.0),
                None => 1.0,
            };
            let label = labels.as_mut().map(|column| column.cell(row).text().to_owned()).unwrap_or_default();
            match values.cell(row).text().parse::<f64>() {
                Ok(value) if value.is_finite() => self.points.push(Point { label, value, count }),
                _ => self.without += count,
            }
        }
        Ok(())
    }
}

/// Nothing, or that a chart names a column that is not there.
pub(super) fn check(chart: &Chart, schema: &Schema) -> Result<(), Failure> {
    let named = [Some(&chart.value), chart.label.as_ref(), chart.count.as_ref()];
    match named.into_iter().flatten().find(|name| schema.field_with_name(name).is_err()) {
        Some(name) => {
            let columns: Vec<_> = schema.fields().iter().map(|field| field.name().as_str()).collect();
            Err(Failure::failed(format!("the chart {:?} names no column {name:?}", chart.title))
                .hint(format!("its columns are {}", columns.join(", "))))
        }
        None => Ok(()),
    }
}

/// A picture, and what it shows in a sentence for whoever cannot see it.
struct Picture {
    svg: String,
    says: String,
}

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

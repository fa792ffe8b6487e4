//! The rows of a chart as points.

use crate::failure::Failure;
use crate::render::cell::Column;
use crate::report::Chart;
use arrow::datatypes::Schema;
use arrow::record_batch::RecordBatch;

/// What a chart is drawn from: one point per row that has an amount.
#[derive(Clone, Debug, Default)]
pub(in crate::render) struct Points {
    pub(in crate::render) points: Vec<Point>,
    /// Rows, or what they stand for, without an amount.
    pub(in crate::render) without: f64,
}

/// One row as a chart sees it. Amounts are rounded to drawing precision here and nowhere else.
#[derive(Clone, Debug)]
pub(in crate::render) struct Point {
    pub(super) label: String,
    pub(super) value: f64,
    /// How many the row stands for.
    pub(super) count: f64,
}

impl Points {
    /// The points of all rows of some batches.
    pub(in crate::render) fn of(chart: &Chart, batches: &[RecordBatch]) -> Result<Self, Failure> {
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
pub(in crate::render) fn check(chart: &Chart, schema: &Schema) -> Result<(), Failure> {
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

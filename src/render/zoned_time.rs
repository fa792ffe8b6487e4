//! Instants as texts: the time in London and its distance from UTC, whatever zone the machine is in.

use crate::failure::Failure;
use crate::report::Rows;
use arrow::array::{Array, ArrayRef, AsArray, PrimitiveArray, StringArray};
use arrow::datatypes::{
    ArrowTimestampType, DataType, Field, Schema, TimeUnit, TimestampMicrosecondType,
    TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType,
};
use arrow::record_batch::RecordBatch;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::sync::Arc;

const ZONE: &str = "Europe/London";

/// The same rows with a text, such as `2026-06-30T03:00:00+01:00`, for each value with a zone.
///
/// # Errors
/// Where such values are inside a list or a struct, which no text format writes.
pub(super) fn as_texts(rows: Rows<'_>) -> Result<Rows<'_>, Failure> {
    if let Some(field) = rows.schema.fields().iter().find(|field| is_inside(field.data_type())) {
        return Err(Failure::usage(format!(
            "column {:?} holds times with a zone in a list or struct",
            field.name()
        ))
        .hint("take them out, or cast them to varchar; Parquet and Arrow keep them"));
    }
    if !rows.schema.fields().iter().any(|field| is_zoned(field.data_type())) {
        return Ok(rows);
    }
    let zone =
        TimeZone::get(ZONE).map_err(|error| Failure::failed(format!("no time zone {ZONE}: {error}")))?;
    let fields = rows.schema.fields().iter().map(|field| {
        if is_zoned(field.data_type()) {
            Field::new(field.name(), DataType::Utf8, true)
        } else {
            field.as_ref().clone()
        }
    });
    let schema = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
    let of_texts = Arc::clone(&schema);
    let batches = rows.batches.map(move |batch| {
        let batch = batch?;
        let columns = batch.columns().iter().map(|column| texts(column, &zone)).collect();
        RecordBatch::try_new(Arc::clone(&of_texts), columns)
            .map_err(|error| Failure::failed(format!("the rows cannot be written: {error}")))
    });
    Ok(Rows { schema, batches: Box::new(batches) })
}

fn is_zoned(kind: &DataType) -> bool {
    matches!(kind, DataType::Timestamp(_, Some(_)))
}

/// True where a value with a zone is within a value of this type.
fn is_inside(kind: &DataType) -> bool {
    let has = |field: &Field| is_zoned(field.data_type()) || is_inside(field.data_type());
    match kind {
        DataType::List(field)
        | DataType::LargeList(field)
        | DataType::ListView(field)
        | DataType::FixedSizeList(field, _)
        | DataType::Map(field, _) => has(field),
        DataType::Struct(fields) => fields.iter().any(|field| has(field)),
        DataType::Union(fields, _) => fields.iter().any(|(_, field)| has(field)),
        _ => false,
    }
}

fn texts(column: &ArrayRef, zone: &TimeZone) -> ArrayRef {
    let DataType::Timestamp(unit, Some(_)) = column.data_type() else { return Arc::clone(column) };
    Arc::new(match unit {
        TimeUnit::Second => written(column.as_primitive::<TimestampSecondType>(), 1_000_000_000, zone),
        TimeUnit::Millisecond => written(column.as_primitive::<TimestampMillisecondType>(), 1_000_000, zone),
        TimeUnit::Microsecond => written(column.as_primitive::<TimestampMicrosecondType>(), 1_000, zone),
        TimeUnit::Nanosecond => written(column.as_primitive::<TimestampNanosecondType>(), 1, zone),
    })
}

fn written<T: ArrowTimestampType>(
    column: &PrimitiveArray<T>,
    nanoseconds: i128,
    zone: &TimeZone,
) -> StringArray {
    column.iter().map(|value| value.map(|value| text(value, nanoseconds, zone))).collect()
}

/// One instant; the engine's infinite ones are the greatest and, but for one, the least number.
fn text(value: i64, nanoseconds: i128, zone: &TimeZone) -> String {
    match value {
        i64::MAX => return "infinity".to_owned(),
        value if value == -i64::MAX => return "-infinity".to_owned(),
        _ => {}
    }
    let instant = Timestamp::from_nanosecond(i128::from(value) * nanoseconds);
    // Before the year -9999 and after 9999 there is no London: so many units since 1970.
    instant.map_or_else(
        |_| format!("{value} since 1970-01-01T00:00:00Z"),
        |instant| instant.to_zoned(zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%.f%:z").to_string(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_london_s_time() {
        let zone = TimeZone::get(ZONE).expect("a zone");
        for (value, shown) in [
            (1_782_790_200_000_000, "2026-06-30T04:30:00+01:00"),
            (1_767_225_600_123_000, "2026-01-01T00:00:00.123+00:00"),
            (i64::MAX, "infinity"),
            (-i64::MAX, "-infinity"),
        ] {
            assert_eq!(text(value, 1_000, &zone), shown);
        }
    }
}

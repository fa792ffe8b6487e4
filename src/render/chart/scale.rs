//! Axes: round numbers along a span, and numbers as they are written beside it.

use crate::wording::with_thousands;

/// Round numbers from 0 to at least the greatest, about four steps.
pub(super) fn ticks(greatest: f64) -> Vec<f64> {
    if greatest <= 0.0 || !greatest.is_finite() {
        return vec![0.0, 1.0];
    }
    let rough = greatest / 4.0;
    let power = 10_f64.powf(rough.log10().floor());
    let step =
        [1.0, 2.0, 2.5, 5.0, 10.0].map(|factor| factor * power).into_iter().find(|step| *step >= rough);
    let step = step.unwrap_or(10.0 * power);
    let mut ticks = vec![0.0];
    while ticks.last().is_some_and(|last| *last < greatest) {
        ticks.push(step * f64::from(u32::try_from(ticks.len()).unwrap_or(u32::MAX)));
    }
    ticks
}

/// A number with its thousands parted; at most two digits behind the point.
pub(super) fn shown(number: f64) -> String {
    let rounded = format!("{number:.2}");
    let text = rounded.trim_end_matches('0').trim_end_matches('.');
    with_thousands(if text == "-0" { "0" } else { text })
}

/// A number short enough for an axis: 12k, 3m.
pub(super) fn short(number: f64) -> String {
    match number.abs() {
        size if size >= 1e6 => format!("{}m", shown(number / 1e6)),
        size if size >= 1e4 => format!("{}k", shown(number / 1e3)),
        _ => shown(number),
    }
}

/// A share in per cent: whole, but for small ones.
pub(super) fn per_cent(share: f64) -> String {
    let places = usize::from(share < 0.1);
    format!("{:.places$} %", share * 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_reach_the_greatest() {
        assert_eq!(ticks(7.0), [0.0, 2.0, 4.0, 6.0, 8.0]);
        assert_eq!(ticks(10_952.0), [0.0, 5000.0, 10_000.0, 15_000.0]);
        assert_eq!(ticks(0.0), [0.0, 1.0]);
        for greatest in [0.003, 1.0, 99.0, 100.0, 101.0, 4e9] {
            let ticks = ticks(greatest);
            assert!((3..=7).contains(&ticks.len()) && ticks[ticks.len() - 1] >= greatest, "{ticks:?}");
        }
    }

    #[test]
    fn numbers_are_written_as_people_write_them() {
        assert_eq!([1_234_567.5, -1000.0, -0.001].map(shown), ["1,234,567.5", "-1,000", "0"]);
        assert_eq!([0.0, 950.0, 12_000.0, 2.5e6].map(short), ["0", "950", "12k", "2.5m"]);
        assert_eq!([0.5, 0.031].map(per_cent), ["50 %", "3.1 %"]);
    }
}

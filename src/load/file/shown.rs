//! Cells of a sheet as the sheet shows them: a format of noughts shows more digits than the number has.

use calamine::ExcelDateTime;

/// A number as a format of nothing but noughts shows it, such as 0000123 or 8.20; none: another format.
pub(super) fn shown(number: f64, format: &str, with_decimals: bool) -> Option<String> {
    let format = format.split(';').next().unwrap_or_default().trim();
    let (whole, decimals) = format.split_once('.').unwrap_or((format, ""));
    let is_noughts = |digits: &str| digits.bytes().all(|digit| digit == b'0');
    if whole.is_empty() || !is_noughts(whole) || !is_noughts(decimals) || number < 0.0 {
        return None;
    }
    // Of a reference 12.00 is 12; of a class it is the whole of it.
    if number.fract() == 0.0 && !with_decimals {
        return Some(format!("{number:0width$}", width = whole.len()));
    }
    if decimals.is_empty() && number.fract() != 0.0 {
        return None;
    }
    let point = usize::from(!decimals.is_empty());
    Some(format!(
        "{number:0width$.places$}",
        width = whole.len() + point + decimals.len(),
        places = decimals.len()
    ))
}

/// A cell as spreadsheets name it, from a row and a column counted from 0.
pub(super) fn name_of(row: u32, column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = u64::from(column) + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    format!("{}{}", letters.iter().rev().collect::<String>(), row + 1)
}

pub(super) fn text_of_instant(instant: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = instant.to_ymd_hms_milli();
    let time = format!("{hour:02}:{minute:02}:{second:02}");
    if !instant.is_datetime() {
        instant.as_f64().to_string()
    } else if instant.as_f64() < 1.0 {
        time
    } else if time == "00:00:00" {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02} {time}")
    }
}

#[cfg(test)]
mod tests {
    use super::{name_of, shown};

    #[test]
    fn noughts_show_digits_that_the_number_has_not() {
        let text = |number, format, is_code| shown(number, format, is_code);
        assert_eq!(text(123.0, "0000000", false).as_deref(), Some("0000123"));
        assert_eq!(text(8.2, "0.00", true).as_deref(), Some("8.20"));
        assert_eq!(text(8.0, "0.00", true).as_deref(), Some("8.00"));
        assert_eq!(text(12.0, "0.00", false).as_deref(), Some("12"));
        assert_eq!(text(4.1, "000.00;-0", true).as_deref(), Some("004.10"));
        for format in ["General", "@", "#,##0.00", "dd/mm/yyyy", "", "0%"] {
            assert_eq!(text(8.2, format, true), None, "{format}");
        }
        assert_eq!(text(8.2, "0", true), None);
    }

    #[test]
    fn cells_are_named_as_in_a_spreadsheet() {
        assert_eq!(
            [(0, 0), (1, 25), (2, 26), (9, 701), (0, 702)].map(|(row, column)| name_of(row, column)),
            ["A1", "Z2", "AA3", "ZZ10", "AAA1"]
        );
    }
}

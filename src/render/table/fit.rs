//! Which columns of a table fit a page, and how wide each is.

/// Narrowest a column with long texts becomes before another column is left out.
const NARROWEST_TEXT: usize = 20;
/// Spaces on both sides of a column, and the line after it.
const AROUND: usize = 3;

/// How wide a column would be.
pub(super) struct Measure {
    pub(crate) cells: usize,
    pub(crate) heading: usize,
    /// True where a long cell may be cut.
    pub(crate) may_cut: bool,
}

impl Measure {
    fn natural(&self) -> usize {
        self.cells.max(self.heading)
    }

    fn least(&self) -> usize {
        if self.may_cut { self.natural().min(NARROWEST_TEXT).max(self.heading) } else { self.natural() }
    }
}

/// The columns shown, in their order on the page, with their widths.
pub(super) struct Fit {
    pub(crate) shown: Vec<(usize, usize)>,
}

impl Fit {
    pub(super) fn width_of(&self, index: usize) -> Option<usize> {
        self.shown.iter().find(|(shown, _)| *shown == index).map(|(_, width)| *width)
    }

    /// Columns shown with cells longer than their width.
    pub(super) fn cut<'a>(&'a self, measures: &'a [Measure]) -> impl Iterator<Item = usize> + 'a {
        self.shown.iter().filter(|(index, width)| measures[*index].cells > *width).map(|(index, _)| *index)
    }
}

/// Takes columns in the order of `telling` as far as the page goes, then gives what is left of it to texts that
/// would be cut. Without a page, everything is shown whole.
pub(super) fn fit(measures: &[Measure], telling: &[usize], page: Option<usize>) -> Fit {
    let Some(page) = page else {
        return Fit { shown: measures.iter().map(Measure::natural).enumerate().collect() };
    };
    let mut left = page + 1;
    let mut shown: Vec<(usize, usize)> = Vec::new();
    for &index in telling {
        let width = measures[index].least();
        if width + AROUND <= left {
            left -= width + AROUND;
            shown.push((index, width));
        } else if shown.is_empty() {
            // Even a number is cut, with a mark, where nothing at all would fit.
            shown.push((index, left.saturating_sub(AROUND).max(1)));
            left = 0;
        }
    }
    for (index, width) in &mut shown {
        if measures[*index].may_cut {
            let more = (measures[*index].natural() - (*width).min(measures[*index].natural())).min(left);
            *width += more;
            left -= more;
        }
    }
    shown.sort_unstable();
    Fit { shown }
}

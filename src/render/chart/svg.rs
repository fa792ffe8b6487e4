//! Pieces of SVG. Colours come from the page's style, so that they follow light and dark.

use std::fmt::Write;

/// A picture, and what it shows in a sentence for whoever cannot see it.
pub(super) struct Picture {
    pub(super) svg: String,
    pub(super) says: String,
}

/// Width of every picture, in its own units: on a telephone about one to a pixel.
pub(super) const WIDTH: f64 = 400.0;
/// Height of every picture.
pub(super) const HEIGHT: f64 = 260.0;

/// Where the data are drawn, inside the axes.
#[derive(Clone, Copy)]
pub(super) struct Plot {
    pub(crate) left: f64,
    pub(crate) right: f64,
    pub(crate) top: f64,
    pub(crate) bottom: f64,
}

impl Plot {
    /// With room for axes on the left and beneath.
    pub(super) const WITH_AXES: Self = Self { left: 50.0, right: 378.0, top: 12.0, bottom: 212.0 };

    /// A share of the width, from 0 to 1.
    pub(super) fn x(&self, share: f64) -> f64 {
        self.left + (self.right - self.left) * share
    }

    /// A share of the height, from 0 below to 1 above.
    pub(super) fn y(&self, share: f64) -> f64 {
        self.bottom - (self.bottom - self.top) * share
    }
}

/// A text in markup.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_escaped(&mut out, text);
    out
}

/// Adds a text in markup: nothing in it ends an element or an attribute; control signs become a mark.
pub(in crate::render) fn push_escaped(out: &mut String, text: &str) {
    for sign in text.chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(sign),
            sign if sign.is_control() => out.push('\u{fffd}'),
            sign => out.push(sign),
        }
    }
}

/// The end of a text at which it is set.
#[derive(Clone, Copy)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// A picture in the making.
#[derive(Default)]
pub(super) struct Drawing(String);

// Writing to a string cannot fail.
impl Drawing {
    pub(super) fn done(self) -> String {
        self.0
    }

    pub(super) fn text(&mut self, x: f64, y: f64, anchor: Anchor, words: &str) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let words = escaped(words);
        let _ = write!(self.0, "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{words}</text>");
    }

    pub(super) fn line(&mut self, class: &str, from: (f64, f64), to: (f64, f64)) {
        let _ = write!(
            self.0,
            "<line class=\"{class}\" x1=\"{:.1}\" y1=\"{:.1}\" x2=\"{:.1}\" y2=\"{:.1}\"/>",
            from.0, from.1, to.0, to.1
        );
    }

    pub(super) fn bar(&mut self, x: f64, y: f64, width: f64, height: f64) {
        let (width, height) = (width.max(0.0), height.max(0.0));
        let _ = write!(
            self.0,
            "<rect class=\"bar\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\"/>"
        );
    }

    pub(super) fn dot(&mut self, at: (f64, f64)) {
        let _ = write!(self.0, "<circle class=\"bar\" cx=\"{:.1}\" cy=\"{:.1}\" r=\"3\"/>", at.0, at.1);
    }

    pub(super) fn path(&mut self, class: &str, points: &[(f64, f64)]) {
        let _ = write!(self.0, "<polyline class=\"{class}\" points=\"");
        for (x, y) in points {
            let _ = write!(self.0, "{x:.1},{y:.1} ");
        }
        self.0.push_str("\"/>");
    }

    /// Ticks on the left, each with a line across; `ticks` are shares of the height with their words.
    pub(super) fn left_axis(&mut self, plot: &Plot, ticks: &[(f64, String)]) {
        for (share, words) in ticks {
            let y = plot.y(*share);
            self.line("grid", (plot.left, y), (plot.right, y));
            self.text(plot.left - 6.0, y + 4.0, Anchor::End, words);
        }
    }

    /// Ticks beneath; `ticks` are shares of the width with their words.
    pub(super) fn bottom_axis(&mut self, plot: &Plot, ticks: &[(f64, String)], title: &str) {
        self.line("axis", (plot.left, plot.bottom), (plot.right, plot.bottom));
        for (share, words) in ticks {
            let x = plot.x(*share);
            self.line("axis", (x, plot.bottom), (x, plot.bottom + 4.0));
            self.text(x, plot.bottom + 18.0, Anchor::Middle, words);
        }
        self.text(plot.x(0.5), plot.bottom + 40.0, Anchor::Middle, title);
    }
}

/// A picture of words alone.
pub(super) fn words_in_the_middle(words: &str) -> String {
    let mut drawing = Drawing::default();
    drawing.text(WIDTH / 2.0, HEIGHT / 2.0, Anchor::Middle, words);
    drawing.done()
}

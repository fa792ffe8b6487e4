//! The page of all periods of a schedule: no script, nothing fetched, and the same bytes for the same editions.

use super::edition::{Edition, EditionOutput, Failed, Movement, PublishedEdition};
use super::movement;
use super::period::{Period, local};
use crate::render::Format;
use crate::render::chart::escaped;
use crate::render::html::{head, style};
use crate::wording::{self, number_of, with_thousands};
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

const HEADINGS: [&str; 10] = [
    "period",
    "days",
    "made",
    "data of",
    "rows",
    "new",
    "left",
    "own score: up / down",
    "others: up / down",
    "files",
];
const STYLE: &str = "a{color:var(--bar)}\ntbody th{white-space:nowrap}\nul{list-style:none;margin:0;padding:0}\nli{display:inline-block;margin-right:.75rem}\n\
    tr.gap td{color:var(--soft)}\ndetails li{display:block}\nsummary{cursor:pointer}\n.figures{display:flex;flex-wrap:wrap;gap:.5rem 2rem;margin:1rem 0;padding:0}\n\
    .figures div{min-width:4.5rem}\n.figures dt{font-size:.85rem;margin:0}\n.figures dd{font-size:1.6rem;font-variant-numeric:tabular-nums;line-height:1.1}\n\
    .said{color:var(--soft);margin:.25rem 0}\n\
    @media screen and (min-width:40.01rem){thead th:last-child,tr:not(.gap)>td:last-child{padding-left:1.5rem}}\n\
    @media screen and (max-width:40rem){tbody tr td:last-child{grid-column:1/-1;padding:0}\n\
    tbody>tr.gap>td:last-child::before{display:none}}\n";

/// Lists or the lack of them, the newest first.
enum Row<'a> {
    Edition(&'a PublishedEdition),
    Gap { from: Period, to: Period, why: Option<&'a Failed> },
}

/// The page. Editions and failures stand in the order of their periods.
pub(super) fn page(
    title: &str,
    editions: &[PublishedEdition],
    failures: &[(Period, Failed)],
    folder: &Path,
) -> String {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let style = style::style(HEADINGS.into_iter()) + STYLE;
    let statement =
        format!("Schedule {name}. Orders of reports received: no predictions and no findings of guilt.");
    let mut page = head(&format!("{title}: {name}"), title, &statement, &style);
    if let Some(newest) = editions.last() {
        push_newest(&mut page, newest);
    }
    push_table(&mut page, &rows(editions, failures), editions.len());
    page.push_str("</main>\n<footer>\n<p>Periods are those of Europe/London. Movement is since the list before.</p>\n</footer>\n</body>\n</html>\n");
    page
}

fn rows<'a>(editions: &'a [PublishedEdition], failures: &'a [(Period, Failed)]) -> Vec<Row<'a>> {
    let mut rows = Vec::new();
    let failed = |from: &Period, to: &Period| {
        failures.iter().rev().find(|(period, _)| from <= period && period <= to).map(|(_, failed)| failed)
    };
    for (place, kept) in editions.iter().enumerate() {
        if let Some(before) = place.checked_sub(1).map(|place| &editions[place])
            && before.period.length == kept.period.length
            && before.period.after() != kept.period
        {
            let (from, to) = (before.period.after(), kept.period.before());
            rows.push(Row::Gap { from, to, why: failed(&from, &to) });
        }
        rows.push(Row::Edition(kept));
    }
    let newest = editions.last().map(|kept| kept.period);
    for (period, why) in failures.iter().filter(|(period, _)| newest.is_none_or(|newest| *period > newest)) {
        rows.push(Row::Gap { from: *period, to: *period, why: Some(why) });
    }
    rows.reverse();
    rows
}

/// The newest list in figures.
fn push_newest(page: &mut String, kept: &PublishedEdition) {
    let edition = &kept.edition;
    let movement = summed(edition);
    let _ = write!(page, "<section>\n<h2>{}, {}</h2>\n", label(kept), days(&kept.period));
    page.push_str("<dl class=\"figures\">\n");
    let mut figure = |words: &str, number: usize| {
        let _ = writeln!(page, "<div><dt>{words}</dt><dd>{}</dd></div>", with_thousands(number));
    };
    figure(if movement.is_some() { "people" } else { "rows" }, rows_of(edition));
    if let Some(movement) = movement.filter(|movement| !movement.is_first) {
        figure("new", movement.new);
        figure("left", movement.left);
        figure("risen by own score", movement.risen);
        figure("fallen by own score", movement.fallen);
        figure("moved up, others fell", movement.moved_up);
        figure("overtaken", movement.overtaken);
        if movement.of_other_rank > 0 {
            figure("of another rank", movement.of_other_rank);
        }
        figure("unchanged", movement.unchanged);
    }
    page.push_str("</dl>\n<dl>\n");
    let since = match (&edition.since, movement) {
        (Some(since), _) => format!("since {since}"),
        (None, Some(_)) => "this is the first list: there is none to compare it with".to_owned(),
        (None, None) => "the report is no list of people".to_owned(),
    };
    let files = [Format::Html, Format::Csv].map(movement::file_of);
    let words = match edition.parts.as_slice() {
        [part] if part.value.is_none() => files.iter().find(|file| part.files.contains(file)).map(|file| {
            format!("<a href=\"{}/{file}\">who moved, and why</a>, {}", kept.period, escaped(&since))
        }),
        _ => None,
    };
    let words = words.unwrap_or_else(|| escaped(&since));
    let _ = writeln!(page, "<dt>movement</dt><dd>{words}</dd>");
    let mut fact = |topic: &str, words: &str| {
        let _ = writeln!(page, "<dt>{topic}</dt><dd>{}</dd>", escaped(words));
    };
    fact("data of", &edition.data_date);
    fact("made", &made(edition));
    if let Some(words) = edition.lateness() {
        fact("mind", &words);
    }
    let removed: BTreeSet<_> = edition.parts.iter().flat_map(|part| &part.amended_on).collect();
    for day in removed {
        fact("mind", &format!("a person was removed on {day}; who moved is counted as it was"));
    }
    if !edition.gone.is_empty() {
        fact("no longer there", &edition.gone.join(", "));
    }
    if !edition.recipients.is_empty() {
        fact("given to", &edition.recipients.join(", "));
    }
    page.push_str("</dl>\n</section>\n");
}

fn push_table(page: &mut String, rows: &[Row<'_>], lists: usize) {
    let lists = number_of(lists, ["list", "lists"]);
    let _ = write!(
        page,
        "<div class=\"sheet\" role=\"region\" aria-labelledby=\"rows\" tabindex=\"0\">\n<table role=\"table\">\n\
         <caption id=\"rows\">All periods, the newest first <span>{lists}.</span></caption>\n\
         <thead role=\"rowgroup\">\n<tr role=\"row\">"
    );
    for heading in HEADINGS {
        let _ = write!(page, "<th scope=\"col\" role=\"columnheader\"{}>{heading}</th>", class(heading));
    }
    page.push_str("</tr>\n</thead>\n<tbody role=\"rowgroup\">\n");
    for row in rows {
        match row {
            Row::Edition(kept) => push_edition(page, kept),
            Row::Gap { from, to, why } => push_gap(page, from, to, *why),
        }
    }
    page.push_str("</tbody>\n</table>\n</div>\n");
}

fn class(heading: &str) -> &'static str {
    match heading {
        "rows" | "new" | "left" | "own score: up / down" | "others: up / down" => " class=\"n\"",
        "made" | "data of" | "period" => " class=\"d\"",
        _ => "",
    }
}

fn push_edition(page: &mut String, kept: &PublishedEdition) {
    let edition = &kept.edition;
    let _ = write!(
        page,
        "<tr role=\"row\"><th scope=\"row\" role=\"rowheader\" class=\"d\">{}</th>",
        label(kept)
    );
    let count = |number: usize| with_thousands(number);
    let (new, left, own, others) = match summed(edition) {
        Some(movement) if movement.is_first => {
            ("first list".to_owned(), String::new(), String::new(), String::new())
        }
        Some(movement) => (
            count(movement.new),
            count(movement.left),
            format!("{} / {}", count(movement.risen), count(movement.fallen)),
            format!("{} / {}", count(movement.moved_up), count(movement.overtaken)),
        ),
        None => Default::default(),
    };
    let cells = [
        days(&kept.period),
        made(edition),
        edition.data_date.clone(),
        count(rows_of(edition)),
        new,
        left,
        own,
        others,
    ];
    for (heading, cell) in HEADINGS.iter().skip(1).zip(cells) {
        let _ = write!(page, "<td role=\"cell\"{}>{}</td>", class(heading), escaped(&cell));
    }
    page.push_str("<td role=\"cell\">");
    push_files(page, kept);
    if let Some(words) = edition.lateness() {
        let _ = write!(page, "<p class=\"said\">{}</p>", escaped(&words));
    }
    page.push_str("</td></tr>\n");
}

/// Links to the files of an edition; those of several outputs are folded.
fn push_files(page: &mut String, kept: &PublishedEdition) {
    let links = |part: &EditionOutput| {
        let place =
            if part.folder.is_empty() { String::new() } else { format!("{}/", in_link(&part.folder)) };
        let links = part.files.iter().map(|file| {
            format!("<li><a href=\"{}/{place}{}\">{}</a></li>", kept.period, in_link(file), escaped(file))
        });
        let links: String = links.collect();
        format!("<ul>{links}</ul>{}", amended(part))
    };
    match kept.edition.parts.as_slice() {
        [part] if part.value.is_none() => {
            let _ = page.write_str(&links(part));
        }
        parts => {
            let _ = write!(page, "<details><summary>{} outputs</summary>", parts.len());
            for part in parts {
                let value = part.value.as_deref().unwrap_or_default();
                let _ =
                    write!(page, "<p>{}, {}</p>{}", escaped(value), wording::rows(part.rows), links(part));
            }
            if !kept.edition.gone.is_empty() {
                let _ = write!(page, "<p>no longer there: {}</p>", escaped(&kept.edition.gone.join(", ")));
            }
            page.push_str("</details>");
        }
    }
}

/// What was done to an output because somebody was forgotten.
fn amended(part: &EditionOutput) -> String {
    if part.amended_on.is_empty() {
        return String::new();
    }
    let withdrawn = if part.withdrawn.is_empty() {
        String::new()
    } else {
        format!("{} withdrawn: ", part.withdrawn.join(", "))
    };
    let words = format!("{withdrawn}a person was removed on {}", part.amended_on.join(", "));
    format!("<p class=\"said\">{}</p>", escaped(&words))
}

fn push_gap(page: &mut String, from: &Period, to: &Period, why: Option<&Failed>) {
    let label = if from == to { from.to_string() } else { format!("{from} to {to}") };
    let words = why.map_or_else(
        || "no list".to_owned(),
        |failed| {
            let words: Vec<_> = failed.problems.iter().map(|problem| problem.message.as_str()).collect();
            format!("no list ({}): {}", failed.outcome, words.join("; "))
        },
    );
    let days = between(from.from, to.to);
    let _ = writeln!(
        page,
        "<tr role=\"row\" class=\"gap\"><th scope=\"row\" role=\"rowheader\" class=\"d\">{label}</th>\
         <td role=\"cell\">{days}</td><td role=\"cell\" colspan=\"8\">{}</td></tr>",
        escaped(&words)
    );
}

/// The period, and a link to what a reader opens first where there is one output: its page, if it has one.
fn label(kept: &PublishedEdition) -> String {
    let [part] = kept.edition.parts.as_slice() else { return kept.period.to_string() };
    let is_page = |file: &&String| Format::of_ending(Path::new(file)) == Some(Format::Html);
    let Some(file) = part.files.iter().find(is_page).or(part.files.first()) else {
        return kept.period.to_string();
    };
    let folder = if part.folder.is_empty() { String::new() } else { format!("{}/", in_link(&part.folder)) };
    format!("<a href=\"{0}/{folder}{1}\">{0}</a>", kept.period, in_link(file))
}

fn rows_of(edition: &Edition) -> usize {
    edition.parts.iter().map(|part| part.rows).sum()
}

/// The movement of all outputs together; first only where all are.
fn summed(edition: &Edition) -> Option<Movement> {
    edition.parts.iter().filter_map(|part| part.movement).reduce(|sum, one| Movement {
        is_first: sum.is_first && one.is_first,
        new: sum.new + one.new,
        left: sum.left + one.left,
        risen: sum.risen + one.risen,
        fallen: sum.fallen + one.fallen,
        moved_up: sum.moved_up + one.moved_up,
        overtaken: sum.overtaken + one.overtaken,
        of_other_rank: sum.of_other_rank + one.of_other_rank,
        unchanged: sum.unchanged + one.unchanged,
    })
}

fn made(edition: &Edition) -> String {
    let local = edition.made_at.parse().ok().and_then(|moment| local(moment).ok());
    local.unwrap_or_else(|| edition.made_at.clone())
}

/// First and last day of a period in words.
fn days(period: &Period) -> String {
    between(period.from, period.to)
}

fn between(from: Date, to: Date) -> String {
    if from == to {
        return from.strftime("%a %-d %b %Y").to_string();
    }
    let form = if from.year() == to.year() { "%-d %b" } else { "%-d %b %Y" };
    format!("{} \u{2013} {}", from.strftime(form), to.strftime("%-d %b %Y"))
}

/// A name as a link writes it.
fn in_link(name: &str) -> String {
    name.bytes().fold(String::new(), |mut link, byte| {
        if byte.is_ascii_alphanumeric() || b"-_.".contains(&byte) {
            link.push(char::from(byte));
        } else {
            let _ = write!(link, "%{byte:02X}");
        }
        link
    })
}

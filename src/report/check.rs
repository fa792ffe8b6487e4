//! What a header may say: names, defaults, ranges and choices that fit their types.

use super::header::{Header, Parameter, ParameterKind};
use super::header_position::{FileProblem, HeaderPositions};
use super::{Days, value};
use crate::embedded_sql::{self, SqlFile};
use crate::sql_text::placeholders;
use jiff::civil::date;

/// Flags of the program, now or to come: no report may take them for a parameter.
pub(crate) const RESERVED: [&str; 29] = [
    "archive",
    "as",
    "bom",
    "db",
    "deep",
    "errors",
    "force",
    "format",
    "help",
    "id",
    "memory",
    "no_color",
    "no_pager",
    "output",
    "pager",
    "print_sql",
    "quiet",
    "raw",
    "reason",
    "recipient",
    "reports",
    "runs",
    "since",
    "threads",
    "timeout",
    "verbose",
    "version",
    "wait",
    "with_victims",
];

/// Everything wrong in a header.
pub(super) fn problems(header: &Header, positions: &HeaderPositions) -> Vec<FileProblem> {
    let mut found = Vec::new();
    for parameter in &header.parameters {
        let mut add = |key: &str, message: String| {
            found.push(FileProblem::new(positions.key(&["param", &parameter.name, key]), message));
        };
        name(parameter, &mut add);
        form(parameter, &mut add);
        range(parameter, &mut add);
        default(parameter, &mut add);
    }
    for name in header.one_of.iter().flatten() {
        if header.parameters.iter().all(|parameter| parameter.name != *name) {
            let message = format!("one_of names {name:?}, which is no parameter");
            found.push(FileProblem::new(positions.key(&["one_of"]), message));
        }
    }
    found.extend(evidence_problem(header, positions));
    found.extend(input_problem(header, positions));
    found
}

/// An evidence that is none, or asks for parameters the report does not have.
fn evidence_problem(header: &Header, positions: &HeaderPositions) -> Option<FileProblem> {
    let name = header.evidence.as_ref()?;
    let byte = positions.key(&["evidence"]);
    let Some(file) = embedded_sql::file(&format!("evidence/{name}.sql")) else {
        let known: Vec<_> = embedded_sql::folder("evidence").iter().map(SqlFile::name).collect();
        let problem = FileProblem::new(byte, format!("evidence names {name:?}, which is none"));
        return Some(problem.hint(format!("there is: {}", known.join(", "))));
    };
    let is_missing = |name: &String| header.parameters.iter().all(|parameter| parameter.name != *name);
    let missing: Vec<_> = placeholders(file.text).into_iter().filter(is_missing).collect();
    let message = format!("evidence {name:?} needs parameters the report lacks: {}", missing.join(", "));
    (!missing.is_empty()).then(|| FileProblem::new(byte, message))
}

/// An input that is none.
fn input_problem(header: &Header, positions: &HeaderPositions) -> Option<FileProblem> {
    let name = header.input.as_ref()?;
    if !embedded_sql::folder(&format!("input/{name}")).is_empty() {
        return None;
    }
    let problem = FileProblem::new(positions.key(&["input"]), format!("input names {name:?}, which is none"));
    Some(problem.hint("there is: kept_lists"))
}

fn name(parameter: &Parameter, add: &mut impl FnMut(&str, String)) {
    let name = &parameter.name;
    let is_plain = name.starts_with(|letter: char| letter.is_ascii_lowercase())
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    if !is_plain {
        add("type", format!("{name:?} is no name of a parameter: small letters, digits and underscores"));
    } else if RESERVED.contains(&name.as_str()) {
        add("type", format!("--{} is a flag of the program: name the parameter otherwise", parameter.flag()));
    }
}

/// Keys that go with the type, and with each other.
fn form(parameter: &Parameter, add: &mut impl FnMut(&str, String)) {
    let kind = parameter.kind;
    let has_choices = !parameter.choices.is_empty();
    let has_query = parameter.choices_from.is_some();
    let takes_choices = matches!(kind, ParameterKind::Choice | ParameterKind::List);
    if kind == ParameterKind::Choice && !has_choices && !has_query {
        add("type", format!("{} is a choice without choices or choices_from", parameter.name));
    }
    if has_choices && has_query {
        add("choices_from", "choices and choices_from exclude each other".to_owned());
    }
    if !takes_choices && (has_choices || has_query) {
        let key = if has_choices { "choices" } else { "choices_from" };
        add(key, format!("choices are for types choice and list, not for {}", kind.word()));
    }
    if parameter.values_from.is_some() && (has_choices || has_query) {
        add("values_from", "choices are the values there are: values_from goes without them".to_owned());
    }
    if parameter.known_from.is_some() && kind != ParameterKind::Text {
        add("known_from", format!("known_from is for text, not for {}", kind.word()));
    }
    if parameter.of.is_some() && kind != ParameterKind::List {
        add("of", format!("of is for lists, not for {}", kind.word()));
    }
    if parameter.optional && parameter.default.is_some() {
        add("optional", "optional and default exclude each other".to_owned());
    }
    if parameter.help.trim().is_empty() || parameter.help.contains('\n') {
        add("help", "help is one line".to_owned());
    }
}

fn range(parameter: &Parameter, add: &mut impl FnMut(&str, String)) {
    let Some(ends) = parameter.range_texts() else { return };
    let ranged = [ParameterKind::Date, ParameterKind::Integer, ParameterKind::Decimal];
    if !ranged.contains(&parameter.kind) {
        add("range", format!("a range is for date, integer and decimal, not for {}", parameter.kind.word()));
        return;
    }
    // Each end must lie within both: a range that is empty or not of the type fails here.
    for end in ends.iter().filter(|end| !is_relative(parameter, end)) {
        if let Err(wrongs) = value::read(parameter, std::slice::from_ref(end), any_days()) {
            let messages: Vec<_> = wrongs.into_iter().map(|wrong| wrong.message).collect();
            add("range", format!("the range cannot be: {}", messages.join("; ")));
            return;
        }
    }
}

fn default(parameter: &Parameter, add: &mut impl FnMut(&str, String)) {
    let Some(texts) = parameter.default_texts() else { return };
    // A range that cannot be has been told.
    let mut told = false;
    range(parameter, &mut |_, _| told = true);
    if told || texts.iter().any(|text| is_relative(parameter, text)) && is_readable(parameter, &texts) {
        return;
    }
    if let Err(wrongs) = value::read(parameter, &texts, any_days()) {
        let messages: Vec<_> = wrongs.into_iter().map(|wrong| wrong.message).collect();
        add("default", format!("the default cannot be: {}", messages.join("; ")));
    }
}

/// True for a day that is another every day: whether it lies in a range shows when the report is run.
fn is_relative(parameter: &Parameter, text: &str) -> bool {
    parameter.kind == ParameterKind::Date && !text.starts_with(|sign: char| sign.is_ascii_digit())
}

fn is_readable(parameter: &Parameter, texts: &[String]) -> bool {
    value::read(&Parameter { range: None, ..parameter.clone() }, texts, any_days()).is_ok()
}

/// Some days to read relative dates by.
fn any_days() -> Days {
    Days { today: date(2026, 7, 1), data_date: date(2026, 6, 30) }
}

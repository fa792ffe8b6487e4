//! Which SQL names what the SQL of another folder makes: tables, views and macros.

use crate::code::{self, Token};
use crate::{Tree, Use};
use std::collections::{BTreeMap, BTreeSet};

/// Where several folders make an object of one name, it is the lowest one's; in a file that makes it, its own.
pub(crate) fn uses_of_folders(files: &Tree, lines: &[(&str, &str)]) -> Vec<Use> {
    let line = |path: &str| lines.iter().position(|(folder, _)| *folder == folder_of(path));
    let mut makers = BTreeMap::<&str, &str>::new();
    for (path, text) in files {
        for name in objects_made(&code::sql(text)) {
            let maker = makers.entry(name).or_insert(path);
            if line(path) < line(maker) {
                *maker = path;
            }
        }
    }
    let mut found = Vec::new();
    for (path, text) in files {
        let code = code::sql(text);
        let own = objects_made(&code);
        let queries = queries_of_head(text);
        let mut named: Vec<(&str, usize)> =
            names(&code).into_iter().map(|token| (token.text, token.line)).collect();
        for query in &queries {
            // Where it stands in the head: its text is there as it is.
            let before = text.split(query.as_str()).next().unwrap_or_default().lines().count().max(1);
            named.extend(
                names(&code::sql(query)).into_iter().map(|token| (token.text, before + token.line - 1)),
            );
        }
        for (name, line) in named.into_iter().filter(|(name, _)| !own.contains(name)) {
            let Some(maker) = makers.get(name) else { continue };
            let (from, to) = (folder_of(path), folder_of(maker));
            if from != to {
                found.push(Use { from, to, place: format!("{path}:{line} {name}") });
            }
        }
    }
    found
}

/// The folder directly below `sql`, or below `sql/load`.
fn folder_of(path: &str) -> String {
    let folders: Vec<&str> = path.split('/').skip(1).collect();
    let depth = if folders[0] == "load" { 2 } else { 1 };
    folders[..depth].join("/")
}

/// The queries in the TOML at the head of a report.
fn queries_of_head(text: &str) -> Vec<String> {
    let head = text.strip_prefix("/*").and_then(|text| text.split_once("*/"));
    let head = head.map(|(head, _)| toml::from_str::<toml::Value>(head).expect("TOML"));
    let (mut found, mut open) = (Vec::new(), Vec::from_iter(head));
    while let Some(value) = open.pop() {
        match value {
            toml::Value::Array(values) => open.extend(values),
            toml::Value::Table(values) => {
                let is_query = |key: &str| ["query", "choices_from", "values_from"].contains(&key);
                let (queries, others): (Vec<_>, Vec<_>) =
                    values.into_iter().partition(|(key, _)| is_query(key));
                found.extend(queries.iter().filter_map(|(_, query)| query.as_str().map(str::to_owned)));
                open.extend(others.into_iter().map(|(_, value)| value));
            }
            _ => {}
        }
    }
    found
}

fn objects_made<'a>(code: &[Token<'a>]) -> Vec<&'a str> {
    let is_kind = |token: &Token| ["table", "view", "macro"].contains(&token.text);
    let created = (0..code.len()).filter(|place| code[*place].text == "create");
    created
        .filter_map(|place| {
            // At most `create or replace temp table`.
            let kind = place + code[place..].iter().take(5).position(is_kind)?;
            let is_of_kind = |token: &&Token| ["if", "not", "exists"].contains(&token.text);
            let name = kind + 1 + code[kind + 1..].iter().take_while(is_of_kind).count();
            name_at(&code[name..]).map(|token| token.text)
        })
        .collect()
}

/// The last part of a name such as `{database}.main.person`.
fn name_at<'a>(mut code: &[Token<'a>]) -> Option<Token<'a>> {
    loop {
        code = match code {
            [brace, _, _, dot, rest @ ..] if brace.text == "{" && dot.text == "." => rest,
            [_, dot, rest @ ..] if dot.text == "." => rest,
            _ => return code.first().filter(|token| token.is_word()).copied(),
        };
    }
}

/// What SQL reads, writes or calls, without its own common tables.
fn names<'a>(code: &[Token<'a>]) -> Vec<Token<'a>> {
    let text = |place: usize| code.get(place).map_or("", |token| token.text);
    let is_common =
        |place: &usize| text(place + 1) == "as" && ["(", "materialized", "not"].contains(&text(place + 2));
    let common: BTreeSet<&str> = (0..code.len()).filter(is_common).map(text).collect();
    let mut found = Vec::new();
    for (place, token) in code.iter().enumerate() {
        let before = place.checked_sub(1).map_or("", text);
        if token.text == "from" && before != "distinct" || ["join", "into", "update"].contains(&token.text) {
            found.extend(name_at(&code[place + 1..]));
        } else if text(place + 1) == "(" && before != "as" {
            found.push(*token);
        }
    }
    found.retain(|token| !common.contains(token.text));
    found
}

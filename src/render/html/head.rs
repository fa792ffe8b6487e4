//! How every page begins: it has no script and fetches nothing.

use super::style;
use crate::render::chart::escaped;

/// The page up to its main part.
pub(crate) fn head(title: &str, heading: &str, statement: &str, style: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src \
         'sha256-{}'; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"robots\" content=\"noindex\">\n\
         <title>{}</title>\n<style>{style}</style>\n</head>\n<body>\n\
         <header>\n<h1>{}</h1>\n<p class=\"statement\">{}</p>\n</header>\n<main>\n",
        style::hash(style),
        escaped(title),
        escaped(heading),
        escaped(statement)
    )
}

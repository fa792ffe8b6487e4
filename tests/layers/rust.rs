//! Who uses whom in `src`. A name leads to the file that defines it, through every file that only passes it on.

use crate::code::{self, Token};
use crate::{Tree, Use};
use std::collections::{BTreeMap, BTreeSet};

/// The root has no name; one below is called like `load::file`.
pub(crate) type Modules = BTreeMap<String, Module>;

#[derive(Default)]
pub(crate) struct Module {
    file: String,
    imports: Vec<Import>,
    /// Paths in the code, such as `database::run`, with their lines.
    paths: Vec<(Vec<String>, usize)>,
    /// What it defines.
    names: BTreeSet<String>,
    /// Every first word of a path or alone, outside of imports.
    words: BTreeSet<String>,
}

struct Import {
    path: Vec<String>,
    /// The name it takes here; `*` for all of a module.
    name: String,
    is_public: bool,
    line: usize,
}

/// What a path leads to: a module, or something that the module defines.
struct Target {
    module: String,
    is_item: bool,
}

/// By file and file used: the line and the name.
type Uses<'a> = BTreeMap<&'a str, BTreeMap<&'a str, String>>;

const UNKNOWN: &str = "a file that was not found";

pub(crate) fn modules(files: &Tree) -> Modules {
    let (mut found, mut of_tests) = (Modules::new(), Vec::new());
    for (file, text) in files {
        let name = file.trim_start_matches("src/").trim_end_matches(".rs");
        let name = match name {
            // A program and a build script of their own.
            "main" | "embed_sql" => continue,
            "lib" => String::new(),
            _ => name.strip_suffix("/mod").unwrap_or(name).replace('/', "::"),
        };
        let (code, left_out) = code::without_tests(text);
        of_tests.extend(left_out.iter().map(|child| below(&name, child)));
        found.insert(name, module(file, &code));
    }
    found.retain(|name, _| !of_tests.contains(name));
    found
}

fn module(file: &str, code: &[Token]) -> Module {
    let mut module = Module { file: file.to_owned(), ..Module::default() };
    let mut place = 0;
    while place < code.len() {
        let Token { text, line } = code[place];
        let before = place.checked_sub(1).map_or("", |before| code[before].text);
        if text == "use" {
            let length = code[place..].iter().take_while(|token| token.text != ";").count();
            let is_public = before == "pub" || before == ")";
            let leaves = leaves(&code[place + 1..place + length]);
            let imports = leaves.into_iter().map(|(path, name)| Import { path, name, is_public, line });
            module.imports.extend(imports);
            place += length;
            continue;
        }
        if ["fn", "struct", "enum", "const", "static", "type", "trait"].contains(&before) {
            module.names.insert(text.to_owned());
        }
        if code[place].is_word() && before != "::" {
            let mut path = vec![text.to_owned()];
            while let [colons, word, ..] = &code[place + 1..]
                && colons.text == "::"
                && word.is_word()
            {
                path.push(word.text.to_owned());
                place += 2;
            }
            module.words.insert(text.to_owned());
            if path.len() > 1 {
                module.paths.push((path, line));
            }
        }
        place += 1;
    }
    module
}

/// The paths of a tree such as `crate::a::{self, b as c}`, and the name that each takes.
fn leaves(tree: &[Token]) -> Vec<(Vec<String>, String)> {
    let (mut found, mut path, mut outer) = (Vec::new(), Vec::<String>::new(), Vec::<Vec<String>>::new());
    let mut alias = None;
    let mut words = tree.iter().map(|token| token.text).chain([","]);
    while let Some(word) = words.next() {
        match word {
            "::" => {}
            "as" => alias = words.next().map(str::to_owned),
            "{" => outer.push(path.clone()),
            "," | "}" => {
                if path.len() > outer.last().map_or(0, Vec::len) {
                    path.pop_if(|name| name == "self");
                    let name = path.last().cloned().unwrap_or_default();
                    found.push((path, alias.take().unwrap_or(name)));
                }
                if word == "}" {
                    outer.pop();
                }
                path = outer.last().cloned().unwrap_or_default();
            }
            _ => path.push(word.to_owned()),
        }
    }
    found
}

fn below(module: &str, name: &str) -> String {
    if module.is_empty() { name.to_owned() } else { format!("{module}::{name}") }
}

/// What a path in a module leads to, where that is in `src`. A prefix is the name of a module with more behind it.
fn resolve(modules: &Modules, from: &str, path: &[String], is_prefix: bool, depth: usize) -> Option<Target> {
    let mut module = from.to_owned();
    for (place, name) in path.iter().enumerate() {
        module = match name.as_str() {
            "crate" => String::new(),
            "self" => module,
            "super" => module.rsplit_once("::").map_or("", |(above, _)| above).to_owned(),
            _ => {
                let step = step(modules, &module, name, is_prefix || place + 1 < path.len(), depth)?;
                if step.is_item {
                    return Some(step);
                }
                step.module
            }
        };
    }
    Some(Target { module, is_item: false })
}

/// What a name in a module is. A function may be called like a module, but has no names below it.
fn step(modules: &Modules, from: &str, name: &str, is_prefix: bool, depth: usize) -> Option<Target> {
    let module = modules.get(from).filter(|_| depth < 8)?;
    let child = below(from, name);
    let child = modules.contains_key(&child).then_some(Target { module: child, is_item: false });
    if is_prefix && child.is_some() {
        return child;
    }
    let mut imports = module.imports.iter().filter(|import| import.name == name);
    let imported = imports.find_map(|import| resolve(modules, from, &import.path, is_prefix, depth + 1));
    let by_star = || {
        let mut stars = module.imports.iter().filter(|import| import.name == "*");
        stars.find_map(|import| {
            let (_, path) = import.path.split_last()?;
            let all = resolve(modules, from, path, true, depth + 1)?;
            step(modules, &all.module, name, is_prefix, depth + 1)
        })
    };
    let defined = module.names.contains(name).then(|| Target { module: from.to_owned(), is_item: true });
    imported.or(child).or(defined).or_else(by_star)
}

/// Paths that begin with `crate` or `super` and lead into another module directly below the root.
pub(crate) fn uses_of_folders(modules: &Modules) -> Vec<Use> {
    let mut found = Vec::new();
    for (name, module) in modules.iter().filter(|(name, _)| !name.is_empty()) {
        let folders: Vec<&str> = name.split("::").collect();
        let imports = module.imports.iter().map(|import| (&import.path, import.line));
        for (path, line) in imports.chain(module.paths.iter().map(|(path, line)| (path, *line))) {
            let ups = path.iter().take_while(|name| *name == "super").count();
            let is_from_root = path[0] == "crate" || ups == folders.len();
            let to = path.get(ups.max(1)).filter(|to| is_from_root && modules.contains_key(*to));
            if let Some(to) = to.filter(|to| *to != folders[0]) {
                let place = format!("{}:{line} {}", module.file, path.join("::"));
                found.push(Use { from: folders[0].to_owned(), to: to.clone(), place });
            }
        }
    }
    found
}

/// An import that a file only passes on is no use of it.
fn uses_of_files(modules: &Modules) -> Uses<'_> {
    let mut found = Uses::new();
    for (name, module) in modules {
        let imports = module.imports.iter();
        let imports = imports.filter(|import| !import.is_public || module.words.contains(&import.name));
        let imports = imports.map(|import| (&import.path, import.line));
        for (path, line) in imports.chain(module.paths.iter().map(|(path, line)| (path, *line))) {
            let all = path.strip_suffix(&["*".to_owned()]);
            let is_of_here = ["crate", "self", "super"].contains(&path[0].as_str());
            let to = match resolve(modules, name, all.unwrap_or(path), false, 0) {
                Some(target) if target.is_item || all.is_some() => &modules[&target.module].file,
                None if is_of_here => UNKNOWN,
                _ => continue,
            };
            if to != module.file {
                let place = format!("{}:{line} uses {} of {to}", module.file, path.join("::"));
                found.entry(module.file.as_str()).or_default().entry(to).or_insert(place);
            }
        }
    }
    found
}

/// The circles that are not within one of the known, what ties each, and the known that are no more.
pub(crate) fn circles(modules: &Modules, known: &[&[&str]]) -> Vec<String> {
    let uses = uses_of_files(modules);
    let reached: BTreeMap<&str, BTreeSet<&str>> =
        uses.keys().map(|file| (*file, reached(&uses, file))).collect();
    let mut found = BTreeSet::<Vec<&str>>::new();
    for (file, others) in reached.iter().filter(|(file, others)| others.contains(*file)) {
        let is_back = |other: &&&str| reached.get(**other).is_some_and(|back| back.contains(file));
        found.insert(others.iter().filter(is_back).copied().collect());
    }
    let is_within = |circle: &[&str], known: &[&str]| circle.iter().all(|file| known.contains(file));
    let unknown = uses.values().filter_map(|to| to.get(UNKNOWN));
    let mut wrong: Vec<String> = unknown.cloned().collect();
    for circle in found.iter().filter(|circle| !known.iter().any(|known| is_within(circle, known))) {
        let ties = circle.iter().flat_map(|file| &uses[file]).filter(|(to, _)| circle.contains(to));
        let ties: Vec<&str> = ties.map(|(_, place)| place.as_str()).collect();
        wrong.push(format!(
            "a circle; move what both ends of a line need below them:\n  {}",
            ties.join("\n  ")
        ));
    }
    let needless = known.iter().filter(|known| !found.iter().any(|circle| is_within(circle, known)));
    wrong.extend(needless.map(|known| format!("no circle any more: {}", known.join(", "))));
    wrong
}

fn reached<'a>(uses: &'a Uses, file: &str) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    let mut open: Vec<&str> = uses[file].keys().copied().collect();
    while let Some(file) = open.pop() {
        if found.insert(file) {
            open.extend(uses.get(file).into_iter().flat_map(BTreeMap::keys));
        }
    }
    found
}

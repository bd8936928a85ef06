//! Functions, classes and imports of a text, by its lines: as good as the text is formatted, which is what edits need.
//! What is missed or taken wrongly makes an edit odd, not wrong.

/// What a line begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemKind {
    Function,
    /// A class, an `impl`, a `trait`, an inline module.
    Container,
    /// A type without a body of functions: `struct`, `enum`.
    Type,
}

/// An item; lines count from 0.
#[derive(Clone, Debug)]
pub struct Item {
    pub kind: ItemKind,
    pub name: String,
    /// Of the line that it begins with, in bytes.
    pub indentation: usize,
    /// The first of its decorators, attributes and comments.
    pub first: usize,
    /// The line with the name.
    pub header: usize,
    /// The first line behind the header.
    pub body: usize,
    /// Behind the last line; of Rust the closing brace is that line.
    pub end: usize,
}

pub fn is_rust(path: &str) -> bool {
    path.ends_with(".rs")
}

pub fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

pub fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

pub fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The word that a text begins with.
pub fn first_word(text: &str) -> &str {
    &text[..text.find(|c| !is_word(c)).unwrap_or(text.len())]
}

/// All functions, classes and their like.
pub fn items(text: &str, is_rust: bool) -> Vec<Item> {
    let lines = lines(text);
    let mut items = Vec::new();
    for (n, line) in lines.iter().enumerate() {
        let Some((kind, name)) = begun(line.trim(), is_rust) else { continue };
        let indentation = indentation(line);
        let end = if is_rust { end_in_rust(&lines, n) } else { end_in_python(&lines, n) };
        let Some((body, end)) = end else { continue };
        let is_of_it = |line: &&str| {
            let code = line.trim();
            let mark = ["@", "#[", "///", "# unsnarl", "// unsnarl"];
            self::indentation(line) == indentation && mark.iter().any(|mark| code.starts_with(mark))
        };
        let first = n - lines[..n].iter().rev().take_while(|line| is_of_it(line)).count();
        items.push(Item { kind, name, indentation, first, header: n, body, end });
    }
    items
}

pub fn functions(text: &str, is_rust: bool) -> Vec<Item> {
    items(text, is_rust).into_iter().filter(|item| item.kind == ItemKind::Function).collect()
}

fn begun(code: &str, is_rust: bool) -> Option<(ItemKind, String)> {
    let mut rest = code;
    if is_rust {
        while let Some(after) = ["pub(crate) ", "pub(super) ", "pub ", "async ", "unsafe ", "const ", "default "]
            .iter()
            .find_map(|word| rest.strip_prefix(word))
        {
            rest = after;
        }
    } else {
        rest = rest.strip_prefix("async ").unwrap_or(rest);
    }
    let words: &[(&str, ItemKind)] = match is_rust {
        true => &[
            ("fn ", ItemKind::Function),
            ("impl", ItemKind::Container),
            ("trait ", ItemKind::Container),
            ("mod ", ItemKind::Container),
            ("struct ", ItemKind::Type),
            ("enum ", ItemKind::Type),
        ],
        false => &[("def ", ItemKind::Function), ("class ", ItemKind::Container)],
    };
    let (kind, after) = words.iter().find_map(|(word, kind)| Some((*kind, rest.strip_prefix(word)?)))?;
    let name = match after.split_once(" for ") {
        Some((_, subject)) if kind == ItemKind::Container => first_word(subject),
        _ => first_word(after.trim_start_matches(|c| !is_word(c))),
    };
    Some((kind, name.to_owned()))
}

/// Where the body begins and ends: behind the line on which all brackets are closed, and before the next line that is
/// indented no deeper.
fn end_in_python(lines: &[&str], header: usize) -> Option<(usize, usize)> {
    let mut depth = 0i32;
    let mut body = header;
    for line in &lines[header..] {
        body += 1;
        depth += line.matches(['(', '[', '{']).count() as i32 - line.matches([')', ']', '}']).count() as i32;
        if depth <= 0 {
            break;
        }
    }
    let indentation = indentation(lines[header]);
    let mut end = body;
    for (n, line) in lines.iter().enumerate().skip(body) {
        if line.trim().is_empty() {
            continue;
        }
        if self::indentation(line) <= indentation {
            break;
        }
        end = n + 1;
    }
    Some((body, end))
}

/// As the formatter of Rust writes: the closing brace stands below the beginning.
fn end_in_rust(lines: &[&str], header: usize) -> Option<(usize, usize)> {
    let indentation = indentation(lines[header]);
    let mut body = None;
    for (n, line) in lines.iter().enumerate().skip(header) {
        let code = line.trim_end();
        if body.is_none() && (code.ends_with(';') || code.ends_with('}') && n == header) {
            return Some((n + 1, n + 1));
        }
        if body.is_none() && code.ends_with('{') {
            body = Some(n + 1);
            continue;
        }
        let is_closed = self::indentation(line) == indentation && code.trim_start().starts_with('}');
        if let (Some(body), true) = (body, is_closed) {
            return Some((body, n + 1));
        }
    }
    None
}

/// The lines that import something, each whole in one line.
pub fn imports(text: &str, is_rust: bool) -> Vec<usize> {
    let is_import = |line: &str| {
        let code = line.trim();
        if is_rust {
            ["use ", "pub use ", "mod ", "pub mod "].iter().any(|word| code.starts_with(word)) && code.ends_with(';')
        } else {
            (code.starts_with("import ") || code.starts_with("from ") && code.contains(" import "))
                && !code.ends_with(['(', '\\'])
        }
    };
    lines(text).iter().enumerate().filter(|(_, line)| is_import(line)).map(|(n, _)| n).collect()
}

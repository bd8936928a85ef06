//! Blanks out of a text what the grammar cannot read, or reads in quadratic time, byte for byte.
//!
//! Spans stay what they are. What is blanked decides nothing: type-parameter defaults, runs of comments and of line
//! continuations.

/// Lines in a row that are left as they are.
const MAX_RUN: usize = 200;

/// Bytes of a list of type parameters that are looked at.
const MAX_PARAMETERS: usize = 2_000;

/// The text with long runs of comment lines and of empty continuation lines blanked, if it has any.
pub(super) fn without_long_runs(text: &str) -> Option<String> {
    let has_comments = has_long_run(text, |line| line.trim_start().starts_with('#'));
    let has_continuations = has_long_run(text, |line| line.trim() == "\\");
    if !has_comments && !has_continuations {
        return None;
    }
    let mut bytes = text.as_bytes().to_vec();
    let mut quote = None;
    let (mut comments, mut continuations) = (0, 0);
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        let end = at + line.len();
        if quote.is_none() && trimmed.starts_with('#') {
            comments += 1;
            if comments > MAX_RUN && !trimmed.contains("unsnarl:") {
                blank(&mut bytes[at..end], false);
            }
        } else if quote.is_none() && trimmed == "\\" {
            continuations += 1;
            if continuations > MAX_RUN {
                blank(&mut bytes[at..end], true);
            }
        } else {
            if !trimmed.is_empty() {
                comments = 0;
                continuations = 0;
            }
            quote = string_after(line, quote);
        }
        at = end;
    }
    String::from_utf8(bytes).ok()
}

fn has_long_run(text: &str, is_part: impl Fn(&str) -> bool) -> bool {
    let mut run = 0;
    text.lines().any(|line| {
        run = match is_part(line) {
            true => run + 1,
            false if line.trim().is_empty() => run,
            false => 0,
        };
        run > MAX_RUN
    })
}

fn blank(bytes: &mut [u8], line_end_too: bool) {
    for byte in bytes {
        if line_end_too || !matches!(byte, b'\n' | b'\r') {
            *byte = b' ';
        }
    }
}

/// The triple quote that is open at the end of a line, given the one at its beginning.
pub(super) fn string_after(line: &str, quote: Option<[u8; 3]>) -> Option<[u8; 3]> {
    let bytes = line.as_bytes();
    let mut quote = quote;
    let mut at = 0;
    while at < bytes.len() {
        match quote {
            Some(mark) if bytes[at..].starts_with(&mark) => {
                quote = None;
                at += 3;
            }
            Some(_) => at += if bytes[at] == b'\\' { 2 } else { 1 },
            None => match bytes[at] {
                b'#' => return None,
                byte @ (b'"' | b'\'') if bytes[at..].starts_with(&[byte; 3]) => {
                    quote = Some([byte; 3]);
                    at += 3;
                }
                byte @ (b'"' | b'\'') => {
                    at += 1;
                    while at < bytes.len() && bytes[at] != byte {
                        at += if bytes[at] == b'\\' { 2 } else { 1 };
                    }
                    at += 1;
                }
                _ => at += 1,
            },
        }
    }
    quote
}

/// The text with the defaults of type parameters blanked (`class A[T = int]`), if it has any.
pub(super) fn without_type_defaults(text: &str) -> Option<String> {
    let mut bytes = text.as_bytes().to_vec();
    let mut found = false;
    for keyword in ["class", "def", "type"] {
        for (start, _) in text.match_indices(keyword) {
            if let Some(open) = type_parameters(text, start, keyword.len()) {
                found |= blank_defaults(&mut bytes, open);
            }
        }
    }
    if found { String::from_utf8(bytes).ok() } else { None }
}

/// Behind the bracket of `class Name[`, if that is what begins at `start`.
fn type_parameters(text: &str, start: usize, keyword: usize) -> Option<usize> {
    let before = text[..start].chars().next_back();
    if before.is_some_and(|it| it.is_alphanumeric() || it == '_' || it == '.') {
        return None;
    }
    let rest = &text[start + keyword..];
    let name = rest.trim_start_matches([' ', '\t']);
    let after = name.trim_start_matches(|it: char| it.is_alphanumeric() || it == '_');
    let open = after.trim_start_matches([' ', '\t']);
    let is_one = name.len() < rest.len() && after.len() < name.len() && open.starts_with('[');
    is_one.then(|| text.len() - open.len() + 1)
}

/// Blanks `= …` of each parameter up to the bracket that closes the list.
fn blank_defaults(bytes: &mut [u8], open: usize) -> bool {
    let mut depth = 1;
    let mut default = None;
    let mut found = false;
    let mut at = open;
    while at < bytes.len().min(open + MAX_PARAMETERS) && depth > 0 {
        match bytes[at] {
            b'[' | b'(' | b'{' => depth += 1,
            b']' | b')' | b'}' => depth -= 1,
            b'#' => {
                while at + 1 < bytes.len() && bytes[at + 1] != b'\n' {
                    at += 1;
                }
            }
            b'=' if depth == 1 && default.is_none() => default = Some(at),
            _ => {}
        }
        if let Some(start) = default
            && (depth == 0 || (depth == 1 && bytes[at] == b','))
        {
            blank(&mut bytes[start..at], false);
            default = None;
            found = true;
        }
        at += 1;
    }
    found
}

//! Conditions on the Python version and the platform, decided before a source is read.

/// What sources are read for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// The Python version.
    pub version: (u32, u32),
    /// As `sys.platform` says it.
    pub platform: &'static str,
}

impl Default for Target {
    fn default() -> Target {
        Target { version: (3, 14), platform: "linux" }
    }
}

/// Keeps of each `if sys.version_info …` and `if sys.platform …` the branch that is taken, lines in place.
pub fn take_branches(text: &str, target: Target) -> String {
    if !text.contains("if sys.") {
        return text.to_string();
    }
    let condition = |text: &str| condition(text, target);
    let lines: Vec<&str> = text.lines().collect();
    let mut out: Vec<String> = lines.iter().map(|line| line.to_string()).collect();
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at];
        let body = line.trim_start();
        let indent = line.len() - body.len();
        let is_left_out = out[at].trim_start() != body;
        let Some(first) = body.strip_prefix("if sys.").filter(|_| !is_left_out).and_then(|_| condition(&body[3..]))
        else {
            at += 1;
            continue;
        };
        let mut taken = false;
        let mut holds = first;
        let mut head = at;
        loop {
            let mut end = head + 1;
            let mut in_text = false;
            while end < lines.len() {
                let text = lines[end].trim_start();
                let deeper = lines[end].len() - text.len() > indent;
                if !in_text && !text.is_empty() && !deeper && !text.starts_with('#') && !text.starts_with(')') {
                    break;
                }
                in_text ^= text.matches("\"\"\"").count() % 2 == 1;
                end += 1;
            }
            if holds && !taken {
                taken = true;
                out[head] = format!("{}if True:", " ".repeat(indent));
            } else {
                out[head..end].fill(String::new());
                out[head] = format!("{}pass", " ".repeat(indent));
            }
            let next = lines.get(end).map_or("", |line| line.trim_start());
            let same = lines.get(end).is_some_and(|line| line.len() - next.len() == indent);
            match (same, next.strip_prefix("elif "), next.starts_with("else:")) {
                (true, Some(test), _) => holds = condition(test).unwrap_or(true),
                (true, _, true) => holds = true,
                _ => break,
            }
            head = end;
        }
        at += 1;
    }
    out.join("\n")
}

/// Whether a condition on version and platform holds; none for others.
fn condition(text: &str, target: Target) -> Option<bool> {
    let text = text.split(':').next().unwrap_or_default().trim();
    if text.contains(" and ") || text.contains(" or ") {
        let all = text.contains(" and ");
        let parts = text.split(if all { " and " } else { " or " });
        let parts: Vec<bool> = parts.map(|part| condition(part, target).unwrap_or(true)).collect();
        return Some(if all { parts.iter().all(|part| *part) } else { parts.iter().any(|part| *part) });
    }
    if let Some(rest) = text.strip_prefix("sys.version_info") {
        let mut numbers = rest.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
        let wanted = (numbers.next()?.parse().ok()?, numbers.next().and_then(|part| part.parse().ok()).unwrap_or(0));
        return Some(match rest.trim_start() {
            rest if rest.starts_with(">=") => target.version >= wanted,
            rest if rest.starts_with('<') => target.version < wanted,
            _ => true,
        });
    }
    let rest = text.strip_prefix("sys.platform")?;
    let is_it = rest.contains(target.platform);
    Some(if rest.contains("!=") { !is_it } else { is_it })
}

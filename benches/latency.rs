//! From an edit to the diagnostics of the edited file: `cargo bench --bench latency -- [--edits N] [--seed S] DIR…`,
//! where each DIR is one project, which stays as it is. The server runs in this process, over a connection in memory:
//! what a pipe and an editor add is not in the times. Each edit is made and taken back, and both are timed.

#[path = "../tests/soak/mod.rs"]
#[expect(dead_code, reason = "only the client and what finds items are of use here")]
mod soak;

use serde_json::json;
use soak::client::Client;
use soak::items::{Item, functions, imports, indentation, is_rust, is_word, lines};
use soak::random::Random;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// What is edited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// A statement in a function whose name stands nowhere else.
    LeafBody,
    /// A statement in one of the functions whose names stand most often.
    HelperBody,
    /// A parameter of any function.
    Signature,
    /// `async` before any function.
    Async,
    Import,
    /// A comment between items.
    Comment,
}

impl Kind {
    const ALL: [Kind; 6] =
        [Kind::LeafBody, Kind::HelperBody, Kind::Signature, Kind::Async, Kind::Import, Kind::Comment];

    fn name(self) -> &'static str {
        match self {
            Kind::LeafBody => "body of a leaf",
            Kind::HelperBody => "body of a much called helper",
            Kind::Signature => "signature",
            Kind::Async => "async or not",
            Kind::Import => "import",
            Kind::Comment => "comment",
        }
    }
}

struct Project {
    texts: Vec<(String, String)>,
    /// How often each word stands in all texts.
    counts: HashMap<String, u32>,
    /// Above it a function is much called.
    many: u32,
}

impl Project {
    fn read(folder: &Path) -> Project {
        let mut texts = Vec::new();
        for entry in walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok) {
            let path = entry.path();
            let relative = path.strip_prefix(folder).expect("it is below").to_string_lossy().into_owned();
            let is_source = relative.ends_with(".py") || relative.ends_with(".rs");
            if let Some(text) = std::fs::read_to_string(path).ok().filter(|_| is_source) {
                texts.push((relative, text));
            }
        }
        let mut counts: HashMap<String, u32> = HashMap::new();
        for word in texts.iter().flat_map(|(_, text)| text.split(|c: char| !is_word(c))) {
            match counts.get_mut(word) {
                Some(count) => *count += 1,
                None => _ = counts.insert(word.to_owned(), 1),
            }
        }
        let of_functions = texts.iter().flat_map(|(path, text)| functions(text, is_rust(path)));
        let mut often: Vec<u32> = of_functions.map(|item| counts[&item.name]).collect();
        often.sort_unstable();
        // The upper twentieth, but not names like `new` and `__init__`, which say little.
        let many = often.get(often.len() * 85 / 100).copied().unwrap_or_default();
        Project { texts, counts, many }
    }

    /// A file and its text after an edit of that kind.
    fn edited(&self, kind: Kind, random: &mut Random) -> Option<(&str, String)> {
        let (path, text) = random.pick(&self.texts)?;
        let is_rust = is_rust(path);
        let all = lines(text);
        let wanted = |item: &Item| match kind {
            Kind::LeafBody => self.counts[&item.name] == 1,
            Kind::HelperBody => (self.many..self.many * 20).contains(&self.counts[&item.name]),
            _ => true,
        };
        let candidates: Vec<Item> = functions(text, is_rust).into_iter().filter(wanted).collect();
        let item = random.pick(&candidates)?;
        let header = all[item.header];
        let (at, count, new) = match kind {
            Kind::LeafBody | Kind::HelperBody => {
                let first = (item.body..item.end).find(|line| !all[*line].trim().is_empty())?;
                // Behind a docstring of one line a statement is one, too; in a longer one it would be text.
                let first = if all[first].trim().starts_with("\"\"\"") { return None } else { first };
                let statement = if is_rust { "let _ = step(1);" } else { "step(1)" };
                (first, 0, format!("{}{statement}\n", " ".repeat(indentation(all[first]))))
            }
            Kind::Signature => {
                let extra = if is_rust { "extra: u32, " } else { "extra, " };
                let at = header.find('(').filter(|_| is_rust || !header.contains("(self"))? + 1;
                (item.header, 1, format!("{}{extra}{}", &header[..at], &header[at..]))
            }
            Kind::Async => {
                let word = if is_rust { "fn " } else { "def " };
                let new = match header.contains("async ") {
                    true => header.replacen("async ", "", 1),
                    false => header.replacen(word, &format!("async {word}"), 1),
                };
                (item.header, 1, new)
            }
            Kind::Import => {
                let at = *random.pick(&imports(text, is_rust)).filter(|at| indentation(all[**at]) == 0)?;
                (at, 0, if is_rust { "use std::thread::sleep;\n" } else { "import time\n" }.to_owned())
            }
            Kind::Comment => {
                let comment = if is_rust { "// a remark" } else { "# a remark" };
                (item.first, 0, format!("{}{comment}\n", " ".repeat(item.indentation)))
            }
        };
        Some((path, format!("{}{new}{}", all[..at].concat(), all[at + count..].concat())))
    }
}

fn main() {
    let (mut edits, mut seed) = (50, 1);
    let mut folders: Vec<PathBuf> = Vec::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut number = || arguments.next().and_then(|value| value.parse().ok()).expect("a number follows");
        match argument.as_str() {
            "--edits" => edits = number(),
            "--seed" => seed = number(),
            // From cargo.
            "--bench" => {}
            folder => folders.push(folder.into()),
        }
    }
    println!(
        "| project | files | lines | read in | edit | edits | p50 | p95 | max |\n|---|--:|--:|--:|---|--:|--:|--:|--:|"
    );
    for folder in folders {
        let folder = std::fs::canonicalize(folder).expect("the folder is there");
        let project = Project::read(&folder);
        let began = Instant::now();
        let mut client = Client::start(&folder, &json!({}));
        let read_in = began.elapsed();
        let count: usize = project.texts.iter().map(|(_, text)| text.lines().count()).sum();
        let name = folder.file_name().unwrap_or_default().display().to_string();
        let head = format!("| {name} | {} | {count} | {:.1} s", project.texts.len(), read_in.as_secs_f64());
        let mut random = Random::new(seed as u64);
        let mut all = Vec::new();
        for kind in Kind::ALL {
            let times = timed(&project, kind, edits, &mut client, &mut random);
            row(&head, kind.name(), &times);
            all.extend(times);
        }
        row(&head, "all", &all);
    }
}

fn timed(project: &Project, kind: Kind, edits: usize, client: &mut Client, random: &mut Random) -> Vec<Duration> {
    let mut times = Vec::new();
    // A text may offer no place; none may.
    for _ in 0..edits * 1000 {
        if times.len() >= edits {
            break;
        }
        let Some((path, edited)) = project.edited(kind, random) else { continue };
        let text = &project.texts.iter().find(|(it, _)| it == path).expect("it is one of them").1;
        client.write(path, text, false);
        client.settle();
        // What the configuration leaves out is not told.
        if client.published.contains_key(path) {
            for text in [&edited, text] {
                let began = Instant::now();
                client.write(path, text, false);
                let wanted = Some(client.open[path].version);
                while client.published.get(path).and_then(|it| it.version) != wanted {
                    client.hear();
                }
                times.push(began.elapsed());
                client.settle();
            }
        }
        client.close(path);
        client.settle();
    }
    times
}

fn row(head: &str, kind: &str, times: &[Duration]) {
    let mut sorted: Vec<f64> = times.iter().map(|time| time.as_secs_f64() * 1000.0).collect();
    sorted.sort_by(f64::total_cmp);
    let at = |part: f64| sorted.get(((sorted.len() as f64 * part).ceil() as usize).saturating_sub(1)).copied();
    let shown = |part| at(part).map_or("-".to_owned(), |time| format!("{time:.1} ms"));
    println!("{head} | {kind} | {} | {} | {} | {} |", sorted.len(), shown(0.5), shown(0.95), shown(1.0));
}

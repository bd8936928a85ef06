//! The catalogue files that unsnarl ships: which libraries there are and which roots belong to each.

use super::Language;

/// One library: its roots, its effects files and its signature files.
#[derive(Clone, Debug)]
pub(super) struct Source {
    pub language: Language,
    /// First segments of paths; empty for the file of macros, whose paths have many roots.
    pub roots: Vec<String>,
    /// Name and text.
    pub effects: Vec<(&'static str, &'static str)>,
    /// Root and text.
    pub signatures: Vec<(&'static str, &'static str)>,
}

impl Source {
    /// A library that only a user's entries know.
    pub fn of_user(language: Language, root: &str) -> Source {
        Source { language, roots: vec![root.to_string()], effects: Vec::new(), signatures: Vec::new() }
    }

    pub fn has_root(&self, root: &str) -> bool {
        self.roots.iter().any(|known| known == root)
    }
}

/// Libraries with written effects: `"roots": "file", …;`.
macro_rules! libraries {
    ($language:ident, $folder:literal: $($roots:literal => $($file:literal)+;)*) => {
        vec![$(Source {
            language: Language::$language,
            roots: $roots.split_whitespace().map(str::to_string).collect(),
            effects: vec![$((
                concat!($folder, "/", $file, ".toml"),
                include_str!(concat!("data/", $folder, "/", $file, ".toml")),
            )),+],
            signatures: Vec::new(),
        }),*]
    };
}

/// All libraries: those with written effects first, then those of which only the signatures are known.
pub(super) fn sources() -> Vec<Source> {
    let mut sources = libraries! { Python, "python":
        "asyncio _asyncio uvloop" => "asyncio";
        "concurrent" => "concurrent";
        "os posix posixpath ntpath genericpath" => "os";
        "pathlib" => "pathlib";
        "queue _queue" => "queue";
        "requests" => "requests";
        "shutil" => "shutil";
        "subprocess" => "subprocess";
        "threading _thread" => "threading";
        "time" => "time";
    };
    sources.extend(libraries! { Rust, "rust":
        "" => "macros";
        "std" => "std" "std_fs" "std_io" "std_sync";
        "tokio" => "tokio";
    });
    sources
}

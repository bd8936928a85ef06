//! Which async runtime a function uses: it decides the words of the help.

use super::Program;
use super::ids::Func;
use crate::catalogue::Item;

impl Program {
    /// The runtime of a function, by its file's imports, else by what the project depends on.
    pub fn runtime(&self, func: Func) -> Option<String> {
        self.runtime_of_file(func).or_else(|| {
            let language = self.language(func.file);
            let known = |runtime: &&String| self.catalogue.library_of(language, runtime).is_some();
            self.layout.runtimes.iter().find(known).cloned()
        })
    }

    fn runtime_of_file(&self, func: Func) -> Option<String> {
        let file = self.file(func.file);
        let language = file.language();
        let separator = super::naming::scope::separator(language);
        let mut found: Vec<String> = Vec::new();
        for import in &file.outline().imports {
            let path = file.text(import.path);
            let text = if path.is_empty() { file.text(import.name) } else { path };
            if import.level > 0 || text.is_empty() {
                continue;
            }
            let root = text.split(separator).next().unwrap_or(text);
            let full = match import.name.is_some() {
                true => format!("{text}{separator}{}", file.text(import.name)),
                false => text.to_owned(),
            };
            let library = [full.as_str(), root].into_iter().find_map(|path| {
                match self.library_item(language, self.names.intern(path))? {
                    Item::Function(id) => Some(self.catalogue.function(id).library),
                    Item::Type(id) => Some(self.catalogue.ty(id).library),
                    Item::Value(value) => Some(value.library),
                    Item::Module => self.catalogue.library_of(language, root),
                }
            });
            if let Some(runtime) = library.and_then(|library| self.catalogue.runtime(library))
                && !found.iter().any(|known| known == runtime)
            {
                found.push(runtime.to_owned());
            }
        }
        // A file that names two uses the one that does not run on the other.
        found.into_iter().next()
    }
}

//! What the modules of libraries have to tell, gathered item by item, and the signature texts of it.

use super::SignatureText;
use std::collections::BTreeMap;

/// What modules have to tell, by their paths.
#[derive(Default)]
pub struct Listing {
    modules: BTreeMap<String, Told>,
    items: usize,
}

#[derive(Default)]
struct Told {
    aliases: BTreeMap<String, String>,
    items: BTreeMap<String, String>,
}

impl Listing {
    /// How many items were written.
    pub fn len(&self) -> usize {
        self.items
    }

    /// A module that is there, whatever it has to tell.
    pub fn module(&mut self, module: &str) {
        self.modules.entry(module.to_string()).or_default();
    }

    pub fn has_item(&self, module: &str, name: &str) -> bool {
        self.modules.get(module).is_some_and(|told| told.items.contains_key(name))
    }

    /// A module's item, by the lines that say what it offers.
    pub fn item(&mut self, module: &str, name: &str, lines: String) {
        self.modules.entry(module.to_string()).or_default().items.insert(name.to_string(), lines);
        self.items += 1;
    }

    /// A module's other name for something.
    pub fn alias(&mut self, module: &str, name: &str, target: &str) {
        self.modules.entry(module.to_string()).or_default().aliases.insert(name.to_string(), target.to_string());
    }

    /// The texts, a root each; `root` is that of a module's path.
    pub fn texts(self, root: impl Fn(&str) -> &str) -> Vec<SignatureText> {
        let mut texts: BTreeMap<String, String> = BTreeMap::new();
        for (module, told) in self.modules {
            let text = texts.entry(root(&module).to_string()).or_default();
            text.push_str(&format!("module {module}\n"));
            for (name, target) in told.aliases {
                text.push_str(&format!("alias {name} {target}\n"));
            }
            text.extend(told.items.into_values());
        }
        texts.into_iter().collect()
    }
}

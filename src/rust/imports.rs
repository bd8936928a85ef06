//! `use` declarations, flattened to the names that they bind.

use syn::UseTree;

use super::types::name_text;

/// Calls `found(path, name, alias)` for each name that a `use` declaration binds.
pub(super) fn flatten_use(item: &syn::ItemUse, found: &mut dyn FnMut(&str, &str, &str)) {
    let prefix = if item.leading_colon.is_some() { "::".to_string() } else { String::new() };
    flatten_tree(&item.tree, &prefix, found);
}

fn flatten_tree(tree: &UseTree, prefix: &str, found: &mut dyn FnMut(&str, &str, &str)) {
    // `use a::{self}` binds `a`.
    let bind = |name: &str, alias: Option<&str>, found: &mut dyn FnMut(&str, &str, &str)| {
        if name == "self"
            && let Some((path, last)) = split_last(prefix)
        {
            found(path, last, alias.unwrap_or(last));
        } else {
            found(prefix, name, alias.unwrap_or(name));
        }
    };
    match tree {
        UseTree::Path(path) => {
            let name = name_text(&path.ident);
            let separator = if prefix.is_empty() || prefix == "::" { "" } else { "::" };
            flatten_tree(&path.tree, &format!("{prefix}{separator}{name}"), found);
        }
        UseTree::Name(name) => bind(&name_text(&name.ident), None, found),
        UseTree::Rename(rename) => bind(&name_text(&rename.ident), Some(&name_text(&rename.rename)), found),
        UseTree::Glob(_) => found(prefix, "*", "*"),
        UseTree::Group(group) => {
            for tree in &group.items {
                flatten_tree(tree, prefix, found);
            }
        }
    }
}

fn split_last(path: &str) -> Option<(&str, &str)> {
    if path.is_empty() {
        return None;
    }
    Some(path.rsplit_once("::").unwrap_or(("", path)))
}

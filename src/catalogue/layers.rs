//! One description on top of another: a user's entry over the shipped one.

use super::schema::TypeEntry;

impl TypeEntry {
    /// What this entry says, and where it says nothing, what `below` says.
    pub fn on_top_of(self, below: TypeEntry) -> TypeEntry {
        let mut implements = below.implements;
        implements.extend(self.implements);
        let mut operators = below.operators;
        operators.extend(self.operators);
        let mut attributes = below.attributes;
        attributes.extend(self.attributes);
        TypeEntry {
            path: below.path,
            generics: if self.generics.is_empty() { below.generics } else { self.generics },
            bases: if self.bases.is_empty() { below.bases } else { self.bases },
            implements,
            awaits: self.awaits.or(below.awaits),
            derefs: self.derefs.or(below.derefs),
            fails: self.fails || below.fails,
            carries: self.carries || below.carries,
            channel: self.channel || below.channel,
            means: self.means.or(below.means),
            declares: self.declares.or(below.declares),
            iterates: self.iterates.or(below.iterates),
            operators,
            attributes,
            handle: self.handle.or(below.handle),
            lock: self.lock.or(below.lock),
            guard: self.guard.or(below.guard),
            device: self.device.or(below.device),
            enter: self.enter.or(below.enter),
            exit: self.exit.or(below.exit),
            dropped_inside_runtime: self.dropped_inside_runtime.or(below.dropped_inside_runtime),
            cancellation: self.cancellation.or(below.cancellation),
            new: self.new.or(below.new),
            methods: self.methods,
        }
    }
}

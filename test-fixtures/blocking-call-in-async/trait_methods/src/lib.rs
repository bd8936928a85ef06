mod backends;
mod generics;
mod interfaces;
mod objects;

//! Comments that speak to unsnarl.
// unsnarl: allow(untracked-spawn, reason = "a tool that ends soon")

use std::thread;

// unsnarl: non-blocking(reason = "cached")
/// Documentation belongs to the function.
#[inline]
fn helper() -> u8 {
    read(
        "a", // unsnarl: allow(file-access-in-async)
    )
}

fn spawn() { // unsnarl: allow(untracked-spawn)
    // unsnarl: allow(blocking-call-in-async)
    thread::park();
    a(); b(); /* unsnarl: allow(x) */
    // an ordinary comment about unsnarl: nothing
    c("// unsnarl: a text");
    match d {
        // unsnarl: allow(y)
        0 => e(),
        _ => f(), // unsnarl: allow(z)
    }
}

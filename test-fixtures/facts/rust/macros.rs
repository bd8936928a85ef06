// Macros through their grammars.
fn all(x: u8, y: u8, field: &str) {
    println!("{x} {y:?} {:>width$}", field, width = 3);
    let text = format!("{}", x);
    tracing::info!(field = %x, ?y, target.name = "t", "seen {y}");
    assert!(x > 1, "but {x}");
    assert_eq!(f(x), y);
    let list = vec![x, 1, g(y)];
    let zeros = vec![0; 10];
    if matches!(x, 1 | 2 if y > 0) {
        panic!("at {x}");
    }
    my_macro!(call(x), y);
    my_block! { let z = call(x); z.done() }
    my_syntax!(a => b; c);
    write!(out, "{x}").unwrap();
    bail!("no {x}");
}
cfg_rt! {
    pub async fn inside(x: u8) -> u8 { x }
}
macro_rules! make {
    ($name:ident) => {
        fn $name() {}
    };
}
thread_local! {
    static COUNT: Cell<u32> = Cell::new(1);
}

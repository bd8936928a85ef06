// Branches, loops, jumps and their values.
fn flow(xs: &[u8], o: Option<u8>) -> Result<u8, E> {
    let first = if xs.is_empty() { 0 } else { xs[0] };
    let Some(x) = o else { return Err(E::None) };
    let found = 'outer: loop {
        while let Some((a, b)) = next() {
            if a == b && ready(a) || b > 3 {
                break 'outer a;
            }
            continue;
        }
        break 2;
    };
    let block = 'done: {
        if found > 1 {
            break 'done 1;
        }
        first? + 2
    };
    if let Some(y) = o
        && y > x
        && let Ok(z) = parse(y)
    {
        return z;
    }
    match found {
        n @ 1..=5 if n > 2 => n as u8,
        0 | 1 => 3,
        _ => unreachable!("no {found}"),
    };
    Ok(block)
}

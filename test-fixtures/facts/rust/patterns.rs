// What patterns bind, as projections.
fn parts((a, mut b): (A, B), Wrapper(inner): Wrapper, [first, .., last]: [u8; 3]) {
    let Point { x, y: Some(deep), .. } = point();
    let (tx, rx): (Sender<u8>, Receiver<u8>) = channel();
    let [one, rest @ ..] = list() else { return };
    match event {
        Event::Data(bytes, _) | Event::More(bytes, ..) => keep(bytes),
        Event::Closed { ref code } => keep(code),
        whole @ Event::Error(_) => keep(whole),
        None => {}
        &other => keep(other),
    }
    (a, b.field, list[0]) = (1, 2, 3);
    *b += 1;
    b.count = 5;
}

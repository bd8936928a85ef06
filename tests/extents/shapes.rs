//! Shapes of guards around awaits. The oracle compiles and runs this file in two editions; each `probe` prints which
//! guards are alive when it is polled. Not a part of the test binary.

#![allow(dead_code, unused_variables, unused_mut, unused_must_use, unused_assignments, irrefutable_let_patterns)]

use std::cell::RefCell;
use std::future::Future;
use std::ops::{Deref, DerefMut};
use std::pin::pin;
use std::task::{Context, Poll, Waker};

thread_local! {
    static ALIVE: RefCell<Vec<&'static str>> = const { RefCell::new(Vec::new()) };
    static SHAPE: RefCell<&'static str> = const { RefCell::new("") };
}

struct Inner {
    count: u32,
    items: Vec<u32>,
    maybe: Option<u32>,
}

struct Guard {
    name: &'static str,
    inner: Inner,
}

/// What locking gives: a guard that must be unwrapped.
struct Locked(Guard);

fn lock(name: &'static str) -> Locked {
    ALIVE.with(|alive| alive.borrow_mut().push(name));
    Locked(Guard { name, inner: Inner { count: 1, items: vec![1], maybe: Some(1) } })
}

impl Locked {
    fn unwrap(self) -> Guard {
        self.0
    }
}

impl Guard {
    fn get(&self) -> u32 {
        self.inner.count
    }
    fn maybe(&self) -> Option<u32> {
        self.inner.maybe
    }
    fn nothing(&self) -> Option<u32> {
        None
    }
    fn is_ready(&self) -> bool {
        true
    }
}

impl Deref for Guard {
    type Target = Inner;
    fn deref(&self) -> &Inner {
        &self.inner
    }
}

impl DerefMut for Guard {
    fn deref_mut(&mut self) -> &mut Inner {
        &mut self.inner
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        ALIVE.with(|alive| alive.borrow_mut().retain(|name| *name != self.name));
    }
}

struct Holder {
    guard: Guard,
    number: u32,
}

async fn probe(number: u32) -> u32 {
    let mut alive = ALIVE.with(|alive| alive.borrow().clone());
    alive.sort();
    alive.dedup();
    SHAPE.with(|shape| println!("{} {number} {}", shape.borrow(), alive.join(" ")));
    0
}

fn use_it<T>(value: T) {}
fn id<T>(value: T) -> T {
    value
}
async fn send(value: u32) -> u32 {
    value
}

async fn argument_temporary(x: bool) {
    use_it((lock("a").unwrap().get(), probe(1).await));
    probe(2).await;
}

async fn awaited_argument(x: bool) {
    send(lock("a").unwrap().get() + probe(1).await).await;
}

async fn tail_temporary(x: bool) -> u32 {
    lock("a").unwrap().get() + probe(1).await
}

async fn cloned_in_let(x: bool) {
    let value = lock("a").unwrap().get();
    probe(1).await;
}

async fn extended_dereference(x: bool) {
    let value = &mut *lock("a").unwrap();
    probe(1).await;
}

async fn extended_field(x: bool) {
    let value = &lock("a").unwrap().count;
    probe(1).await;
}

async fn extended_in_tuple(x: bool) {
    let value = (&lock("a").unwrap().count, 1);
    probe(1).await;
}

async fn extended_in_constructor(x: bool) {
    let value = Some(&lock("a").unwrap().count);
    probe(1).await;
}

async fn reference_to_guard(x: bool) {
    let value = &lock("a").unwrap();
    probe(1).await;
}

async fn wildcard(x: bool) {
    let _ = lock("a").unwrap();
    probe(1).await;
}

async fn underscore_name(x: bool) {
    let _guard = lock("a").unwrap();
    probe(1).await;
}

async fn if_let(x: bool) {
    if let Some(value) = lock("a").unwrap().maybe() {
        probe(1).await;
    }
    probe(2).await;
}

async fn if_let_else(x: bool) {
    if let Some(value) = lock("a").unwrap().nothing() {
        probe(1).await;
    } else {
        probe(2).await;
    }
    probe(3).await;
}

async fn if_let_else_if(x: bool) {
    if let Some(value) = lock("a").unwrap().nothing() {
        probe(1).await;
    } else if let Some(value) = lock("b").unwrap().nothing() {
        probe(2).await;
    } else {
        probe(3).await;
    }
}

async fn match_scrutinee(x: bool) {
    match lock("a").unwrap().maybe() {
        Some(value) => {
            probe(1).await;
        }
        None => {}
    }
    probe(2).await;
}

async fn match_in_let(x: bool) {
    let value = match lock("a").unwrap().get() {
        1 => probe(1).await,
        _ => 2,
    };
    probe(2).await;
}

async fn while_let(x: bool) {
    let mut turns = 0;
    while let Some(value) = lock("a").unwrap().maybe() {
        probe(1).await;
        turns += 1;
        if turns > 1 {
            break;
        }
    }
    probe(2).await;
}

async fn for_loop(x: bool) {
    for item in lock("a").unwrap().items.iter() {
        probe(1).await;
    }
    probe(2).await;
}

async fn plain_condition(x: bool) {
    if lock("a").unwrap().get() > 0 {
        probe(1).await;
    }
    while lock("b").unwrap().get() > 1 {
        probe(2).await;
    }
}

async fn let_else(x: bool) {
    let Some(value) = lock("a").unwrap().maybe() else {
        probe(1).await;
        return;
    };
    probe(2).await;
}

async fn let_else_taken(x: bool) {
    let Some(value) = lock("a").unwrap().nothing() else {
        probe(1).await;
        return;
    };
    probe(2).await;
}

async fn drop_in_branch(x: bool) {
    let guard = lock("a").unwrap();
    if x {
        drop(guard);
        probe(1).await;
    }
    probe(2).await;
}

async fn drop_in_branch_and_return(x: bool) {
    let guard = lock("a").unwrap();
    if x {
        drop(guard);
        probe(1).await;
        return;
    }
    probe(2).await;
}

async fn drop_in_both(x: bool) {
    let guard = lock("a").unwrap();
    probe(1).await;
    if x {
        drop(guard);
    } else {
        drop(guard);
        probe(2).await;
    }
    probe(3).await;
}

async fn drop_in_else(x: bool) {
    let guard = lock("a").unwrap();
    match x {
        true => {
            probe(1).await;
        }
        false => {
            drop(guard);
            probe(2).await;
        }
    }
    probe(3).await;
}

async fn overlapping(x: bool) {
    let a = lock("a").unwrap();
    let b = lock("b").unwrap();
    probe(1).await;
    drop(a);
    probe(2).await;
    drop(b);
    probe(3).await;
}

async fn inner_block(x: bool) {
    {
        let guard = lock("a").unwrap();
        probe(1).await;
    }
    probe(2).await;
}

async fn block_tail(x: bool) {
    match { lock("a").unwrap().get() } {
        1 => {
            probe(1).await;
        }
        _ => {}
    }
}

async fn block_tail_argument(x: bool) {
    use_it(({ lock("a").unwrap().get() }, probe(1).await));
}

async fn shadowed(x: bool) {
    let guard = lock("a").unwrap();
    let guard = lock("b").unwrap();
    probe(1).await;
}

async fn overwritten(x: bool) {
    let mut guard = lock("a").unwrap();
    probe(1).await;
    guard = lock("b").unwrap();
    probe(2).await;
}

async fn retaken_in_loop(x: bool) {
    let mut guard = lock("a").unwrap();
    let mut turns = 0;
    loop {
        probe(1).await;
        drop(guard);
        probe(2).await;
        turns += 1;
        if turns > 1 {
            break;
        }
        guard = lock("a").unwrap();
        probe(3).await;
    }
    probe(4).await;
}

async fn moved_into_struct(x: bool) {
    let guard = lock("a").unwrap();
    let holder = Holder { guard, number: 1 };
    probe(1).await;
    drop(holder);
    probe(2).await;
}

async fn in_option(x: bool) {
    let guard = Some(lock("a").unwrap());
    probe(1).await;
    if let Some(inner) = guard {
        probe(2).await;
        drop(inner);
        probe(3).await;
    }
    probe(4).await;
}

async fn moved_into_block(x: bool) {
    let guard = lock("a").unwrap();
    let future = async move {
        probe(1).await;
        drop(guard);
        probe(2).await;
    };
    probe(3).await;
    future.await;
    probe(4).await;
}

async fn moved_into_closure(x: bool) {
    let guard = lock("a").unwrap();
    let closure = move || use_it(guard);
    probe(1).await;
    closure();
    probe(2).await;
}

async fn and_operand(x: bool) {
    if lock("a").unwrap().is_ready() && probe(1).await == 0 {
        probe(2).await;
    }
}

async fn declared_later(x: bool) {
    let guard;
    probe(1).await;
    guard = lock("a").unwrap();
    probe(2).await;
}

async fn initialized_in_branch(x: bool) {
    let guard;
    if x {
        guard = lock("a").unwrap();
        probe(1).await;
    } else {
        probe(2).await;
    }
    probe(3).await;
}

async fn held_argument(x: bool) {
    use_it((lock("a").unwrap(), probe(1).await));
    probe(2).await;
}

async fn parameter(guard: Guard, x: bool) {
    probe(1).await;
    drop(guard);
    probe(2).await;
}

async fn labelled_break(x: bool) {
    let guard = lock("a").unwrap();
    'done: {
        if x {
            drop(guard);
            break 'done;
        }
        probe(1).await;
    }
    probe(2).await;
}

async fn arm_body(x: bool) {
    match x {
        true => lock("a").unwrap().get(),
        false => 2,
    };
    let value = match x {
        _ => lock("b").unwrap().get(),
    } + probe(1).await;
}

async fn formatted(x: bool) {
    let text = format!("{}", lock("a").unwrap().get());
    use_it((format!("{}", lock("b").unwrap().count), probe(1).await));
}

fn run(name: &'static str, future: impl Future) {
    SHAPE.with(|shape| *shape.borrow_mut() = name);
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    for _ in 0..100 {
        if let Poll::Ready(_) = future.as_mut().poll(&mut context) {
            return;
        }
    }
    panic!("{name} does not end");
}

macro_rules! run_each {
    ($($name:ident)*) => {
        $(for x in [true, false] {
            run(stringify!($name), $name(x));
        })*
    };
}

fn main() {
    run_each! {
        argument_temporary awaited_argument tail_temporary cloned_in_let extended_dereference extended_field
        extended_in_tuple extended_in_constructor reference_to_guard wildcard underscore_name if_let if_let_else
        if_let_else_if match_scrutinee match_in_let while_let for_loop plain_condition let_else let_else_taken
        drop_in_branch drop_in_branch_and_return drop_in_both drop_in_else overlapping inner_block block_tail
        block_tail_argument shadowed overwritten retaken_in_loop moved_into_struct in_option moved_into_block
        moved_into_closure and_operand declared_later initialized_in_branch held_argument labelled_break arm_body
        formatted
    }
    for x in [true, false] {
        run("parameter", parameter(lock("parameter").unwrap(), x));
    }
}

use std::sync::{Mutex, MutexGuard, RwLock};

struct State {
    count: Mutex<u64>,
    names: RwLock<Vec<String>>,
}

async fn ping() {}

async fn send<T>(_: T) {}

impl State {
    async fn named_bad(&self) {
        let guard = self.count.lock().unwrap(); //~ guard-across-await
        ping().await;
        drop(guard);
    }

    async fn underscore_name_bad(&self) {
        let _guard = self.count.lock().unwrap(); //~ guard-across-await
        ping().await;
    }

    async fn read_guard_bad(&self) {
        let names = self.names.read().unwrap(); //~ guard-across-await
        ping().await;
        println!("{}", names.len());
    }

    async fn write_guard_bad(&self) {
        let mut names = self.names.write().unwrap(); //~ guard-across-await
        ping().await;
        names.push(String::new());
    }

    async fn expect_bad(&self) {
        let _guard = self.count.lock().expect("not poisoned"); //~ guard-across-await
        ping().await;
    }

    async fn hole_in_the_extent_bad(&self, early: bool) {
        let guard = self.count.lock().unwrap(); //~ guard-across-await
        if early {
            drop(guard);
            ping().await;
            return;
        }
        ping().await;
    }

    async fn dropped_ok(&self) {
        let guard = self.count.lock().unwrap();
        drop(guard);
        ping().await;
    }

    async fn scope_ok(&self) {
        {
            let mut guard = self.count.lock().unwrap();
            *guard += 1;
        }
        ping().await;
    }

    async fn dropped_in_the_branch_that_awaits_ok(&self, early: bool) {
        let guard = self.count.lock().unwrap();
        if early {
            drop(guard);
            ping().await;
            return;
        }
        drop(guard);
    }

    async fn dropped_on_one_path_bad(&self, early: bool) {
        let guard = self.count.lock().unwrap(); //~ guard-across-await
        if early {
            drop(guard);
        }
        ping().await;
    }

    async fn wildcard_ok(&self) {
        let _ = self.count.lock().unwrap();
        ping().await;
    }

    async fn copied_ok(&self) {
        let count = *self.count.lock().unwrap();
        send(count).await;
    }

    async fn cloned_ok(&self) {
        let names = self.names.read().unwrap().clone();
        send(names).await;
    }

    async fn argument_temporary_bad(&self) {
        send(self.names.read().unwrap().len()).await; //~ guard-across-await
    }

    async fn extended_temporary_bad(&self) {
        let count = &mut *self.count.lock().unwrap(); //~ guard-across-await
        ping().await;
        *count += 1;
    }

    async fn if_let_bad(&self) {
        if let Some(name) = self.names.read().unwrap().first() { //~ guard-across-await
            send(name.len()).await;
        }
    }

    async fn match_bad(&self) {
        match self.count.lock().unwrap().checked_add(1) { //~ guard-across-await
            Some(_) => ping().await,
            None => {}
        }
    }

    async fn while_let_bad(&self) {
        while let Some(name) = self.names.write().unwrap().pop() { //~ guard-across-await
            send(name).await;
        }
    }

    async fn for_bad(&self) {
        for name in self.names.read().unwrap().iter() { //~ guard-across-await
            send(name.len()).await;
        }
    }

    async fn plain_condition_ok(&self) {
        if *self.count.lock().unwrap() > 0 {
            ping().await;
        }
    }

    async fn let_else_ok(&self) {
        let Some(count) = self.count.lock().unwrap().checked_add(1) else { return };
        send(count).await;
    }

    async fn no_await_ok(&self) {
        let mut guard = self.count.lock().unwrap();
        *guard += 1;
    }

    async fn not_run_here_ok(&self) {
        let guard = self.count.lock().unwrap();
        let later = async { ping().await };
        drop(guard);
        later.await;
    }

    fn state(&self) -> MutexGuard<'_, u64> {
        self.count.lock().unwrap()
    }

    async fn from_a_helper_bad(&self) {
        let guard = self.state(); //~ guard-across-await
        send(*guard).await;
    }

    fn sync_ok(&self) {
        let _guard = self.count.lock().unwrap();
    }
}

fn block_bad(state: &State) -> impl Future<Output = ()> + '_ {
    async move {
        let _guard = state.count.lock().unwrap(); //~ guard-across-await
        ping().await;
    }
}

struct Holder<'a> {
    guard: MutexGuard<'a, u64>,
}

async fn in_a_struct_bad(state: &State) {
    let holder = Holder { guard: state.count.lock().unwrap() }; //~ guard-across-await
    ping().await;
    drop(holder);
}

async fn in_an_option_bad(state: &State) {
    let guard = Some(state.count.lock().unwrap()); //~ guard-across-await
    ping().await;
    drop(guard);
}

async fn moved_away_ok(state: &State) {
    let guard = state.count.lock().unwrap();
    consume(guard);
    ping().await;
}

fn consume(_: MutexGuard<'_, u64>) {}

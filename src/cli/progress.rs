//! A bar on standard error for runs that take a while, if somebody watches.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::Duration;

/// Runs that end earlier show nothing.
const PATIENCE: Duration = Duration::from_secs(1);
const REDRAW: Duration = Duration::from_millis(100);

/// Counts files that are done and shows them from a thread of its own. Ends when dropped.
pub struct Progress {
    counts: Arc<Counts>,
    drawing: Option<(Sender<()>, JoinHandle<()>)>,
}

#[derive(Default)]
struct Counts {
    done: AtomicU64,
    total: AtomicU64,
}

impl Progress {
    /// Progress that is shown only where `is_watched`.
    pub fn new(is_watched: bool) -> Progress {
        let counts = Arc::new(Counts::default());
        let drawing = is_watched.then(|| {
            let (end, ended) = mpsc::channel();
            let counts = Arc::clone(&counts);
            (end, std::thread::spawn(move || draw(&counts, &ended)))
        });
        Progress { counts, drawing }
    }

    /// Says how many files there are to be done.
    pub fn expect(&self, files: usize) {
        self.counts.total.store(files as u64, Ordering::Relaxed);
    }

    /// Counts a file that is done.
    pub fn done(&self) {
        self.counts.done.fetch_add(1, Ordering::Relaxed);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((end, thread)) = self.drawing.take() {
            drop(end);
            // Whatever happened to the bar, the report follows.
            let _ = thread.join();
        }
    }
}

fn draw(counts: &Counts, ended: &mpsc::Receiver<()>) {
    if ended.recv_timeout(PATIENCE) != Err(RecvTimeoutError::Timeout) {
        return;
    }
    let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr());
    let style = |template| ProgressStyle::with_template(template).expect("the template is right");
    bar.set_style(style("{msg} {elapsed}"));
    bar.set_message("looking for files");
    while ended.recv_timeout(REDRAW) == Err(RecvTimeoutError::Timeout) {
        let (done, total) = (counts.done.load(Ordering::Relaxed), counts.total.load(Ordering::Relaxed));
        if total > 0 && bar.length() != Some(total) {
            bar.set_style(style("{msg} {bar:40} {pos}/{len} files"));
            bar.set_length(total);
        }
        if total > 0 {
            bar.set_message(if done < total { "reading" } else { "linking" });
        }
        bar.set_position(done);
        bar.tick();
    }
    bar.finish_and_clear();
}

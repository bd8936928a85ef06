mod inline {
    pub mod deeper {
        pub fn wait() {
            super::super::pause();
        }

        pub fn name() -> &'static str {
            self::own_name()
        }

        fn own_name() -> &'static str {
            "deeper"
        }
    }

    pub use deeper::wait as renamed;
}
mod net;
#[path = "odd/place.rs"]
mod placed;
mod prelude;
pub mod uses;

use std::time::Duration;

fn pause() {
    std::thread::sleep(Duration::from_secs(1));
}

#[cfg(unix)]
#[path = "unix.rs"]
mod platform;
#[cfg(not(unix))]
#[path = "windows.rs"]
mod platform;

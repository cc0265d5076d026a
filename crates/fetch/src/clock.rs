//! The time, asked for in one place.

use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// What tells the time and waits.
pub trait Clock {
    /// Milliseconds since 1970, UTC.
    fn now(&self) -> i64;
    /// Waits.
    fn sleep(&self, length: Duration);
}

/// The clock of the machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> i64 {
        SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as i64)
    }

    fn sleep(&self, length: Duration) {
        thread::sleep(length);
    }
}

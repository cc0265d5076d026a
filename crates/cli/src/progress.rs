//! A progress bar for work longer than two seconds, on a terminal only.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::time::{Duration, Instant};

/// Work shorter than this shows no bar.
const PATIENCE: Duration = Duration::from_secs(2);

/// Counts reports as they are done.
pub(crate) struct Progress {
    bar: ProgressBar,
    started: Instant,
    shown: bool,
    quiet: bool,
}

impl Progress {
    /// A bar that counts what `verb` says is done; `quiet` never shows it.
    pub(crate) fn new(verb: &'static str, quiet: bool) -> Progress {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        // The template is a constant; were it wrong, the default style would do.
        if let Ok(style) =
            ProgressStyle::with_template("{spinner} {prefix} {pos} reports · {per_sec} · {elapsed}")
        {
            bar.set_style(style);
        }
        bar.set_prefix(verb);
        Progress { bar, started: Instant::now(), shown: false, quiet }
    }

    /// One more is done.
    pub(crate) fn step(&mut self) {
        self.bar.inc(1);
        if !self.shown && !self.quiet && self.started.elapsed() > PATIENCE {
            // indicatif draws nothing where standard error is no terminal.
            self.bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(10));
            self.bar.enable_steady_tick(Duration::from_millis(200));
            self.shown = true;
        }
    }

    /// What is being done now takes all reports at once.
    pub(crate) fn phase(&self, words: &'static str) {
        self.bar.set_prefix(words);
    }

    /// Prints a line above the bar.
    pub(crate) fn above(&self, print: impl FnOnce()) {
        self.bar.suspend(print);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

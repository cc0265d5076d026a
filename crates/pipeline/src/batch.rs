//! Work on many items on all cores, with results in the order of the items.

use rayon::prelude::*;

/// Items in flight at once: enough to keep all cores busy, few enough to bound memory.
pub const BATCH: usize = 64;

/// Runs `work` on every item, on all cores, and hands each result to `take` in the order of the
/// items. At most [`BATCH`] items and results are held at once. `take` ends the run by returning
/// `false`.
pub fn in_order<T: Send, R: Send>(
    items: impl Iterator<Item = T>,
    work: impl Fn(T) -> R + Sync,
    mut take: impl FnMut(R) -> bool,
) {
    let mut items = items.peekable();
    while items.peek().is_some() {
        let batch: Vec<T> = items.by_ref().take(BATCH).collect();
        let results: Vec<R> = batch.into_par_iter().map(&work).collect();
        for result in results {
            if !take(result) {
                return;
            }
        }
    }
}

/// Sets how many threads all work in this process is spread over. Call it once, before any work.
///
/// # Errors
/// When threads are at work already, or cannot be had.
pub fn use_threads(threads: usize) -> Result<(), rayon::ThreadPoolBuildError> {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build_global()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order() {
        let mut seen = Vec::new();
        in_order(
            0..1000,
            |n| n * 2,
            |n| {
                seen.push(n);
                true
            },
        );
        assert_eq!(seen, (0..1000).map(|n| n * 2).collect::<Vec<_>>());
    }

    #[test]
    fn a_run_can_be_ended() {
        let mut seen = 0;
        in_order(
            0..1000,
            |n| n,
            |_| {
                seen += 1;
                seen < 10
            },
        );
        assert_eq!(seen, 10);
    }
}

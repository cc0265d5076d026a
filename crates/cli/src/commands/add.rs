//! `add`: reports into a record file.
//!
//! All cores read; one thread writes, a batch at a time, and a report is told of only once its batch is on the disk.

use super::outlet_pages::OutletPages;
use super::output::Output;
use super::tables::count;
use super::{Outcome, use_threads};
use crate::arguments::{AddOptions, ListFormat};
use anyhow::Result;
use serde_json::{Value, json};
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::time::{Duration, Instant, SystemTime};
use variorum_intake::{Captured, capture_all};
use variorum_model::{ReadReport, Rejection};
use variorum_pipeline::{Pipeline, in_order, rejection_row};
use variorum_record::{Added, Adding, Arrival, Entry, RecordFile, Standing, content_hash};

/// Reports written at once.
const BATCH: usize = 64;
/// Longest wait of a report that was read for others to be written with it.
const WAIT: Duration = Duration::from_millis(500);

/// What the writing thread is handed.
enum Message {
    Arrived(Arrival),
    Rejected(Rejection),
}

/// What became of all arrivals.
#[derive(Debug, Default, Clone, Copy)]
struct Counts {
    new: usize,
    copies: usize,
    known: usize,
    rejected: usize,
}

pub(crate) fn run(options: &AddOptions) -> Result<Outcome> {
    use_threads(&options.input)?;
    let mut adding = Adding::new(RecordFile::open_to_add(&options.record.path)?)?;
    let known = adding.known();
    let pages = OutletPages::kept_in(adding.file())?;
    let pipeline = Pipeline::load();
    let mut progress = options.input.progress.bar("adding");
    let mut outcome = Outcome::new(&options.input);
    let arrive = |captured: Captured| -> Result<Arrival, Rejection> {
        let hash = content_hash(&captured.bytes);
        if known.contains(&hash) {
            return Ok(Arrival::Known { hash, path: captured.report.path });
        }
        let read = pages.read(&pipeline, &captured.report, hash)?;
        prepared(captured, &read)
    };
    let (sender, receiver) = sync_channel(2 * BATCH);
    let (adding, counts) = std::thread::scope(|scope| {
        let writer = scope.spawn(|| write_all(adding, receiver, options.format));
        in_order(
            capture_all(&options.input.paths, &Default::default()),
            |captured| captured.and_then(arrive),
            |result| {
                progress.step();
                let message = result.map(Message::Arrived).unwrap_or_else(|rejection| {
                    outcome.note(&rejection, &progress);
                    Message::Rejected(rejection)
                });
                // The writer is gone only when it failed, and then says why.
                sender.send(message).is_ok()
            },
        );
        drop(sender);
        writer.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })?;
    progress.phase("placing");
    let mut file = adding.finish()?;
    pages.keep_in(&mut file)?;
    let file = file.unless_made_for_nothing()?;
    drop(progress);
    if options.format == ListFormat::Text {
        tell(file.as_ref(), &options.record.path, counts)?;
    }
    Ok(outcome)
}

/// A report that was read, ready to be written. A stage that fails on it ends it alone.
pub(super) fn prepared(captured: Captured, read: &ReadReport) -> Result<Arrival, Rejection> {
    let prepare = || Entry::prepare(&captured.report, &captured.bytes, captured.row, read);
    match catch_unwind(AssertUnwindSafe(prepare)) {
        Ok(Ok(entry)) => Ok(Arrival::Report(Box::new(entry.retrieved(captured.retrieved)))),
        _ => {
            let failed = "a stage failed on this report: please send it to the developers";
            Err(Rejection::new(captured.report.path, "internal_error", failed, 0))
        }
    }
}

/// The row of a report that is on the disk.
pub(super) fn added_row(added: &Added) -> Value {
    json!({"id": added.id, "path": added.path, "added": added.standing.name()})
}

fn tell(file: Option<&RecordFile>, path: &Path, counts: Counts) -> Result<()> {
    let mut output = Output::open(None)?;
    let Counts { new, copies, known, rejected } = counts;
    writeln!(output, "{new} new, {copies} copied, {known} already there, {rejected} rejected")?;
    let path = path.display();
    match file {
        Some(file) => {
            let reports = count(file.len()?, "report", "reports");
            let stories = count(file.story_count()?, "story", "stories");
            writeln!(output, "{path} holds {reports} in {stories}")?;
        }
        None => writeln!(output, "{path} was not made: there is nothing to keep")?,
    }
    output.flush()?;
    Ok(())
}

/// Writes what arrives until nothing more does.
fn write_all(
    mut adding: Adding,
    messages: Receiver<Message>,
    format: ListFormat,
) -> Result<(Adding, Counts)> {
    let mut output = Output::open(None)?;
    let mut counts = Counts::default();
    let mut batch: Vec<Arrival> = Vec::new();
    let mut since = Instant::now();
    loop {
        let left = if batch.is_empty() { WAIT } else { WAIT.saturating_sub(since.elapsed()) };
        let ended = match messages.recv_timeout(left) {
            Ok(Message::Rejected(rejection)) => {
                counts.rejected += 1;
                if format == ListFormat::Jsonl {
                    writeln!(output, "{}", rejection_row(&rejection))?;
                }
                false
            }
            Ok(Message::Arrived(arrival)) => {
                if batch.is_empty() {
                    since = Instant::now();
                }
                batch.push(arrival);
                false
            }
            Err(RecvTimeoutError::Timeout) => false,
            Err(RecvTimeoutError::Disconnected) => true,
        };
        if batch.len() >= BATCH || ended || !batch.is_empty() && since.elapsed() >= WAIT {
            let written = adding.write(std::mem::take(&mut batch), now())?;
            acknowledge(&written, &mut counts, format, &mut output)?;
        }
        if ended {
            output.flush()?;
            return Ok((adding, counts));
        }
    }
}

fn acknowledge(
    written: &[Added],
    counts: &mut Counts,
    format: ListFormat,
    output: &mut Output,
) -> Result<()> {
    for added in written {
        match added.standing {
            Standing::New => counts.new += 1,
            Standing::Copy => counts.copies += 1,
            Standing::Known => counts.known += 1,
        }
        if format == ListFormat::Jsonl {
            writeln!(output, "{}", added_row(added))?;
        }
    }
    output.flush()?;
    Ok(())
}

/// Milliseconds since 1970.
pub(super) fn now() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    since.map_or(0, |since| since.as_millis() as i64)
}

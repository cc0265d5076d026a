//! `watch`: feeds, lists of feeds and sitemaps, polled; their pages, fetched and added.
//!
//! What a source lists is in the record file before any page is fetched, and a page is noted as added once it is on the
//! disk; so a run that is killed goes on where it was.

use super::Outcome;
use super::add::{added_row, prepared};
use super::outlet_pages::OutletPages;
use super::tables::count;
use crate::arguments::{ListFormat, WatchOptions};
use crate::progress::Progress;
use anyhow::{Result, bail};
use std::io::Write;
use std::time::Duration;
use variorum_fetch::{
    Answer, Client, Clock, Conditions, Fault, Guard, Manners, SystemClock, Visitor, back_off,
};
use variorum_intake::{Fetched, Limits, Listing, capture_fetched, read_listing};
use variorum_model::Rejection;
use variorum_pipeline::Pipeline;
use variorum_record::{
    Adding, Arrival, Outcome as Fate, RecordFile, Source, content_hash, instant,
};

/// Failures after which a page is given up.
const MOST_FAILURES: u32 = 5;
/// First wait after a failure.
const FIRST_WAIT: Duration = Duration::from_secs(5 * 60);
/// Lists within lists: an OPML list of feeds, a sitemap of sitemaps.
const DEEPEST: usize = 2;

pub(crate) fn run(options: &WatchOptions) -> Result<Outcome> {
    let limits = Limits::default();
    let clock = SystemClock;
    let manners = Manners { pause: options.pause, ..Manners::default() };
    let client = Client::new(Guard::allowing(&options.allow_private), &limits);
    for url in &options.sources {
        if let Err(fault) = client.address(url) {
            bail!("{fault}");
        }
    }
    let mut watch = Watch {
        visitor: Visitor::new(client, manners, &clock),
        clock: &clock,
        pipeline: Pipeline::load(),
        options,
        limits: &limits,
        progress: options.progress.bar("watching"),
        outcome: Outcome::default(),
    };
    let mut file = RecordFile::open_to_add(&options.record.path)?;
    loop {
        let began = clock.now();
        let listed = watch.poll(&mut file)?;
        let mut adding = Adding::new(file)?;
        let outlets = OutletPages::kept_in(adding.file())?;
        let added = watch.fetch_pages(&mut adding, &outlets)?;
        file = adding.finish()?;
        outlets.keep_in(&mut file)?;
        watch.tell(listed, added, &file)?;
        if options.once {
            return Ok(watch.outcome);
        }
        let spent = Duration::from_millis((clock.now() - began).max(0) as u64);
        clock.sleep(options.every.saturating_sub(spent));
    }
}

struct Watch<'o> {
    visitor: Visitor<'o, SystemClock>,
    clock: &'o SystemClock,
    pipeline: Pipeline,
    options: &'o WatchOptions,
    limits: &'o Limits,
    progress: Progress,
    outcome: Outcome,
}

impl Watch<'_> {
    /// Reads every source that is due; how many pages they list that were not listed before.
    fn poll(&mut self, file: &mut RecordFile) -> Result<usize> {
        let mut new = 0;
        let mut pending: Vec<(String, usize)> =
            self.options.sources.iter().rev().map(|url| (url.clone(), 0)).collect();
        let mut seen: Vec<String> = Vec::new();
        while let Some((url, depth)) = pending.pop() {
            if seen.contains(&url) {
                continue;
            }
            seen.push(url.clone());
            let known = file.source(&url)?;
            if known.due > self.clock.now() {
                continue;
            }
            let (source, pages, lists) = self.read_source(&url, known, depth);
            new += file.note_source(&url, &source, &pages)?;
            pending.extend(lists.into_iter().rev().map(|list| (list, depth + 1)));
        }
        Ok(new)
    }

    /// What a source says now: what to keep of it, pages, further lists.
    fn read_source(
        &mut self,
        url: &str,
        known: Source,
        depth: usize,
    ) -> (Source, Vec<String>, Vec<String>) {
        let conditions = Conditions { etag: known.etag.clone(), modified: known.modified.clone() };
        let answer = match self.visitor.visit(url, &conditions) {
            Ok(answer) => answer,
            Err(fault) => return (self.failed(url, known, &fault), Vec::new(), Vec::new()),
        };
        let rested = Source { failures: 0, due: 0, ..known.clone() };
        if answer.status == 304 {
            return (rested, Vec::new(), Vec::new());
        }
        let absolute = |listed: &str| self.visitor.client().listed(&answer.url, listed);
        let listing =
            unpacked(&answer, self.limits).and_then(|bytes| read_listing(url, &bytes, self.limits));
        match listing {
            Ok(Listing::Pages(pages)) => {
                let pages = pages.iter().filter_map(|page| absolute(&page.url)).collect();
                let Conditions { etag, modified } = answer.conditions;
                (Source { etag, modified, ..rested }, pages, Vec::new())
            }
            // A list is read each time, since what it lists is.
            Ok(Listing::Lists(lists)) if depth < DEEPEST => {
                let lists = lists.iter().filter_map(|list| absolute(list)).collect();
                (Source { etag: None, modified: None, ..rested }, Vec::new(), lists)
            }
            Ok(Listing::Lists(_)) => {
                let message = "the list lies within too many others: give its own address";
                self.refuse(&Rejection::new(url, "nested_lists", message, 0));
                (rested, Vec::new(), Vec::new())
            }
            Err(rejection) => {
                let fault =
                    Fault { code: rejection.code, message: rejection.message, retry_at: None };
                (self.failed(url, known, &fault), Vec::new(), Vec::new())
            }
        }
    }

    fn failed(&mut self, url: &str, known: Source, fault: &Fault) -> Source {
        self.refuse(&Rejection::new(url, fault.code, fault.message.clone(), 0));
        let failures = known.failures.saturating_add(1);
        let wait = back_off(FIRST_WAIT, failures).as_millis() as i64;
        let due = fault.retry_at.unwrap_or(0).max(self.clock.now() + wait);
        Source { failures, due, ..known }
    }

    /// Fetches and adds every page that waits; how many were added.
    fn fetch_pages(&mut self, adding: &mut Adding, outlets: &OutletPages) -> Result<usize> {
        let mut added = 0;
        for page in adding.file().waiting(self.clock.now())? {
            let fate = match self.fetch_page(&page.url, adding, outlets)? {
                Ok(true) => {
                    added += 1;
                    Fate::Added
                }
                // What is no article today is none tomorrow.
                Ok(false) => Fate::GivenUp,
                Err(fault) => {
                    self.refuse(&Rejection::new(&*page.url, fault.code, fault.message.clone(), 0));
                    let wait = back_off(FIRST_WAIT, page.failures + 1).as_millis() as i64;
                    match fault.retry_at {
                        // The host asked for time, which is no fault of the page; the count goes on, so that no page
                        // waits for ever.
                        _ if !fault.may_pass() || page.failures + 1 >= MOST_FAILURES => {
                            Fate::GivenUp
                        }
                        Some(at) => Fate::Later(at),
                        None => Fate::Later(self.clock.now() + wait),
                    }
                }
            };
            adding.file().note_page(&page.url, fate)?;
        }
        Ok(added)
    }

    /// Fetches one page and adds it, by the way that `add` takes; whether it is an article.
    fn fetch_page(
        &mut self,
        url: &str,
        adding: &mut Adding,
        outlets: &OutletPages,
    ) -> Result<Result<bool, Fault>> {
        let answer = match self.visitor.visit(url, &Conditions::default()) {
            Ok(answer) => answer,
            Err(fault) => return Ok(Err(fault)),
        };
        self.progress.step();
        let now = self.clock.now();
        let fetched = Fetched {
            url: answer.url,
            retrieved: Some(instant(now)),
            content_type: answer.content_type,
            bytes: answer.bytes,
        };
        let entry = capture_fetched(url, fetched, self.limits).and_then(|captured| {
            let hash = content_hash(&captured.bytes);
            if adding.known().contains(&hash) {
                return Ok(Arrival::Known { hash, path: url.to_owned() });
            }
            let read = outlets.read(&self.pipeline, &captured.report, hash)?;
            prepared(captured, &read)
        });
        match entry {
            Err(rejection) => {
                self.refuse(&rejection);
                Ok(Ok(false))
            }
            Ok(arrival) => {
                for added in adding.write(vec![arrival], now)? {
                    if self.options.format == ListFormat::Jsonl {
                        self.print(&added_row(&added).to_string())?;
                    }
                }
                Ok(Ok(true))
            }
        }
    }

    fn refuse(&mut self, rejection: &Rejection) {
        self.outcome.note(rejection, &self.progress);
    }

    fn print(&self, line: &str) -> Result<()> {
        let mut written = Ok(());
        self.progress.above(|| written = writeln!(std::io::stdout().lock(), "{line}"));
        Ok(written?)
    }

    fn tell(&self, listed: usize, added: usize, file: &RecordFile) -> Result<()> {
        if self.options.format == ListFormat::Text {
            let (reports, path) = (count(file.len()?, "report", "reports"), file.path().display());
            self.print(&format!("{listed} newly listed, {added} fetched; {path} holds {reports}"))?;
        }
        Ok(())
    }
}

/// The body of a list, which a sitemap may have as a file of gzip.
fn unpacked(answer: &Answer, limits: &Limits) -> Result<Vec<u8>, Rejection> {
    variorum_intake::unpacked(&answer.url, &answer.bytes, limits)
}

/// A length of time: `90s`, `15m`, `2h`, `1d`.
pub(crate) fn length(value: &str) -> Result<Duration, String> {
    let wrong = || format!("`{value}` is no length of time: write 90s, 15m, 2h or 1d");
    let (number, unit) = value.split_at(value.trim_end_matches(char::is_alphabetic).len());
    let number: u64 = number.trim().parse().map_err(|_| wrong())?;
    let seconds = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 60 * 60,
        "d" => 24 * 60 * 60,
        _ => return Err(wrong()),
    };
    number.checked_mul(seconds).map(Duration::from_secs).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::length;

    #[test]
    fn lengths_of_time() {
        for (value, seconds) in [
            ("90s", Some(90)),
            ("15m", Some(900)),
            ("2h", Some(7_200)),
            ("1d", Some(86_400)),
            ("0s", Some(0)),
            ("15", None),
            ("m", None),
            ("1.5h", None),
            ("15 minutes", None),
            ("99999999999999999999s", None),
        ] {
            assert_eq!(length(value).ok().map(|d| d.as_secs()), seconds, "{value}");
        }
    }
}

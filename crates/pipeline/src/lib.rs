//! The stages in order, over batches, on all cores.
//!
//! What the binary calls, and whatever else wants reports read: [`Pipeline`] holds what has to be
//! loaded once, [`Pipeline::read`] takes one report through every stage that looks at one report
//! alone, [`Pipeline::record`] and [`Pipeline::placements`] do what needs all of them.

mod batch;
mod dating;
mod order;
mod rows;

pub use batch::{BATCH, in_order, use_threads};
pub use rows::{placement_row, rejection_row};
pub use variorum_clean::WithTraits;
pub use variorum_clean::html::{Layouts, MOST_PAGES, Traits};
pub use variorum_collate::subjects;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;
use variorum_identity::Identities;
use variorum_language::Language;
use variorum_model::contract::Record;
use variorum_model::{
    Annotations, EventMention, Explanation, Parse, RawReport, ReadReport, Rejection, Report,
    Uncoded,
};
use variorum_stories::{Digest, Placement, Stories, Why};

/// The stages, with what they need in memory.
pub struct Pipeline {
    language: Language,
}

impl Pipeline {
    /// Loads the language model. Costs some tens of milliseconds; do it once.
    pub fn load() -> Pipeline {
        Pipeline { language: Language::load() }
    }

    /// Cleans one report.
    ///
    /// # Errors
    /// A [`Rejection`] when it holds no article, or when a stage failed on it (`internal_error`).
    pub fn clean(raw: &RawReport) -> Result<Report, Rejection> {
        guarded(&raw.path, || variorum_clean::clean(raw)).and_then(|cleaned| cleaned)
    }

    /// As [`Pipeline::clean`], with the layouts of outlets that are known, and what the page shows of its
    /// outlet's.
    ///
    /// # Errors
    /// As [`Pipeline::clean`].
    pub fn clean_by(raw: &RawReport, layouts: &Layouts) -> Result<WithTraits, Rejection> {
        guarded(&raw.path, || variorum_clean::clean_by(raw, layouts)).and_then(|cleaned| cleaned)
    }

    /// As [`Pipeline::read`], with the layouts of outlets that are known, and what the page shows of its
    /// outlet's.
    ///
    /// # Errors
    /// As [`Pipeline::clean`].
    pub fn read_by(
        &self,
        raw: &RawReport,
        layouts: &Layouts,
    ) -> Result<(ReadReport, Option<(String, Traits)>), Rejection> {
        let (report, traits) = Pipeline::clean_by(raw, layouts)?;
        Ok((guarded(&raw.path, || self.read_clean(report))?, traits))
    }

    /// Reads one report: cleans it, parses it, annotates it, codes its events.
    ///
    /// # Errors
    /// As [`Pipeline::clean`].
    pub fn read(&self, raw: &RawReport) -> Result<ReadReport, Rejection> {
        let report = Pipeline::clean(raw)?;
        guarded(&raw.path, || self.read_clean(report))
    }

    /// Cleans and parses one report and finds its mentions, times and offices, but codes no events.
    ///
    /// # Errors
    /// As [`Pipeline::clean`].
    pub fn parse(&self, raw: &RawReport) -> Result<(Report, Parse, Annotations), Rejection> {
        let report = Pipeline::clean(raw)?;
        guarded(&raw.path, || {
            let (parse, annotations) = self.annotated(&report);
            (report, parse, annotations)
        })
    }

    /// Reads one report, and explains one of its events: the one that `which` picks from all.
    ///
    /// # Errors
    /// As [`Pipeline::clean`].
    pub fn explain(
        &self,
        raw: &RawReport,
        which: &dyn Fn(&Report, &[EventMention]) -> Option<usize>,
    ) -> Result<(ReadReport, Option<(usize, Explanation)>), Rejection> {
        let report = Pipeline::clean(raw)?;
        guarded(&raw.path, || {
            let (parse, annotations) = self.annotated(&report);
            let codings = variorum_events::code(&report, &parse, &annotations);
            let explained = which(&report, &codings.events).and_then(|n| {
                let event = codings.events.get(n)?;
                Some((n, variorum_events::explain(&report, &parse, &annotations, event)?))
            });
            (ReadReport { report, annotations, codings }, explained)
        })
    }

    /// Reads one report, and lists what stands between named actors without a code.
    ///
    /// # Errors
    /// As [`Pipeline::clean`].
    pub fn uncoded(&self, raw: &RawReport) -> Result<(Report, Vec<Uncoded>), Rejection> {
        let report = Pipeline::clean(raw)?;
        guarded(&raw.path, || {
            let (parse, annotations) = self.annotated(&report);
            let codings = variorum_events::code(&report, &parse, &annotations);
            let found = variorum_events::uncoded(&report, &parse, &annotations, &codings.events);
            (report, found)
        })
    }

    fn annotated(&self, report: &Report) -> (Parse, Annotations) {
        let parse = self.language.read(report);
        let annotations = variorum_annotate::annotate(report, &parse);
        (parse, annotations)
    }

    fn read_clean(&self, mut report: Report) -> ReadReport {
        // What was left out of a page has no characters in the text: cleaning tells it, and with the page
        // at hand it can be found again.
        report.removed.retain(|r| r.source.is_none());
        let (parse, annotations) = self.annotated(&report);
        let codings = variorum_events::code(&report, &parse, &annotations);
        ReadReport { report, annotations, codings }
    }

    /// The record of `reports`, whatever their order. Reports with the same id are one report, seen
    /// more than once.
    pub fn record(&self, reports: Vec<ReadReport>, rejected: &[Rejection]) -> Record {
        collated(reports, rejected, &|| self)
    }

    /// As [`Pipeline::record`], of reports that were read before: the model is loaded only if a report
    /// without a day is dated by the others and has to be read again from there.
    pub fn collate(reports: Vec<ReadReport>, rejected: &[Rejection]) -> Record {
        static READER: LazyLock<Pipeline> = LazyLock::new(Pipeline::load);
        collated(reports, rejected, &|| &READER)
    }

    /// Which reports copy, and tell the same event and story as, which. The answer's indices are
    /// those of the returned reports, which stand in their final order.
    pub fn placements(reports: Vec<Witness>) -> (Vec<Report>, Vec<Placement>) {
        let witnesses = order::settle(reports);
        let (reports, digests) = witnesses.into_iter().map(|w| (w.report, w.digest)).unzip();
        (reports, variorum_stories::placements(digests))
    }

    /// Why two of `reports` are put together or are not; `which` finds the two. The reports come back in the
    /// order that the answer's indices follow.
    pub fn explain_pair(
        reports: Vec<ReadReport>,
        which: impl FnOnce(&[ReadReport]) -> Option<(usize, usize)>,
    ) -> (Vec<ReadReport>, Option<(usize, usize, Why)>) {
        let reports = order::settle(reports);
        let why = which(&reports)
            .map(|(a, b)| (a, b, variorum_stories::explain(&reports, a as u32, b as u32)));
        (reports, why)
    }
}

/// A report that is to be placed among others: where it comes from, and its digest. Its text is not kept.
#[derive(Debug, Clone)]
pub struct Witness {
    report: Report,
    digest: Digest,
}

impl Witness {
    /// What placing needs of a report.
    pub fn of(read: ReadReport) -> Witness {
        let digest = Digest::of(&read);
        let Report { id, path, outlet, published, .. } = read.report;
        let report = Report { id, path, outlet, published, ..Report::of_lines("", "") };
        Witness { report, digest }
    }

    /// Where the report comes from.
    pub fn path(&self) -> &str {
        &self.report.path
    }
}

impl order::OfReport for Witness {
    fn report(&self) -> &Report {
        &self.report
    }

    fn report_mut(&mut self) -> &mut Report {
        &mut self.report
    }
}

/// The record of `reports`; `reader` gives the pipeline where one has to be read again.
fn collated<'a>(
    reports: Vec<ReadReport>,
    rejected: &[Rejection],
    reader: &dyn Fn() -> &'a Pipeline,
) -> Record {
    let (reports, identities, stories) = dating::dated(order::settle(reports), reader);
    let mut record = variorum_collate::collate(&reports, &identities, &stories);
    let mut rows: Vec<_> = rejected.iter().map(rejection_row).collect();
    rows.sort_by_key(ToString::to_string);
    record.rejected = rows;
    record
}

/// What is found by comparing reports, which stand in their final order.
fn compared(reports: &[ReadReport]) -> (Identities, Stories) {
    rayon::join(|| variorum_identity::resolve(reports), || variorum_stories::group(reports))
}

/// Runs a stage; a panic in it becomes the rejection of that one report.
fn guarded<T>(path: &str, stage: impl FnOnce() -> T) -> Result<T, Rejection> {
    catch_unwind(AssertUnwindSafe(stage)).map_err(|_| {
        Rejection::new(
            path,
            "internal_error",
            "a stage failed on this report: please send it to the developers",
            0,
        )
    })
}

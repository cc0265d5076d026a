//! The order in which reports stand in a record, whatever order they came in.

use variorum_model::{ReadReport, Report};

/// What holds a report.
pub(crate) trait OfReport {
    fn report(&self) -> &Report;
    fn report_mut(&mut self) -> &mut Report;
}

impl OfReport for ReadReport {
    fn report(&self) -> &Report {
        &self.report
    }

    fn report_mut(&mut self) -> &mut Report {
        &mut self.report
    }
}

/// Reports in order of publication, then outlet, then id.
///
/// An input given twice is one report. The same words under another path are another witness: they
/// keep the id with a number behind it, in order of their paths.
pub(crate) fn settle<R: OfReport>(mut reports: Vec<R>) -> Vec<R> {
    let key = |r: &R| (r.report().id.clone(), r.report().path.clone());
    reports.sort_by_cached_key(key);
    reports.dedup_by(|later, first| {
        let (later, first) = (later.report(), first.report());
        later.id == first.id && later.path == first.path
    });
    let mut from = 0;
    while from < reports.len() {
        let id = reports[from].report().id.clone();
        let same = reports[from..].iter().take_while(|r| r.report().id == id).count();
        for (n, twin) in reports[from..from + same].iter_mut().enumerate().skip(1) {
            let twin = twin.report_mut();
            twin.id = format!("{id}-{}", n + 1);
            twin.warnings.push("same_bytes_as_another".to_owned());
        }
        from += same;
    }
    reports.sort_by_cached_key(|r| {
        let report = r.report();
        let published = report.published.as_ref();
        let day = published.and_then(|p| p.start.or(p.end));
        let value = published.map(|p| p.value.clone()).unwrap_or_default();
        let outlet = report.outlet.as_ref().map(|o| o.name.clone()).unwrap_or_default();
        (day.is_none(), day, value, outlet, report.id.clone())
    });
    reports
}

//! The order in which reports stand in a record, whatever order they came in.

use variorum_model::ReadReport;

/// Reports in order of publication, then outlet, then id.
///
/// An input given twice is one report. The same words under another path are another witness: they
/// keep the id with a number behind it, in order of their paths.
pub(crate) fn settle(mut reports: Vec<ReadReport>) -> Vec<ReadReport> {
    reports.sort_by(|a, b| (&a.report.id, &a.report.path).cmp(&(&b.report.id, &b.report.path)));
    reports.dedup_by(|later, first| {
        later.report.id == first.report.id && later.report.path == first.report.path
    });
    let mut from = 0;
    while from < reports.len() {
        let id = reports[from].report.id.clone();
        let same = reports[from..].iter().take_while(|r| r.report.id == id).count();
        for (n, twin) in reports[from..from + same].iter_mut().enumerate().skip(1) {
            twin.report.id = format!("{id}-{}", n + 1);
            twin.report.warnings.push("same_bytes_as_another".to_owned());
        }
        from += same;
    }
    reports.sort_by_cached_key(|r| {
        let published = r.report.published.as_ref();
        let day = published.and_then(|p| p.start.or(p.end));
        let value = published.map(|p| p.value.clone()).unwrap_or_default();
        let outlet = r.report.outlet.as_ref().map(|o| o.name.clone()).unwrap_or_default();
        (day.is_none(), day, value, outlet, r.report.id.clone())
    });
    reports
}

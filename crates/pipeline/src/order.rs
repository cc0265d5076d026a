//! The order in which reports stand in a record, whatever order they came in.

use variorum_model::ReadReport;

/// Reports in order of publication, then outlet, then id; those with one id are one report, of which
/// the first path in the alphabet is kept and the others are noted.
pub(crate) fn settle(mut reports: Vec<ReadReport>) -> Vec<ReadReport> {
    reports.sort_by(|a, b| (&a.report.id, &a.report.path).cmp(&(&b.report.id, &b.report.path)));
    reports.dedup_by(|later, first| {
        let same = later.report.id == first.report.id;
        if same && later.report.path != first.report.path {
            first.report.warnings.push(format!("same_bytes_at:{}", later.report.path));
        }
        same
    });
    reports.sort_by_cached_key(|r| {
        let published = r.report.published.as_ref();
        let day = published.and_then(|p| p.start.or(p.end));
        let value = published.map(|p| p.value.clone()).unwrap_or_default();
        let outlet = r.report.outlet.as_ref().map(|o| o.name.clone()).unwrap_or_default();
        (day.is_none(), day, value, outlet, r.report.id.clone())
    });
    reports
}

//! Versions of a report, and how they differ.

use crate::fault::Fault;
use crate::file::RecordFile;
use crate::reports::{LINE, ReportLine};
use similar::{Algorithm, ChangeTag, TextDiff};
use std::time::Duration;

/// Time after which a difference is told more coarsely.
const PATIENCE: Duration = Duration::from_millis(500);

/// A change from one version to the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What was there and is no longer, a paragraph; empty where something was put in.
    pub before: String,
    /// What is there now; empty where something was taken out.
    pub after: String,
}

/// A version of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The report.
    pub report: ReportLine,
    /// How its article differs from the version before it; empty for the first.
    pub changes: Vec<Change>,
}

impl RecordFile {
    /// The versions of what was added under an address, a path or the id of a report, in order of arrival.
    ///
    /// # Errors
    /// When there is none, or one is damaged.
    pub fn versions(&self, of: &str) -> Result<Vec<Version>, Fault> {
        let mut address = of.to_owned();
        let mut lines = self.at_address(&address)?;
        if lines.is_empty() {
            let report = self.find(of)?;
            address = report.url.clone().unwrap_or_else(|| report.path.clone());
            lines = self.at_address(&address)?;
        }
        let mut versions: Vec<Version> = Vec::new();
        let mut before: Option<Vec<String>> = None;
        for report in lines {
            let after = self.paragraphs(&report)?;
            let changes = before.as_ref().map(|before| changes(before, &after)).unwrap_or_default();
            versions.push(Version { report, changes });
            before = Some(after);
        }
        Ok(versions)
    }

    fn at_address(&self, address: &str) -> Result<Vec<ReportLine>, Fault> {
        let sql = format!(
            "SELECT {LINE} FROM report WHERE url = ?1 OR path = ?1
                OR number IN (SELECT report FROM sighting WHERE path = ?1)
             ORDER BY added, number"
        );
        self.lines(&sql, [address])
    }

    fn paragraphs(&self, report: &ReportLine) -> Result<Vec<String>, Fault> {
        let read = self.read(report, i64::MAX)?;
        let text = &read.report.text;
        let title = read.report.title.iter().map(|t| t.value.clone());
        Ok(title.chain(read.report.body.iter().map(|b| b.span.of(text).to_owned())).collect())
    }
}

/// What was put in, taken out and changed, by paragraph.
fn changes(before: &[String], after: &[String]) -> Vec<Change> {
    let (old, new): (Vec<&str>, Vec<&str>) =
        (before.iter().map(String::as_str).collect(), after.iter().map(String::as_str).collect());
    let diff =
        TextDiff::configure().algorithm(Algorithm::Myers).timeout(PATIENCE).diff_slices(&old, &new);
    let mut found: Vec<Change> = Vec::new();
    let (mut out, mut put): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
    let mut close = |out: &mut Vec<&str>, put: &mut Vec<&str>| {
        let paired = out.len().max(put.len());
        for i in 0..paired {
            let at = |list: &[&str]| list.get(i).copied().unwrap_or_default().to_owned();
            found.push(Change { before: at(out), after: at(put) });
        }
        out.clear();
        put.clear();
    };
    for change in diff.iter_all_changes() {
        match change.tag() {
            ChangeTag::Equal => close(&mut out, &mut put),
            ChangeTag::Delete => out.push(change.value()),
            ChangeTag::Insert => put.push(change.value()),
        }
    }
    close(&mut out, &mut put);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_by_paragraph() {
        let list = |s: &str| s.split('|').map(str::to_owned).collect::<Vec<_>>();
        for (before, after, want) in [
            ("a|b", "a|b", vec![]),
            ("a|b|c", "a|x|c", vec![("b", "x")]),
            ("a|c", "a|b|c", vec![("", "b")]),
            ("a|b|c", "a|c", vec![("b", "")]),
        ] {
            let found = changes(&list(before), &list(after));
            let found: Vec<_> = found.iter().map(|c| (&*c.before, &*c.after)).collect();
            assert_eq!(found, want, "{before} {after}");
        }
    }
}

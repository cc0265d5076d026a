//! Damaged web archives: what is whole must be read, and nothing may bring the binary down.

use anyhow::Result;
use serde_json::Value;

use super::bench::{Bench, files, json_lines};
use super::figure::Figure;
use super::sets::{Measured, Set};
use crate::process::Usage;

/// Records every archive of the set was made with.
const RECORDS: usize = 3;

/// Cleans each archive by itself, so that a crash costs one archive and is counted.
pub(crate) fn measure(bench: &Bench, set: &Set) -> Result<Measured> {
    let folder = bench.folder(set.task, set.name)?;
    let archives = files(&set.gold_in(&bench.shared))?;
    let (mut read, mut complete, mut crashed) = (0, 0, 0);
    let mut usage = Usage::default();
    for archive in &archives {
        let name = archive.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let out = folder.join(format!("{name}.jsonl"));
        let args = vec!["clean".into(), archive.into(), "--format".into(), "jsonl".into()];
        let outcome = bench.variorum(args, None, &out)?;
        usage.add(outcome.usage);
        if outcome.code != Some(0) {
            crashed += 1;
            continue;
        }
        let records = whole(&json_lines(&out)?).min(RECORDS);
        read += records;
        complete += u64::from(records == RECORDS);
    }
    let all = archives.len() as u64;
    let figures = vec![
        Figure::share("records_read", read as u64, all * RECORDS as u64),
        Figure::share("archives_complete", complete, all),
        Figure::faults("archives_failed", crashed),
    ];
    Ok((figures, usage))
}

/// Rows that show a page of the archive: reports, and pages turned away for having no article, which
/// those of the set have not.
fn whole(rows: &[Value]) -> usize {
    let shown = |row: &&Value| match row.get("rejected") {
        None | Some(Value::Null) => true,
        Some(rejected) => rejected["code"] == "no_article",
    };
    rows.iter().filter(shown).count()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_rejected_record_is_not_read_and_a_page_without_an_article_is() {
        let rejected = |code: &str| json!({"id": "x", "rejected": {"code": code, "byte": 4}});
        let report = json!({"id": "a", "text": "t"});
        let rows =
            [report, rejected("bad_archive"), json!({"rejected": null}), rejected("no_article")];
        assert_eq!(whole(&rows), 3);
    }
}

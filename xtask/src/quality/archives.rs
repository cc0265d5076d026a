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

/// Rows that are reports, not rejections.
fn whole(rows: &[Value]) -> usize {
    rows.iter().filter(|row| row.get("rejected").is_none_or(Value::is_null)).count()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_rejected_row_is_not_a_record_read() {
        let rejected = json!({"id": "x", "rejected": {"code": "bad", "byte": 4}});
        let rows = [json!({"id": "a", "text": "t"}), rejected, json!({"rejected": null})];
        assert_eq!(whole(&rows), 2);
    }
}

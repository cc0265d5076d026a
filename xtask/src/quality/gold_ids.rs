//! Ids as the gold has them.
//!
//! PolNeAR names a text `abc` and its annotations `abc_4e07`; the scorer looks rows up by the second
//! and prepares them by the first. Rows are handed to it once for each annotation of their text.

use std::fs;
use std::path::Path;

use anyhow::Result;
use serde_json::Value;

/// Renames the rows of `out` after the annotation files of `gold`, where it has such.
pub(crate) fn rename(gold: &Path, out: &Path) -> Result<()> {
    let Ok(folder) = fs::read_dir(gold.join("attributions")) else { return Ok(()) };
    let mut stems: Vec<String> = folder
        .filter_map(|entry| entry.ok()?.path().file_stem()?.to_str().map(str::to_owned))
        .collect();
    stems.sort();
    let mut renamed = String::new();
    for line in fs::read_to_string(out)?.lines() {
        let mut row: Value = serde_json::from_str(line)?;
        let id = row["id"].as_str().unwrap_or_default().to_owned();
        for stem in stems.iter().filter(|stem| is_annotation_of(stem, &id)) {
            row["id"] = Value::from(stem.as_str());
            renamed.push_str(&row.to_string());
            renamed.push('\n');
        }
    }
    Ok(fs::write(out, renamed)?)
}

/// `abc_4e07` annotates `abc`.
fn is_annotation_of(stem: &str, id: &str) -> bool {
    stem == id
        || stem
            .strip_prefix(id)
            .is_some_and(|rest| rest.starts_with('_') && !rest[1..].contains('_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn annotations_and_their_texts() {
        for (stem, id, want) in [
            ("paper_2016-09-12_a-story_4e07", "paper_2016-09-12_a-story", true),
            ("paper_2016-09-12_a-story", "paper_2016-09-12_a-story", true),
            ("paper_2016-09-12_a-story-told_4e07", "paper_2016-09-12_a-story", false),
            ("paper_2016-09-12_a-story_4e07", "paper_2016-09-12", false),
        ] {
            assert_eq!(is_annotation_of(stem, id), want, "{stem} of {id}");
        }
    }
}

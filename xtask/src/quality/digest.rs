//! Digest of a set's gold, so that a floor measured on other gold is noticed.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// Hexadecimal digits kept.
const DIGITS: usize = 16;

/// Digest of `gold`, a file or a whole folder, and of the scorer beside it. A manifest stands for
/// the folder it lies in.
pub(crate) fn of(gold: &Path, scorer: &Path) -> Result<String> {
    let whole = match gold.parent() {
        Some(folder) if gold.ends_with("manifest.jsonl") => folder,
        _ => gold,
    };
    let mut hasher = blake3::Hasher::new();
    for file in [vec![scorer.to_path_buf()], below(whole)?].concat() {
        let bytes = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let name = file.strip_prefix(whole).unwrap_or(Path::new(""));
        hasher.update(name.to_string_lossy().as_bytes());
        hasher.update(&(bytes.len() as u64).to_le_bytes());
        hasher.update(&bytes);
    }
    Ok(hasher.finalize().to_hex()[..DIGITS].to_owned())
}

/// Every file at or below `path`, in the order of their paths.
fn below(path: &Path) -> Result<Vec<PathBuf>> {
    let (mut files, mut left) = (Vec::new(), vec![path.to_path_buf()]);
    while let Some(path) = left.pop() {
        if path.is_dir() {
            for entry in fs::read_dir(&path)? {
                left.push(entry?.path());
            }
        } else {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_changes_with_any_file_of_the_gold_or_the_scorer() {
        let root = std::env::temp_dir().join(format!("xtask-digest-{}", std::process::id()));
        let (gold, scorer) = (root.join("gold"), root.join("score.py"));
        fs::create_dir_all(gold.join("deep")).unwrap();
        fs::write(gold.join("manifest.jsonl"), "{}").unwrap();
        fs::write(gold.join("deep/page"), "a").unwrap();
        fs::write(&scorer, "score").unwrap();
        let digest = || of(&gold, &scorer).unwrap();
        let first = digest();
        assert_eq!(first.len(), DIGITS);
        assert_eq!(of(&gold.join("manifest.jsonl"), &scorer).unwrap(), first);
        fs::write(gold.join("deep/page"), "b").unwrap();
        let second = digest();
        assert_ne!(first, second);
        fs::write(&scorer, "other").unwrap();
        assert_ne!(second, digest());
        fs::remove_dir_all(&root).unwrap();
    }
}

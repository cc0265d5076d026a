//! The test sets, their scorer, and the binary under measurement.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::sets::Set;
use crate::process::{Call, Outcome, Usage};

/// Most bytes of paths given to one call: far under every system's limit on arguments.
const ARGUMENT_BYTES: usize = 96 * 1024;

/// Everything a measurement needs.
pub(crate) struct Bench {
    /// The binary under measurement.
    pub(crate) binary: PathBuf,
    /// Folder with `bench` and `seeds`.
    pub(crate) shared: PathBuf,
    /// Folder that takes what goes in and comes out, kept for a look afterwards.
    pub(crate) work: PathBuf,
}

impl Bench {
    /// The scorer.
    pub(crate) fn scorer(&self) -> PathBuf {
        self.shared.join("bench").join("score.py")
    }

    /// Runs the binary; standard output goes to `out`.
    pub(crate) fn variorum(
        &self,
        args: Vec<OsString>,
        stdin: Option<&Path>,
        out: &Path,
    ) -> Result<Outcome> {
        Call { program: &self.binary, args, stdin, stdout: out }.run()
    }

    /// Runs `variorum COMMAND PATH… --format FORMAT` to a good end.
    pub(crate) fn read(
        &self,
        command: &str,
        paths: &[PathBuf],
        format: &str,
        out: &Path,
    ) -> Result<Usage> {
        let mut args: Vec<OsString> = vec![command.into()];
        args.extend(paths.iter().map(|path| path.clone().into_os_string()));
        args.extend(["--format".into(), format.into()]);
        self.variorum(args, None, out)?.done().with_context(|| format!("variorum {command}"))
    }

    /// As `read` with JSON lines, in as many calls as the paths need; the output in one file.
    pub(crate) fn read_lines(&self, command: &str, paths: &[PathBuf], out: &Path) -> Result<Usage> {
        let mut usage = Usage::default();
        let mut all = Vec::new();
        for chunk in chunks(paths, ARGUMENT_BYTES) {
            usage.add(self.read(command, chunk, "jsonl", out)?);
            all.extend(fs::read(out)?);
        }
        fs::write(out, all)?;
        Ok(usage)
    }

    /// Annotates rows of `id` and `text`; the reports in the order of the rows.
    pub(crate) fn annotated(&self, set: &Set, rows: &[Value]) -> Result<(Vec<Value>, Usage)> {
        let folder = self.folder(set.task, set.name)?;
        let (input, out) = (folder.join("in.jsonl"), folder.join("out.jsonl"));
        write_lines(&input, rows)?;
        let usage = self.read_lines("annotate", &[input], &out)?;
        Ok((json_lines(&out)?, usage))
    }

    /// What the scorer prints for `TASK prepare GOLD`.
    pub(crate) fn prepare(&self, task: &str, gold: &Path) -> Result<Vec<u8>> {
        self.python(&[self.scorer().as_os_str(), task.as_ref(), "prepare".as_ref(), gold.as_ref()])
    }

    /// The figures the scorer prints for `TASK score GOLD OUT`.
    pub(crate) fn score(&self, task: &str, gold: &Path, out: &Path) -> Result<Value> {
        let scorer = self.scorer();
        let args =
            [scorer.as_os_str(), task.as_ref(), "score".as_ref(), gold.as_ref(), out.as_ref()];
        serde_json::from_slice(&self.python(&args)?).context("the scorer printed no JSON")
    }

    /// Runs Python and gives its standard output. `-B`: the test sets may be read-only, and stay as
    /// they are.
    pub(crate) fn python(&self, args: &[&std::ffi::OsStr]) -> Result<Vec<u8>> {
        let output = Command::new("python3")
            .arg("-B")
            .args(args)
            .output()
            .context("cannot start python3, which the scorer needs")?;
        let complaint = String::from_utf8_lossy(&output.stderr);
        ensure!(
            output.status.success(),
            "python3: {}",
            complaint.trim().lines().last().unwrap_or("")
        );
        Ok(output.stdout)
    }

    /// Folder for what goes into and comes out of one set.
    pub(crate) fn folder(&self, task: &str, set: &str) -> Result<PathBuf> {
        let folder = self.work.join(format!("{task}-{set}"));
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        Ok(folder)
    }
}

/// Splits `paths` so that each part has at most `limit` bytes, or one path.
fn chunks(paths: &[PathBuf], limit: usize) -> Vec<&[PathBuf]> {
    let mut parts = Vec::new();
    let (mut start, mut bytes) = (0, 0);
    for (index, path) in paths.iter().enumerate() {
        let len = path.as_os_str().len() + 1;
        if index > start && bytes + len > limit {
            parts.push(&paths[start..index]);
            (start, bytes) = (index, 0);
        }
        bytes += len;
    }
    if start < paths.len() {
        parts.push(&paths[start..]);
    }
    parts
}

/// Reads a file of one JSON object.
pub(crate) fn json(path: &Path) -> Result<Value> {
    let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    serde_json::from_slice(&bytes).with_context(|| format!("{}: no JSON", path.display()))
}

/// Reads a file of one JSON object a line.
pub(crate) fn json_lines(path: &Path) -> Result<Vec<Value>> {
    let text =
        fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(number, line)| {
            serde_json::from_str(line)
                .with_context(|| format!("{}:{}: no JSON", path.display(), number + 1))
        })
        .collect()
}

/// Writes one JSON object a line.
pub(crate) fn write_lines(path: &Path, rows: &[Value]) -> Result<()> {
    let text: String = rows.iter().map(|row| format!("{row}\n")).collect();
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

/// The files of a folder, by name.
pub(crate) fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?;
    let mut files = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// The last part of the path in a report's `path`.
pub(crate) fn file_name(path: &Value) -> &str {
    let path = path.as_str().unwrap_or_default();
    path.rsplit(['/', '\\']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_split_by_their_bytes() {
        let paths: Vec<PathBuf> = ["aa", "bb", "cc", "dddddddd", "e"].map(PathBuf::from).into();
        let lens = |limit| chunks(&paths, limit).iter().map(|c| c.len()).collect::<Vec<_>>();
        for (limit, expected) in [(100, vec![5]), (6, vec![2, 1, 1, 1]), (1, vec![1; 5])] {
            assert_eq!(lens(limit), expected);
        }
        assert!(chunks(&[], 10).is_empty());
    }

    #[test]
    fn the_name_is_the_last_part_of_a_path() {
        for (path, name) in
            [("a/b/c.txt", "c.txt"), ("c.txt", "c.txt"), ("d\\c.txt", "c.txt"), ("", "")]
        {
            assert_eq!(file_name(&Value::from(path)), name);
        }
        assert_eq!(file_name(&Value::Null), "");
    }
}

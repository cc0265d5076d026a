//! Samples in the README: a marker with a command line, and the block with what it printed.

use std::ops::Range;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

/// What opens a marker.
const OPEN: &str = "<!-- sample: ";

/// What closes it.
const CLOSE: &str = " -->";

/// What opens and closes the block.
const FENCE: &str = "```";

/// How a sample is printed, unless its command line says otherwise.
const MANNER: [(&str, &str); 2] = [("--width", "100"), ("--color", "never")];

/// A command line and where its output stands in the README.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sample {
    /// As in the marker: `variorum …`, perhaps cut with `| head -n N`.
    pub(crate) command: String,
    /// Bytes between the fences.
    pub(crate) block: Range<usize>,
}

/// Every sample, in order.
///
/// # Errors
/// A line on the first marker without an end or without a block.
pub(crate) fn find(readme: &str) -> Result<Vec<Sample>, String> {
    let mut samples = Vec::new();
    let mut at = 0;
    while let Some(marker) = readme[at..].find(OPEN) {
        let start = at + marker + OPEN.len();
        let after = |from: usize, what: &str| {
            let found = readme[from..].find(what).map(|offset| from + offset);
            found.ok_or_else(|| format!("README.md: a sample without {what:?}"))
        };
        let end = after(start, CLOSE)?;
        let block = after(end, "```text\n")? + "```text\n".len();
        let close = after(block, FENCE)?;
        samples.push(Sample { command: readme[start..end].trim().to_owned(), block: block..close });
        at = close + FENCE.len();
    }
    Ok(samples)
}

/// Runs a sample's command in the repository's root and gives what it prints.
pub(crate) fn print(command: &str, root: &Path, binary: &Path) -> Result<String> {
    let (args, lines) = parse(command)?;
    let output = Command::new(binary)
        .args(&args)
        .current_dir(root)
        .output()
        .with_context(|| format!("cannot start {}", binary.display()))?;
    let complaint = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "`{command}` fails: {}", complaint.trim());
    let text = String::from_utf8(output.stdout).context("the output is not UTF-8")?;
    Ok(text.lines().take(lines).map(|line| format!("{}\n", line.trim_end())).collect())
}

/// Arguments after `variorum`, with the manner of printing, and how many lines are shown.
fn parse(command: &str) -> Result<(Vec<String>, usize)> {
    let (call, cut) =
        command.split_once('|').map_or((command, None), |(call, cut)| (call, Some(cut)));
    ensure!(!call.contains(['"', '\'', '\\']), "`{command}`: samples take no quoting");
    let mut words = call.split_whitespace();
    ensure!(words.next() == Some("variorum"), "`{command}` does not begin with variorum");
    let mut args: Vec<String> = words.map(str::to_owned).collect();
    for (flag, value) in MANNER {
        let given = |arg: &String| arg == flag || arg.starts_with(&format!("{flag}="));
        if !args.iter().any(given) {
            args.extend([flag.to_owned(), value.to_owned()]);
        }
    }
    let lines = match cut {
        None => usize::MAX,
        Some(cut) => {
            let count = cut.trim().strip_prefix("head -n ").and_then(|n| n.trim().parse().ok());
            count.with_context(|| format!("`{command}`: only `head -n N` may follow"))?
        }
    };
    Ok((args, lines))
}

/// The first line that differs, as it stands and as it is printed.
pub(crate) fn first_difference(stands: &str, printed: &str) -> String {
    let (stands, printed) = (stands.trim_end(), printed.trim_end());
    let (mut old, mut new) = (stands.lines(), printed.lines());
    let mut number = 1;
    loop {
        match (old.next(), new.next()) {
            (None, None) => return "  no line differs".into(),
            (a, b) if a == b => number += 1,
            (a, b) => {
                let end = "(end)";
                return format!(
                    "  line {number}\n  - {}\n  + {}",
                    a.unwrap_or(end),
                    b.unwrap_or(end)
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_are_found_with_their_blocks() {
        let readme = "# T\n<!-- sample: variorum clean a.txt -->\nSee:\n```text\none\ntwo\n```\nmore\n\
            <!-- sample: variorum match -->\n```text\nthree\n```\n";
        let samples = find(readme).unwrap();
        let shown: Vec<_> =
            samples.iter().map(|s| (s.command.as_str(), &readme[s.block.clone()])).collect();
        assert_eq!(shown, [("variorum clean a.txt", "one\ntwo\n"), ("variorum match", "three\n")]);
        assert_eq!(find("no sample"), Ok(Vec::new()));
        assert!(find("<!-- sample: variorum clean -->\nno block").is_err());
    }

    #[test]
    fn a_command_line_is_given_its_manner() {
        for (command, args, lines) in [
            ("variorum clean a.txt", "clean a.txt --width 100 --color never", usize::MAX),
            ("variorum clean --width 60 a", "clean --width 60 a --color never", usize::MAX),
            ("variorum clean --color=always a", "clean --color=always a --width 100", usize::MAX),
            ("variorum clean a | head -n 7", "clean a --width 100 --color never", 7),
        ] {
            let parsed = parse(command).unwrap();
            assert_eq!((parsed.0.join(" ").as_str(), parsed.1), (args, lines));
        }
        for command in ["cat a", "variorum clean 'a b'", "variorum clean a | sort", ""] {
            assert!(parse(command).is_err(), "{command}");
        }
    }

    #[test]
    fn the_first_difference_is_shown() {
        assert_eq!(first_difference("a\nb\n", "a\nc\n"), "  line 2\n  - b\n  + c");
        assert_eq!(first_difference("a\n", "a\nb\n"), "  line 2\n  - (end)\n  + b");
    }
}

//! `cargo xtask docs`: the documentation names what the binary has, no more and no less, and the
//! README shows what it prints now.

mod help;
mod manual;
mod sample;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::place;

/// Checks `docs/commands.md` and the README's samples; with `bless` rewrites the samples. False
/// when something differs.
pub(crate) fn run(bless: bool, binary: Option<PathBuf>) -> Result<bool> {
    let root = place::root()?;
    let binary = place::binary(&root, binary.as_deref())?;
    let commands = help::ask(&binary)?;
    let manual = read(&root.join("docs").join("commands.md"))?;
    let mut complaints = manual::differences(&commands, &manual);
    complaints.extend(samples(&root, &binary, bless)?);
    for complaint in &complaints {
        println!("docs: {complaint}");
    }
    if complaints.is_empty() {
        println!(
            "docs: {} commands and the README's samples are as the binary says",
            commands.len() - 1
        );
    }
    Ok(complaints.is_empty())
}

/// Holds each sample of the README against what its command prints, or rewrites it.
fn samples(root: &Path, binary: &Path, bless: bool) -> Result<Vec<String>> {
    let path = root.join("README.md");
    let mut readme = read(&path)?;
    let mut complaints = Vec::new();
    let found = match sample::find(&readme) {
        Ok(found) => found,
        Err(complaint) => return Ok(vec![complaint]),
    };
    if found.is_empty() {
        complaints.push("README.md has no sample".to_owned());
    }
    // From the last to the first, so that the places of the earlier ones stay true.
    for sample in found.iter().rev() {
        let printed = sample::print(&sample.command, root, binary)?;
        if printed.trim_end() == readme[sample.block.clone()].trim_end() {
            continue;
        }
        if bless {
            readme.replace_range(sample.block.clone(), &format!("{}\n", printed.trim_end()));
        } else {
            complaints.push(format!(
                "README.md: `{}` prints something else now; `cargo xtask docs --bless` rewrites it:\n{}",
                sample.command,
                sample::first_difference(&readme[sample.block.clone()], &printed),
            ));
        }
    }
    if bless {
        fs::write(&path, readme).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(complaints)
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

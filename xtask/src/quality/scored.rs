//! Sets the bench's own scorer prepares and scores.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use serde_json::Value;

use super::bench::Bench;
use super::figure::Figure;
use super::gold_ids;
use super::sets::{Measured, Set};

/// How a command is given what the scorer prepared.
pub(crate) enum Feed {
    /// One path a line: given as arguments.
    Paths(&'static str),
    /// One JSON object a line: given as a file.
    Rows(&'static str),
    /// Any lines: given on standard input.
    Stdin(&'static str),
}

/// A figure taken from what the scorer prints.
pub(crate) struct Pick {
    name: &'static str,
    pointer: &'static str,
    faults: bool,
}

impl Pick {
    /// A rate, the higher the better, at this JSON pointer.
    pub(crate) const fn rate(name: &'static str, pointer: &'static str) -> Pick {
        Pick { name, pointer, faults: false }
    }

    /// A count of faults at this JSON pointer.
    pub(crate) const fn faults(name: &'static str, pointer: &'static str) -> Pick {
        Pick { name, pointer, faults: true }
    }

    fn from(&self, scores: &Value) -> Result<Figure> {
        let value = scores.pointer(self.pointer);
        let missing = || format!("the scorer gave no {}", self.name);
        Ok(if self.faults {
            Figure::faults(self.name, value.and_then(Value::as_u64).with_context(missing)?)
        } else {
            Figure::rate(self.name, value.and_then(Value::as_f64).with_context(missing)?)
        })
    }
}

/// What is fed to which command, and what is taken from the scores.
pub(crate) struct Scored {
    /// Command and the way it is fed.
    pub(crate) feed: Feed,
    /// Figures kept.
    pub(crate) picks: &'static [Pick],
}

impl Scored {
    /// Prepares, runs, scores.
    pub(crate) fn measure(&self, bench: &Bench, set: &Set) -> Result<Measured> {
        let gold = set.gold_in(&bench.shared);
        let folder = bench.folder(set.task, set.name)?;
        let (input, out) = (folder.join("in"), folder.join("out"));
        let prepared = bench.prepare(set.task, &gold)?;
        let usage = match self.feed {
            Feed::Paths(command) => bench.read_lines(command, &paths(&prepared), &out)?,
            Feed::Rows(command) => {
                let input = input.with_extension("jsonl");
                fs::write(&input, prepared)?;
                bench.read_lines(command, &[input], &out)?
            }
            Feed::Stdin(command) => {
                fs::write(&input, prepared)?;
                let outcome = bench.variorum(vec![command.into()], Some(&input), &out)?;
                outcome.done().with_context(|| format!("variorum {command}"))?
            }
        };
        gold_ids::rename(&gold, &out)?;
        let scores = bench.score(set.task, &gold, &out)?;
        let figures = self.picks.iter().map(|pick| pick.from(&scores)).collect::<Result<_>>()?;
        Ok((figures, usage))
    }
}

fn paths(lines: &[u8]) -> Vec<PathBuf> {
    String::from_utf8_lossy(lines).lines().map(PathBuf::from).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn figures_are_taken_where_they_stand() {
        let scores = json!({"*": {"f1": 0.5, "exact": 0.25}, "missing": 3, "rate": null});
        for (pick, expected) in [
            (Pick::rate("f1", "/*/f1"), Some(Figure::rate("f1", 0.5))),
            (Pick::faults("missing", "/missing"), Some(Figure::faults("missing", 3))),
            (Pick::rate("title", "/title"), None),
            (Pick::rate("rate", "/rate"), None),
        ] {
            assert_eq!(pick.from(&scores).ok(), expected);
        }
    }
}

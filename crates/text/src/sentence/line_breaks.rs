//! Which line breaks end a sentence.

use std::collections::HashSet;

use super::words::{Sign, gives};

/// Widths, in characters, that text is wrapped at.
const WIDTHS: std::ops::RangeInclusive<usize> = 40..=120;

/// The line breaks of a block that only wrap its lines.
pub(super) struct LineBreaks {
    wraps: HashSet<usize>,
}

impl LineBreaks {
    /// Looks at the lines of `piece`, paragraph by paragraph.
    pub(super) fn of(piece: &str) -> LineBreaks {
        let mut wraps = HashSet::new();
        let mut paragraph: Vec<(usize, &str)> = Vec::new();
        let mut at = 0;
        for line in piece.split('\n') {
            if line.trim().is_empty() {
                find_wraps(&paragraph, &mut wraps);
                paragraph.clear();
            } else {
                paragraph.push((at, line.trim()));
            }
            at += line.len() + 1;
        }
        find_wraps(&paragraph, &mut wraps);
        LineBreaks { wraps }
    }

    /// Judges the line break at byte `at` of the sentence begun at `start`: where the sentence
    /// ends, if it does, and where to look on.
    pub(super) fn judge(&self, piece: &str, at: usize, start: usize) -> (Option<usize>, usize) {
        let rest = &piece[at + 1..];
        let next = rest.trim_start();
        let gap = &rest[..rest.len() - next.len()];
        let blank = gap.contains('\n');
        let line = piece[start..at].trim_end();
        let goes_on = next.starts_with(char::is_lowercase) || unfinished(line);
        let ends = blank || !self.wraps.contains(&at) && (line.is_empty() || !goes_on);
        (ends.then_some(at + 1), at + 1 + gap.len())
    }
}

/// "The mayor of", "on Friday,": a line that cannot be all.
fn unfinished(line: &str) -> bool {
    let word = line.rsplit(char::is_whitespace).next().unwrap_or("");
    line.ends_with(',') || gives(Sign::Unfinished, word)
}

/// Notes the breaks at which the lines of a paragraph, each with its place, are wrapped.
///
/// Text wrapped at a width fills its lines: the first word of the next would not have fitted. So do
/// some lists by chance; but their items begin with a capital, and many lines of wrapped text do not.
fn find_wraps(lines: &[(usize, &str)], wraps: &mut HashSet<usize>) {
    let widths: Vec<usize> = lines.iter().map(|(_, l)| l.chars().count()).collect();
    let widest = widths.iter().copied().max().unwrap_or(0);
    if lines.len() < 3 || !WIDTHS.contains(&widest) {
        return;
    }
    let full = |i: usize| {
        let first = lines[i + 1].1.split_whitespace().next().unwrap_or("");
        widths[i] + 1 + first.chars().count() > widest
    };
    let breaks = lines.len() - 1;
    let filled = (0..breaks).filter(|&i| full(i)).count();
    let lower = (0..breaks).filter(|&i| lines[i + 1].1.starts_with(char::is_lowercase)).count();
    if filled * 3 < breaks * 2 || lower * 3 < breaks {
        return;
    }
    wraps.extend((0..breaks).filter(|&i| full(i)).map(|i| lines[i + 1].0 - 1));
}

//! A record with what a reader needs beside it: sigla, outlets, passages in their context.

use crate::days::day_range;
use std::collections::{BTreeSet, HashMap};
use variorum_model::contract::{Citation, Record};

/// One report as a witness, under the letter by which the record cites it.
#[derive(Debug, Clone)]
pub struct Witness {
    /// `A`, `B`, … in the order of the record.
    pub siglum: String,
    /// Its id.
    pub id: String,
    /// Path as given.
    pub path: String,
    /// Outlet, or what is known instead.
    pub outlet: String,
    /// The headline, or empty.
    pub title: String,
    /// When it came out, for a person, or empty.
    pub published: String,
    /// First and last possible day of publication.
    pub days: (Option<String>, Option<String>),
    /// Index of its lineage.
    pub lineage: usize,
    /// The text, by code points.
    pub text: Vec<char>,
    /// Blocks of the body: kind, start and end in code points.
    pub body: Vec<(String, usize, usize)>,
    /// What was removed: kind, start and end in code points.
    pub removed: Vec<(String, usize, usize)>,
    /// The headline's place in the text.
    pub title_at: Option<(usize, usize)>,
}

/// A cited passage in its context, cut to fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// What stands before the cited words.
    pub before: String,
    /// The cited words.
    pub quote: String,
    /// What stands after them.
    pub after: String,
}

/// A record ready to be shown.
#[derive(Debug)]
pub struct Collation<'r> {
    /// The record.
    pub record: &'r Record,
    /// Its witnesses, in order.
    pub witnesses: Vec<Witness>,
    by_id: HashMap<String, usize>,
    names: HashMap<&'r str, &'r str>,
}

impl<'r> Collation<'r> {
    /// Prepares `record`.
    pub fn new(record: &'r Record) -> Collation<'r> {
        let witnesses: Vec<Witness> =
            record.reports.iter().enumerate().map(|(i, row)| witness(record, i, row)).collect();
        let by_id = witnesses.iter().enumerate().map(|(i, w)| (w.id.clone(), i)).collect();
        let actors = record.actors.iter().map(|a| (a.id.as_str(), a.name.as_str()));
        let places = record.places.iter().map(|p| (p.id.as_str(), p.name.as_str()));
        Collation { record, witnesses, by_id, names: actors.chain(places).collect() }
    }

    /// The witness of that report id.
    pub fn witness(&self, report: &str) -> Option<&Witness> {
        self.by_id.get(report).map(|&i| &self.witnesses[i])
    }

    /// Sigla of report ids, in order: `A C D`.
    pub fn sigla(&self, reports: &[String]) -> String {
        let mut order: Vec<usize> =
            reports.iter().filter_map(|r| self.by_id.get(r).copied()).collect();
        order.sort_unstable();
        order.dedup();
        let list: Vec<&str> = order.iter().map(|&i| self.witnesses[i].siglum.as_str()).collect();
        list.join(" ")
    }

    /// Siglum and place of a citation: `A:1400`.
    pub fn place(&self, citation: &Citation) -> String {
        let siglum = self.witness(&citation.report).map_or("?", |w| w.siglum.as_str());
        format!("{siglum}:{}", citation.start)
    }

    /// The cited words with as much of their own block around them as fits in `width` characters.
    pub fn passage(&self, citation: &Citation, width: usize) -> Passage {
        let Some(witness) = self.witness(&citation.report) else {
            return Passage {
                before: String::new(),
                quote: citation.quote.clone(),
                after: String::new(),
            };
        };
        let block = witness
            .body
            .iter()
            .map(|&(_, s, e)| (s, e))
            .chain(witness.title_at)
            .find(|&(s, e)| s <= citation.start && citation.end <= e)
            .unwrap_or((citation.start, citation.end));
        cut(&witness.text, block, (citation.start, citation.end), width)
    }

    /// How many independent lineages reports are.
    pub fn independent(&self, reports: &[String]) -> usize {
        let lineages: BTreeSet<usize> =
            reports.iter().filter_map(|r| Some(self.witness(r)?.lineage)).collect();
        lineages.len()
    }

    /// Name of an actor or place id.
    pub fn name<'s>(&'s self, id: &'s str) -> &'s str {
        self.names.get(id).copied().unwrap_or(id)
    }
}

fn witness(record: &Record, index: usize, row: &serde_json::Value) -> Witness {
    let text = |v: &serde_json::Value| v.as_str().unwrap_or_default().to_owned();
    let id = text(&row["id"]);
    let days = |key: &str| row["published"][key].as_str().map(str::to_owned);
    let spans = |key: &str| {
        row[key]
            .as_array()
            .into_iter()
            .flatten()
            .map(|b| {
                let at = |k: &str| b[k].as_u64().unwrap_or_default() as usize;
                (text(&b["kind"]), at("start"), at("end"))
            })
            .collect::<Vec<_>>()
    };
    let path = text(&row["path"]);
    let outlet = match row["outlet"]["name"].as_str() {
        Some(name) => name.to_owned(),
        None => format!("({})", path.rsplit('/').next().unwrap_or(&path)),
    };
    let published = day_range(days("start").as_deref(), days("end").as_deref());
    let title_span = &row["title"]["span"];
    Witness {
        siglum: siglum(index),
        lineage: record.lineages.iter().position(|l| l.contains(&id)).unwrap_or(index),
        id,
        outlet,
        title: text(&row["title"]["value"]),
        published: match row["published"]["basis"].as_str() {
            Some("inferred") => format!("{published}, inferred"),
            _ => published,
        },
        days: (days("start"), days("end")),
        text: row["text"].as_str().unwrap_or_default().chars().collect(),
        body: spans("body"),
        removed: spans("removed"),
        title_at: title_span["start"]
            .as_u64()
            .zip(title_span["end"].as_u64())
            .map(|(s, e)| (s as usize, e as usize)),
        path,
    }
}

/// A, B, …, Z, A2, B2, …: the letter comes round, the number tells the round.
fn siglum(index: usize) -> String {
    let letter = char::from(b'A' + (index % 26) as u8);
    if index < 26 { letter.to_string() } else { format!("{letter}{}", index / 26 + 1) }
}

/// Cuts `block` around `quote` to `width` characters, at word bounds, white space folded.
fn cut(text: &[char], block: (usize, usize), quote: (usize, usize), width: usize) -> Passage {
    let fold = |range: std::ops::Range<usize>| -> String {
        let raw: String = text[range.start.min(text.len())..range.end.min(text.len())]
            .iter()
            .map(|c| if c.is_control() { ' ' } else { *c })
            .collect();
        let mut words = raw.split_whitespace().collect::<Vec<_>>().join(" ");
        if raw.starts_with(char::is_whitespace) && !words.is_empty() {
            words.insert(0, ' ');
        }
        if raw.ends_with(char::is_whitespace) && !words.is_empty() {
            words.push(' ');
        }
        words
    };
    let core = fold(quote.0..quote.1);
    let core_len = core.chars().count();
    if core_len >= width {
        let short: String = core.chars().take(width.saturating_sub(1)).collect();
        let at_word = short.rfind(' ').filter(|&i| i > short.len() / 2).unwrap_or(short.len());
        return Passage {
            before: String::new(),
            quote: format!("{}…", short[..at_word].trim_end()),
            after: String::new(),
        };
    }
    let (before, after) = (fold(block.0..quote.0), fold(quote.1..block.1));
    let room = width - core_len;
    // A third of the room leads in; what the lead-in leaves goes behind.
    let lead = tail(&before, (room / 3).max(room.saturating_sub(after.chars().count())));
    let rest = head(&after, room.saturating_sub(lead.chars().count()));
    Passage { before: lead, quote: core, after: rest }
}

/// The last words of `text` that fit in `width`, with an ellipsis when some are missing.
fn tail(text: &str, width: usize) -> String {
    let chars: Vec<char> = text.chars().collect();
    if chars.len() <= width {
        return text.to_owned();
    }
    if width < 8 {
        return String::new();
    }
    let kept: String = chars[chars.len() - (width - 1)..].iter().collect();
    match kept.find(' ') {
        Some(i) => format!("…{}", kept[i..].trim_start()),
        None => String::new(),
    }
}

/// The first words of `text` that fit in `width`, with an ellipsis when some are missing.
fn head(text: &str, width: usize) -> String {
    let chars: Vec<char> = text.chars().collect();
    if chars.len() <= width {
        return text.to_owned();
    }
    if width < 8 {
        return String::new();
    }
    let kept: String = chars[..width - 1].iter().collect();
    match kept.rfind(' ') {
        Some(i) => format!("{}…", kept[..i].trim_end()),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sigla_go_round_the_alphabet() {
        for (index, want) in [(0, "A"), (25, "Z"), (26, "A2"), (51, "Z2"), (52, "A3")] {
            assert_eq!(siglum(index), want);
        }
    }

    #[test]
    fn passages_are_cut_at_words() {
        let text: Vec<char> =
            "The ministers met on Tuesday in the port city and agreed to nothing."
                .chars()
                .collect();
        let whole = (0, text.len());
        let full = cut(&text, whole, (18, 28), 200);
        assert_eq!(
            (full.before.as_str(), full.quote.as_str()),
            ("The ministers met ", "on Tuesday")
        );
        let short = cut(&text, whole, (18, 28), 40);
        let shown = format!("{}{}{}", short.before, short.quote, short.after);
        assert!(shown.chars().count() <= 40, "{shown:?}");
        assert!(shown.contains("on Tuesday"), "{shown:?}");
        let tiny = cut(&text, whole, (0, 30), 20);
        assert_eq!(tiny.quote, "The ministers met…");
    }
}

//! One report, one reading of a name: surnames of persons named in full, acronyms given in brackets,
//! and the weight of all mentions of a name decide single doubtful ones.

use super::classify::Found;
use super::forms::acronym;
use super::runs::Word;
use super::words::PARTICLE;
use rustc_hash::{FxHashMap, FxHashSet};
use variorum_model::MentionKind;

/// Below this a name is not passed on.
const LEAST: f32 = 0.4;
/// From this on the body's word for a name is taken in the headline.
const KNOWN: f32 = 0.8;
/// Tokens of a name that is looked for in a headline, at most.
const LONGEST_KNOWN: usize = 5;

const KINDS: [MentionKind; 6] = [
    MentionKind::Person,
    MentionKind::Organization,
    MentionKind::Place,
    MentionKind::Group,
    MentionKind::Event,
    MentionKind::Facility,
];

/// What a report tells about its names as a whole.
struct Record {
    /// Last names of persons, in lower case, with the best confidence.
    surnames: FxHashMap<String, f32>,
    /// Acronyms explained by a long form.
    acronyms: FxHashMap<String, MentionKind>,
    /// Names in lower case of which the text below the headline is sure, with their kind.
    known: FxHashMap<String, (MentionKind, f32)>,
    /// For each name in lower case: weight of each kind, best confidence of each kind.
    votes: FxHashMap<String, [(f32, f32); KINDS.len()]>,
}

/// The final names of a report, in order, none overlapping.
pub(super) fn settle(words: &[Word<'_>], mut found: Vec<Found>, headline: &[bool]) -> Vec<Found> {
    let record = Record::of(words, &found, headline);
    for f in &mut found {
        record.judge(words, f);
    }
    found.retain(|f| !(headline[f.first] && record.swallows_known(words, f)));
    let mut covered: FxHashSet<usize> = FxHashSet::default();
    for f in found.iter().filter(|f| f.confidence >= LEAST) {
        covered.extend(f.first..f.last);
    }
    found.extend(record.missed(words, &covered));
    found.extend(record.repeated(words, headline, &covered));
    found.retain(|f| f.confidence >= LEAST);
    found.sort_by(|a, b| (a.first, b.last).cmp(&(b.first, a.last)));
    let mut end = 0;
    found.retain(|f| {
        let keep = f.first >= end;
        end = if keep { f.last } else { end };
        keep
    });
    found
}

fn key(words: &[Word<'_>], first: usize, last: usize) -> String {
    let mut out = String::new();
    for (i, w) in words[first..last].iter().enumerate() {
        if i > 0 && !w.glued {
            out.push(' ');
        }
        out.push_str(&w.lower);
    }
    out
}

/// First token of a person's last name: the last word with the article or particle before it.
fn surname_start(words: &[Word<'_>], first: usize, last: usize) -> usize {
    let mut i = last - 1;
    while i > first + 1
        && (words[i - 1].text == "-" || words[i - 1].is(PARTICLE) && !words[i - 1].capital)
    {
        i -= 1;
    }
    if i >= 2 && i > first && words[i - 1].text == "-" && words[i - 2].is(PARTICLE) {
        i -= 2;
    }
    i.max(first)
}

impl Record {
    fn of(words: &[Word<'_>], found: &[Found], headline: &[bool]) -> Record {
        let mut record = Record {
            surnames: FxHashMap::default(),
            acronyms: FxHashMap::default(),
            known: FxHashMap::default(),
            votes: FxHashMap::default(),
        };
        for f in found {
            let weight = if headline[f.first] { 0.3 } else { 1.0 };
            let name = key(words, f.first, f.last);
            if !headline[f.first] && f.confidence >= KNOWN {
                let told = record.known.entry(name.clone()).or_insert((f.kind, f.confidence));
                if f.confidence > told.1 {
                    *told = (f.kind, f.confidence);
                }
            }
            let slot = &mut record.votes.entry(name).or_default()[kind_number(f.kind)];
            slot.0 += f.confidence * weight;
            slot.1 = slot.1.max(f.confidence * weight);
            if f.kind == MentionKind::Person {
                record.add_surname(words, f, weight);
            } else if matches!(
                f.kind,
                MentionKind::Organization | MentionKind::Group | MentionKind::Facility
            ) {
                record.add_acronym(words, f);
            }
        }
        record
    }

    fn add_surname(&mut self, words: &[Word<'_>], f: &Found, weight: f32) {
        let named = (f.first..f.last).filter(|&i| words[i].capital).count();
        let titled = f.title.is_some();
        if !(named >= 2 && f.confidence >= 0.55 || titled && f.confidence >= 0.9) {
            return;
        }
        let start = surname_start(words, f.first, f.last);
        let last = f.last - 1;
        for from in [start, last] {
            let k = key(words, from, f.last);
            if k.chars().count() >= 3 {
                let c = self.surnames.entry(k).or_insert(0.0);
                *c = c.max(f.confidence * weight);
            }
        }
    }

    /// "Harbour Relief Council (HRC)": the letters stand for the name.
    fn add_acronym(&mut self, words: &[Word<'_>], f: &Found) {
        let inside = |i: usize| words.get(i).map_or("", |w| w.text);
        if f.last - f.first >= 2
            && inside(f.last) == "("
            && inside(f.last + 2) == ")"
            && acronym(inside(f.last + 1))
        {
            self.acronyms.entry(inside(f.last + 1).to_owned()).or_insert(f.kind);
        }
    }

    /// Lets the whole report correct one mention.
    fn judge(&self, words: &[Word<'_>], f: &mut Found) {
        let text = words[f.first].text;
        let one = f.last - f.first == 1;
        if one && let Some(kind) = self.acronyms.get(text) {
            (f.kind, f.confidence, f.rule) = (*kind, f.confidence.max(0.9), "acronym_explained");
            return;
        }
        let sure = f.rule == "listed" && f.confidence >= 0.9;
        let k = key(words, f.first, f.last);
        if !sure
            && f.title.is_none()
            && let Some(c) = self.surnames.get(&k)
        {
            (f.kind, f.confidence, f.rule) =
                (MentionKind::Person, f.confidence.max(c * 0.97), "surname");
            return;
        }
        if sure || f.title.is_some() {
            return;
        }
        let Some(votes) = self.votes.get(&k) else { return };
        let best = (0..KINDS.len())
            .max_by(|&a, &b| votes[a].0.total_cmp(&votes[b].0).then(b.cmp(&a)))
            .unwrap_or(0);
        if votes[best].0 > votes[kind_number(f.kind)].0 {
            (f.kind, f.rule) = (KINDS[best], "majority");
        }
        f.confidence = f.confidence.max(votes[best].1);
    }

    /// The name at token `i` that the body knows, and one past its last token; the longest wins.
    fn known_at(
        &self,
        words: &[Word<'_>],
        i: usize,
        end: usize,
    ) -> Option<(usize, MentionKind, f32)> {
        (i + 1..=end.min(i + LONGEST_KNOWN)).rev().find_map(|last| {
            let name = key(words, i, last);
            let surname = || self.surnames.get(&name).map(|c| (MentionKind::Person, *c));
            let (kind, c) = self.known.get(&name).copied().or_else(surname)?;
            Some((last, kind, c))
        })
    }

    /// Whether a name of which nobody is sure holds a shorter one that the body knows: in "Rahmani
    /// Discusses Peru Crisis" every word has its capital. Of happenings nobody is, there.
    fn swallows_known(&self, words: &[Word<'_>], f: &Found) -> bool {
        f.last - f.first > 1
            && (f.confidence < KNOWN || f.kind == MentionKind::Event)
            && !self.known.contains_key(&key(words, f.first, f.last))
            && (f.first..f.last).any(|i| self.known_at(words, i, f.last).is_some())
    }

    /// Names of the body that stand in a headline where nothing else was found.
    fn repeated(
        &self,
        words: &[Word<'_>],
        headline: &[bool],
        covered: &FxHashSet<usize>,
    ) -> Vec<Found> {
        let mut out = Vec::new();
        let mut i = 0;
        while i < words.len() {
            let free = |k: usize| headline[k] && !covered.contains(&k);
            let open = free(i) && words[i].capital;
            let bound = words.len().min(i + LONGEST_KNOWN);
            let end = (i..bound).find(|&k| !free(k)).unwrap_or(bound);
            match self.known_at(words, i, end).filter(|_| open) {
                Some((last, kind, c)) => {
                    out.push(Found {
                        first: i,
                        last,
                        kind,
                        title: None,
                        government: false,
                        rule: "repeated",
                        confidence: c * 0.9,
                    });
                    i = last;
                }
                None => i += 1,
            }
        }
        out
    }

    /// Surnames that no run brought up: in headlines, and at the head of sentences.
    fn missed(&self, words: &[Word<'_>], covered: &FxHashSet<usize>) -> Vec<Found> {
        let mut out = Vec::new();
        for (i, w) in words.iter().enumerate() {
            if !w.capital || w.common || covered.contains(&i) {
                continue;
            }
            if let Some(c) = self.surnames.get(w.lower.as_str()) {
                out.push(Found {
                    first: i,
                    last: i + 1,
                    kind: MentionKind::Person,
                    title: None,
                    government: false,
                    rule: "surname",
                    confidence: c * 0.9,
                });
            }
        }
        out
    }
}

fn kind_number(kind: MentionKind) -> usize {
    KINDS.iter().position(|k| *k == kind).unwrap_or(0)
}

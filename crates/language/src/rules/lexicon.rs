//! What the tables know of English words.

use super::tags::{COUNT, Tag};
use rustc_hash::FxHashMap;

/// Tags a word may have, with the chance of each.
pub(crate) type TagChances = [(Tag, f32)];

/// What a verb takes, in a thousand uses.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct VerbFrame {
    pub(crate) clause: u16,
    pub(crate) infinitive: u16,
    pub(crate) two_objects: u16,
    pub(crate) predicate: u16,
}

/// The word tables, read once.
pub(crate) struct Lexicon {
    ranges: FxHashMap<&'static str, (u32, u32)>,
    chances: Vec<(Tag, f32)>,
    endings: FxHashMap<&'static str, Vec<(Tag, f32)>>,
    transitions: Vec<f32>,
    prior: [f32; COUNT],
    /// Verb form to base.
    verbs: FxHashMap<&'static str, &'static str>,
    irregular: FxHashMap<(&'static str, &'static str), &'static str>,
    frames: FxHashMap<&'static str, VerbFrame>,
    infinitive_nouns: FxHashMap<&'static str, u16>,
    noun_phrases: FxHashMap<&'static str, Rates>,
    verb_phrases: FxHashMap<&'static str, Rates>,
    name_phrases: Rates,
    classes: FxHashMap<&'static str, u32>,
}

type Rates = Vec<(&'static str, u16)>;

/// Word classes of `lexicon_classes.tsv`, as bits.
pub(crate) mod class {
    macro_rules! classes {
        ($($name:ident $text:literal = $bit:literal),* $(,)?) => {
            $(pub(crate) const $name: u32 = 1 << $bit;)*
            pub(crate) fn bit(text: &str) -> u32 {
                match text { $($text => $name,)* _ => 0 }
            }
        };
    }
    classes! {
        SPEECH "speech" = 0, TIME "time" = 1, SUBORDINATOR "subordinator" = 2,
        RELATIVE "relative" = 3, CONTROL "control" = 4, COPULA "copula" = 5,
        QUANTIFIER "quantifier" = 6, OF_VERB "of_verb" = 7, CORRELATIVE "correlative" = 8,
        PERSON_NOUN "person_noun" = 9, PARTICIPLE_PREPOSITION "participle_preposition" = 10,
        GERUND_VERB "gerund_verb" = 11, TITLE_VERB "title_verb" = 12, MEASURE "measure" = 13,
        DAY "day" = 14, OBJECT_PRONOUN "object_pronoun" = 15, SUBJECT_PRONOUN "subject_pronoun" = 16,
    }
}

fn rows(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty())
}

fn pairs(field: &'static str) -> impl Iterator<Item = (&'static str, f32)> {
    field.split(' ').filter_map(|p| {
        let (name, n) = p.rsplit_once(':')?;
        Some((name, n.parse().ok()?))
    })
}

fn tag_counts(field: &'static str) -> Vec<(Tag, f32)> {
    let mut out: Vec<(Tag, f32)> =
        pairs(field).filter_map(|(t, n)| Some((Tag::parse(t)?, n))).collect();
    let total: f32 = out.iter().map(|p| p.1).sum();
    for p in &mut out {
        p.1 /= total.max(1.0);
    }
    out
}

impl Lexicon {
    pub(crate) fn load() -> Lexicon {
        let (transitions, prior) = transitions();
        let mut lexicon = Lexicon {
            ranges: FxHashMap::default(),
            chances: Vec::new(),
            endings: FxHashMap::default(),
            transitions,
            prior,
            verbs: FxHashMap::default(),
            irregular: FxHashMap::default(),
            frames: FxHashMap::default(),
            infinitive_nouns: FxHashMap::default(),
            noun_phrases: FxHashMap::default(),
            verb_phrases: FxHashMap::default(),
            name_phrases: Vec::new(),
            classes: FxHashMap::default(),
        };
        lexicon.read_tags();
        lexicon.read_verbs();
        lexicon.read_frames();
        lexicon.read_phrases();
        lexicon
    }

    fn read_tags(&mut self) {
        for line in rows(include_str!("../../../../data/lexicon_tags.tsv")) {
            let Some((word, field)) = line.split_once('\t') else { continue };
            let from = self.chances.len() as u32;
            self.chances.extend(tag_counts(field));
            self.ranges.insert(word, (from, self.chances.len() as u32));
        }
        for line in rows(include_str!("../../../../data/tag_suffixes.tsv")) {
            let Some((ending, field)) = line.split_once('\t') else { continue };
            self.endings.insert(ending, tag_counts(field));
        }
    }

    fn read_verbs(&mut self) {
        let forms = [Tag::VB, Tag::VBZ, Tag::VBG, Tag::VBD, Tag::VBN];
        for line in rows(include_str!("../../../../data/lexicon_verbs.tsv")) {
            let fields: Vec<&'static str> = line.split('\t').collect();
            for (i, form) in fields.iter().enumerate().take(forms.len()) {
                self.verbs.entry(form).or_insert(fields[0]);
                if !self.ranges.contains_key(form) {
                    self.add_verb_form(form, i, &fields, forms[i]);
                }
            }
        }
        for form in ["am", "are", "'s", "is", "were", "'re", "'m", "’re", "’s", "’m"] {
            self.verbs.insert(form, "be");
        }
        for form in ["'ve", "’ve", "has", "had"] {
            self.verbs.insert(form, "have");
        }
        for line in rows(include_str!("../../../../data/lexicon_irregular.tsv")) {
            let mut f = line.split('\t');
            if let (Some(kind), Some(form), Some(base)) = (f.next(), f.next(), f.next()) {
                self.irregular.insert((kind, form), base);
            }
        }
    }

    fn add_verb_form(&mut self, form: &'static str, i: usize, fields: &[&'static str], tag: Tag) {
        let from = self.chances.len() as u32;
        match i {
            0 => self.chances.extend([(Tag::VB, 0.6), (Tag::VBP, 0.2), (Tag::NN, 0.2)]),
            1 => self.chances.extend([(Tag::VBZ, 0.6), (Tag::NNS, 0.4)]),
            2 => self.chances.extend([(Tag::VBG, 0.85), (Tag::NN, 0.15)]),
            _ if fields.get(3) == fields.get(4) => {
                self.chances.extend([(Tag::VBN, 0.5), (Tag::VBD, 0.45), (Tag::JJ, 0.05)]);
            }
            _ => self.chances.push((tag, 1.0)),
        }
        self.ranges.insert(form, (from, self.chances.len() as u32));
    }

    fn read_frames(&mut self) {
        for line in rows(include_str!("../../../../data/verb_frames.tsv")) {
            let mut f = line.split('\t');
            let Some(verb) = f.next() else { continue };
            let mut next = || f.next().and_then(|n| n.parse().ok()).unwrap_or(0u16);
            let (clause, infinitive, _object) = (next(), next(), next());
            let (two_objects, predicate) = (next(), next());
            let frame = VerbFrame { clause, infinitive, two_objects, predicate };
            self.frames.insert(verb, frame);
        }
        for line in rows(include_str!("../../../../data/noun_frames.tsv")) {
            if let Some((noun, rate)) = line.split_once('\t') {
                self.infinitive_nouns.insert(noun, rate.parse().unwrap_or(0));
            }
        }
        for line in rows(include_str!("../../../../data/lexicon_classes.tsv")) {
            let Some((name, words)) = line.split_once('\t') else { continue };
            for word in words.split_whitespace() {
                *self.classes.entry(word).or_insert(0) |= class::bit(name);
            }
        }
    }

    fn read_phrases(&mut self) {
        for line in rows(include_str!("../../../../data/attach_prepositions.tsv")) {
            let mut f = line.split('\t');
            let (Some(kind), Some(word), Some(field)) = (f.next(), f.next(), f.next()) else {
                continue;
            };
            let rates: Rates = pairs(field).map(|(p, n)| (p, n as u16)).collect();
            match (kind, word) {
                ("name", _) => self.name_phrases = rates,
                ("noun", _) => drop(self.noun_phrases.insert(word, rates)),
                _ => drop(self.verb_phrases.insert(word, rates)),
            }
        }
    }

    /// Tags seen for a word as written, or none.
    pub(crate) fn tags(&self, word: &str) -> Option<&TagChances> {
        self.ranges.get(word).map(|&(a, b)| &self.chances[a as usize..b as usize])
    }

    /// Whether a lower-case word is a word of running text rather than part of names.
    pub(crate) fn is_common(&self, lower: &str) -> bool {
        let names =
            |tags: &TagChances| tags.iter().filter(|t| t.0.is_name()).map(|t| t.1).sum::<f32>();
        self.tags(lower).is_some_and(|t| names(t) < 0.5)
    }

    /// Tags of words with the longest known ending of `word`.
    pub(crate) fn ending_tags(&self, word: &str) -> Option<&TagChances> {
        let starts: smallest::Starts = smallest::last_starts(word);
        starts.iter().find_map(|at| self.endings.get(&word[*at..]).map(Vec::as_slice))
    }

    /// Log chance of `c` after `a b`.
    pub(crate) fn transition(&self, a: Tag, b: Tag, c: Tag) -> f32 {
        self.transitions[(a.0 as usize * COUNT + b.0 as usize) * COUNT + c.0 as usize]
    }

    /// How common a tag is, in [0,1].
    pub(crate) fn prior(&self, tag: Tag) -> f32 {
        self.prior[tag.0 as usize]
    }

    /// The base of a known verb form (lower case).
    pub(crate) fn verb_base(&self, form: &str) -> Option<&'static str> {
        self.verbs.get(form).copied()
    }

    pub(crate) fn irregular(&self, kind: &'static str, form: &str) -> Option<&'static str> {
        self.irregular.get(&(kind, form)).copied()
    }

    pub(crate) fn frame(&self, verb: &str) -> VerbFrame {
        self.frames.get(verb).copied().unwrap_or_default()
    }

    /// How often in a thousand a noun takes an infinitive.
    pub(crate) fn noun_infinitive(&self, noun: &str) -> u16 {
        self.infinitive_nouns.get(noun).copied().unwrap_or(0)
    }

    pub(crate) fn classes(&self, word: &str) -> u32 {
        self.classes.get(word).copied().unwrap_or(0)
    }

    /// How often in a thousand the noun has a phrase with this preposition.
    pub(crate) fn noun_rate(&self, noun: &str, preposition: &str) -> f32 {
        Self::rate(&self.noun_phrases, noun, preposition)
    }

    /// How often in a thousand the verb has a phrase with this preposition.
    pub(crate) fn verb_rate(&self, verb: &str, preposition: &str) -> f32 {
        Self::rate(&self.verb_phrases, verb, preposition)
    }

    /// How often in a thousand a proper name has a phrase with this preposition.
    pub(crate) fn name_rate(&self, preposition: &str) -> f32 {
        find(&self.name_phrases, preposition).unwrap_or(0.5)
    }

    fn rate(table: &FxHashMap<&'static str, Rates>, word: &str, preposition: &str) -> f32 {
        let general = table.get("*").and_then(|r| find(r, preposition)).unwrap_or(0.5);
        match table.get(word) {
            // A rate the table leaves out is low, not nil.
            Some(rates) => find(rates, preposition).unwrap_or(general.min(7.0) * 0.6),
            None => general,
        }
    }
}

fn find(rates: &Rates, preposition: &str) -> Option<f32> {
    rates.iter().find(|r| r.0 == preposition).map(|r| f32::from(r.1))
}

/// Interpolated trigram log chances of all tag triples, and the share of each tag.
fn transitions() -> (Vec<f32>, [f32; COUNT]) {
    let mut three = vec![0f32; COUNT * COUNT * COUNT];
    let mut two = vec![0f32; COUNT * COUNT];
    let mut one = [0f32; COUNT];
    for line in rows(include_str!("../../../../data/tag_trigrams.tsv")) {
        let mut f = line.split('\t');
        let mut tag = || f.next().and_then(Tag::parse).map(|t| t.0 as usize);
        let (Some(a), Some(b), Some(c)) = (tag(), tag(), tag()) else { continue };
        let n: f32 = f.next().and_then(|n| n.parse().ok()).unwrap_or(0.0);
        three[(a * COUNT + b) * COUNT + c] += n;
        two[b * COUNT + c] += n;
        one[c] += n;
    }
    let total: f32 = one.iter().sum();
    let prior = one.map(|n| (n + 0.5) / total);
    for a in 0..COUNT {
        for b in 0..COUNT {
            let row = &mut three[(a * COUNT + b) * COUNT..][..COUNT];
            let seen: f32 = row.iter().sum();
            let pairs: f32 = two[b * COUNT..][..COUNT].iter().sum();
            // The more often the pair was seen, the more its own counts weigh (Witten-Bell).
            let kinds = row.iter().filter(|n| **n > 0.0).count() as f32;
            let trust = seen / (seen + 4.0 * kinds + 1.0);
            let kinds = two[b * COUNT..][..COUNT].iter().filter(|n| **n > 0.0).count() as f32;
            let trust_two = pairs / (pairs + 4.0 * kinds + 1.0);
            for (c, slot) in row.iter_mut().enumerate() {
                let p3 = if seen > 0.0 { *slot / seen } else { 0.0 };
                let p2 = if pairs > 0.0 { two[b * COUNT + c] / pairs } else { 0.0 };
                let low = trust_two * p2 + (1.0 - trust_two) * prior[c];
                *slot = (trust * p3 + (1.0 - trust) * low).max(1e-9).ln();
            }
        }
    }
    (three, prior)
}

mod smallest {
    /// Byte offsets of the last five characters of a word, longest ending first.
    pub(super) type Starts = Vec<usize>;

    pub(super) fn last_starts(word: &str) -> Starts {
        let mut starts: Vec<usize> = word.char_indices().rev().take(5).map(|(i, _)| i).collect();
        starts.reverse();
        if starts.first() == Some(&0) {
            starts.remove(0);
        }
        starts
    }
}

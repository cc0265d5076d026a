//! Base noun phrases and verb groups.

use super::lexicon::Lexicon;
use super::noun_phrase::noun_phrase;
use super::tags::Tag;
use super::tree::Arcs;
use compact_str::CompactString;

/// What the words of a sentence are grouped into, in order; every word belongs to one unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A noun phrase without what follows its head.
    Noun,
    /// A verb with its auxiliaries.
    Verb,
    /// A preposition or subordinating conjunction.
    Preposition,
    /// A relative or interrogative word that stands alone.
    Relative,
    /// "and", "or", "but".
    Conjunction,
    Comma,
    Adjective,
    Adverb,
    Particle,
    /// Dashes, colons, semicolons.
    Break,
    Open,
    Close,
    Quote,
    /// The stop at the end, and anything else.
    Other,
}

/// How a verb group is inflected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Finite,
    Infinitive,
    Gerund,
    Participle,
}

/// A group of words.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Unit {
    pub(crate) kind: Kind,
    pub(crate) first: u32,
    /// One past the last word.
    pub(crate) last: u32,
    pub(crate) head: u32,
    pub(crate) form: Form,
    pub(crate) passive: bool,
}

/// The words of a sentence as the grammar sees them.
pub(crate) struct Words<'s> {
    pub(crate) lexicon: &'s Lexicon,
    pub(crate) lower: &'s [CompactString],
    pub(crate) lemmas: &'s [CompactString],
    pub(crate) tags: Vec<Tag>,
}

impl Words<'_> {
    pub(crate) fn len(&self) -> usize {
        self.tags.len()
    }

    pub(crate) fn tag(&self, i: usize) -> Tag {
        self.tags.get(i).copied().unwrap_or(Tag::END)
    }

    pub(crate) fn low(&self, i: usize) -> &str {
        self.lower.get(i).map_or("", |w| w.as_str())
    }

    pub(crate) fn lemma(&self, i: usize) -> &str {
        self.lemmas.get(i).map_or("", |w| w.as_str())
    }

    pub(crate) fn is(&self, i: usize, bits: u32) -> bool {
        i < self.len() && self.lexicon.classes(self.low(i)) & bits != 0
    }

    pub(crate) fn lemma_is(&self, i: usize, bits: u32) -> bool {
        i < self.len() && self.lexicon.classes(self.lemma(i)) & bits != 0
    }
}

/// Groups the words, setting the arcs inside each group.
pub(crate) fn units(words: &Words<'_>, arcs: &mut Arcs) -> Vec<Unit> {
    let mut out = Vec::with_capacity(words.len());
    let mut i = 0;
    while i < words.len() {
        let unit = verb_group(words, i, arcs)
            .or_else(|| noun_phrase(words, i, arcs))
            .unwrap_or_else(|| single(words, i, arcs));
        i = unit.last as usize;
        out.push(unit);
    }
    out
}

pub(super) fn unit(kind: Kind, first: usize, last: usize, head: usize) -> Unit {
    let (first, last, head) = (first as u32, last as u32, head as u32);
    Unit { kind, first, last, head, form: Form::Finite, passive: false }
}

fn single(words: &Words<'_>, i: usize, arcs: &mut Arcs) -> Unit {
    let tag = words.tag(i);
    let kind = match tag {
        Tag::IN => Kind::Preposition,
        Tag::TO => Kind::Preposition,
        Tag::WDT | Tag::WP | Tag::WPS | Tag::WRB => Kind::Relative,
        Tag::CC => Kind::Conjunction,
        Tag::COMMA => Kind::Comma,
        Tag::COLON | Tag::HYPH => Kind::Break,
        Tag::OPEN => Kind::Open,
        Tag::CLOSE => Kind::Close,
        Tag::QUOTE | Tag::UNQUOTE => Kind::Quote,
        Tag::RP => Kind::Particle,
        _ if tag.is_adverb() || tag == Tag::UH => return adjective_phrase(words, i, arcs),
        _ if tag.is_adjective() || tag == Tag::VBN || tag == Tag::VBG || tag == Tag::JJ => {
            return adjective_phrase(words, i, arcs);
        }
        _ => Kind::Other,
    };
    unit(kind, i, i + 1, i)
}

/// Adverbs before an adjective hang on it ("very large"); adverbs alone stand alone.
fn adjective_phrase(words: &Words<'_>, i: usize, arcs: &mut Arcs) -> Unit {
    let mut j = i;
    while words.tag(j).is_adverb()
        && (words.tag(j + 1).is_adjective() || words.tag(j + 1).is_adverb())
    {
        j += 1;
    }
    for k in i..j {
        arcs.set(k, j, "advmod");
    }
    let kind = if words.tag(j).is_adjective() { Kind::Adjective } else { Kind::Adverb };
    // "six years old", "long-term": a hyphen joins what is before to it.
    unit(kind, i, j + 1, j)
}

/// A verb with the auxiliaries, "not" and adverbs before it.
fn verb_group(words: &Words<'_>, i: usize, arcs: &mut Arcs) -> Option<Unit> {
    let opens = words.tag(i) == Tag::MD
        || words.tag(i).is_verb()
        || words.tag(i) == Tag::TO && infinitive(words, i);
    if !opens || premodifier(words, i) {
        return None;
    }
    let mut members: Vec<usize> = vec![i];
    let mut j = i + 1;
    loop {
        let last = members[members.len() - 1];
        // Adverbs belong to the group if a verb of it follows.
        let mut k = j;
        while words.tag(k).is_adverb() {
            k += 1;
        }
        if !continues(words, last, k) {
            break;
        }
        members.push(k);
        j = k + 1;
    }
    Some(finish_group(words, &members, arcs))
}

fn infinitive(words: &Words<'_>, i: usize) -> bool {
    let mut k = i + 1;
    while words.tag(k).is_adverb() {
        k += 1;
    }
    words.tag(k) == Tag::VB || (words.tag(k) == Tag::VBP && words.tag(k + 1) != Tag::END)
}

/// A participle or verb that stands before a noun it describes ("displaced families").
fn premodifier(words: &Words<'_>, i: usize) -> bool {
    let tag = words.tag(i);
    if !matches!(tag, Tag::VBN | Tag::VBG) {
        return false;
    }
    let before = if i == 0 { Tag::START } else { words.tag(i - 1) };
    let mut k = i + 1;
    while k < i + 12
        && (words.tag(k).is_adjective() || matches!(words.tag(k), Tag::HYPH | Tag::VBN))
    {
        k += 1;
    }
    let noun = words.tag(k).is_noun();
    match before {
        Tag::DT | Tag::PRPS | Tag::POS | Tag::JJ | Tag::HYPH | Tag::CD | Tag::JJS | Tag::JJR => {
            noun || matches!(before, Tag::DT | Tag::PRPS | Tag::POS) && tag == Tag::VBG
        }
        Tag::IN | Tag::CC | Tag::COMMA if tag == Tag::VBN => noun && words.tag(i + 1).is_noun(),
        _ if tag == Tag::VBN && before.is_verb() && !aux(words, i - 1) => {
            noun && words.tag(i + 1).is_noun()
        }
        _ => false,
    }
}

fn aux(words: &Words<'_>, i: usize) -> bool {
    matches!(words.lemma(i), "be" | "have" | "do" | "get")
}

/// Whether word `k` goes on with the group whose last verb is `last`.
fn continues(words: &Words<'_>, last: usize, k: usize) -> bool {
    let tag = words.tag(k);
    let lemma = words.lemma(last);
    match words.tag(last) {
        Tag::MD => matches!(tag, Tag::VB | Tag::VBP) || tag == Tag::VBD && words.low(k) == "put",
        Tag::TO => matches!(tag, Tag::VB | Tag::VBP),
        _ => match lemma {
            "be" => matches!(tag, Tag::VBN | Tag::VBG | Tag::VBD) && !complement(words, k),
            "get" => tag == Tag::VBN,
            "have" => matches!(tag, Tag::VBN | Tag::VBD),
            "do" => matches!(tag, Tag::VB | Tag::VBP) && words.tag(last) != Tag::VBG,
            _ => false,
        },
    }
}

/// A participle after "be" that begins a noun phrase ("are displaced families").
fn complement(words: &Words<'_>, k: usize) -> bool {
    words.tag(k) == Tag::VBN && words.tag(k + 1) == Tag::NNS
}

fn finish_group(words: &Words<'_>, members: &[usize], arcs: &mut Arcs) -> Unit {
    let first = members[0];
    let head = members[members.len() - 1];
    let mut passive = false;
    for (n, &m) in members.iter().enumerate() {
        if m == head {
            break;
        }
        let last_aux = n + 2 == members.len();
        let to_passive = last_aux
            && matches!(words.tag(head), Tag::VBN | Tag::VBD)
            && matches!(words.lemma(m), "be" | "get");
        passive |= to_passive;
        arcs.set(m, head, if to_passive { "auxpass" } else { "aux" });
    }
    for k in first..head {
        if !members.contains(&k) {
            let negates = words.lemma(k) == "not" || words.low(k) == "never";
            arcs.set(k, head, if negates { "neg" } else { "advmod" });
        }
    }
    let form = match words.tag(first) {
        Tag::TO => Form::Infinitive,
        Tag::VBG => Form::Gerund,
        Tag::VBN => Form::Participle,
        Tag::VB if members.len() == 1 => Form::Infinitive,
        _ => Form::Finite,
    };
    let mut last = head + 1;
    // "was not", "does n't" at the end of a group without a main verb.
    while words.lemma(last) == "not" && words.tag(last).is_adverb() {
        arcs.set(last, head, "neg");
        last += 1;
    }
    let passive = passive || (form == Form::Participle && members.len() == 1);
    Unit { form, passive, ..unit(Kind::Verb, first, last, head) }
}
